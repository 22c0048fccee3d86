"""Definition lists in Markdown whose definition explains several terms, one a line, as PHP Markdown Extra has them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.token import Token

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore

_MOST = 5
"""Terms that one definition may explain."""
_LONGEST = 60
"""Characters of a line up to which it may be a term rather than the end of a paragraph."""
_MEANING = re.compile(r"[:~][ \t]+\S")
_TERM = re.compile(r"(?![:~>#|+*-]\s|`{3}|\d+[.)]\s)(?:\S.*)?[^.!?;:,\s]")


def terms_plugin(parser: MarkdownIt) -> None:
    """Let several lines stand in front of a definition; to be used after the plug-in for definition lists."""
    single = next(rule.fn for rule in parser.block.ruler.__rules__ if rule.name == "deflist")

    def several(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        last = _last_term(state, start, end)
        before = len(state.tokens)
        if silent or last == start or not single(state, last, end, False):
            return False
        state.tokens[before].map = [start, (state.tokens[before].map or [0, 0])[1]]
        extra = [token for line in range(start, last) for token in _term(state, line)]
        state.tokens[before + 1 : before + 1] = extra
        return True

    parser.block.ruler.before("deflist", "terms", several)
    parser.core.ruler.after("block", "terms", _join)


def _last_term(state: StateBlock, start: int, end: int) -> int:
    """The line of the last term before a definition; ``start`` where that is the only one, or no definition follows."""
    for line in range(start, min(start + _MOST, end - 1)):
        text, below = _line(state, line), _line(state, line + 1)
        if state.sCount[line] - state.blkIndent >= 4 or not _TERM.fullmatch(text) or len(text) > _LONGEST:
            return start
        if _MEANING.match(below):
            return line
    return start


def _line(state: StateBlock, line: int) -> str:
    if state.sCount[line] < state.blkIndent:
        return ""
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].rstrip()


def _term(state: StateBlock, line: int) -> tuple[Token, Token, Token]:
    level = state.level + 1
    text = Token(
        "inline", "", 0, content=_line(state, line), map=[line, line], level=level + 1, children=[], block=True
    )
    opened = Token("dt_open", "dt", 1, map=[line, line], level=level, block=True)
    return opened, text, Token("dt_close", "dt", -1, level=level, block=True)


def _join(state: StateCore) -> None:
    """Make one list of two that follow on one another: the second began where a term has several lines."""
    tokens: list[Token] = []
    opened: list[Token] = []
    for token in state.tokens:
        if token.type == "dl_open":
            if tokens and tokens[-1].type == "dl_close" and tokens[-1].level == token.level:
                opened.append(tokens.pop().meta["opened"])
                opened[-1].map = [(opened[-1].map or [0])[0], (token.map or [0, 0])[1]]
                continue
            opened.append(token)
        elif token.type == "dl_close":
            token.meta["opened"] = opened.pop()
        tokens.append(token)
    state.tokens = tokens
