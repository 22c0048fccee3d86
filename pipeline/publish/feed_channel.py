"""What the feed says of the show itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model.categories import is_category, near, parts
from pipeline.publish import addresses
from pipeline.publish.feed_item import put, put_licence, put_people, put_voice, rfc_2822, truth
from pipeline.publish.feed_text import described, line, moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

    from pipeline.model.publication import Item, Posted
    from pipeline.model.show import Show

MEDIUM = "newsletter"
"""The namespace's word for written articles that have a spoken version."""
GENERATOR = "articlecast"
"""Without a version: a new one must not change a feed."""
ENGLISH = "en"


def language_of(show: Show, items: Sequence[Item]) -> str:
    """The show's language, else that of its newest episode, else English: directories insist on one."""
    told = (show.language, *(item.language for item in items))
    return next((one for one in told if one and one != "und"), ENGLISH)


def explicit_of(show: Show, items: Sequence[Item]) -> bool:
    """What the show says, else whether any episode says so."""
    return show.explicit if show.explicit is not None else any(item.explicit for item in items)


def category_of(name: str) -> tuple[str, str]:
    """Category and subcategory of Apple's list: the nearest of a name that is not on it, or the name as it is."""
    return parts(name if is_category(name) else near(name) or name)


def put_all(channel: _Element, show: Show, *, guid: str, items: Sequence[Item], cover: Posted | None) -> None:
    """Add all that stands before the items.

    Args:
        channel: Empty.
        show: Of the feed.
        guid: The show's own, given once.
        items: All episodes, the newest first.
        cover: The show's picture.
    """
    title = line(show.title)
    told = described(show.description) or described(show.title)
    home = line(show.link) or addresses.address(show, addresses.INDEX)
    put(channel, "title", title)
    put(channel, "link", home)
    put(channel, "description", told)
    put(channel, "itunes:summary", told)
    put(channel, "language", language_of(show, items))
    put(channel, "generator", GENERATOR)
    when = next((known for item in items if (known := moment(item))), None)
    if when:
        put(channel, "pubDate", rfc_2822(when))
    if line(show.licence):
        put(channel, "copyright", line(show.licence))
    if cover:
        where = addresses.address(show, cover.path)
        picture = put(channel, "image")
        put(picture, "url", where)
        put(picture, "title", title)
        put(picture, "link", home)
        put(channel, "itunes:image", href=where)
    put(channel, "itunes:type", "episodic")
    category, inside = category_of(show.category)
    outer = put(channel, "itunes:category", text=category)
    if inside:
        put(outer, "itunes:category", text=inside)
    put(channel, "itunes:explicit", truth(explicit_of(show, items)))
    if show.authors:
        put_people(channel, show.authors)
    else:
        put(channel, "itunes:author", title)  # a show is no person
    if show.email:
        owner = put(channel, "itunes:owner")
        put(owner, "itunes:name", ", ".join(map(line, show.authors)) or title)
        put(owner, "itunes:email", show.email)
    put(channel, "podcast:guid", guid)
    put(channel, "podcast:locked", "yes", owner=show.email)
    put(channel, "podcast:medium", MEDIUM)
    put_licence(channel, show.licence)
    put_voice(channel, synthetic=any(item.narrator for item in items))
