"""Paragraphs in a row → what they make together: lists, quotations, code, definitions, boxes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lxml import etree

from pipeline.text.docx.bold import with_bold_headings
from pipeline.text.docx.lists import list_end, lists
from pipeline.text.docx.nodes import Node, nodes_in, place, unbold
from pipeline.text.dom.source import Element, raw_text, tag

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.text.docx.found import Found

_DEFINITIONS = ("term", "definition")
_HEAD = 12
"""Blocks at the beginning among which the title, the authors and the date are looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """What paragraphs in styles of their own say about the document."""

    title: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""


def arrange(root: Element, found: Found, is_date: Callable[[str], bool]) -> Front:
    """Put together what belongs together under ``root``, mammoth's HTML.

    Args:
        root: The ``<div>`` that holds it all; it is changed.
        found: What is known about its paragraphs.
        is_date: Whether a text can be read as a date.

    Returns:
        The title, the authors and the date, whose paragraphs are gone.
    """
    front = Front()
    for container in list(root.iter("div", "td", "li")):
        nodes = nodes_in(container, found)
        if container is root:
            front, nodes = _front(nodes, is_date)
            nodes = with_bold_headings(nodes)
        for child in list(container):
            container.remove(child)
        container.text = None
        container.extend(_built(nodes, 0))
    _place_notes(root, found)
    return front


def _place_notes(root: Element, found: Found) -> None:
    places = {note.id: note.number for note in found.notes.values()}
    for item in root.iter("li"):
        if item.get("id") in places:
            number = places[item.get("id") or ""]
            place(item, number, number)


def _front(nodes: list[Node], is_date: Callable[[str], bool]) -> tuple[Front, list[Node]]:
    """What stands in front in styles of its own, and all other nodes; a later title is a heading."""
    titles: list[str] = []
    authors: list[str] = []
    date = ""
    kept: list[Node] = []
    begun = over = False
    for at, node in enumerate(nodes):
        kind, text = node.line.kind, " ".join(raw_text(node.element).split())
        over = over or at >= _HEAD or kind == "heading"
        if kind == "title" and not over and (not titles or begun):
            titles.append(text)
            begun = True
            continue
        begun = False
        if kind == "title":
            node.line = replace(node.line, kind="heading", level=1)
        elif kind == "author" and not over and titles:
            authors.append(text)
            continue
        elif kind == "date" and not over and not date and is_date(text):
            date = text
            continue
        kept.append(node)
    return Front(title=" ".join(titles), authors=tuple(authors), date=date), kept


def _built(nodes: list[Node], box: int) -> list[Element]:
    """The elements of HTML for ``nodes``, all of which stand in the text box ``box`` or in boxes in it."""
    made: list[Element] = []
    at = 0
    while at < len(nodes):
        node = nodes[at]
        if node.line.box != box:
            end = _end_of_run(nodes, at)
            made.extend(_boxed(nodes[at:end]))
        elif node.line.kind == "entry":
            end = list_end(nodes, at, box)
            made.extend(lists(nodes[at:end], box, _built))
        elif node.line.kind in _GROUPS:
            kinds = _DEFINITIONS if node.line.kind in _DEFINITIONS else (node.line.kind,)
            end = _end_of_run(nodes, at, kinds)
            made.append(_GROUPS[node.line.kind](nodes[at:end]))
        else:
            end = at + 1
            made.append(_alone(node, last=made[-1] if made else None))
        at = end
    return [element for at, element in enumerate(made) if not (at and element is made[at - 1])]


def _end_of_run(nodes: list[Node], at: int, kinds: tuple[str, ...] = ()) -> int:
    """The end of the run of nodes from ``at`` on in the same text box, and of these kinds about the same thing."""
    box, words, end = nodes[at].line.box, nodes[at].line.words, at + 1
    while end < len(nodes) and nodes[end].line.box == box:
        if kinds and (nodes[end].line.kind not in kinds or nodes[end].line.words != words):
            break
        end += 1
    return end


def _alone(node: Node, last: Element | None) -> Element:
    """A heading, a break or a paragraph; one break behind another is the same."""
    element, line = node.element, node.line
    if line.kind == "heading" and tag(element) == "p":
        element.tag = f"h{min(max(line.level, 1), 6)}"
        unbold(element)
    elif line.kind == "break" and tag(element) == "p":
        if last is not None and tag(last) == "hr":
            return last
        element = etree.Element("hr")
    return place(element, line.number, node.last)


def _wrapper(name: str, nodes: list[Node], **attributes: str) -> Element:
    return place(etree.Element(name, attributes), nodes[0].line.number, nodes[-1].last)


def _boxed(nodes: list[Node]) -> list[Element]:
    """A text box; one that holds nothing but pictures and captions is none."""
    made = _built(nodes, nodes[0].line.box)
    if all(node.is_picture or tag(node.element) == "figure" or node.line.kind.endswith("caption") for node in nodes):
        return made
    aside = _wrapper("aside", nodes)
    aside.extend(made)
    return [aside]


def _quote(nodes: list[Node]) -> Element:
    quote = _wrapper("blockquote", nodes)
    quote.extend(place(node.element, node.line.number, node.last) for node in nodes)
    return quote


def _pull_quote(nodes: list[Node]) -> Element:
    aside = _quote(nodes)
    aside.tag = "aside"
    aside.set("class", "pullquote")
    return aside


def _box(nodes: list[Node]) -> Element:
    box = _quote(nodes)
    words = nodes[0].line.words
    box.tag = "aside" if words in ("sidebar", "aside") else "div"
    if box.tag == "div":
        box.set("class", f"admonition {words}")
    return box


def _code(nodes: list[Node]) -> Element:
    block = _wrapper("pre", nodes)
    if nodes[0].line.words:
        block.set("class", f"language-{nodes[0].line.words}")
    for node in nodes:
        piece = node.element
        piece.tag = "span"
        for mark in list(piece.iter("a")):
            mark.tag = "span"
        piece.tail = "\n"
        block.append(piece)
    return block


def _definitions(nodes: list[Node]) -> Element:
    block = _wrapper("dl", nodes)
    for node in nodes:
        if node.line.kind == "term":
            unbold(node.element)
            node.element.tag = "dt"
            block.append(place(node.element, node.line.number, node.last))
        else:
            meaning = etree.SubElement(block, "dd")
            meaning.append(place(node.element, node.line.number, node.last))
            place(meaning, node.line.number, node.last)
    return block


_GROUPS: dict[str, Callable[[list[Node]], Element]] = {
    "quote": _quote,
    "pullquote": _pull_quote,
    "box": _box,
    "code": _code,
    "term": _definitions,
    "definition": _definitions,
}
