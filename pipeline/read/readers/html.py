"""HTML pages: the article without what stands around it."""

from __future__ import annotations

import re
from itertools import islice
from urllib.parse import urlsplit

from pipeline.errors import ReadError
from pipeline.model.document import Document, Meta, Omission
from pipeline.text.dom.article import Place, beside, place
from pipeline.text.dom.byline import byline
from pipeline.text.dom.clutter import is_silent, why_hidden
from pipeline.text.dom.meta import Said, names_in, said
from pipeline.text.dom.page import OMIT, position
from pipeline.text.dom.pull import without_repeats
from pipeline.text.dom.sections import (
    without_boxes,
    without_byline,
    without_title,
)
from pipeline.text.dom.size import refuse_tags
from pipeline.text.dom.source import Element, decode_html, parse, tag
from pipeline.text.dom.title import title_of
from pipeline.text.plain_dates import iso_date
from pipeline.text.plain_language import guess_language
from pipeline.text.plain_names import title_from
from pipeline.text.plain_words import says_something, text_of
from pipeline.text.walk import walk

SUFFIXES = (".html", ".htm", ".xhtml")
MEDIA_TYPES = ("text/html", "application/xhtml+xml")

_WHY = "beside the article"
_SHOWN = 60
"""Characters by which the report shows what was left out."""


def read(data: bytes, *, uri: str) -> Document:
    """The article in the page ``data``.

    Args:
        data: The whole page.
        uri: Where it came from; an address serves for relative links, never opened.

    Raises:
        ReadError: ``data`` is no text, is too large or nested too deeply, or holds no article.
    """
    text, damage = decode_html(data, uri)
    refuse_tags(text, uri)
    root = parse(text, uri)
    page = said(root)
    here = place(root)
    article, extra = here.element, here.extra
    language = _language(article, page)
    title = title_of(root, here, page) or (getattr(extra, "title", None) or "") or title_from(uri)
    outside = _leave_out(here)
    for element in reversed(here.lead):
        element.tail = None
        article.insert(0, element)
    blocks, omitted = walk(article, language=language or "und", base=_base(root, page, uri))
    written, dated = ((), "") if page.authors and page.published else byline(root, here)
    authors = page.authors or written or names_in(getattr(extra, "author", None) or "")
    published = page.published or dated or iso_date(getattr(extra, "date", None) or "")
    blocks, boxes = without_boxes(without_title(blocks, title))
    blocks, bylines = without_byline(blocks, authors, published)
    blocks, repeats = without_repeats(blocks)
    if not says_something(blocks):
        raise ReadError("there is no article in this page: nothing is left without navigation and boxes", uri)
    broken = (Omission(what=f"{damage} characters", why="undecodable in the page's encoding"),) if damage else ()
    return Document(
        title=title,
        language=language or guess_language(text_of(blocks)),
        authors=authors,
        published=published,
        draft=page.draft,
        meta=Meta(
            description=page.description,
            link=page.link,
            image=page.image,
            licence=page.licence or (getattr(extra, "license", None) or ""),
            site=page.site,
            explicit=page.explicit,
        ),
        blocks=blocks,
        omitted=(*broken, *outside, *omitted, *boxes, *bylines, *repeats),
    )


def _leave_out(here: Place) -> list[Omission]:
    """Have the walk leave out what stands among the article's parts, and report what stands around them."""
    omitted = []
    for element in beside(here):
        if element.getparent() is here.element:
            element.set(OMIT, _WHY)  # footnotes in it are found all the same
            continue
        text = " ".join("".join(islice(map(str, element.itertext()), 50)).split())
        if text and not is_silent(element) and not why_hidden(element):
            what = text if len(text) <= _SHOWN else text[: _SHOWN - 1].rstrip() + "…"
            omitted.append(Omission(what=what, why=_WHY, position=position(element)))
    return omitted


def _language(article: Element, page: Said) -> str:
    for element in (article, *article.iterancestors()):
        given = (element.get("lang") or element.get("xml:lang") or "").strip().replace("_", "-")
        if tag(element) != "html" and re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", given):
            return given
    return page.language


def _base(root: Element, page: Said, uri: str) -> str:
    """The address that relative links are joined to; empty for a page that only ever was a file."""
    for address in (*(base.get("href") or "" for base in root.iter("base")), uri, page.link):
        try:
            if urlsplit(address).scheme in ("http", "https"):
                return address
        except ValueError:
            continue
    return ""
