"""Tables of a Word file: their rows and cells, what spans several, and which rows and columns are headings."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from pipeline.text.docx.names import W, local, number, switch, value
from pipeline.text.docx.survey import own_look

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.text.docx.styles import Styles
    from pipeline.text.dom.source import Element

WIDEST = 100
"""Columns of a row, and columns that a cell may claim to span."""
_WRAPPERS = ("sdt", "sdtContent", "customXml", "ins", "moveTo")
_FIRST_ROW, _FIRST_COLUMN = 0x0020, 0x0080
"""Bits of ``w:tblLook/@w:val``."""
_LOOKED_AT = 50
"""Rows of a table that are asked whether they look like its head."""


def parts(element: Element, name: str) -> Iterator[Element]:
    """The rows of a table (``tr``) or the cells of a row (``tc``), also those in content controls."""
    for child in element:
        if local(child) == name:
            yield child
        elif local(child) in _WRAPPERS:
            yield from parts(child, name)


def before(row: Element) -> int:
    """Columns that a row leaves free in front."""
    return max(0, min(number(value(row.find(f"{W}trPr/{W}gridBefore"))), WIDEST))


def span(cell: Element) -> int:
    """Columns that ``cell`` spans."""
    return max(1, min(number(value(cell.find(f"{W}tcPr/{W}gridSpan")), 1), WIDEST))


def merge(cell: Element) -> str:
    """``"restart"`` for the first of merged cells in a column, ``"continue"`` for the others, empty for most."""
    found = cell.find(f"{W}tcPr/{W}vMerge")
    if found is None:
        return ""
    return "restart" if value(found) == "restart" else "continue"


def headers(table: Element, rows: list[Element], styles: Styles) -> tuple[int, bool]:
    """How many rows at the top name the columns, and whether the first column names the rows.

    Word switches “header row” and “first column” on in every new table, so they count only where the table's style
    makes them look different; without a style that does, a first row in bold letters counts.
    """
    style = styles.find("table", value(table.find(f"{W}tblPr/{W}tblStyle")))
    look = table.find(f"{W}tblPr/{W}tblLook")
    side = style.header_column and _flag(look, "firstColumn", _FIRST_COLUMN)
    head = 0
    for row in rows:
        if not switch(row.find(f"{W}trPr"), "tblHeader"):
            break
        head += 1
    if head == len(rows) or len(rows) < 2:
        return (head if head < len(rows) else 0), side
    if not head and style.header_row and _flag(look, "firstRow", _FIRST_ROW):
        head = 1
    if not head and _is_head(rows[0], styles) and not any(_is_head(row, styles) for row in islice(rows, 1, _LOOKED_AT)):
        head = 1
    return head, side


def _flag(look: Element | None, name: str, bit: int) -> bool:
    if look is None:
        return False
    given = look.get(W + name)
    if given is not None:
        return given.lower() in ("1", "true", "on")
    try:
        return bool(int(look.get(f"{W}val") or "0", 16) & bit)
    except ValueError:
        return False


def _is_head(row: Element, styles: Styles) -> bool:
    """Whether all cells of a row, at least two with letters, are bold or in a style for headings of tables."""
    filled = 0
    for cell in parts(row, "tc"):
        text = False
        for paragraph in cell.iter(f"{W}p"):
            style = styles.find("paragraph", value(paragraph.find(f"{W}pPr/{W}pStyle")))
            for run in paragraph.iter(f"{W}r"):
                if not any((part.text or "").strip() for part in run.iter(f"{W}t")):
                    continue
                text = True
                if style.kind != "table heading" and not style.look.under(own_look(run, styles)).bold:
                    return False
        filled += text
    return filled > 1
