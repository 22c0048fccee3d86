"""Feeds that are no well-formed XML: read by feedparser, which knows how they are broken in the wild.

What it makes of a feed is coarser than what the other readers see (no lines, descriptions and contents partly mixed
up), so a content is only believed to be one where the feed speaks the language for it.
"""

from __future__ import annotations

import io
import re
from itertools import islice
from typing import Any

from pipeline.errors import ReadError
from pipeline.text.feed.item import MOST_ENTRIES, Common, Feed, Item, Markup
from pipeline.text.feed.words import licence, people, person, rating
from pipeline.text.feed.xml import joined, on_the_web

LARGEST = 1_000_000
"""Bytes of a broken feed that are mended at most: 7 seconds where they are nothing but tags."""
_ENTRY = re.compile(rb"<(?:[\w.-]+:)?(?:item|entry)\b", re.IGNORECASE)
_TAGS = re.compile(rb"(</?)(?:[\w.-]+:)?(?:category|keywords|subject|tags)\b", re.IGNORECASE)
"""Elements whose values feedparser compares each with each; nobody reads them here."""


def read_broken(data: bytes, uri: str) -> Feed:
    """The feed in ``data``, whatever can be saved of it.

    Raises:
        ReadError: It is too large to be mended, or nothing in it looks like a feed.
    """
    if len(data) > LARGEST:
        raise ReadError(f"this feed is not well-formed, and with {len(data):,} bytes too large to be mended", uri)
    if sum(1 for _ in islice(_ENTRY.finditer(data), MOST_ENTRIES + 1)) > MOST_ENTRIES:
        raise ReadError(f"this feed is not well-formed and names more than {MOST_ENTRIES:,} articles", uri)
    import feedparser  # 150 ms, and only for what is broken

    headers = {"content-location": uri} if on_the_web(uri) else {}
    try:
        found = feedparser.parse(
            io.BytesIO(_TAGS.sub(rb"\1ignored", data)),
            response_headers=headers,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:  # third-party code on arbitrary bytes: whatever it stumbles over, this is no feed
        raise ReadError(f"this feed is not well-formed and cannot be mended ({type(error).__name__})", uri) from error
    feed, atom = found.get("feed") or {}, str(found.get("version") or "").startswith("atom")
    entries = [entry for entry in found.get("entries") or () if isinstance(entry, dict)]
    if not entries:
        raise ReadError("this is no feed, or so broken that no article is found in it: check it with a validator", uri)
    marked = atom or "content" in (found.get("namespaces") or {})
    link = joined(uri, _text(feed.get("link")))
    return Feed(common=_common(feed), link=link, items=tuple(_item(entry, uri, marked) for entry in entries))


def _common(said: Any) -> Common:
    links = (one for one in _dicts(said.get("links")) if one.get("rel") == "license")
    explicit = said.get("itunes_explicit")
    written = rating(_text((said.get("media_rating") or {}).get("content"))) if explicit is None else bool(explicit)
    return Common(
        title=_markup(said.get("title_detail")),
        language=_text(said.get("language")) or _text((said.get("title_detail") or {}).get("language")),
        authors=_authors(said),
        licence=next((_text(one.get("href")) for one in links), "") or licence(_text(said.get("rights"))),
        explicit=written,
    )


def _item(said: Any, uri: str, marked: bool) -> Item:
    contents = _dicts(said.get("content")) if marked else []
    content: Any = max(contents, key=lambda one: len(_text(one.get("value"))), default=None)
    summary = (
        _markup(said.get("summary_detail")) if said.get("summary_detail") else Markup(text=_text(said.get("summary")))
    )
    origin = _text(said.get("feedburner_origlink"))
    return Item(
        common=_common(said),
        id=_text(said.get("id")),
        link=on_the_web(joined(uri, origin or _text(said.get("link")))),
        content=_markup(content),
        summary=summary,
        published=_text(said.get("published")) or _text(said.get("updated")),
        image=joined(uri, _image(said)),
    )


def _image(said: Any) -> str:
    for one in _dicts(said.get("media_content")):
        if one.get("medium") == "image" or _text(one.get("type")).startswith("image/"):
            return _text(one.get("url"))
    found = [one.get("url") for one in _dicts(said.get("media_thumbnail"))]
    found += [(said.get("image") or {}).get("href")] if isinstance(said.get("image"), dict) else []
    return next(filter(None, map(_text, found)), "")


def _authors(said: Any) -> tuple[str, ...]:
    names = [person(_text(one.get("name"))) for one in _dicts(said.get("authors"))]
    return tuple(dict.fromkeys(filter(None, names))) or people(_text(said.get("author")))


def _markup(detail: Any) -> Markup:
    if not isinstance(detail, dict):
        return Markup()
    text = _text(detail.get("value"))
    looks = re.search(r"<[A-Za-z/!][^<>]*>|&#?\w{1,31};", text) is not None
    return Markup(text=text, html="html" in _text(detail.get("type")) and looks)


def _dicts(value: Any) -> list[Any]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""
