"""Feeds: RSS, Atom and JSON Feed; every entry is an article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.errors import ReadError
from pipeline.text.feed.atom import read_atom
from pipeline.text.feed.broken import read_broken
from pipeline.text.feed.entry import entries_of
from pipeline.text.feed.item import refuse_crowd
from pipeline.text.feed.json import read_json
from pipeline.text.feed.rss import read_rss
from pipeline.text.feed.xml import name
from pipeline.text.plain_words import says_something
from pipeline.text.xml_safe import parse_xml, refuse_entities

if TYPE_CHECKING:
    from pipeline.model.document import Document, Entry
    from pipeline.text.feed.item import Feed

SUFFIXES = (".rss", ".atom", ".rdf", ".jsonfeed")
MEDIA_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json")

_ENTRIES = ("item", "atom:entry")
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*[\[{]")


def read(data: bytes, *, uri: str) -> Document:
    """The article of a feed that names one.

    Args:
        data: The whole feed.
        uri: Where it came from.

    Raises:
        ReadError: ``data`` is no feed, or it names no article, or several.
    """
    found = entries(data, uri=uri)
    if len(found) != 1:
        number = f"{len(found):,} articles: read them all, or give the address of one" if found else "no articles"
        raise ReadError(f"this feed names {number}", uri)
    document = found[0].document
    if not says_something(document.blocks):
        page = f": read its page, {found[0].uri}" if found[0].uri else ""
        raise ReadError(f"this feed holds nothing of the article that it names{page}", uri)
    return document


def entries(data: bytes, *, uri: str) -> tuple[Entry, ...]:
    """The articles that a feed names, in its order (mostly the newest first).

    Args:
        data: The whole feed.
        uri: Where it came from; an address serves for relative links, never opened.

    Raises:
        ReadError: ``data`` is no feed, declares entities, or names more than 10,000 articles.
    """
    return entries_of(_feed(data, uri), uri)


def _feed(data: bytes, uri: str) -> Feed:
    if not data.strip():
        raise ReadError("the file is empty: there is nothing to read", uri)
    if _JSON.match(data):
        return read_json(data, uri)
    refuse_entities(data, uri)
    try:
        root = parse_xml(data, uri)
    except ReadError:
        return read_broken(data, uri)
    refuse_crowd(sum(name(one) in _ENTRIES for one in root.iter("{*}item", "{*}entry")), uri)
    kind = name(root).rpartition(":")[2].lower()
    if name(root) in ("atom:feed", "atom:entry"):
        return read_atom(root, uri)
    if kind in ("rss", "rdf", "channel"):
        return read_rss(root, uri)
    raise ReadError(f"this is no feed: its outermost element is <{kind[:40]}>", uri)
