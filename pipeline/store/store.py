"""The store: results of earlier runs. Everything in it may be deleted at any time; that costs time only."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeVar

from pipeline.errors import ConfigError
from pipeline.model.codec import from_plain, json_pieces, to_plain
from pipeline.store import blobs
from pipeline.store.blobs import Blobs, digest
from pipeline.store.disk import on_disk
from pipeline.store.exclusive import cache_folder
from pipeline.store.objects import reach

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.model.action import Action
    from pipeline.model.clip import Ref

T = TypeVar("T")

_ONCE = frozenset(("read", "narrate", "memo"))
"""Rooms whose results are asked for once in a run, and are as large as the article: they are not held in memory."""


class Store:
    """Actions (key → result) and blobs (digest → bytes) below one address.

    A result is plain data; once a value was made of it, that alone is held in memory: it is a third as large. Results
    that an episode used last time come from its manifest, one object; others are looked up one by one. A corrupt entry
    is a warning and a miss.

    Attributes:
        url: The address, good for opening the same store in another process.
        warnings: What went wrong without stopping anything, in order.
    """

    def __init__(self, url: str = "") -> None:
        self.url = url or default_url()
        fs, self.root = on_disk(self.url) or reach(self.url)
        self.blobs = Blobs(fs, f"{self.root}/blobs")
        self.warnings: list[str] = []
        self._fs = fs
        self._known: dict[str, Any] = {}
        self._values: dict[str, Any] = {}  # what `value` made of others: a plan asks for the same ones twice
        self._manifests: dict[str, str] = {}  # name → digest of its text

    @property
    def shared(self) -> bool:
        """Whether another process sees the same store."""
        return "memory" not in self._fs.protocol

    def result(self, action: Action) -> Any | None:
        """What this action gave before, or None."""
        found = self.held(action)
        return found if found is None else to_plain(found)

    def held(self, action: Action) -> Any | None:
        """As `result`, or the value that `value` made of it: whichever is in memory."""
        key = action.key()
        if key in self._values:
            return self._values[key]
        if key not in self._known:
            found = self._read_json(self._action_path(key))
            if found is None or action.room in _ONCE:
                return found
            self._known[key] = found
        return self._known[key]

    def value(self, action: Action, kind: type[T]) -> T | None:
        """As `result`, as a value of type ``kind``; one of another shape is damaged: a warning and a miss."""
        made = self._values.get(action.key())
        if isinstance(made, kind):
            return made
        found = self.result(action)
        if found is None:
            return None
        try:
            made = from_plain(found, kind)
            if action.room not in _ONCE:
                self._values[action.key()] = made
                self._known.pop(action.key(), None)
            return made
        except ConfigError:
            self.warnings.append(f"the store's entry {action.key()[:12]}… is damaged; it is made again")
            self.forget(action)
            return None

    def remember(self, action: Action, result: Any) -> str:
        """Keep the result of an action, whose blobs must be there already; the answer is the action's key.

        Args:
            action: What was done.
            result: Plain data, or, from rooms that are asked once, a value: its plain form is many times as large.
        """
        key = action.key()
        if action.room not in _ONCE:
            self.learn({key: result})
        self._write_json(self._action_path(key), result)
        return key

    def learn(self, results: Mapping[str, Any]) -> None:
        """Take over what another process has kept here: key → result."""
        self._known.update(results)
        for key in results:
            self._values.pop(key, None)

    def forget(self, action: Action) -> None:
        """Drop a result whose bytes turned out to be gone or wrong."""
        key = action.key()
        self._known.pop(key, None)
        self._values.pop(key, None)
        blobs.drop(self._fs, self._action_path(key))

    def get(self, ref: Ref) -> bytes | None:
        """The bytes of ``ref``; None, and a warning, where they are not there as they were."""
        return next(self.stream([ref]))

    def stream(self, refs: Sequence[Ref]) -> Iterator[bytes | None]:
        """As `get` for one after the other, with few requests."""
        for ref, data in zip(refs, self.blobs.stream(refs), strict=True):
            if data is None:
                self.warnings.append(f"the store lost or damaged {ref.digest[:12]}…; it is made again")
            yield data

    def manifest(self, name: str) -> dict[str, Any]:
        """What an episode used last time, ``{}`` where nothing is known; its results are known from now on."""
        if not name:
            return {}
        data = self._read(self._manifest_path(name))
        found = None if data is None else self._parsed(data, self._manifest_path(name))
        if data is None or not isinstance(found, dict) or not isinstance(found.get("results"), dict):
            return {}
        self.learn(found["results"])
        self._manifests[name] = digest(data)
        return found

    def write_manifest(self, name: str, manifest: dict[str, Any]) -> None:
        """Keep what an episode used; ``manifest["results"]`` maps keys to results. One that says the same stays.

        Values in ``manifest`` are kept in their plain form.
        """
        data = _json(manifest)
        if self._manifests.get(name) != digest(data):
            blobs.write(self._fs, self._manifest_path(name), data, local=self.blobs.local)
            self._manifests[name] = digest(data)

    def _action_path(self, key: str) -> str:
        return f"{self.root}/actions/{key[:2]}/{key}.json"

    def _manifest_path(self, name: str) -> str:
        return f"{self.root}/manifests/{digest(name.encode())[:32]}.json"

    def _read_json(self, path: str) -> Any | None:
        data = self._read(path)
        return None if data is None else self._parsed(data, path)

    def _read(self, path: str) -> bytes | None:
        return blobs.read(self._fs, path, local=self.blobs.local)

    def _parsed(self, data: bytes, path: str) -> Any | None:
        try:
            return json.loads(data.decode("utf-8", errors="replace"))
        except ValueError:
            self.warnings.append(f"the store's entry {path.rsplit('/', 1)[-1]} is damaged; it is made again")
            blobs.drop(self._fs, path)
            return None

    def _write_json(self, path: str, value: Any) -> None:
        blobs.write(self._fs, path, _json(value), local=self.blobs.local)


def _json(value: Any) -> bytes:
    data = BytesIO()
    for piece in json_pieces(value):
        data.write(piece.encode())
    return data.getvalue()


def default_url() -> str:
    """``$XDG_CACHE_HOME/articlecast`` or the operating system's folder for caches."""
    return str(cache_folder())
