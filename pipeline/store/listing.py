"""What lies in a folder of a file system, with sizes and ages."""

from __future__ import annotations

import contextlib
import os
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pipeline.store.objects import no_bucket, store_error

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fsspec import AbstractFileSystem


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An object in a listing.

    Attributes:
        bytes: Its size.
        modified_s: When it was written, seconds since 1970; now, where the file system does not tell.
    """

    path: str
    bytes: int
    modified_s: float


def listing(fs: AbstractFileSystem, folder: str, *, local: bool) -> Iterator[Found]:
    """All objects below ``folder`` as they are now, in no order.

    Raises:
        StoreError: The file system cannot be listed.
    """
    if local:
        yield from _files(folder)
        return
    try:
        fs.invalidate_cache()  # s3fs and gcsfs remember what they were told last time
        found = fs.find(folder, detail=True)
        fs.invalidate_cache()
    except FileNotFoundError as error:
        if no_bucket(error):
            raise store_error(error, folder) from error
        return
    except Exception as error:  # each file system of fsspec has errors of its own
        raise store_error(error, folder) from error
    for path, told in found.items():
        yield Found(path=str(path), bytes=int(told.get("size") or 0), modified_s=_modified_s(told))


def _files(folder: str) -> Iterator[Found]:
    """Files below a folder; fsspec would leave out a whole folder if one of its files went away meanwhile."""
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                path = f"{folder}/{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    yield from _files(path)
                elif entry.is_file(follow_symlinks=False):
                    with contextlib.suppress(FileNotFoundError):
                        told = entry.stat(follow_symlinks=False)
                        yield Found(path=path, bytes=told.st_size, modified_s=told.st_mtime)
    except FileNotFoundError:
        return
    except OSError as error:
        raise store_error(error, folder) from error


def _modified_s(told: Mapping[str, Any]) -> float:
    """When an object was written; each file system of fsspec has its own name for it."""
    for name in ("mtime", "LastModified", "last_modified", "updated", "modified", "created"):
        value = told.get(name)
        with contextlib.suppress(ValueError):
            if isinstance(value, str):
                value = datetime.fromisoformat(value)
            if isinstance(value, datetime):
                return (value if value.tzinfo else value.replace(tzinfo=UTC)).timestamp()
            if isinstance(value, int | float):
                return float(value)
    return time.time()
