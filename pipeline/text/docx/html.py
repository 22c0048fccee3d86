"""Plain WordprocessingML → HTML, by mammoth; and what its bookmarks stood for is put in their places."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from lxml import etree

from pipeline.errors import ReadError
from pipeline.text.archive import packed
from pipeline.text.docx.line import CODE, DISPLAY, MATH, NOTE, PICTURE
from pipeline.text.docx.names import R_URI, W_URI, R, W
from pipeline.text.dom.source import Element, raw_text
from pipeline.text.xml_safe import parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.text.docx.found import Found

_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_UNKNOWN_SYMBOL = re.compile(r"A w:sym element with an unsupported character was ignored: (.*)")
_BATCH = 5_000
"""Elements that mammoth is given at a time, about 1,000 paragraphs; it takes 4 kB of memory for each."""
MAX_BLOCK = 100_000
"""Elements of one paragraph or table; a table of 1,000 rows of 10 cells has 60,000."""
MAX_ELEMENTS = 500_000
"""Elements of all blocks; mammoth makes 5,000 a second, and a book of 1,000 pages has 100,000."""


def converted(blocks: Iterable[Element], found: Found, where: str) -> Element:
    """The HTML that mammoth makes of plain blocks: a ``<div>`` of paragraphs and tables, with the notes at its end.

    Args:
        blocks: Paragraphs and tables as `pipeline.text.docx.body` writes them: without styles, numbering or images.
        found: Links and languages; symbols that nobody knows are reported there.
        where: For messages.

    Raises:
        ReadError: They are nested too deeply, or too many.
    """
    import mammoth

    root = etree.Element("div")
    styles, style_map = _styles(found), _style_map(found)
    for batch in _batches(blocks, where):
        document = etree.Element(f"{W}document", nsmap={"w": W_URI, "r": R_URI})
        etree.SubElement(document, f"{W}body").extend(batch)
        package = packed(
            {
                "word/document.xml": etree.tostring(document, encoding="UTF-8"),
                "word/styles.xml": styles,
                "word/_rels/document.xml.rels": _links(document, found),
            }
        )
        try:
            result = mammoth.convert_to_html(
                io.BytesIO(package),
                style_map=style_map,
                include_default_style_map=False,
                include_embedded_style_map=False,
                external_file_access=False,
            )
        except RecursionError as error:
            raise ReadError("this document is nested too deeply: simplify it", where) from error
        for message in result.messages:
            if symbol := _UNKNOWN_SYMBOL.fullmatch(message.message):
                found.omit(symbol[1], "unknown symbol")
        root.extend(list(parse_xml(f"<div>{result.value}</div>".encode(), where)))
    _formulas(root)
    _pictures(root, found)
    _notes(root, found)
    return root


def _batches(blocks: Iterable[Element], where: str) -> Iterator[list[Element]]:
    batch: list[Element] = []
    weight = total = 0
    for block in blocks:
        own = sum(1 for _ in block.iter())
        total += own
        if own > MAX_BLOCK or total > MAX_ELEMENTS:
            what = "a paragraph or table of this document" if own > MAX_BLOCK else "this document"
            raise ReadError(f"{what} has too many parts to be read: split it", where)
        if batch and weight + own > _BATCH:
            yield batch
            batch, weight = [], 0
        batch.append(block)
        weight += own
    yield batch


def _style_map(found: Found) -> str:
    names = [f"r.{CODE} => code", f"r.{MATH} => math:fresh", f"r.{DISPLAY} => math.{DISPLAY}:fresh"]
    return "\n".join([*names, *(f"r.{name} => span[lang='{tag}']" for tag, name in found.languages.items())])


def _styles(found: Found) -> bytes:
    root = etree.Element(f"{W}styles", nsmap={"w": W_URI})
    for name in (CODE, MATH, DISPLAY, *found.languages.values()):
        style = etree.SubElement(root, f"{W}style", {f"{W}type": "character", f"{W}styleId": name})
        etree.SubElement(style, f"{W}name", {f"{W}val": name})
    return etree.tostring(root)


def _links(document: Element, found: Found) -> bytes:
    used = {link.get(f"{R}id") for link in document.iter(f"{W}hyperlink")} - {None}
    root = etree.Element(f"{{{_RELATIONSHIPS}}}Relationships")
    for name in sorted(filter(None, used)):
        etree.SubElement(
            root,
            f"{{{_RELATIONSHIPS}}}Relationship",
            Id=name,
            Type=f"{R_URI}/hyperlink",
            Target=found.targets[name],
            TargetMode="External",
        )
    return etree.tostring(root)


def _formulas(root: Element) -> None:
    for math in root.iter("math"):
        math.set("alttext", raw_text(math))
        math.text = None
        if math.get("class") == DISPLAY:
            math.set("display", "block")


def _pictures(root: Element, found: Found) -> None:
    for anchor in list(root.iter("a")):
        name = anchor.get("id") or ""
        if not name.startswith(PICTURE) or not name[len(PICTURE) :].isdecimal():
            continue
        picture = found.pictures[int(name[len(PICTURE) :])]
        del anchor.attrib["id"]
        anchor.tag = "img" if picture.kind == "image" else picture.kind
        anchor.set("src", picture.source)
        if picture.alt is not None:
            anchor.set("alt" if picture.kind == "image" else "title", picture.alt)


def _notes(root: Element, found: Found) -> None:
    """Gather each note, from the mark in front of it to the next one, and name it as its references do."""
    known = {f"{NOTE}{note.index}": note for note in found.notes.values()}
    if not known:
        return
    for link in root.iter("a"):
        note = known.get((link.get("href") or "").removeprefix("#"))
        if note is not None:
            link.set("href", f"#{note.id}")
            link.set("role", "doc-noteref")
    section = etree.Element("section", role="doc-endnotes")
    listed = etree.SubElement(section, "ol")
    item: Element | None = None
    for child in list(root):
        mark = next((part.get("id") or "" for part in child.iterchildren("a")), "")
        if mark in known:
            item = etree.SubElement(listed, "li", id=known[mark].id)
            root.remove(child)
        elif item is not None:
            item.append(child)
    root.append(section)
