"""JSON Feed 1.0 and 1.1 (jsonfeed.org): bytes → what the feed says."""

from __future__ import annotations

import json
from typing import Any

from pipeline.errors import ReadError
from pipeline.text.feed.item import Common, Feed, Item, Markup, refuse_crowd
from pipeline.text.feed.words import person
from pipeline.text.feed.xml import joined, on_the_web
from pipeline.text.plain_decode import decode


def read_json(data: bytes, uri: str) -> Feed:
    """The feed in ``data``.

    Args:
        data: The whole file.
        uri: Where it came from.

    Raises:
        ReadError: ``data`` is no JSON, or no feed.
    """
    try:
        feed = json.loads(decode(data, uri))
    except RecursionError as error:
        raise ReadError("the JSON feed cannot be read (nested too deeply): check it with a validator", uri) from error
    except ValueError as error:
        reason = " ".join(str(error).split())[:120]
        raise ReadError(f"the JSON feed cannot be read ({reason}): check it with a validator", uri) from error
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise ReadError("this JSON file is no feed: it has no list of items", uri)
    refuse_crowd(len(feed["items"]), uri)
    link = joined(uri, _text(feed, "home_page_url"))
    base = on_the_web(uri) or on_the_web(_text(feed, "feed_url")) or link
    items = tuple(_item(item, base) for item in feed["items"] if isinstance(item, dict))
    return Feed(common=_common(feed), link=link, items=items)


def _common(said: dict[str, Any]) -> Common:
    title = _text(said, "title")
    return Common(
        title=_title(title), language=_text(said, "language"), authors=_authors(said), explicit=_explicit(said)
    )


def _title(text: str) -> Markup:
    """A title is plain text, but some programs leave character references in it."""
    return Markup(text=text, html="&" in text and ";" in text and "<" not in text)


def _item(said: dict[str, Any], base: str) -> Item:
    markup, text = _text(said, "content_html"), _text(said, "content_text")
    name = said.get("id")
    name = str(name).strip() if isinstance(name, str | int | float) and not isinstance(name, bool) else ""
    return Item(
        common=_common(said),
        id=name,
        link=on_the_web(joined(base, _text(said, "url"))) or on_the_web(name),
        content=Markup(text=markup, html=True) if markup.strip() else Markup(text=text),
        summary=Markup(text=_text(said, "summary")),
        published=_text(said, "date_published") or _text(said, "date_modified"),
        image=joined(base, _text(said, "image") or _text(said, "banner_image")),
    )


def _authors(said: dict[str, Any]) -> tuple[str, ...]:
    listed = said.get("authors")
    people = listed if isinstance(listed, list) else [said.get("author")]
    names = (person(_text(one, "name")) for one in people if isinstance(one, dict))
    return tuple(dict.fromkeys(filter(None, names)))


def _explicit(said: dict[str, Any]) -> bool | None:
    """As extensions say it: an object under a name of its own, with ``explicit`` in it."""
    found = [value.get("explicit") for key, value in said.items() if key.startswith("_") and isinstance(value, dict)]
    return next((value for value in found if isinstance(value, bool)), None)


def _text(said: dict[str, Any], name: str) -> str:
    value = said.get(name)
    return value if isinstance(value, str) else ""
