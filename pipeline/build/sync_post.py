"""Files on their way to the destination, in an order in which nobody ever sees a feed that promises what is not there.

Audio goes to new addresses; then come the show's own pages, then the catalogue, and the feed comes last. What the feed
no longer names stays for the show's days of grace. Files that are replaced in place are named in a journal first.
"""

from __future__ import annotations

import hashlib
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import TYPE_CHECKING

from pipeline.build.sync_ground import CATALOGUE, FEED, JSON, PENDING, Pending, dumps
from pipeline.build.sync_report import Put
from pipeline.model.publication import Posted, Retired

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from pathlib import Path

    from pipeline.build.sync_ground import Ground
    from pipeline.build.sync_item import Made
    from pipeline.model.publication import Catalogue

THREADS = 8
"""Files on their way at once to a destination elsewhere, where each waits for an answer most of the time."""
_OURS = re.compile(r"episodes/[^/]+/[0-9a-f]{12}/")
"""Where files of episodes lie; others that happen to lie at the destination are nobody's business."""

Content = tuple[str, bytes, str]
"""Path, bytes, media type."""


class Poster:
    """Writes files at a show's destination, and knows what lies there."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._there = dict(ground.listing)
        self._pages = {one.path: one for one in ground.catalogue.pages}
        self._begun = False
        self._sent: set[str] = set()

    def begin(self, episodes: Iterable[str]) -> None:
        """Note what is about to be replaced in place; once, before the first file."""
        if self._begun:
            return
        before = self._ground.pending
        pending = Pending(episodes=tuple(sorted({*episodes, *before.episodes})), pages=True)
        self._ground.destination.put(PENDING, dumps(pending), media_type=JSON, lasting=False)
        self._begun = True

    def episode(self, made: Made, before: Sequence[Posted]) -> tuple[Put, ...]:
        """Write what is not there yet of an episode.

        Args:
            made: The episode.
            before: What was published of it.
        """
        old = {file.path: file.sha256 for file in before}
        sure = made.entry.item.name not in self._ground.pending.episodes
        missing = [
            (posted, path)
            for posted, path in made.sources
            if self._there.get(posted.path) != posted.bytes
            # the name of its folder tells what an audio file holds
            or not (posted.role == "audio" or (sure and old.get(posted.path) == posted.sha256))
        ]
        self._put_all(missing)
        self._sent.add(made.entry.item.name)
        return tuple(Put(path=posted.path, bytes=posted.bytes) for posted, _ in missing)

    def pages(self, contents: Sequence[Content]) -> tuple[tuple[Posted, ...], tuple[Put, ...]]:
        """Write those of the show's own pages that are not there as they are to be.

        Returns:
            All of them for the catalogue, and those that were written.
        """
        posted = tuple(_page(path, data, kind) for path, data, kind in contents)
        missing = [(one, data) for one, (_, data, _) in zip(posted, contents, strict=True) if not self.is_known(one)]
        if missing:
            self.begin(())
        self._put_all(missing)
        return posted, tuple(Put(path=one.path, bytes=one.bytes) for one, _ in missing)

    def is_known(self, page: Posted) -> bool:
        """Whether a page lies there as the catalogue says."""
        return not self._ground.pending.pages and self._pages.get(page.path) == page and self._ground.has(page)

    def catalogue(self, catalogue: Catalogue) -> tuple[Put, ...]:
        """Write the catalogue where it changed."""
        data = dumps(catalogue)
        if data == self._ground.catalogue_bytes:
            return ()
        self.begin(())
        self._ground.destination.put(CATALOGUE, data, media_type=JSON, lasting=False)
        return (Put(path=CATALOGUE, bytes=len(data)),)

    def feed(self, data: bytes, media_type: str) -> tuple[Put, ...]:
        """Write the feed where it is not the one that lies there: the last of all files."""
        destination = self._ground.destination
        if self._there.get(FEED) == len(data) and destination.read(FEED) == data:
            return ()
        destination.put(FEED, data, media_type=media_type, lasting=False)
        return (Put(path=FEED, bytes=len(data)),)

    def end(self, expired: Iterable[str], kept: Collection[str]) -> tuple[str, ...]:
        """Remove files whose grace is over, then the journal.

        Args:
            expired: The files.
            kept: Names of the episodes that are published. Those of a killed sync that could not be made now either
                stay in the journal: their files are still in doubt.
        """
        destination, before = self._ground.destination, self._ground.pending
        gone = tuple(path for path in expired if path in self._there)
        if gone:
            destination.remove(gone)
        left = Pending(episodes=tuple(name for name in before.episodes if name in kept and name not in self._sent))
        if not left.episodes and (self._begun or PENDING in self._there):
            destination.remove([PENDING])
        elif left.episodes and (self._begun or left != before):
            destination.put(PENDING, dumps(left), media_type=JSON, lasting=False)
        return gone

    def _put(self, one: tuple[Posted, Path | bytes]) -> None:
        posted, source = one
        lasting = posted.role in ("audio", "cover")
        self._ground.destination.put(posted.path, source, media_type=posted.media_type, lasting=lasting)
        self._there[posted.path] = posted.bytes

    def _put_all(self, missing: Sequence[tuple[Posted, Path | bytes]]) -> None:
        """Write files, in threads where the destination is far away."""
        if self._ground.local or len(missing) < 2:
            for one in missing:
                self._put(one)
            return
        with ThreadPoolExecutor(THREADS) as threads:
            list(threads.map(self._put, missing))


def retired(ground: Ground, after: Catalogue, today: str) -> tuple[tuple[Retired, ...], tuple[str, ...]]:
    """What waits to be removed, and what need not wait any longer.

    Args:
        ground: What was published before.
        after: What is published now; its own ``retired`` does not count.
        today: ISO 8601.
    """
    now = named(after)
    before = {one.path: one.since for one in ground.catalogue.retired}
    known = frozenset(before)
    for path in named(ground.catalogue):
        before.setdefault(path, today)
    for path in ground.listing:
        # what a killed sync has left; another may be at work, so it waits as well
        if _OURS.match(path) and path not in now:
            before.setdefault(path, today)
    waiting, expired = [], []
    for path, since in sorted(before.items()):
        if path in now or path not in ground.listing:
            continue
        age_days = (date.fromisoformat(today) - date.fromisoformat(since)).days
        if path in known and age_days >= ground.show.publishing.grace_days:
            expired.append(path)
        else:
            waiting.append(Retired(path=path, since=since))
    return tuple(waiting), tuple(expired)


def named(catalogue: Catalogue) -> set[str]:
    """The files that a catalogue stands for."""
    episodes = {file.path for entry in catalogue.entries.values() for file in entry.item.files}
    return episodes | {page.path for page in catalogue.pages}


def _page(path: str, data: bytes, media_type: str) -> Posted:
    role = "cover" if media_type.startswith("image/") else "page"
    return Posted(path=path, media_type=media_type, bytes=len(data), sha256=hashlib.sha256(data).hexdigest(), role=role)
