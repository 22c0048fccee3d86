"""Books: EPUB 2 and 3, all files of the reading order as one document with the chapters of the table of contents.

The cover's image is not put into ``Meta.image``: that is a path beside the source, and nothing beside it is the cover.
The addresses of figures are paths inside the archive.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import ReadError
from pipeline.model.document import Document, Meta
from pipeline.text.archive import Archive
from pipeline.text.dom.pull import without_repeats
from pipeline.text.epub.book import merge
from pipeline.text.epub.chapters import is_title, places_of, set_chapters
from pipeline.text.epub.container import package_of, refuse_protected
from pipeline.text.epub.contents import without_contents
from pipeline.text.epub.front import leave_out
from pipeline.text.epub.language import settle_language
from pipeline.text.epub.meta import said
from pipeline.text.epub.nav import navigation
from pipeline.text.epub.package import package
from pipeline.text.epub.paths import Files
from pipeline.text.plain_language import guess_language
from pipeline.text.plain_names import title_from
from pipeline.text.plain_words import says_something, text_of
from pipeline.text.walk import walk

if TYPE_CHECKING:
    from pipeline.text.epub.meta import Said
    from pipeline.text.epub.package import Package

SUFFIXES = (".epub",)
MEDIA_TYPES = ("application/epub+zip",)


def read(data: bytes, *, uri: str) -> Document:
    """The book in ``data``.

    Args:
        data: The whole archive.
        uri: Where it came from; its name is the title of last resort.

    Raises:
        ReadError: ``data`` is no EPUB, is damaged, protected or not safe, or holds nothing to say.
    """
    files = Files(Archive(data, uri), uri)
    refuse_protected(files)
    part = package_of(files)
    root = files.xml(part)
    about, parts = said(root), package(root, part, files)
    if not parts.spine:
        raise ReadError("this book has no reading order: its package file names no text", uri)
    lead = navigation(parts.nav, parts.ncx, files)
    book = merge(parts, files)
    leave_out(book, about, {**lead.landmarks, **parts.guide}, parts.nav, _cover(parts, about))
    titles = about.titles or (title_from(uri),)
    places = places_of(lead.contents, book, titles)
    without_contents(book, [place for place in places if not is_title(place.label, titles)])
    set_chapters(places_of(lead.contents, book, titles), book, titles)
    if lead.why_not:
        book.omit("table of contents", lead.why_not)
    for entry in lead.contents:
        if entry.target is None or not files.find(entry.target.part):
            book.omit(entry.label, "line of the table of contents that leads nowhere")
    language = settle_language(book, about.language)
    blocks, omitted = walk(book.root, language=language or "und", own=True)
    blocks, repeats = without_repeats(blocks)
    if not says_something(blocks):
        raise ReadError("there is no text in this book: its pages are images or empty", uri)
    return Document(
        title=about.title or title_from(uri),
        language=language or guess_language(text_of(blocks)),
        authors=about.authors,
        published=about.published,
        meta=Meta(description=about.description, licence=about.licence, site=about.publisher, explicit=about.explicit),
        blocks=blocks,
        omitted=(*book.omitted, *omitted, *repeats),
    )


def _cover(parts: Package, about: Said) -> str:
    """Name of the cover's image; empty without one."""
    marked = (item for item in parts.items.values() if "cover-image" in item.properties)
    item = next(marked, parts.items.get(about.cover))
    return item.part if item is not None else ""
