"""Objects of a file system: whole or not at all, many in few round trips, and other people's errors as ours.

An object store answers in tens of milliseconds, so what belongs together is asked for together. A folder of this
machine answers at once, and is read and written without fsspec in between, which would cost as much as the file.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import MissingDependency, StoreError, UsageError, WriteError
from pipeline.store.files import write_atomic

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fsspec import AbstractFileSystem

_EXTRAS = {"s3": "s3", "s3a": "s3", "gs": "gs", "gcs": "gs"}
"""Kind of address → the extra of ours that brings its package."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Bytes of an object: ``length`` from ``offset`` on; None means to the end."""

    path: str
    offset: int = 0
    length: int | None = None


def reach(url: str) -> tuple[AbstractFileSystem, str]:
    """The file system and the folder that an address names; nothing is asked of it yet.

    Raises:
        MissingDependency: A package is not installed; the message holds the install line.
        UsageError: No file system has such addresses.
    """
    import fsspec

    try:
        fs, root = fsspec.core.url_to_fs(url)
    except ImportError as error:
        extra = _EXTRAS.get(url.partition("://")[0])
        what = f"pip install 'articlecast[{extra}]'" if extra else str(error)
        raise MissingDependency(f"this store needs a package: {what}", url) from error
    except ValueError as error:
        raise UsageError(f"no store at {url!r}: {error}") from error
    except Exception as error:  # each file system of fsspec has errors of its own
        raise store_error(error, url) from error
    return fs, str(root).rstrip("/")


def is_local(fs: AbstractFileSystem) -> bool:
    """Whether its objects are files of this machine."""
    return "file" in ((fs.protocol,) if isinstance(fs.protocol, str) else fs.protocol)


def write(fs: AbstractFileSystem, path: str, data: bytes, *, local: bool) -> None:
    """Write one object whole or not at all.

    Raises:
        StoreError: It cannot be written.
    """
    write_many(fs, {path: data}, local=local)


def write_many(fs: AbstractFileSystem, objects: Mapping[str, bytes], *, local: bool) -> None:
    """Write objects, path → bytes, each whole or not at all; several writers of one object do each other no harm.

    Raises:
        StoreError: One cannot be written; others may be.
    """
    place = next(iter(objects), "")
    try:
        if local:
            for place, data in objects.items():
                write_atomic(Path(place), data, shared=True)
        elif objects:
            fs.pipe(dict(objects))
    except WriteError as error:
        raise StoreError(error.message, error.where) from error
    except Exception as error:  # each file system of fsspec has errors of its own
        raise store_error(error, place) from error


def read(fs: AbstractFileSystem, path: str, offset: int = 0, length: int | None = None, *, local: bool) -> bytes | None:
    """The object's bytes from ``offset``, fewer where it ends before; None where there is no such object.

    Raises:
        StoreError: The file system cannot be read.
    """
    return read_many(fs, [Span(path=path, offset=offset, length=length)], local=local)[0]


def read_many(fs: AbstractFileSystem, spans: Sequence[Span], *, local: bool) -> list[bytes | None]:
    """As `read` for each of ``spans``, all asked for at once.

    Raises:
        StoreError: The file system cannot be read.
    """
    if local:
        return [_read_file(span) for span in spans]
    asked = [span for span in spans if span.length != 0]
    try:
        # a start, even 0, spares s3fs the question how large the object is
        answers = fs.cat_ranges(
            [span.path for span in asked],
            [span.offset for span in asked],
            [None if span.length is None else span.offset + span.length for span in asked],
            on_error="return",
        )
    except Exception as error:  # each file system of fsspec has errors of its own
        raise store_error(error, asked[0].path) from error
    parts = {span: _answer(answer, span) for span, answer in zip(asked, answers, strict=True)}
    return [parts.get(span, b"") for span in spans]


def drop(fs: AbstractFileSystem, path: str) -> None:
    """Remove one object; another run may have been faster.

    Raises:
        StoreError: It cannot be removed.
    """
    drop_many(fs, [path], local=is_local(fs))


def drop_many(fs: AbstractFileSystem, paths: Sequence[str], *, local: bool) -> None:
    """Remove objects with few requests; those that are gone already are no mistake.

    Raises:
        StoreError: Some cannot be removed.
    """
    if local:
        for path in paths:
            _drop_file(path)
    elif len(paths) == 1 or any(char in path for path in paths for char in "*?["):  # `rm` would take these as patterns
        for path in paths:
            _drop_one(fs, path)
    elif paths:
        try:
            fs.rm(list(paths))
        except FileNotFoundError:
            for path in paths:
                _drop_one(fs, path)
        except Exception as error:  # each file system of fsspec has errors of its own
            raise store_error(error, paths[0]) from error


def store_error(error: Exception, place: str) -> StoreError:
    """``error`` as one line."""
    if isinstance(error, StoreError):
        return error
    if no_bucket(error):
        return StoreError("the store's bucket does not exist: make it, or choose another with --store", place)
    reason: Any = getattr(error, "strerror", None) or error or type(error).__name__
    line = " ".join(str(reason).split()) or type(error).__name__
    return StoreError(f"the store cannot be used ({line}); choose another with --store", place)


def _read_file(span: Span) -> bytes | None:
    try:
        with open(span.path, "rb") as file:  # noqa: PTH123 - a Path object would cost as much as the read
            file.seek(span.offset)
            return file.read() if span.length is None else file.read(span.length)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise store_error(error, span.path) from error


def _drop_file(path: str) -> None:
    """Remove a file; its folder stays, since another process may be about to write into it."""
    try:
        os.unlink(path)  # noqa: PTH108 - a Path object would cost as much as the call
    except FileNotFoundError:
        return
    except OSError as error:
        raise store_error(error, path) from error


def _drop_one(fs: AbstractFileSystem, path: str) -> None:
    try:
        fs.rm_file(path)
    except FileNotFoundError as error:
        if no_bucket(error):
            raise store_error(error, path) from error
    except Exception as error:  # each file system of fsspec has errors of its own
        raise store_error(error, path) from error


def _answer(answer: bytes | Exception, span: Span) -> bytes | None:
    """What a span's request came to."""
    if not isinstance(answer, Exception):
        return bytes(answer)
    if isinstance(answer, FileNotFoundError) and not no_bucket(answer):
        return None
    if _code(answer) in {"InvalidRange", "416"} or "not satisfiable" in str(answer).lower():
        return b""  # the object ends before: it was cut off
    raise store_error(answer, span.path) from answer


def _code(error: BaseException) -> str:
    """The error code of an S3 server, which s3fs keeps as the cause; empty where there is none."""
    response = getattr(error.__cause__, "response", None) or getattr(error, "response", None)
    told = response.get("Error") if isinstance(response, dict) else None
    return str(told.get("Code", "")) if isinstance(told, dict) else ""


def no_bucket(error: BaseException) -> bool:
    """Whether a bucket is missing, which s3fs tells in the same way as a missing object."""
    return _code(error) == "NoSuchBucket" or "bucket does not exist" in str(error).lower()
