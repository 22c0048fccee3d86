"""The body of a Word file → a plain one for mammoth: paragraphs and tables, each behind a bookmark with its number.

What a paragraph *is* (a heading, a list's entry, code …) does not go through mammoth; it is noted under that number.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from lxml import etree

from pipeline.text.docx.found import Grid
from pipeline.text.docx.graphics import chosen
from pipeline.text.docx.kind import line_of
from pipeline.text.docx.line import BARE, GRID, LINE, LineWriter
from pipeline.text.docx.names import W, local, value
from pipeline.text.docx.runs import Runs
from pipeline.text.docx.styles import Style, numbering_of
from pipeline.text.docx.tables import before, headers, merge, parts, span
from pipeline.text.docx.tasks import boxes_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.text.docx.numbering import Entry, Numbering
    from pipeline.text.docx.source import Source
    from pipeline.text.dom.source import Element


_TABLES = 8
"""Tables in one another, below which only their paragraphs are read."""
_TRANSPARENT = frozenset(("customXml", "ins", "moveTo", "smartTag"))


@dataclass(slots=True, kw_only=True)
class Body:
    """Reads the blocks of one part.

    Attributes:
        source: The part.
        numbering: The file's lists.
        number: Number that all paragraphs of a note get; 0 in the document, which counts its own.
    """

    source: Source
    numbering: Numbering
    number: int = 0
    _carried: list[Element] = field(default_factory=list)
    _box: int = 0
    _boxes: int = 0
    _in_contents: bool = False

    def read(self, children: Iterable[Element], out: Element, *, cell: bool = False, tables: int = 0) -> None:
        """Write the blocks among ``children`` into ``out``.

        Args:
            children: Elements of a body, a cell, a text box or a note.
            out: What will hold the plain ones.
            cell: Whether ``out`` is a cell of a table, where code stays in the line.
            tables: Tables around it.
        """
        for child in children:
            name = local(child)
            if name == "p":
                self._paragraph(child, out, cell=cell)
            elif name == "tbl":
                self._table(child, out, tables + 1)
            elif name == "sdt":
                self._control(child, out, cell=cell, tables=tables)
            elif name == "AlternateContent":
                choice = chosen(child)
                self.read(() if choice is None else choice, out, cell=cell, tables=tables)
            elif name in _TRANSPARENT:
                self.read(child, out, cell=cell, tables=tables)
            elif name in ("oMath", "oMathPara"):
                self._alone(child, out, cell=cell)
            elif name == "altChunk":
                self.source.found.omit("embedded file", "another document inside of this one")
            elif name == "del":
                self._skip(child, "deleted revision")

    def end(self, out: Element) -> None:
        """Write what a last paragraph with a deleted end has left."""
        if self._carried:
            self._paragraph(etree.Element(f"{W}p"), out, cell=False)

    def _skip(self, element: Element, why: str) -> None:
        """Leave ``element`` out, but count its paragraphs."""
        if not self.number:
            self.source.found.paragraph += sum(1 for _ in element.iter(f"{W}p"))
        self.source.found.omit(" ".join(text.text or "" for text in element.iter(f"{W}t", f"{W}delText")), why)

    def _control(self, element: Element, out: Element, *, cell: bool, tables: int) -> None:
        content = element.find(f"{W}sdtContent")
        if content is None:
            return
        if value(element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")) == "Table of Contents":
            self._skip(content, "table of contents")
        elif next(content.iterchildren(f"{W}r"), None) is not None:
            self._alone(element, out, cell=cell)
        else:
            self.read(content, out, cell=cell, tables=tables)

    def _alone(self, element: Element, out: Element, *, cell: bool) -> None:
        """A piece of a line that stands where a paragraph should."""
        paragraph = etree.Element(f"{W}p")
        paragraph.append(element)
        self._paragraph(paragraph, out, cell=cell)

    def _paragraph(self, paragraph: Element, out: Element, *, cell: bool) -> None:
        source, found = self.source, self.source.found
        found.paragraph = self.number or found.paragraph + 1
        properties = paragraph.find(f"{W}pPr")
        if properties is not None and properties.find(f"{W}rPr/{W}del") is not None:
            self._carried.append(paragraph)  # its end is deleted: it goes on in the next one
            return
        name = value(properties.find(f"{W}pStyle")) if properties is not None else ""
        style = source.styles.find("paragraph", name)
        if style.kind == "toc":
            self._contents(paragraph)
            return
        self._in_contents = False
        entry = self._entry(properties, style, name)
        is_code = style.kind == "code" or (style.kind == "typed" and not source.survey.typed)
        block = is_code and not cell and (entry is None or not entry.mark)
        may_be_task = style.kind == "" or style.kind.startswith("list ") or (entry is not None and bool(entry.mark))
        may_be_task = may_be_task and not block and (not cell or entry is not None)
        key = found.key()
        made = etree.SubElement(out, f"{W}p")
        etree.SubElement(made, f"{W}bookmarkStart", {f"{W}name": f"{LINE}{key}"})
        look = source.styles.look.under(style.look)  # what a whole paragraph looks like stresses nothing in it
        runs = Runs(
            source=source,
            out=LineWriter(paragraph=made, found=found),
            base=replace(look, bold=None, italic=None, struck=None, shift=None),
            bare=block,
            code=is_code and not block,
            tasks=may_be_task and boxes_in(paragraph) == 1,
        )
        if style.kind == "heading" and entry is not None and entry.ordered:
            runs.out.text(f"{entry.mark} ", BARE)
        for part in (*self._carried, paragraph):
            runs.read(part)
        self._carried = []
        runs.out.end()
        text = _text(made) if runs.out.says else None
        line = line_of(properties, style, entry, text=text, rule=runs.rule, ticked=runs.ticked)
        if block or (runs.typed and not line.kind and not cell):
            line = replace(line, kind="code", words=style.words, checked=None, entry=None)
        found.lines[key] = replace(line, number=found.paragraph, box=self._box)
        self._text_boxes(runs.boxes, out, cell=cell)

    def _entry(self, properties: Element | None, style: Style, name: str) -> Entry | None:
        """The paragraph's place in a list; every paragraph asks exactly once, since lists count."""
        direct, given = numbering_of(properties), style.numbering
        if direct is not None:
            num = direct[0] or (given[0] if given else "")
            level = given[1] if given and direct[1] < 0 and given[0] == num else direct[1]
            given = (num, level)
        return self.numbering.entry(*given, style=name) if given is not None else None

    def _contents(self, paragraph: Element) -> None:
        """Leave out a line of a table of contents; the fields that begin or end in it do so still."""
        if not self._in_contents:
            self.source.found.omit(_text(paragraph), "table of contents")
            self._in_contents = bool(_text(paragraph))
        for mark in paragraph.iter(f"{W}fldChar", f"{W}instrText"):
            if local(mark) == "fldChar":
                self.source.fields.mark(mark)
            else:
                self.source.fields.tell(mark.text or "")

    def _text_boxes(self, boxes: list[Element], out: Element, *, cell: bool) -> None:
        around = self._box
        for box in boxes:
            self._boxes += 0 if around else 1
            self._box = around or self._boxes
            self.read(box, out, cell=cell, tables=_TABLES)
        self._box = around

    def _table(self, table: Element, out: Element, tables: int) -> None:
        if tables > _TABLES:
            for paragraph in [inner for inner in table.iter(f"{W}p") if _is_own(inner)]:
                self._paragraph(paragraph, out, cell=True)
            return
        found = self.source.found
        first = self.number or found.paragraph + 1
        key = found.key()
        marker = etree.SubElement(out, f"{W}p")
        etree.SubElement(marker, f"{W}bookmarkStart", {f"{W}name": f"{GRID}{key}"})
        made = etree.SubElement(out, f"{W}tbl")
        kept: list[Element] = []
        for row in parts(table, "tr"):
            if row.find(f"{W}trPr/{W}del") is not None:
                self._skip(row, "deleted revision")
            else:
                kept.append(row)
                self._row(row, etree.SubElement(made, f"{W}tr"), tables)
        head, side = headers(table, kept, self.source.styles)
        last = max(first, found.paragraph)
        found.grids[key] = Grid(number=first, last=last, header_rows=head, row_header=side, box=self._box)

    def _row(self, row: Element, out: Element, tables: int) -> None:
        if free := before(row):
            _cell(out, free, "")
        for cell in parts(row, "tc"):
            made = _cell(out, span(cell), merge(cell))
            self.read(cell, made, cell=True, tables=tables)
            self.end(made)


def _cell(row: Element, columns: int, merged: str) -> Element:
    cell = etree.SubElement(row, f"{W}tc")
    properties = etree.SubElement(cell, f"{W}tcPr")
    if columns > 1:
        etree.SubElement(properties, f"{W}gridSpan", {f"{W}val": str(columns)})
    if merged:
        etree.SubElement(properties, f"{W}vMerge", {f"{W}val": merged})
    return cell


def _text(paragraph: Element) -> str:
    return "".join(text.text or "" for text in paragraph.iter(f"{W}t")).strip()


def _is_own(paragraph: Element) -> bool:
    """Whether a paragraph does not stand in another one's text box."""
    return next(paragraph.iterancestors(f"{W}txbxContent", f"{W}p"), None) is None
