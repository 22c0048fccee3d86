"""What a store holds, and what of it is still asked for.

The roots are the episodes' manifests: each names the actions that the episode used and holds their results. Results of
other rooms than speaking and encoding (fetched pages, covers, narrations) are named by no manifest, or by none yet;
they are roots of their own, which age decides about, and so is what a render has kept but not put into a manifest.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from pipeline.store.blobs import read_many, windows
from pipeline.store.files import TEMPORARY
from pipeline.store.listing import Found, listing
from pipeline.store.objects import Span
from pipeline.store.roots import Names, Root

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.store.store import Store

Advance = Callable[[int, int], None]
"""Told how many bytes are done, and of how many."""

KINDS = ("manifests", "actions", "blobs")
"""Folders of a store."""

_NAMES = {
    "manifests": re.compile(r"[0-9a-f]{32}\.json"),
    "actions": re.compile(r"[0-9a-f]{2}/[0-9a-f]{64}\.json"),
    "blobs": re.compile(r"[0-9a-f]{2}/[0-9a-f]{64}"),
}
_UNFINISHED = re.compile(rf"(?:[0-9a-f]{{2}}/)?{re.escape(TEMPORARY)}[0-9a-f]{{16}}")

_SPEECH = ("pcm", "frames")
"""What only results of speaking and encoding have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """A store at a glance.

    Attributes:
        manifests: What the episodes use.
        loose: Actions that no manifest names.
        actions: All actions, by key.
        blobs: All blobs, by digest.
        leftovers: What killed runs left half-written, and manifests that cannot be read.
    """

    manifests: tuple[Root, ...]
    loose: tuple[Root, ...]
    actions: dict[str, Found]
    blobs: dict[str, Found]
    leftovers: tuple[Found, ...]


def idle(_done: int, _total: int) -> None:
    """Tell nobody."""


def survey(store: Store, advance: Advance = idle) -> Survey:
    """Look through a store: all of it is listed; manifests, and actions that none of them names, are read.

    Raises:
        StoreError: The store cannot be listed or read.
    """
    leftovers: list[Found] = []
    # in this order: what is listed first can only name what is listed later, since blobs are written before actions,
    # and actions before manifests
    places, actions, blobs = (_named(objects(store, kind), leftovers) for kind in KINDS)
    found = Survey(manifests=(), loose=(), actions=actions, blobs=blobs, leftovers=())
    total = sum(place.bytes for place in (*places.values(), *actions.values()))
    roots = manifests(store, found, list(places.values()))
    done = sum(root.place.bytes for root in roots)
    advance(done, total)
    read = {root.place for root in roots}
    named = {key for root in roots for key in root.keys}
    done += sum(place.bytes for key, place in actions.items() if key in named)
    names = Names(found.actions, found.blobs)
    loose: list[Root] = []
    for place, data in contents(store, [place for key, place in actions.items() if key not in named]):
        done += place.bytes
        advance(done, total)
        if data is not None:
            plain = parsed(data)
            speech = isinstance(plain, dict) and any(name in plain for name in _SPEECH)
            loose.append(names.root(place, [_stem(place), plain], speech=speech))
    leftovers += [place for place in places.values() if place not in read]
    return replace(found, manifests=tuple(roots), loose=tuple(loose), leftovers=tuple(leftovers))


def manifests(store: Store, found: Survey, places: Sequence[Found]) -> list[Root]:
    """The manifests at ``places`` as roots, without those that cannot be read or have gone."""
    names = Names(found.actions, found.blobs)
    roots: list[Root] = []
    for place, data in contents(store, places):
        plain = parsed(data)
        if is_manifest(plain):
            folder = PurePosixPath(str(plain.get("folder", "")).replace("\\", "/")).name
            roots.append(names.root(place, plain, label=folder or _stem(place)))
    return roots


def objects(store: Store, kind: str) -> Iterator[Found]:
    """The objects of one of `KINDS` as they are now, half-written ones too.

    Files with other names are left out: somebody may have named a folder as the store that is none.
    """
    folder = f"{store.root}/{kind}"
    for found in listing(store.blobs.fs, folder, local=store.blobs.local):
        name = found.path.rpartition(f"/{kind}/")[2]
        if _NAMES[kind].fullmatch(name) or _UNFINISHED.fullmatch(name):
            yield found


def contents(store: Store, found: Sequence[Found]) -> Iterator[tuple[Found, bytes | None]]:
    """Each object and its bytes, None where it has gone meanwhile; some are read at once."""
    for first, last in windows([one.bytes for one in found]):
        spans = [Span(path=one.path) for one in found[first:last]]
        yield from zip(found[first:last], read_many(store.blobs.fs, spans, local=store.blobs.local), strict=True)


def parsed(data: bytes | None) -> Any:
    """``data`` as plain data; None where it is no JSON."""
    try:
        return json.loads(data or b"")
    except ValueError:
        return None


def is_manifest(plain: Any) -> bool:
    """Whether ``plain`` may be what an episode used."""
    return isinstance(plain, dict) and isinstance(plain.get("results"), dict)


def is_finished(found: Found) -> bool:
    """Whether ``found`` is not a file that is being written, or was when its writer was killed."""
    return TEMPORARY not in found.path.rpartition("/")[2]


def _named(found: Iterable[Found], leftovers: list[Found]) -> dict[str, Found]:
    """Objects by their names without the ending."""
    named: dict[str, Found] = {}
    for one in found:
        if is_finished(one):
            named[_stem(one)] = one
        else:
            leftovers.append(one)
    return named


def _stem(found: Found) -> str:
    return PurePosixPath(found.path).stem
