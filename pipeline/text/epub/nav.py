"""The table of contents of a book: the navigation document of EPUB 3, or the NCX of EPUB 2."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.errors import ReadError
from pipeline.text.dom.source import Element, one_line, tag
from pipeline.text.epub.page import Parsed, kinds, parse_page
from pipeline.text.xml_safe import parse_xml, refuse_entities

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.text.epub.paths import Files, Target

_DEEPEST = 20
"""Levels of a table of contents that are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the table of contents.

    Attributes:
        label: Its words on one line.
        target: What it points at; for a line without a link the target of the first line below it; None without any.
        depth: 0 for the main lines.
    """

    label: str
    target: Target | None
    depth: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Navigation:
    """What leads through the book.

    Attributes:
        contents: The table of contents in its order; empty without one.
        landmarks: Name of a file → its part in the book, told of whole files only.
        why_not: Why a table of contents that the book has could not be used; else empty.
    """

    contents: tuple[Entry, ...]
    landmarks: dict[str, str]
    why_not: str = ""


def navigation(nav: str, ncx: str, files: Files) -> Navigation:
    """What leads through the book.

    Args:
        nav: Name of the navigation document; empty without one.
        ncx: Name of the NCX; empty without one.
        files: The book's files.
    """
    page = parse_page(nav, files) if nav else Parsed(None)
    contents = tuple(_nav(page.root, nav, files)) if page.root is not None else ()
    parts = _landmarks(page.root, nav, files) if page.root is not None else {}
    if contents or not ncx:
        return Navigation(contents=contents, landmarks=parts, why_not="" if contents else page.why)
    root, why = _xml(ncx, files)
    return Navigation(contents=tuple(_ncx(root, ncx, files)) if root is not None else (), landmarks=parts, why_not=why)


def _landmarks(root: Element, nav: str, files: Files) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in root.iter("nav"):
        for link in element.iter("a") if "landmarks" in kinds(element) else ():
            target = files.resolve(link.get("href") or "", nav)
            if target is not None and not target.fragment:
                found.setdefault(target.part, " ".join(sorted(kinds(link))))
    return found


def _nav(root: Element, part: str, files: Files) -> Iterator[Entry]:
    navs = list(root.iter("nav"))
    toc = next((nav for nav in navs if kinds(nav) & {"toc", "doc-toc"}), None)
    for child in toc if toc is not None else ():
        if tag(child) == "ol":
            yield from _lines(child, part, files, 0)


def _lines(listing: Element, part: str, files: Files, depth: int) -> Iterator[Entry]:
    for line in listing:
        if tag(line) != "li" or depth >= _DEEPEST:
            continue
        below = [entry for child in line if tag(child) == "ol" for entry in _lines(child, part, files, depth + 1)]
        said = next((child for child in line if tag(child) in ("a", "span", "p", "div")), None)
        link = next(said.iter("a"), None) if said is not None else None
        if said is not None:
            href = link.get("href") if link is not None else None
            target = files.resolve(href, part) if href else next((entry.target for entry in below), None)
            label = _label(said)
            yield from [Entry(label=label, target=target, depth=depth)] if label else []
        yield from below


def _label(element: Element) -> str:
    pictures = " ".join(image.get("alt") or "" for image in element.iter("img"))
    return one_line(element) or " ".join(pictures.split()) or " ".join((element.get("title") or "").split())


def _xml(part: str, files: Files) -> tuple[Element | None, str]:
    """The root of an XML file, or why there is none."""
    data = files.page(part)
    refuse_entities(data, files.place(part))
    try:
        return parse_xml(data, part), ""
    except ReadError as error:
        return None, error.message


def _ncx(root: Element, part: str, files: Files) -> Iterator[Entry]:
    for child in (child for element in root if tag(element).lower() == "navmap" for child in element):
        yield from _points(child, part, files, 0)


def _points(point: Element, part: str, files: Files, depth: int) -> Iterator[Entry]:
    if tag(point).lower() != "navpoint" or depth >= _DEEPEST:
        return
    label = next((one_line(child) for child in point if tag(child).lower() == "navlabel"), "")
    href = next((child.get("src") or "" for child in point if tag(child) == "content"), "")
    below = [entry for child in point for entry in _points(child, part, files, depth + 1)]
    target = files.resolve(href, part) if href else next((entry.target for entry in below), None)
    if label:
        yield Entry(label=label, target=target, depth=depth)
    yield from below
