"""Cells of a Markdown table's row beyond its header: the parser drops them, here they are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock

_WIDEST = 100
"""Columns of a table; what is wider is cut off, as in tables of HTML."""


def cells_plugin(parser: MarkdownIt) -> None:
    """Let rows be wider than their header; to be used once tables are enabled."""
    single = next(rule.fn for rule in parser.block.ruler.__rules__ if rule.name == "table")

    def table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        before = len(state.tokens)
        found = single(state, start, end, silent)
        if found and not silent:
            state.tokens[before:] = list(_widened(state, state.tokens[before:]))
        return found

    parser.block.ruler.at("table", table, {"alt": ["paragraph", "reference"]})


def _widened(state: StateBlock, tokens: list[Token]) -> Iterator[Token]:
    row: list[int] = []
    count = 0
    for token in tokens:
        if token.type == "tr_open":
            row, count = token.map or [], 0
        elif token.type in ("td_open", "th_open"):
            count += 1
        elif token.type == "tr_close" and row:
            for content in _cells(state, row[0])[count:_WIDEST]:
                yield Token("td_open", "td", 1, level=token.level + 1, block=True)
                yield Token(
                    "inline", "", 0, content=content, map=list(row), level=token.level + 2, children=[], block=True
                )
                yield Token("td_close", "td", -1, level=token.level + 1, block=True)
        yield token


def _cells(state: StateBlock, line: int) -> list[str]:
    """The cells of a row, split as the parser does it."""
    cells = escapedSplit(state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip())
    first, last = int(cells[0] == ""), len(cells) - int(len(cells) > 1 and cells[-1] == "")
    return [cell.strip() for cell in cells[first:last]]
