"""Digest → bytes, over fsspec. Many runs of bytes may share one blob (a pack)."""

from __future__ import annotations

import hashlib
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import StoreError, WriteError
from pipeline.model.clip import Ref
from pipeline.store.files import write_atomic

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fsspec import AbstractFileSystem


def digest(data: bytes) -> str:
    """The sha256 of ``data``, hex."""
    return hashlib.sha256(data).hexdigest()


class Blobs:
    """Content-addressed bytes below one folder of a file system."""

    def __init__(self, fs: AbstractFileSystem, root: str) -> None:
        self.fs = fs
        self.root = root
        self.local = "file" in ((fs.protocol,) if isinstance(fs.protocol, str) else fs.protocol)

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

        Runs that lie one behind the other in a pack are read together.
        """
        for blob, group in groupby(refs, key=lambda ref: ref.blob):
            run = list(group)
            first = min(ref.offset for ref in run)
            end = max(ref.offset + ref.length for ref in run)
            data = read(self.fs, self.path(blob), first, end - first, local=self.local) or b""
            for ref in run:
                part = data[ref.offset - first : ref.offset - first + ref.length]
                yield part if digest(part) == ref.digest else None


def write(fs: AbstractFileSystem, path: str, data: bytes, *, local: bool) -> None:
    """Write one object whole or not at all."""
    try:
        if local:
            write_atomic(Path(path), data, shared=True)
        else:
            fs.pipe_file(path, data)
    except WriteError as error:
        raise StoreError(error.message, error.where) from error
    except Exception as error:  # each file system of fsspec has errors of its own
        raise _store_error(error, path) from error


def read(fs: AbstractFileSystem, path: str, offset: int = 0, length: int | None = None, *, local: bool) -> bytes | None:
    """The object's bytes from ``offset``, or None where there is no such object."""
    try:
        if local:
            with open(path, "rb") as file:  # noqa: PTH123 - a Path object would cost as much as the read
                file.seek(offset)
                return file.read() if length is None else file.read(length)
        end = None if length is None else offset + length
        data: bytes = fs.cat_file(path, start=offset or None, end=end)
    except FileNotFoundError:
        return None
    except Exception as error:  # each file system of fsspec has errors of its own
        raise _store_error(error, path) from error
    return data


def drop(fs: AbstractFileSystem, path: str) -> None:
    """Remove a corrupt object; another run may have been faster."""
    try:
        fs.rm_file(path)
    except FileNotFoundError:
        pass
    except Exception as error:  # each file system of fsspec has errors of its own
        raise _store_error(error, path) from error


def _store_error(error: Exception, path: str) -> StoreError:
    if isinstance(error, StoreError):
        return error
    reason: Any = getattr(error, "strerror", None) or error or type(error).__name__
    return StoreError(f"the store cannot be used ({reason}); choose another with --store", path)
