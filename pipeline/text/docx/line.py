"""Writes one paragraph of the plain WordprocessingML that mammoth is given: runs of one look, links, marks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from pipeline.text.docx.names import R, W

if TYPE_CHECKING:
    from pipeline.text.docx.found import Found
    from pipeline.text.dom.source import Element

LINE, GRID, PICTURE, NOTE, BOOKMARK = "p-", "t-", "f-", "n-", "b-"
"""What the names of our bookmarks begin with: for paragraphs, tables, pictures, notes, and the author's own."""
CODE, MATH, DISPLAY, FOREIGN = "code", "math", "display", "l-"
"""Names of our character styles; a foreign language's is followed by its number."""


@dataclass(frozen=True, slots=True)
class Dress:
    """How a run is written: what mammoth turns into elements of HTML."""

    bold: bool = False
    italic: bool = False
    struck: bool = False
    shift: str = ""
    style: str = ""


BARE = Dress()


@dataclass(slots=True)
class LineWriter:
    """Writes into the paragraph ``paragraph``.

    Attributes:
        paragraph: The ``<w:p>`` to fill.
        found: Where links get their numbers.
        says: Whether anything but blanks was written.
    """

    paragraph: Element
    found: Found
    says: bool = False
    _dress: Dress = BARE
    _href: str = ""
    _link: Element | None = None
    _run: Element | None = None
    _texts: list[str] = field(default_factory=list)
    _blank: str = ""

    def text(self, text: str, dress: Dress, href: str = "") -> None:
        """Add ``text``; blanks between two texts of one look belong to them, all others look like nothing."""
        if not text:
            return
        if not text.strip():
            self._blank += text
            return
        same = dress == self._dress and href == self._href
        if self._blank:
            self._put(self._blank, self._dress if same else BARE, self._href if href == self._href else "")
            self._blank = ""
        self._put(text, dress, href)
        self.says = True

    def sign(self, name: str, dress: Dress, href: str = "", **attributes: str) -> None:
        """Add an empty element of a run: a break, a tab, a symbol."""
        self._settle()
        self._turn(dress, href)
        self._flush()
        assert self._run is not None
        etree.SubElement(self._run, W + name, {W + key: said for key, said in attributes.items()})
        self.says = self.says or name not in ("br", "tab")

    def bookmark(self, name: str, href: str = "") -> None:
        """Add a place that is found again in the HTML by its name."""
        self._settle()
        self._flush()
        self._run = None
        etree.SubElement(self._holder(href), f"{W}bookmarkStart", {f"{W}name": name})

    def note(self, index: int, label: str) -> None:
        """Add the mark of the note ``index``."""
        self._settle()
        self._flush()
        self._run = None
        link = etree.SubElement(self._holder(""), f"{W}hyperlink", {f"{W}anchor": f"{NOTE}{index}"})
        run = etree.SubElement(link, f"{W}r")
        properties = etree.SubElement(run, f"{W}rPr")
        etree.SubElement(properties, f"{W}vertAlign", {f"{W}val": "superscript"})
        etree.SubElement(run, f"{W}t").text = label
        self.says = True

    def end(self) -> None:
        """Write what is still held back."""
        self._settle()
        self._flush()
        self._run = None

    def _settle(self) -> None:
        if self._blank:
            self._put(self._blank, BARE, self._href)
            self._blank = ""

    def _put(self, text: str, dress: Dress, href: str) -> None:
        self._turn(dress, href)
        self._texts.append(text)

    def _turn(self, dress: Dress, href: str) -> None:
        """Begin a run unless the current one will do."""
        if self._run is not None and dress == self._dress and href == self._href:
            return
        self._flush()
        self._run = etree.SubElement(self._holder(href), f"{W}r")
        self._dress = dress
        if dress == BARE:
            return
        properties = etree.SubElement(self._run, f"{W}rPr")
        if dress.style:
            etree.SubElement(properties, f"{W}rStyle", {f"{W}val": dress.style})
        for name, on in (("b", dress.bold), ("i", dress.italic), ("strike", dress.struck)):
            if on:
                etree.SubElement(properties, W + name)
        if dress.shift:
            long = {"sub": "subscript", "super": "superscript"}[dress.shift]
            etree.SubElement(properties, f"{W}vertAlign", {f"{W}val": long})

    def _holder(self, href: str) -> Element:
        if href != self._href or (href and self._link is None):
            self._href = href
            self._link = _link(self.paragraph, href, self.found) if href else None
        return self._link if self._link is not None else self.paragraph

    def _flush(self) -> None:
        if self._texts and self._run is not None:
            etree.SubElement(self._run, f"{W}t").text = "".join(self._texts)
        self._texts = []


def _link(paragraph: Element, href: str, found: Found) -> Element:
    if href.startswith("#"):
        return etree.SubElement(paragraph, f"{W}hyperlink", {f"{W}anchor": BOOKMARK + href[1:]})
    return etree.SubElement(paragraph, f"{W}hyperlink", {f"{R}id": found.link(href)})
