"""The paragraphs and tables of mammoth's HTML, each with what is known about it; captions join what they name."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lxml import etree

from pipeline.text.docx.found import Found, Grid, Line
from pipeline.text.docx.line import GRID, LINE
from pipeline.text.dom.page import LINES
from pipeline.text.dom.source import Element, raw_text, tag

if TYPE_CHECKING:
    from collections.abc import Iterator

_CAPTIONS = ("caption", "table caption", "image caption")
_TABLE = re.compile(r"\s*(?:tab(?:le|elle|leau|la|ela|ell)?\b|таблица|表)", re.IGNORECASE)
_SHOWN = ("img", "video")


@dataclass(slots=True, kw_only=True)
class Node:
    """A block of HTML with what is known about it.

    Attributes:
        element: A ``<p>``, a ``<table>`` or what was made of it.
        line: What is known; of a table only its place and text box.
        last: The number of its last paragraph.
    """

    element: Element
    line: Line
    last: int

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it to see."""
        return tag(self.element) == "p" and not raw_text(self.element).strip() and not _holds(self.element)

    @property
    def is_picture(self) -> bool:
        """Whether it is a paragraph of pictures alone."""
        shown = any(tag(below) in _SHOWN for below in self.element.iter())
        return tag(self.element) == "p" and shown and not raw_text(self.element).strip()


def nodes_in(container: Element, found: Found) -> list[Node]:
    """The blocks among the children of ``container``, our bookmarks gone; what was empty is left out."""
    nodes: list[Node] = []
    grid: Grid | None = None
    here = Line(number=0)
    for child in list(container):
        keys = list(_keys(child)) if tag(child) == "p" else []
        grids = [found.grids[number] for name, number in keys if name == GRID]
        lines = [found.lines[number] for name, number in keys if name == LINE]
        if grids:
            grid = grids[0]
        elif tag(child) == "table" and grid is not None:
            line = Line(number=grid.number, box=grid.box)
            dress_table(child, grid)
            nodes.append(Node(element=child, line=line, last=grid.last))
            grid = None
        elif tag(child) == "p":
            here = lines[0] if lines else Line(number=here.number, box=here.box)
            nodes.extend(_split(Node(element=child, line=here, last=here.number)))
        else:
            nodes.append(Node(element=child, line=Line(number=0), last=0))
    return captioned(_without_gaps(nodes))


def _without_gaps(nodes: list[Node]) -> list[Node]:
    """``nodes`` without empty paragraphs, but for the blank lines in code."""
    kept: list[Node] = []
    gap: list[Node] = []
    for node in nodes:
        if node.is_empty and node.line.kind != "break":
            gap.append(node)
            continue
        if node.line.kind == "code" and kept and kept[-1].line.kind == "code":
            kept.extend(replace(blank, line=kept[-1].line) for blank in gap)
        gap = []
        kept.append(node)
    return kept


def dress_table(table: Element, grid: Grid) -> None:
    """Make the cells of its headings ``<th>``."""
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    if grid.header_rows:
        head = etree.Element("thead")
        for row in rows[: grid.header_rows]:
            head.append(row)
            for cell in row:
                cell.tag = "th"
                unbold(cell)
        table.insert(0, head)
    for row in rows[grid.header_rows :] if grid.row_header else ():
        for cell in list(row)[:1]:
            cell.tag = "th"
            unbold(cell)


def unbold(element: Element) -> None:
    """Take bold letters back where all letters are: what has a place of its own needs no stress."""
    bold = list(element.iter("strong"))
    if bold and _letters(raw_text(element)) == sum(_letters(raw_text(part)) for part in bold):
        etree.strip_tags(element, "strong")


def captioned(nodes: list[Node]) -> list[Node]:
    """``nodes`` with each caption put into the picture or the table beside it; others stay paragraphs."""
    kept: list[Node] = []
    waiting: Node | None = None  # a caption of the node that comes next
    for at, node in enumerate(nodes):
        if waiting is not None:
            _join(node, waiting)
            waiting = None
        elif node.line.kind in _CAPTIONS:
            before, after = kept[-1] if kept else None, nodes[at + 1] if at + 1 < len(nodes) else None
            named = next(iter(_beside(node, before, after)), None)
            if named is not None and named is after:
                waiting = node
                continue
            if named is not None:
                _join(named, node)
                continue
            if any(tag(below) in _SHOWN for below in node.element.iter()):
                own = Node(element=etree.Element("p"), line=replace(node.line, kind=""), last=node.last)
                _join(own, node)
                node = own
        kept.append(node)
    return kept


def _beside(caption: Node, before: Node | None, after: Node | None) -> list[Node]:
    """What ``caption`` may name, the likeliest first: captions stand under pictures and over tables."""
    kind = caption.line.kind
    if kind == "caption" and _TABLE.match(raw_text(caption.element)):
        kind = "table caption"
    names = {"table caption": "table", "image caption": "picture"}.get(kind, "picture table")
    likely = [(before, "picture"), (after, "table"), (after, "picture"), (before, "table")]
    return [node for node, name in likely if node is not None and name in names and _shows(node) == name]


def _shows(node: Node) -> str:
    """``"table"`` or ``"picture"`` for what may still take a caption."""
    if tag(node.element) == "table":
        return "table" if node.element.find("caption") is None else ""
    return "picture" if node.is_picture else ""


def _join(node: Node, caption: Node) -> None:
    """Put ``caption`` into ``node``; its own pictures go there too."""
    label = caption.element
    pictures = [part for part in label.iter() if tag(part) in _SHOWN]
    if tag(node.element) == "table":
        label.tag = "caption"
        node.element.insert(0, label)
    else:
        figure = etree.Element("figure")
        node.element.tag = "div"
        figure.append(node.element)
        label.tag = "figcaption"
        figure.append(label)
        node.element = figure
    for picture in pictures:
        node.element.append(picture)
    node.last = max(node.last, caption.last)


def place(element: Element, first: int, last: int) -> Element:
    """``element``, which stands in these paragraphs."""
    if first:
        element.set(LINES, f"{first}:{max(first, last)}")
    return element


def _split(node: Node) -> Iterator[Node]:
    """A paragraph, cut where a formula stands in a line of its own."""
    element = node.element
    displayed = [part for part in element.iter("math") if part.get("display") and part.getparent() is element]
    if not displayed or not raw_text(element).strip():
        yield node
        return
    for part in displayed:
        front = etree.Element("p")
        front.text, element.text = element.text, None
        while element[0] is not part:
            front.append(element[0])
        element.remove(element[0])
        element.text, part.tail = part.tail, None
        alone = etree.Element("p")
        alone.append(part)
        for piece in (front, alone):
            yield Node(element=piece, line=node.line, last=node.last)
    yield node


def _keys(paragraph: Element) -> Iterator[tuple[str, int]]:
    """The numbers of our bookmarks in ``paragraph``, which are taken out."""
    for anchor in list(paragraph.iter("a")):
        name = anchor.get("id") or ""
        for prefix in (LINE, GRID):
            if name.startswith(prefix) and name[len(prefix) :].isdecimal():
                yield prefix, int(name[len(prefix) :])
                _unwrap(anchor)


def _unwrap(element: Element) -> None:
    """Take an empty element out and leave the text behind it."""
    parent, before = element.getparent(), element.getprevious()
    assert parent is not None
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _holds(element: Element) -> bool:
    return any(tag(below) in (*_SHOWN, "math", "input") for below in element.iter())


def _letters(text: str) -> int:
    return sum(1 for char in text if not char.isspace())
