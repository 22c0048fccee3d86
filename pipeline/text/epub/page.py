"""One file of a book → its tree, with plain names: as XML, and as HTML where it is not well-formed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.errors import ReadError
from pipeline.text.dom.source import Element, decode_html, one_line, parse, tag, words_of
from pipeline.text.xml_safe import parse_xml, refuse_entities

if TYPE_CHECKING:
    from pipeline.text.epub.paths import Files

TYPE = "{http://www.idpf.org/2007/ops}type"
"""The attribute ``epub:type`` as XML gives it."""
LINK = "{http://www.w3.org/1999/xlink}href"
"""The attribute ``xlink:href`` of SVG."""
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
"""The attribute ``xml:lang`` as XML gives it."""
AS_HTML = "not well-formed XML: read as HTML"

_CLOSED = re.compile(
    r"<(?!(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)\b)([A-Za-z][\w:-]*)(\s[^<>]*)?/>"
)
_PAGE_NUMBER = re.compile(
    r"[\[({]?\s*(?:(?:pg|page|p|s|seite)\b\.?\s*)?(?:\d{1,5}|[ivxlcdm]{1,9})?\s*[\])}]?", re.IGNORECASE
)
_PAGE_CLASSES = frozenset(("pagenum", "pagenumber", "pageno", "page-number", "pagebreak", "x-ebookmaker-pageno"))
_MATHML = "http://www.w3.org/1998/Math/MathML"


@dataclass(frozen=True, slots=True)
class Parsed:
    """What became of a file.

    Attributes:
        root: Its tree; None where it cannot be read.
        why: What was wrong with it; empty where nothing was.
    """

    root: Element | None
    why: str = ""


def parse_page(part: str, files: Files) -> Parsed:
    """The tree of the file ``part``; names have no namespace, and page numbers of the printed book are gone.

    Raises:
        ReadError: The file is not safe, or the archive is damaged.
    """
    data = files.page(part)
    refuse_entities(data, files.place(part))
    try:
        root, why = parse_xml(data, part), ""
    except ReadError:
        try:
            text, damage = decode_html(data, part)
            root = parse(_CLOSED.sub(r"<\1\2></\1>", text), part)
            why = f"{AS_HTML}, {damage} characters undecodable" if damage else AS_HTML
        except ReadError as error:
            return Parsed(None, error.message)
    _tidy(root)
    return Parsed(root, why)


def kinds(element: Element) -> frozenset[str]:
    """What ``epub:type`` and ``role`` say that an element is."""
    return words_of(element, TYPE) | words_of(element, "epub:type") | words_of(element, "role")


def drop(element: Element) -> None:
    """Take ``element`` out of its tree and leave the text behind it."""
    parent = element.getparent()
    if parent is None:
        return
    tail, before = element.tail, element.getprevious()
    element.tail = None
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


def _tidy(root: Element) -> None:
    for element in list(root.iter()):
        name: object = element.tag
        if not isinstance(name, str):
            continue
        if name.startswith("{"):
            element.tag = name = name.rpartition("}")[2]
        if _is_page_number(element):
            _empty(element)
        elif name == "svg":
            _show_image(element)
        elif name == "switch":
            for case in _unused_cases(element):
                drop(case)


def _is_page_number(element: Element) -> bool:
    """Whether ``element`` only marks where a page of the printed book begins."""
    classes = words_of(element, "class")
    if not (classes and _PAGE_CLASSES & classes) and "pagebreak" not in kinds(element):
        return False
    return sum(1 for _ in element.iter()) <= 3 and bool(_PAGE_NUMBER.fullmatch(one_line(element)))


def _empty(element: Element) -> None:
    """Take the text out of ``element``; its ids stay, for something may point at them."""
    for below in element.iter():
        below.text = None
        if below is not element:
            below.tail = None


def _show_image(svg: Element) -> None:
    """A drawing that only frames an image (how covers and plates are fitted to the screen) → that image."""
    images = [below for below in svg.iter() if tag(below) == "image"]
    if len(images) != 1 or any(tag(below) in ("text", "foreignobject") for below in svg.iter()):
        return
    source = images[0].get(LINK) or images[0].get("xlink:href") or images[0].get("href") or ""
    names = [one_line(below) for below in svg.iter() if tag(below) in ("title", "desc")]
    alt = " ".join((svg.get("aria-label") or images[0].get("aria-label") or "").split()) or next(iter(names), "")
    tail = svg.tail
    svg.clear()
    svg.tag, svg.tail = "img", tail
    svg.set("src", source)
    if alt:
        svg.set("alt", alt)


def _unused_cases(switch: Element) -> list[Element]:
    """All but one way in which an ``<epub:switch>`` can be shown: formulas as such, all else by its default."""
    cases = [child for child in switch if tag(child) in ("case", "default")]
    formula = [case for case in cases if case.get("required-namespace") == _MATHML]
    default = [case for case in cases if tag(case) == "default"]
    kept = next(iter((*formula, *default)), None)
    return [case for case in cases if case is not kept]
