"""Abbreviations explained in lines of their own: ``*[WHO]: World Health Organization`` (PHP Markdown Extra)."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from markdown_it.token import Token

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore

_DEFINED = re.compile(r"\*\[([^\[\]\n]{1,60})\]:[ \t]*(\S.*)")
_MOST = 200
"""Abbreviations that one article may explain."""


def abbreviations_plugin(parser: MarkdownIt) -> None:
    """Give abbreviations their explanations, and leave out the lines that explain them."""
    parser.block.ruler.before("reference", "abbreviation", _define, {"alt": ["paragraph", "reference"]})
    parser.core.ruler.after("inline", "abbreviations", _explain)


def _define(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    text = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]].rstrip()
    found = _DEFINED.fullmatch(text)
    known: dict[str, str] = state.env.setdefault("abbreviations", {})
    if not found or len(known) >= _MOST:
        return False
    if not silent:
        known[found[1].strip()] = found[2].strip()
        state.line = start + 1
    return True


def _explain(state: StateCore) -> None:
    known: dict[str, str] = state.env.get("abbreviations", {})
    if not known:
        return
    longest_first = sorted(known, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
    for token in state.tokens:
        if token.type == "inline" and token.children:
            token.children = [part for child in token.children for part in _parts(child, pattern, known)]


def _parts(child: Token, pattern: re.Pattern[str], known: dict[str, str]) -> Iterator[Token]:
    if child.type != "text" or not pattern.search(child.content):
        yield child
        return
    at = 0
    for found in pattern.finditer(child.content):
        yield Token("text", "", 0, content=child.content[at : found.start()], level=child.level)
        tag = f'<abbr title="{html.escape(known[found[0]])}">{html.escape(found[0])}</abbr>'
        yield Token("html_inline", "", 0, content=tag, level=child.level)
        at = found.end()
    yield Token("text", "", 0, content=child.content[at:], level=child.level)
