"""Removing from a store what no episode uses.

It may run beside a render: what is young is kept, since a render may be at it. One that was about to use an old result
finds it gone, and makes it again.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.errors import StoreError
from pipeline.store.care import Amount, amount
from pipeline.store.objects import drop_many
from pipeline.store.roots import Root, held
from pipeline.store.survey import KINDS, Advance, Survey, idle, manifests, objects, survey

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.store.listing import Found
    from pipeline.store.store import Store

GRACE_S = 24 * 3600.0
"""How long everything is kept that no episode uses: a render may be at it."""
OTHERS_S = 30 * 24 * 3600.0
"""How long fetched pages, covers, narrations and the like are kept that no manifest names; none of them is spoken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What was removed, or would be.

    Attributes:
        store: Its address.
        forgotten: Names of the episodes that were given up so that the rest fits, the oldest first.
        episodes: Their manifests.
        actions: Results removed.
        blobs: Blobs removed.
        leftovers: What killed runs left half-written, and manifests that cannot be read.
        kept: All that the store holds afterwards.
    """

    store: str
    forgotten: tuple[str, ...]
    episodes: Amount
    actions: Amount
    blobs: Amount
    leftovers: Amount
    kept: Amount

    @property
    def removed(self) -> Amount:
        """All that was removed."""
        return self.episodes + self.actions + self.blobs + self.leftovers


def collect(
    store: Store,
    *,
    max_bytes: int | None = None,
    grace_s: float = GRACE_S,
    others_s: float = OTHERS_S,
    dry_run: bool = False,
    advance: Advance = idle,
) -> Collected:
    """Remove what no episode uses.

    What an episode's manifest names is kept, and a pack while one of its runs is. What no manifest names is kept for
    a time.

    Args:
        store: The store.
        max_bytes: What it may hold afterwards. Episodes are forgotten until it does, and pages and covers with them:
            those that were written longest ago first. What they alone use goes too, whatever its age.
        grace_s: Age in seconds up to which speech that no manifest names is kept.
        others_s: The same for results of other rooms than speaking and encoding.
        dry_run: Whether nothing is removed, only told.
        advance: Told of the reading that comes first.

    Raises:
        StoreError: The store cannot be listed or read, or something cannot be removed.
    """
    found = survey(store, advance)
    now_s = time.time()
    limits_s = {True: now_s - grace_s, False: now_s - max(grace_s, others_s)}
    kept = [*found.manifests, *(root for root in found.loose if root.place.modified_s > limits_s[root.speech])]
    forgotten = _forgotten(found, kept, limits_s[True], max_bytes)
    given_up = {root.place.path for root in forgotten}
    kept = [root for root in kept if root.place.path not in given_up]
    if not dry_run:
        # an episode that was rendered meanwhile may use what it found here
        before = {root.place for root in found.manifests}
        kept += manifests(store, found, [place for place in objects(store, "manifests") if place not in before])
    gone = _gone(found, kept, forgotten, limits_s[True])
    if not dry_run:
        for several in gone:
            drop_many(store.blobs.fs, [one.path for one in several], local=store.blobs.local)
        _check(store, [one for several in gone for one in several])
    episodes, actions, blobs, leftovers = (amount(several) for several in gone)
    removed = episodes + actions + blobs + leftovers
    every = amount(_every(found))
    return Collected(
        store=store.url,
        forgotten=tuple(root.label for root in forgotten if root.label),
        episodes=episodes,
        actions=actions,
        blobs=blobs,
        leftovers=leftovers,
        kept=Amount(number=every.number - removed.number, bytes=every.bytes - removed.bytes),
    )


def _forgotten(found: Survey, kept: Sequence[Root], old_s: float, max_bytes: int | None) -> list[Root]:
    """What of ``kept`` is given up for the rest to fit, the oldest first."""
    if max_bytes is None:
        return []
    excess = sum(one.bytes for one in _every(found)) - max_bytes
    excess -= sum(one.bytes for several in _gone(found, kept, (), old_s) for one in several)
    users = Counter(name for root in kept for name in (*root.keys, *root.blobs))
    given_up: list[Root] = []
    for root in sorted((root for root in kept if not root.speech), key=lambda root: root.place.modified_s):
        if excess <= 0:
            break
        given_up.append(root)
        excess -= root.place.bytes if root.label else 0  # another root is one of its own keys
        for name, every in (
            *((key, found.actions) for key in root.keys),
            *((blob, found.blobs) for blob in root.blobs),
        ):
            users[name] -= 1
            excess -= 0 if users[name] else every[name].bytes
    return given_up


def _gone(
    found: Survey, kept: Sequence[Root], forgotten: Sequence[Root], old_s: float
) -> tuple[list[Found], list[Found], list[Found], list[Found]]:
    """Manifests, actions, blobs and leftovers that go.

    Names come before what they name, so that a run that is killed in between leaves nothing that points nowhere.
    """
    used, freed = held(kept), held(forgotten)
    return (
        [root.place for root in forgotten if root.label],
        [one for key, one in found.actions.items() if key not in used],
        [one for blob, one in found.blobs.items() if blob not in used and (one.modified_s <= old_s or blob in freed)],
        [one for one in found.leftovers if one.modified_s <= old_s],
    )


def _every(found: Survey) -> list[Found]:
    return [*(root.place for root in found.manifests), *found.actions.values(), *found.blobs.values(), *found.leftovers]


def _check(store: Store, gone: Sequence[Found]) -> None:
    """Look whether what was removed is gone: an S3 server that refuses to remove some of many does not always say so.

    Raises:
        StoreError: Something is still there as it was.
    """
    if store.blobs.local or not gone:
        return
    still = set(gone) & {one for kind in KINDS for one in objects(store, kind)}
    if still:
        place = min(one.path for one in still)
        raise StoreError(f"the store does not let go of {len(still)} object(s); may you remove them?", place)
