"""A Word file → HTML that the walker reads, with what it says about itself and what was left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from pipeline.errors import ReadError
from pipeline.model.document import Omission
from pipeline.text.docx.body import Body
from pipeline.text.docx.fields import fields_in, link_of
from pipeline.text.docx.found import Found
from pipeline.text.docx.group import Front, arrange
from pipeline.text.docx.html import converted
from pipeline.text.docx.line import NOTE
from pipeline.text.docx.meta import Core, core_of
from pipeline.text.docx.names import W, value
from pipeline.text.docx.numbering import Numbering
from pipeline.text.docx.package import Package, Part, open_package
from pipeline.text.docx.source import Source
from pipeline.text.docx.styles import Styles
from pipeline.text.docx.survey import survey
from pipeline.text.plain_dates import iso_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.text.dom.source import Element

MAX_PARAGRAPHS = 50_000
"""Paragraphs of a document; a book of 1,000 pages has 20,000."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordText:
    """The text of a Word file.

    Attributes:
        root: HTML: headings, paragraphs, lists … with their places as `pipeline.text.dom.page.LINES`.
        front: What paragraphs of their own styles say.
        core: What the file's properties say.
        language: BCP 47 tag, or ``"und"``.
        omitted: What is not in ``root``, and why.
    """

    root: Element
    front: Front
    core: Core
    language: str
    omitted: tuple[Omission, ...]


def read_word(data: bytes, where: str) -> WordText:
    """The text of the Word file ``data``.

    Raises:
        ReadError: It is none, an old, protected or damaged one, or beyond the limits.
    """
    package = open_package(data, where)
    body = package.document.root.find(f"{W}body")
    if body is None:
        raise ReadError("there is no text in this document: it is damaged", where)
    _check_size(package, where)
    core = core_of(package.core)
    styles = Styles(package.of("styles"))
    overall = survey(body, styles, core.language)
    found = Found()
    bodies = _notes(package)
    targets = _targets(package)
    marks = _marks(package)
    numbering = Numbering(package.of("numbering"))

    def source(part: Part, *, in_note: bool = False) -> Source:
        return Source(
            styles=styles, survey=overall, links=part.links, fields=fields_in(part.root), found=found, marks=marks,
            targets=targets, bodies=bodies, in_note=in_note,
        )  # fmt: skip

    out = etree.Element(f"{W}body")
    reader = Body(source=source(package.document), numbering=numbering)
    reader.read(body, out)
    reader.end(out)
    sources = {kind: source(part, in_note=True) for kind, part in package.others if kind in _NOTES}
    for note in list(found.notes.values()):
        marker = etree.SubElement(out, f"{W}p")
        etree.SubElement(marker, f"{W}bookmarkStart", {f"{W}name": f"{NOTE}{note.index}"})
        inner = Body(source=sources[note.kind], numbering=numbering, number=note.number)
        inner.read(note.body, out)
        inner.end(out)
    root = converted(list(out), found, where)
    front = arrange(root, found, lambda text: bool(iso_date(text)))
    return WordText(
        root=root,
        front=front,
        core=core,
        language=overall.language,
        omitted=(*found.omitted, *_beside(package)),
    )


_NOTES = {"footnotes": "footnote", "endnotes": "endnote"}


def _check_size(package: Package, where: str) -> None:
    count = sum(1 for part in (package.document, *package.all(*_NOTES)) for _ in part.root.iter(f"{W}p"))
    if count > MAX_PARAGRAPHS:
        raise ReadError(
            f"this document has {count:,} paragraphs, more than the {MAX_PARAGRAPHS:,} allowed: split it", where
        )


def _notes(package: Package) -> dict[tuple[str, str], Element]:
    """The texts of footnotes and endnotes by kind and id; the lines drawn above them are no notes."""
    return {
        (kind, note.get(f"{W}id") or ""): note
        for kind, part in package.others
        if kind in _NOTES
        for note in part.root.iterchildren(W + _NOTES[kind])
        if (note.get(f"{W}type") or "normal") == "normal"
    }


def _marks(package: Package) -> Mapping[str, str]:
    """How footnotes and endnotes are counted, as the file says or as Word does."""
    marks = {"footnotes": "decimal", "endnotes": "lowerRoman"}
    places = [package.of("settings"), package.document.root]
    for kind, name in _NOTES.items():
        for place in places:
            form = place.find(f".//{W}{name}Pr/{W}numFmt") if place is not None else None
            marks[kind] = value(form) or marks[kind]
    return marks


def _targets(package: Package) -> frozenset[str]:
    """Names of the places in the file that its links point at."""
    parts = (package.document, *package.all(*_NOTES))
    links = {link.get(f"{W}anchor") or "" for part in parts for link in part.root.iter(f"{W}hyperlink")}
    told = (field.text or "" for part in parts for field in part.root.iter(f"{W}instrText") if field.text)
    links.update(link_of(text).partition("#")[2] for text in told if "HYPERLINK" in text)
    return frozenset(links - {""})


def _beside(package: Package) -> Iterator[Omission]:
    """What stands beside the text: comments, and the lines at the head and the foot of each page."""
    for part in package.all("comments"):
        for comment in part.root.iterchildren(f"{W}comment"):
            yield from _left_out(comment, "comment")
    seen: set[str] = set()
    for kind in ("header", "footer"):
        for part in package.all(kind):
            for omission in _left_out(part.root, f"page {kind}"):
                if omission.what not in seen:
                    seen.add(omission.what)
                    yield omission


def _left_out(element: Element, why: str) -> Iterator[Omission]:
    found = Found()
    found.omit(" ".join(text.text or "" for text in element.iter(f"{W}t")), why)
    for omission in found.omitted:
        yield Omission(what=omission.what, why=why)
