"""How large a store is, and whether what lies in it is whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.store.blobs import digest, drop, read
from pipeline.store.roots import held
from pipeline.store.survey import (
    KINDS,
    Advance,
    contents,
    idle,
    is_finished,
    is_manifest,
    objects,
    parsed,
    survey,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.store.listing import Found
    from pipeline.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """So many objects of so many bytes."""

    number: int = 0
    bytes: int = 0

    def __add__(self, other: Amount) -> Amount:
        return Amount(number=self.number + other.number, bytes=self.bytes + other.bytes)


def amount(found: Iterable[Found]) -> Amount:
    """How much ``found`` is."""
    sizes = [one.bytes for one in found]
    return Amount(number=len(sizes), bytes=sum(sizes))


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What a store holds.

    Attributes:
        store: Its address.
        episodes: Manifests, one an episode.
        actions: Results.
        blobs: Bytes of clips, frames, pages and pictures; most are packs of many.
        unused: Of actions and blobs, what neither an episode uses nor a page, a cover or a narration: speech of
            sentences that were edited, of episodes that were forgotten, and what a render is making now.
    """

    store: str
    episodes: Amount
    actions: Amount
    blobs: Amount
    unused: Amount

    @property
    def total(self) -> Amount:
        """All of it."""
        return self.episodes + self.actions + self.blobs


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What a reading of the whole store found.

    Attributes:
        store: Its address.
        whole: What was read and is as it was written.
        damaged: Paths of what was not, and is removed now: a render that needs it makes it again.
    """

    store: str
    whole: Amount
    damaged: tuple[str, ...]


def usage(store: Store, advance: Advance = idle) -> Usage:
    """How much a store holds, and how much of that nobody uses.

    Raises:
        StoreError: It cannot be listed or read.
    """
    found = survey(store, advance)
    used = held([*found.manifests, *(root for root in found.loose if not root.speech)])
    unused = (one for every in (found.actions, found.blobs) for name, one in every.items() if name not in used)
    return Usage(
        store=store.url,
        episodes=amount(root.place for root in found.manifests),
        actions=amount(found.actions.values()),
        blobs=amount(found.blobs.values()),
        unused=amount(unused),
    )


def verify(store: Store, advance: Advance = idle) -> Verified:
    """Read all of a store, and remove what is not as it was written.

    Raises:
        StoreError: It cannot be listed or read, or what is damaged cannot be removed.
    """
    every = [
        (kind, found)
        for kind in KINDS
        for found in sorted(objects(store, kind), key=lambda one: one.path)
        if is_finished(found)
    ]
    total = sum(found.bytes for _, found in every)
    whole, damaged, done = Amount(), list[str](), 0
    kinds = [kind for kind, _ in every]
    for kind, (found, data) in zip(kinds, contents(store, [found for _, found in every]), strict=True):
        if _is_whole(kind, found, data):
            whole += Amount(number=1, bytes=found.bytes)
        elif not _is_whole(kind, found, read(store.blobs.fs, found.path, local=store.blobs.local)):
            # asked a second time, since another process may just have written it anew
            drop(store.blobs.fs, found.path)
            damaged.append(found.path)
        done += found.bytes
        advance(done, total)
    return Verified(store=store.url, whole=whole, damaged=tuple(damaged))


def _is_whole(kind: str, found: Found, data: bytes | None) -> bool:
    if data is None:
        return True  # it was removed meanwhile
    if kind == "blobs":
        return digest(data) == found.path.rpartition("/")[2]
    plain = parsed(data)
    return is_manifest(plain) if kind == "manifests" else plain is not None
