"""All files of a book in reading order → one tree, in which every link, note and id keeps its meaning."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote

from lxml import etree

from pipeline.model.document import Omission, Position
from pipeline.text.dom.page import PART
from pipeline.text.dom.source import Element, raw_text, tag
from pipeline.text.epub.page import LANGUAGE, kinds, parse_page
from pipeline.text.epub.paths import Target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.text.epub.package import Item, Package
    from pipeline.text.epub.paths import Files

_WEB = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
_SHOWN = ("img", "image", "video", "audio", "source", "iframe", "embed", "object")
_MARK = 8
"""Letters that the mark of a note may have, brackets included."""


@dataclass(slots=True, kw_only=True)
class Book:
    """The book as one tree.

    Attributes:
        root: Its element; each child is the content of one file, and says which.
        starts: Name of a file → its element.
        places: Place in a file → the element there.
        languages: Language of each file that tells one.
        omitted: What was left out, and why.
    """

    root: Element
    starts: dict[str, Element] = field(default_factory=dict)
    places: dict[Target, Element] = field(default_factory=dict)
    languages: dict[str, str] = field(default_factory=dict)
    omitted: list[Omission] = field(default_factory=list)

    def at(self, target: Target) -> Element | None:
        """The element at ``target``; None where it is not in the tree."""
        return self.places.get(target) if target.fragment else self.starts.get(target.part)

    def omit(self, what: str, why: str, part: str = "") -> None:
        """Report what is left out."""
        self.omitted.append(Omission(what=what, why=why, position=Position(part=part)))


def merge(package: Package, files: Files) -> Book:
    """The files of ``package`` in reading order.

    Files outside the main line (``linear="no"``) follow at the end where a note reference leads to them; the others
    are left out, since they are reached by links only, which a listener cannot follow.
    """
    book = Book(root=etree.Element("div"))
    taken: set[str] = set()
    main = [step.item for step in package.spine if step.linear] or [step.item for step in package.spine]
    aside = {item.part: item for item in (*(step.item for step in package.spine), *package.items.values())}
    for name in package.dangling:
        book.omit(name or "a file without a name", "in the reading order, but not among the book's files")
    for item in main:
        aside.pop(item.part, None)
        _add(item, book, taken, files)
    for part in _noted(book, aside, files):
        _add(aside.pop(part), book, taken, files)
    for part, item in aside.items():
        if part and part != package.nav and item.is_text and part not in book.starts:
            book.omit(item.href, "outside the reading order", part)
    _join_links(book, files)
    return book


def _add(item: Item, book: Book, taken: set[str], files: Files) -> None:
    """Put the content of a file at the end of the tree, its ids made unique."""
    if not item.part:
        book.omit(item.href, "missing from the archive")
    elif item.part in book.starts:
        return
    elif item.is_text:
        page = parse_page(item.part, files)
        if page.why:
            book.omit(item.href, page.why, item.part)
        if page.root is not None:
            _append(page.root, item.part, book, taken)
    elif item.media_type.startswith("image/"):
        section = etree.SubElement(book.root, "section", {PART: item.part})
        etree.SubElement(section, "img", {"src": quote(f"/{item.part}")})
        book.starts[item.part] = section
    else:
        book.omit(item.href, f"not a text: {item.media_type or 'unknown media type'}", item.part)


def _append(page: Element, part: str, book: Book, taken: set[str]) -> None:
    section = next((child for child in page if tag(child) == "body"), page)
    for head in [child for child in section if tag(child) == "head"]:
        section.remove(head)
    language = next(filter(None, (e.get(a) for e in (section, page) for a in (LANGUAGE, "lang", "xml:lang"))), "")
    if language:
        book.languages[part] = language.strip().replace("_", "-")
        section.set("lang", book.languages[part])
        section.attrib.pop(LANGUAGE, "")
    section.tag, section.tail = "section", None
    section.set(PART, part)
    for element in section.iter():
        names = [element.get("id"), element.get("name") if tag(element) == "a" else None] if tag(element) else []
        for name in filter(None, names):
            book.places.setdefault(Target(part=part, fragment=name), element)
        if any(names):
            element.set("id", _unique(next(filter(None, names)), part, taken))
            element.attrib.pop("name", "")
    if not section.get("id"):
        section.set("id", _unique(part, part, taken))
    book.root.append(section)
    book.starts[part] = section


def _unique(name: str, part: str, taken: set[str]) -> str:
    """``name``, or one made of it, that no element of the book has yet."""
    number = 1
    unique = name if name not in taken else f"{part}-{name}"
    while unique in taken:
        number += 1
        unique = f"{part}-{name}-{number}"
    taken.add(unique)
    return unique


def _noted(book: Book, aside: dict[str, Item], files: Files) -> list[str]:
    """Files outside the main line to which note references lead."""
    found: dict[str, None] = {}
    for part, link in _links(book):
        target = files.resolve(link.get("href") or "", part)
        if target is not None and target.fragment and target.part in aside and _may_refer(link):
            found.setdefault(target.part)
    return list(found)


def _may_refer(link: Element) -> bool:
    return bool(kinds(link) & {"noteref", "doc-noteref"}) or 0 < len(raw_text(link).strip()) <= _MARK


def _links(book: Book) -> Iterator[tuple[str, Element]]:
    for part, section in book.starts.items():
        for link in section.iter("a", "area"):
            if link.get("href"):
                yield part, link


def _join_links(book: Book, files: Files) -> None:
    """Let links point at the elements of the one tree, and images at the files of the archive."""
    for part, link in _links(book):
        href = (link.get("href") or "").strip()
        target = files.resolve(href, part)
        place = book.at(target) if target is not None else None
        if target is not None and place is None:
            place = book.starts.get(target.part)
        if place is not None:
            link.set("href", f"#{place.get('id')}")
        elif target is not None or not _WEB.match(href):
            del link.attrib["href"]  # nothing that a reader of the document could follow
    for part, section in book.starts.items():
        for shown in section.iter(*_SHOWN):
            for name in ("src", "data", "poster"):
                target = files.resolve(shown.get(name) or "", part) if shown.get(name) else None
                if target is not None:
                    shown.set(name, target.part)
