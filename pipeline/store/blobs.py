"""Digest → bytes, over fsspec. Many runs of bytes may share one blob (a pack)."""

from __future__ import annotations

import hashlib
from itertools import groupby
from typing import TYPE_CHECKING

from pipeline.model.clip import Ref
from pipeline.store.objects import Span, drop, is_local, read, read_many, write, write_many

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fsspec import AbstractFileSystem

__all__ = ["Blobs", "digest", "drop", "read", "read_many", "windows", "write", "write_many"]

AT_ONCE = 64
BYTES_AT_ONCE = 16_000_000
"""Objects, and bytes of them, that are asked of an object store at once; what is read lies in memory."""


def digest(data: bytes) -> str:
    """The sha256 of ``data``, hex."""
    return hashlib.sha256(data).hexdigest()


class Blobs:
    """Content-addressed bytes below one folder of a file system."""

    def __init__(self, fs: AbstractFileSystem, root: str) -> None:
        self.fs = fs
        self.root = root
        self.local = is_local(fs)

    def path(self, blob: str) -> str:
        """Where the blob with this digest lies."""
        return f"{self.root}/{blob[:2]}/{blob}"

    def put(self, data: bytes) -> Ref:
        """Keep ``data`` as a blob of its own."""
        return self.pack([data])[0]

    def pack(self, runs: Sequence[bytes]) -> tuple[Ref, ...]:
        """Keep ``runs`` together in one blob; the answer tells where each lies.

        Raises:
            StoreError: The store cannot be written.
        """
        if not runs:
            return ()
        data = b"".join(runs)
        blob = digest(data)
        write(self.fs, self.path(blob), data, local=self.local)
        refs: list[Ref] = []
        offset = 0
        for run in runs:
            own = blob if len(runs) == 1 else digest(run)
            refs.append(Ref(digest=own, blob=blob, offset=offset, length=len(run)))
            offset += len(run)
        return tuple(refs)

    def get(self, ref: Ref) -> bytes | None:
        """The bytes, or None where they are missing or not what they were."""
        return next(self.stream([ref]))

    def stream(self, refs: Sequence[Ref]) -> Iterator[bytes | None]:
        """The bytes of each ref in turn, None where they are missing or not what they were.

        Runs that lie one behind the other in a pack are read together, and from an object store several packs at once.
        """
        groups = [list(group) for _, group in groupby(refs, key=lambda ref: ref.blob)]
        spans = [self._span(group) for group in groups]
        for first, last in windows([span.length or 0 for span in spans], most=1 if self.local else AT_ONCE):
            for span, data, group in zip(
                spans[first:last],
                read_many(self.fs, spans[first:last], local=self.local),
                groups[first:last],
                strict=True,
            ):
                for ref in group:
                    part = (data or b"")[ref.offset - span.offset : ref.offset - span.offset + ref.length]
                    yield part if digest(part) == ref.digest else None

    def _span(self, group: Sequence[Ref]) -> Span:
        first = min(ref.offset for ref in group)
        end = max(ref.offset + ref.length for ref in group)
        return Span(path=self.path(group[0].blob), offset=first, length=end - first)


def windows(sizes: Sequence[int], *, most: int = AT_ONCE) -> Iterator[tuple[int, int]]:
    """Pieces ``(first, last + 1)`` of a row of objects that are read at once.

    Args:
        sizes: Bytes of each object.
        most: Objects in a piece; they have `BYTES_AT_ONCE` together, or it is one object that is larger.
    """
    first, total = 0, 0
    for index, size in enumerate(sizes):
        if index > first and (index - first >= most or total + size > BYTES_AT_ONCE):
            yield first, index
            first, total = index, 0
        total += size
    if first < len(sizes):
        yield first, len(sizes)
