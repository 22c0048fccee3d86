"""Tables: which hold data and which only lay out a page; a cell that spans columns or rows is repeated in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model.document import Inline, Span, Table
from pipeline.text.dom.inline import tidy
from pipeline.text.dom.page import Page, position
from pipeline.text.dom.source import Element, raw_text, tag, words_of
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
    label = _part(element, "caption")
    caption = text(label) if label is not None else ()
    names: list[tuple[Inline, ...]] = []
    rows: list[tuple[Inline, ...]] = []
    named: list[bool] = []
    reached = 0
    for row, cells in _grid(element, text):
        first = next(iter(_cells(row)), None)
        own, reached = not reached, max(0, reached - 1)  # else its first cell reaches down from a row above
        if own and first is not None:
            reached = _span(first, "rowspan") - 1
        if not any(cells):
            continue
        if row not in head or rows:
            rows.append(cells)
            named.extend([_is_name(first)] if own and first is not None and cells[0] else [])
        elif len(_cells(row)) == 1 and not names and first is not None and _span(first, "colspan") > 1:
            caption = (*caption, *((Span(text=" – "),) if caption else ()), *cells[0])  # a title over all columns
        else:
            names.append(cells)
    header = _joined(names)
    if not rows:
        if not header:
            return Table(rows=((caption,),), position=position(element)) if caption and label is None else None
        rows, header, named = [header], (), []
    width = max(map(len, [header, *rows]))
    return Table(
        rows=tuple(row + ((),) * (width - len(row)) for row in rows),
        header=header + ((),) * (width - len(header)) if header else (),
        row_header=width > 1 and bool(named) and all(named),
        caption=caption,
        position=position(element),
    )


def _joined(names: list[tuple[Inline, ...]]) -> tuple[Inline, ...]:
    """One name a column of several header rows: ``2020`` above ``women`` gives ``2020 women``."""
    width = max(map(len, names), default=0)
    header: list[Inline] = []
    for column in range(width):
        parts = [row[column] for row in names if column < len(row) and row[column]]
        different = [part for at, part in enumerate(parts) if part not in parts[:at]]
        spaced = [span for part in different for span in (*part, Span(text=" "))]
        header.append(tidy(spaced))
    return tuple(header)


def _is_name(cell: Element) -> bool:
    """Whether the first cell of a row names it."""
    scope = (cell.get("scope") or "").lower()
    return scope in ("row", "rowgroup") or (tag(cell) == "th" and not scope.startswith("col"))


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
    """Rows of ``<thead>``; without one, the rows in front that hold header cells only, if others follow."""
    rows = list(_rows(element))
    marked = [row for row in rows if next(row.iterancestors("thead", "table")).tag == "thead"]
    if not marked:
        for row in rows[:-1]:
            names = {tag(cell) for cell in _cells(row) if raw_text(cell).strip()}
            if names - {"th"}:
                break
            marked.append(row)
    return frozenset(marked)


def _rows(table: Element) -> Iterator[Element]:
    """The rows in the order of the page, those of ``<tfoot>`` last, wherever the source has it."""
    last: list[Element] = []
    for child in table:
        if tag(child) == "tr":
            yield child
        elif tag(child) in ("thead", "tbody"):
            yield from (row for row in child if tag(row) == "tr")
        elif tag(child) == "tfoot":
            last.extend(row for row in child if tag(row) == "tr")
    yield from last


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row if tag(cell) in ("td", "th")]


def _part(table: Element, name: str) -> Element | None:
    return next((child for child in table if tag(child) == name), None)


def _span(cell: Element, attribute: str) -> int:
    value = (cell.get(attribute) or "1").strip()
    return max(1, min(int(value[:6]), _WIDEST)) if value.isdecimal() else 1
