"""The package file of a book: which files it has, in which order they are read, what part some of them play."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.text.dom.source import tag, words_of

if TYPE_CHECKING:
    from pipeline.text.dom.source import Element
    from pipeline.text.epub.paths import Files

_TEXTS = frozenset(
    ("application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document", "application/xml")
)
_ENDINGS = (".xhtml", ".html", ".htm", ".xht")
_NCX = "application/x-dtbncx+xml"
_FALLBACKS = 10
"""Fallbacks of fallbacks that are followed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A file of the book.

    Attributes:
        href: As the package writes it, for messages.
        part: Name in the archive; empty where it is not there.
        media_type: As declared, lower case.
        properties: ``nav``, ``cover-image`` and the like.
        fallback: Id of the item to take where this one cannot be read.
    """

    href: str
    part: str
    media_type: str
    properties: frozenset[str] = frozenset()
    fallback: str = ""

    @property
    def is_text(self) -> bool:
        """Whether it can be read as a page."""
        return self.media_type in _TEXTS or self.part.lower().endswith(_ENDINGS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the reading order: an item, and whether it belongs to the main line."""

    item: Item
    linear: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """What the package file says beside the metadata.

    Attributes:
        part: Its own name in the archive.
        items: Files of the book by their ids.
        spine: The reading order.
        dangling: References in the reading order for which there is no item.
        ncx: Name of the EPUB 2 table of contents; empty without one.
        nav: Name of the EPUB 3 navigation document; empty without one.
        guide: Name of a file → its part in the book (``cover``, ``title-page``, ``toc`` …), as EPUB 2 tells.
    """

    part: str
    items: dict[str, Item]
    spine: tuple[Step, ...]
    dangling: tuple[str, ...]
    ncx: str
    nav: str
    guide: dict[str, str]


def package(root: Element, part: str, files: Files) -> Package:
    """The package in the element ``root`` of the file ``part``."""
    found = [element for element in root.iter() if tag(element)]
    items = {
        element.get("id") or f"#{number}": _item(element, part, files)
        for number, element in enumerate(found)
        if tag(element) == "item" and element.get("href")
    }
    spine = next((element for element in found if tag(element) == "spine"), None)
    references = [element for element in found if tag(element) == "itemref"]
    steps = [(element, _readable(items, (element.get("idref") or "").strip())) for element in references]
    ncx = items.get((spine.get("toc") or "").strip()) if spine is not None else None
    by_type = [item.part for item in items.values() if item.part and item.media_type == _NCX]
    return Package(
        part=part,
        items=items,
        spine=tuple(
            Step(item=item, linear=(element.get("linear") or "").strip().lower() != "no")
            for element, item in steps
            if item is not None
        ),
        dangling=tuple(element.get("idref") or "" for element, item in steps if item is None),
        ncx=next(iter([*([ncx.part] if ncx is not None and ncx.part else []), *by_type, *files.ending(".ncx")]), ""),
        nav=next((item.part for item in items.values() if item.part and "nav" in item.properties), ""),
        guide=_guide(found, part, files),
    )


def _item(element: Element, part: str, files: Files) -> Item:
    href = (element.get("href") or "").strip()
    target = files.resolve(href, part)
    return Item(
        href=href,
        part=files.find(target.part) if target is not None else "",
        media_type=(element.get("media-type") or "").split(";")[0].strip().lower(),
        properties=words_of(element, "properties"),
        fallback=(element.get("fallback") or "").strip(),
    )


def _readable(items: dict[str, Item], name: str) -> Item | None:
    """The item ``name``, or the first of its fallbacks that is a page."""
    first = item = items.get(name)
    for _ in range(_FALLBACKS):
        if item is None or item.is_text:
            break
        item = items.get(item.fallback)
    return item or first


def _guide(found: list[Element], part: str, files: Files) -> dict[str, str]:
    """Whole files only: a reference into a file tells nothing of the rest of it."""
    parts: dict[str, str] = {}
    for element in found:
        if tag(element) == "reference" and element.get("href"):
            target = files.resolve(element.get("href") or "", part)
            if target is not None and not target.fragment:
                parts.setdefault(target.part, (element.get("type") or "").strip().lower())
    return parts
