"""What keeps what in a store: an object, and the actions and blobs that its data name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.store.listing import Found

_REF = {"digest", "blob", "offset", "length"}
"""Fields of `pipeline.model.clip.Ref`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Root:
    """An object that keeps others from being removed.

    Attributes:
        place: The object itself.
        keys: Actions that it names, of those in the store; an action names itself.
        blobs: Blobs that it refers to, of those in the store.
        speech: Whether it is a result of speaking or encoding.
        label: The episode's name, for a manifest; empty for an action.
    """

    place: Found
    keys: tuple[str, ...] = ()
    blobs: tuple[str, ...] = ()
    speech: bool = False
    label: str = ""


def held(roots: Iterable[Root]) -> set[str]:
    """Keys and digests that some root names."""
    return {name for root in roots for name in (*root.keys, *root.blobs)}


class Names:
    """What names there are; a root holds the listing's own strings, so that each is in memory once."""

    def __init__(self, keys: Iterable[str], blobs: Iterable[str]) -> None:
        self._keys = {key: key for key in keys}
        self._blobs = {blob: blob for blob in blobs}

    def root(self, place: Found, plain: Any, *, speech: bool = False, label: str = "") -> Root:
        """A root, and what its data name."""
        keys: set[str] = set()
        blobs: set[str] = set()
        for node in _walk(plain):
            if isinstance(node, str):
                keys.add(node)
            elif node.keys() == _REF:
                blobs.add(str(node["blob"]))
        return Root(
            place=place,
            keys=tuple(self._keys[key] for key in keys if key in self._keys),
            blobs=tuple(self._blobs[blob] for blob in blobs if blob in self._blobs),
            speech=speech,
            label=label,
        )


def _walk(plain: Any) -> Iterator[dict[str, Any] | str]:
    """All tables in ``plain``, and all texts that could be a key."""
    waiting = [plain]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            yield node
            waiting.extend(node)
            waiting.extend(node.values())
        elif isinstance(node, list):
            if node and not isinstance(node[0], float):
                waiting.extend(node)
        elif isinstance(node, str) and len(node) == 64:
            yield node
