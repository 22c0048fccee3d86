"""Articles on the web: entries of a feed, pages of a sitemap or a list, asked for as their sites want it."""

from __future__ import annotations

import hashlib
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.build import originals
from pipeline.build.sync_sources import Found, Trouble
from pipeline.errors import PipelineError, ReadError
from pipeline.model.codec import canonical_json, to_plain
from pipeline.read import articles, is_address
from pipeline.read.original import open_address
from pipeline.read.refusals import Gone
from pipeline.read.robots import Robots
from pipeline.read.room import LONGEST_DELAY_S
from pipeline.store.pages import Pages
from pipeline.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.build.sync_ground import Ground
    from pipeline.model.document import Article


def look(ground: Ground, known: Mapping[str, str]) -> Iterator[Found | Trouble]:
    """What the show's feed, sitemap and addresses hold; each address is asked for once.

    Args:
        ground: The show.
        known: Source → digest of what was read last time.
    """
    reader = _Reader(ground, known)
    sources = ground.show.sources
    if sources.feed:
        yield from reader.feed(sources.feed)
    listed: list[str] = []
    if sources.sitemap:
        try:
            listed += reader.sitemap(sources.sitemap)
        except PipelineError as error:
            yield Trouble(source=sources.sitemap, error=error)
    for address in dict.fromkeys((*listed, *sources.urls)):
        if address not in reader.asked:
            yield reader.page(address)


class _Reader:
    def __init__(self, ground: Ground, known: Mapping[str, str]) -> None:
        self._ground = ground
        self._known = known
        self._pages = Pages(Store(ground.options.store))
        self._robots = Robots()
        self.asked: set[str] = set()

    def feed(self, place: str) -> Iterator[Found | Trouble]:
        """The entries of a feed; the page of each is asked for where the feed may hold less than it."""
        options, local = self._ground.options, self._local(place)
        try:
            every = list(originals.found(local, options))
            if any(article.uri == local for article in every):  # a server's excuse must not become an episode
                raise ReadError("this is no feed but a page: name the feed's own address", place)
        except PipelineError as error:
            yield Trouble(source=place, error=error)
            return
        for article in every:
            source = self._ground.workspace.source_uri(article.uri)
            if source in self.asked:
                continue
            self.asked.add(source)
            if article.whole or not is_address(article.uri):
                yield Found(source=source, digest=article.digest, place=originals.completed(article, options))
            else:
                yield self.page(article.uri, article)

    def sitemap(self, place: str) -> tuple[str, ...]:
        """The pages that a sitemap lists."""
        from pipeline.read import sitemap

        return sitemap.pages(self._local(place), self._fetched)

    def page(self, address: str, entry: Article | None = None) -> Found | Trouble:
        """The article at an address; ``entry`` is what a feed tells of it."""
        self.asked.add(address)
        try:
            data, uri = self._asked(address)
            digest = hashlib.sha256(data + _told(entry)).hexdigest()
            if self._known.get(address) == digest:
                return Found(source=address, digest=digest, place=entry or address)
            if entry is not None:
                return Found(source=address, digest=digest, place=originals.completed(entry, self._ground.options))
            found = list(articles(data, uri=uri, max_input_bytes=self._ground.options.max_input_bytes))
            if len(found) != 1:
                raise ReadError(f"this holds {len(found)} articles: a feed is named as $.sources.feed", address)
            # a page is known by the address that was asked for, so that a moved one stays the same article
            return Found(source=address, digest=digest, place=replace(found[0], uri=address))
        except Gone as error:
            return Trouble(source=address, error=error, gone=True)
        except PipelineError as error:
            return Trouble(source=address, error=error)

    def _asked(self, address: str) -> tuple[bytes, str]:
        """The bytes of a page, and the address that answered."""
        if self._robots.allows(address):
            time.sleep(min(self._robots.delay_s(address), LONGEST_DELAY_S))
        most = self._ground.options.max_input_bytes
        page = open_address(address, max_input_bytes=most, pages=self._pages, allowed=self._robots.allows)
        return page.data, page.uri

    def _fetched(self, address: str) -> bytes:
        return self._asked(address)[0]

    def _local(self, place: str) -> str:
        """An address as it is; a path as it is seen from here."""
        return place if is_address(place) else str(self._ground.workspace.root / place)


def _told(entry: Article | None) -> bytes:
    """What a feed tells of an entry beside its text: its page may not say it."""
    if entry is None:
        return b""
    document = entry.document
    told = (document.language, document.authors, document.published, to_plain(document.meta))
    return canonical_json(told).encode()
