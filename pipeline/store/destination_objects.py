"""A destination in an object store: an object is there whole or not at all by the store's own nature."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from pipeline.errors import StoreError
from pipeline.store.destination_folder import opened
from pipeline.store.objects import drop_many, no_bucket, reach, read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PART_BYTES = 8 << 20
PARTS_AT_ONCE = 4
"""A large file goes up in parts; so many of them are in memory at a time, and it appears with the last one."""


class Objects:
    """Objects whose names begin with the address's path."""

    def __init__(self, address: str) -> None:
        self._fs, self._root = reach(address)
        self._kind = address.partition("://")[0]

    def listing(self) -> dict[str, int]:
        """Path → bytes."""
        self._fs.invalidate_cache()  # gcsfs would answer from an earlier listing
        try:
            found = self._fs.find(self._root, detail=True)
        except FileNotFoundError as error:
            if no_bucket(error):
                raise
            return {}
        before = f"{self._root}/"
        return {
            name.removeprefix(before): int(told["size"])
            for name, told in found.items()
            # some programs keep empty objects that stand for folders
            if name.startswith(before) and not name.endswith("/") and told["type"] == "file"
        }

    def read(self, path: str) -> bytes | None:
        """An object's bytes; None where there is none."""
        with _bare():
            return read(self._fs, f"{self._root}/{path}", local=False)

    def put(self, path: str, source: Path | bytes, media_type: str, cache_control: str) -> None:
        """Write an object and what the store tells of it to whoever asks for it."""
        given = {**self._headers(media_type, cache_control), **self._parts()}
        with opened(source):  # tells when it cannot be read
            if isinstance(source, bytes):
                self._fs.pipe_file(f"{self._root}/{path}", source, **given)
            else:
                self._fs.put_file(str(source), f"{self._root}/{path}", **given)

    def remove(self, paths: list[str]) -> None:
        """Remove objects, a thousand with a request."""
        with _bare():
            drop_many(self._fs, [f"{self._root}/{path}" for path in paths], local=False)

    def close(self) -> None:
        """The connections are fsspec's, which shares them with others of this process."""

    def _headers(self, media_type: str, cache_control: str) -> dict[str, Any]:
        """The headers in the words of the store's package; our texts are UTF-8, which browsers would not guess."""
        if media_type.startswith("text/") and "charset" not in media_type:
            media_type = f"{media_type}; charset=utf-8"
        if self._kind in {"s3", "s3a"}:
            return {"ContentType": media_type, "CacheControl": cache_control}
        if self._kind in {"gs", "gcs"}:
            return {"content_type": media_type, "fixed_key_metadata": {"cache_control": cache_control}}
        return {}

    def _parts(self) -> dict[str, int]:
        if self._kind in {"s3", "s3a"}:
            return {"chunksize": PART_BYTES, "max_concurrency": PARTS_AT_ONCE}
        return {"chunksize": PART_BYTES} if self._kind in {"gs", "gcs"} else {}


@contextlib.contextmanager
def _bare() -> Iterator[None]:
    """Errors as the file system raised them: the words of `pipeline.store.objects` are about spoken sentences."""
    try:
        yield
    except StoreError as error:
        if isinstance(error.__cause__, Exception):
            raise error.__cause__ from None
        raise
