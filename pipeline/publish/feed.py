"""The feed of a show: all that podcast apps and directories know of it; the same show gives the same bytes."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING

from lxml import etree

from pipeline.publish import addresses, feed_channel, feed_item
from pipeline.publish.feed_text import newest_first

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

    from pipeline.model.publication import Item, Posted
    from pipeline.model.show import Show

MOST_BYTES = 5_000_000
"""Of a page: directories refuse larger feeds."""
FULL_NOTES = 100
"""Newest episodes with all of their show notes; older ones have a summary that leads to them."""
MEDIA_TYPE = "application/rss+xml"

_PODCASTS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")  # the podcast namespace's name for itself


def guid_of(address: str) -> str:
    """The ``podcast:guid`` of a feed that has none yet: a UUID (version 5) of its address.

    It is given once and kept when the feed moves.

    Args:
        address: Of the feed; its scheme and the slashes at its end do not count.
    """
    return str(uuid.uuid5(_PODCASTS, re.sub(r"^\w+://", "", address).rstrip("/")))


def write(show: Show, *, guid: str, items: Sequence[Item], cover: Posted | None) -> tuple[tuple[str, bytes], ...]:
    """Path and content of every page, ``feed.xml`` first.

    A page has ``show.publishing.page_items`` episodes, or all; where that makes more than `MOST_BYTES`, the oldest
    show notes are shortened; where that is not enough, there are more pages (RFC 5005), since no episode may be lost.

    Args:
        show: Its title, its address at the destination and more.
        guid: The show's own, see `guid_of`.
        items: Episodes in any order.
        cover: The show's picture, of Apple's sizes.

    Raises:
        UsageError: The show has no address, or an episode's date is none.
        LookupError: An episode has no audio.
    """
    ordered = newest_first(tuple(items))
    on_page = show.publishing.page_items or max(len(ordered), 1)
    full = min(FULL_NOTES, len(ordered))
    pages = _pages(show, guid, ordered, cover, on_page, full)
    if _too_large(pages):
        shorter = _most_notes(show, ordered, tuple(len(data) for _, data in pages), on_page, full)
        if shorter is not None:
            return _pages(show, guid, ordered, cover, on_page, shorter)
    while _too_large(pages) and on_page > 1:
        # a little less than in proportion: the newest, with all of their notes, are larger than the rest
        share = MOST_BYTES * 95 // 100 / max(len(data) for _, data in pages)
        on_page = max(min(on_page - 1, int(on_page * share)), 1)
        pages = _pages(show, guid, ordered, cover, on_page, full)
    return pages


def page_path(number: int) -> str:
    """Path of the page ``number``, from 0: ``feed.xml``, then ``feed-2.xml`` and so on."""
    return f"feed-{number + 1}.xml" if number else addresses.FEED


def _too_large(pages: Sequence[tuple[str, bytes]]) -> bool:
    return any(len(data) > MOST_BYTES for _, data in pages)


def _most_notes(show: Show, items: Sequence[Item], sizes: Sequence[int], on_page: int, full: int) -> int | None:
    """The largest number of episodes with all of their notes at which every page is small enough; None where none is.

    Args:
        show: For the addresses in the summaries.
        items: The newest first.
        sizes: Bytes of each page while ``full`` episodes have all of their notes.
        on_page: Episodes on a page.
        full: See ``sizes``.
    """
    left = list(sizes)
    while full and max(left) > MOST_BYTES:
        full -= 1
        whole, summary = (len(feed_item.notes(show, items[full], full=way).encode()) for way in (True, False))
        left[full // on_page] -= whole - summary
    return full if max(left) <= MOST_BYTES else None


def _pages(
    show: Show, guid: str, items: Sequence[Item], cover: Posted | None, on_page: int, full: int
) -> tuple[tuple[str, bytes], ...]:
    count = max(-(-len(items) // on_page), 1)
    out = []
    for number in range(count):
        root = etree.Element("rss", nsmap=feed_item.NAMES, version="2.0")
        channel = feed_item.put(root, "channel")
        feed_channel.put_all(channel, show, guid=guid, items=items, cover=cover)
        _put_links(channel, show, number, count)
        for place in range(number * on_page, min((number + 1) * on_page, len(items))):
            feed_item.add(channel, show, items[place], full=place < full)
        body = etree.tostring(root, encoding="UTF-8", pretty_print=True, xml_declaration=False)
        out.append((page_path(number), b'<?xml version="1.0" encoding="UTF-8"?>\n' + body))
    return tuple(out)


def _put_links(channel: _Element, show: Show, number: int, count: int) -> None:
    """Where this page is, and its neighbours where there are some."""
    links = {"self": number}
    if count > 1:
        links |= {"first": 0, "last": count - 1}
        if number:
            links["previous"] = number - 1
        if number + 1 < count:
            links["next"] = number + 1
    for rel, page in links.items():
        where = addresses.address(show, page_path(page))
        feed_item.put(channel, "atom:link", href=where, rel=rel, type=MEDIA_TYPE)
