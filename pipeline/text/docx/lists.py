"""Entries of lists in a row → lists in lists, with their first numbers, and with all that stands inside of an entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from pipeline.text.docx.nodes import Node, place
from pipeline.text.dom.page import LINES
from pipeline.text.dom.source import tag

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.text.dom.source import Element

    Built = Callable[[list[Node], int], list[Element]]
    """Makes the elements for nodes that stand in a text box."""


def list_end(nodes: list[Node], at: int, box: int) -> int:
    """The end of the list that begins at ``at``, with all that stands inside of its entries.

    A paragraph that is only indented like the entry in front belongs to it where the list goes on behind.
    """
    first = _level(nodes[at])
    entry = nodes[at].line.entry
    key = entry.key if entry is not None else ""
    indent = nodes[at].line.indent
    end, sure = at + 1, at + 1
    while end < len(nodes) and nodes[end].line.box == box:
        line = nodes[end].line
        if line.kind == "entry":
            if _level(nodes[end]) < first or (sure < end and (line.entry is None or line.entry.key != key)):
                break
            sure, indent = end + 1, line.indent
        elif line.inside > first:
            sure = end + 1 if sure == end else sure
        elif line.kind in ("heading", "break", "title") or not line.number or indent <= 0 or line.indent < indent:
            break
        end += 1
    return sure


def lists(nodes: list[Node], box: int, built: Built) -> list[Element]:
    """The lists in ``nodes``, whose first is an entry of the outermost level."""
    level = _level(nodes[0])
    made: list[Element] = []
    number = 0
    at = 0
    while at < len(nodes):
        node = nodes[at]
        end = at + 1
        while end < len(nodes) and not (nodes[end].line.kind == "entry" and _level(nodes[end]) == level):
            end += 1
        entry = node.line.entry
        assert entry is not None
        name = "ol" if entry.ordered else "ul"
        goes_on = not entry.ordered or entry.number in (0, number + 1)
        if not made or tag(made[-1]) != name or not goes_on:
            made.append(etree.Element(name))
            place(made[-1], node.line.number, nodes[end - 1].last)
            if entry.ordered and entry.number != 1:
                made[-1].set("start", str(entry.number or 1))
        number = entry.number or number + 1
        made[-1].append(_entry(node, built(nodes[at + 1 : end], box), nodes[end - 1].last))
        _stretch(made[-1], nodes[end - 1].last)
        at = end
    return made


def _entry(node: Node, rest: list[Element], last: int) -> Element:
    item = etree.Element("li")
    if node.line.checked is not None:
        etree.SubElement(item, "input", {"type": "checkbox", **({"checked": "checked"} if node.line.checked else {})})
    item.append(place(node.element, node.line.number, node.last))
    item.extend(rest)
    return place(item, node.line.number, last)


def _stretch(element: Element, last: int) -> None:
    first = (element.get(LINES) or "0").partition(":")[0]
    place(element, int(first), last)


def _level(node: Node) -> int:
    return node.line.entry.level if node.line.entry is not None else -1
