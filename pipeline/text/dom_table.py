"""Tables: which hold data and which only lay out a page; a cell that spans columns or rows is repeated in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model.document import Inline, Table
from pipeline.text.dom_page import Page, position
from pipeline.text.dom_source import Element, raw_text, tag, words_of
from pipeline.text.plain_terms import terms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_WIDEST = 100
"""Columns of a table, and rows that one cell may claim to span; what is wider is cut off."""
_FLOW = terms("h1 h2 h3 h4 h5 h6 blockquote pre figure article section table ul ol hr")
_WORDY = 700
"""Letters in one cell beyond which a table without header cells is a layout."""


def is_layout(table: Element, page: Page) -> bool:
    """Whether ``table`` only places parts of a page: then its cells are read as running text."""
    if words_of(table, "role") & {"presentation", "none"}:
        return True
    rows = list(_rows(table))
    widths = [len(_cells(row)) for row in rows]
    if max(widths, default=0) < 2:
        return not any(tag(cell) == "th" for row in rows for cell in _cells(row))
    if any(tag(cell) == "th" for row in rows for cell in _cells(row)) or _part(table, "caption") is not None:
        return False
    if any(tag(below) in _FLOW for below in table.iterdescendants()):
        return True
    return any(page.letters.get(cell, 0) > _WORDY for row in rows for cell in _cells(row))


def table(element: Element, text: Callable[[Element], Inline]) -> Table | None:
    """The table in ``element``; None where no cell holds text.

    Args:
        element: A ``<table>``.
        text: Gives the inline text of a cell.
    """
    head = _head_rows(element)
    rows: list[tuple[Inline, ...]] = []
    header: tuple[Inline, ...] = ()
    for row, cells in _grid(element, text):
        if not any(cells):
            continue
        if row in head and not rows:
            header = cells if sum(map(bool, cells)) >= sum(map(bool, header)) else header
        else:
            rows.append(cells)
    caption = _part(element, "caption")
    if not rows and not header:
        return None
    if not rows:
        rows, header = [header], ()
    width = max(map(len, [header, *rows]))
    padded = tuple(row + ((),) * (width - len(row)) for row in rows)
    return Table(
        rows=padded,
        header=header + ((),) * (width - len(header)) if header else (),
        caption=text(caption) if caption is not None else (),
        position=position(element),
    )


def _grid(element: Element, text: Callable[[Element], Inline]) -> Iterator[tuple[Element, tuple[Inline, ...]]]:
    """Rows with their cells in columns, those included that reach down or across from another cell."""
    reaching: dict[int, tuple[int, Inline]] = {}
    for row in _rows(element):
        cells: list[Inline] = []
        below: dict[int, tuple[int, Inline]] = {}
        for cell in _cells(row):
            _fill(cells, reaching, below)
            content, rows = text(cell), _span(cell, "rowspan")
            for _ in range(min(_span(cell, "colspan"), _WIDEST - len(cells))):
                if rows > 1:
                    below[len(cells)] = (rows - 1, content)
                cells.append(content)
        _fill(cells, reaching, below)
        reaching = below
        yield row, tuple(cells)


def _fill(cells: list[Inline], reaching: dict[int, tuple[int, Inline]], below: dict[int, tuple[int, Inline]]) -> None:
    """Put what reaches down from earlier rows into the next columns, as far as they follow on one another."""
    while len(cells) in reaching:
        rows, content = reaching.pop(len(cells))
        if rows > 1:
            below[len(cells)] = (rows - 1, content)
        cells.append(content)


def _head_rows(element: Element) -> frozenset[Element]:
    """Rows of ``<thead>``; without one, the first row if all its cells are header cells."""
    rows = list(_rows(element))
    marked = [row for row in rows if next(row.iterancestors("thead", "table")).tag == "thead"]
    first = rows[0] if rows else None
    if not marked and first is not None and len(rows) > 1:
        names = [tag(cell) for cell in _cells(first) if raw_text(cell).strip()]
        marked = [first] if len(names) > 1 and set(names) == {"th"} else []
    return frozenset(marked)


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if tag(child) == "tr":
            yield child
        elif tag(child) in ("thead", "tbody", "tfoot"):
            yield from (row for row in child if tag(row) == "tr")


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row if tag(cell) in ("td", "th")]


def _part(table: Element, name: str) -> Element | None:
    return next((child for child in table if tag(child) == name), None)


def _span(cell: Element, attribute: str) -> int:
    value = (cell.get(attribute) or "1").strip()
    return max(1, min(int(value[:6]), _WIDEST)) if value.isdecimal() else 1
