"""HTML pages: the article without what stands around it."""

from __future__ import annotations

import re
from itertools import islice
from urllib.parse import urlsplit

from pipeline.errors import ReadError
from pipeline.model.document import Document, Meta, Omission
from pipeline.text.dom_article import found, marked
from pipeline.text.dom_clutter import why_hidden
from pipeline.text.dom_meta import Said, names_in, said
from pipeline.text.dom_sections import (
    same_text,
    without_boxes,
    without_byline,
    without_repeats,
    without_title,
)
from pipeline.text.dom_source import Element, decode_html, one_line, parse, tag
from pipeline.text.plain_dates import iso_date
from pipeline.text.plain_language import guess_language
from pipeline.text.plain_names import title_from
from pipeline.text.plain_words import says_something, text_of
from pipeline.text.walk import walk

SUFFIXES = (".html", ".htm", ".xhtml")
MEDIA_TYPES = ("text/html", "application/xhtml+xml")

_LONGEST = 400
"""Characters of a title from which it is not taken apart."""
_HEADS = 20
"""Headings of level 1 that are looked at."""
_SEPARATORS = r"\s+[|\-–—·•:»/<]+\s+|\s*[|»]\s*|:\s+"


def read(data: bytes, *, uri: str) -> Document:
    """The article in the page ``data``.

    Args:
        data: The whole page.
        uri: Where it came from; an address serves for relative links, never opened.

    Raises:
        ReadError: ``data`` is no text, is nested too deeply, or holds no article.
    """
    text, damage = decode_html(data, uri)
    root = parse(text, uri)
    page = said(root)
    article, extra = marked(root), None
    if article is None:
        article, extra = found(root)
    article = article if article is not None else _body(root)
    language = _language(article, page)
    blocks, omitted = walk(article, language=language or "und", base=_base(root, page, uri))
    authors = page.authors or names_in(getattr(extra, "author", None) or "")
    title = _title(root, article, page) or (getattr(extra, "title", None) or "") or title_from(uri)
    blocks, boxes = without_boxes(without_title(blocks, title))
    blocks, bylines = without_byline(blocks, authors)
    blocks, repeats = without_repeats(blocks)
    if not says_something(blocks):
        raise ReadError("there is no article in this page: nothing is left without navigation and boxes", uri)
    broken = (Omission(what=f"{damage} characters", why="undecodable in the page's encoding"),) if damage else ()
    return Document(
        title=title,
        language=language or guess_language(text_of(blocks)),
        authors=authors,
        published=page.published or iso_date(getattr(extra, "date", None) or ""),
        meta=Meta(
            description=page.description,
            link=page.link,
            image=page.image,
            licence=page.licence or (getattr(extra, "license", None) or ""),
            site=page.site,
            explicit=page.explicit,
        ),
        blocks=blocks,
        omitted=(*broken, *omitted, *boxes, *bylines, *repeats),
    )


def _title(root: Element, article: Element, page: Said) -> str:
    """The heading that shows one of the page's titles, or else the most trusted of them."""
    inside = _heads(article)
    heads = inside + _heads(root)
    for title, candidates in [(title, inside) for title in page.titles] + [(title, heads) for title in page.titles[:1]]:
        for head in candidates:
            if same_text(head, title) or any(same_text(head, part) for part in _parts(title)):
                return head
    if page.titles:
        return _without_site(page.titles[0], page.site)
    return next(iter(heads), "")


def _heads(element: Element) -> list[str]:
    """The texts of the headings of level 1 that are seen in ``element``."""
    first = islice((heading for heading in element.iter("h1") if not _unseen(heading)), _HEADS)
    return [line for heading in first if (line := _line(heading))]


def _parts(title: str) -> list[str]:
    """What a title may be once the names of site and section are cut off on either side."""
    pieces = re.split(f"({_SEPARATORS})", title) if len(title) <= _LONGEST else [title]
    count = len(pieces)
    return ["".join(pieces[:end]) for end in range(1, count, 2)] + ["".join(pieces[at:]) for at in range(2, count, 2)]


def _without_site(title: str, site: str) -> str:
    pieces = re.split(f"({_SEPARATORS})", title)
    if len(pieces) > 2 and site and same_text(pieces[-1], site):
        return "".join(pieces[:-2])
    return title


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


def _body(root: Element) -> Element:
    return next(root.iter("body"), root)


def _unseen(element: Element) -> bool:
    return any(why_hidden(up) or tag(up) in ("nav", "aside") for up in (element, *element.iterancestors()))


def _line(element: Element) -> str:
    return one_line(element)
