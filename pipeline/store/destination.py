"""Where a show is published: a folder, an object store or a server, reached in the same few ways.

A file appears there whole or not at all, so that whoever kills us at any moment leaves the old one or the new one.
Nothing is asked of the place before the first call, and packages for places elsewhere are brought in when one is named.
"""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import unquote, urlsplit

from pipeline.errors import MissingDependency, StoreError, UsageError, WriteError
from pipeline.store.files import TEMPORARY
from pipeline.store.objects import no_bucket

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LASTING = "public, max-age=31536000, immutable"
"""Cache-Control of a file whose name changes with its content."""
CHANGING = "public, max-age=300"
"""Cache-Control of a file that keeps its name: a subscriber may be this much behind."""

OBJECT_STORES = ("s3", "s3a", "gs", "gcs", "memory")
SERVERS = ("sftp", "ssh")
_PLACES = "a folder, s3://bucket/path, gs://bucket/path or sftp://host/path"
_UNFIT = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|\[\]]')
"""What a path must not hold: some file system or pattern takes it for something else."""


class Place(Protocol):
    """What a kind of destination can do; paths are checked, and mistakes are worded by `Destination`."""

    def listing(self) -> dict[str, int]:
        """Path → bytes of every file, ours that are being written among them."""

    def read(self, path: str) -> bytes | None:
        """A file's bytes; None where there is none."""

    def put(self, path: str, source: Path | bytes, media_type: str, cache_control: str) -> None:
        """Write a file whole or not at all."""

    def remove(self, paths: list[str]) -> None:
        """Remove files; those that are gone are no mistake."""

    def close(self) -> None:
        """Let go of connections."""


class Destination:
    """A place for published files; several threads may use it at once.

    Attributes:
        address: As a person may see it: without a password.
    """

    def __init__(self, address: str, place: Place) -> None:
        self.address = shown(address)
        self._secrets = _secrets(address)
        self._place = place

    @classmethod
    def open(cls, address: str) -> Destination:
        """The destination at a path or an address; nothing is asked of it yet, and no folder is made.

        Args:
            address: A path, or an address that begins with ``s3://``, ``gs://``, ``sftp://``, ``file://`` or
                ``memory://``.

        Raises:
            MissingDependency: A package is not installed; the message holds the install line.
            UsageError: No show can be published there.
        """
        kind, mark, rest = address.partition("://")
        if not address.strip() or "::" in address:
            raise UsageError(f"a show is published to {_PLACES}", shown(address))
        if not mark or kind == "file":
            from pipeline.store.destination_folder import Folder

            return cls(address, Folder(_folder(address)))
        if kind in OBJECT_STORES:
            if kind != "memory" and not rest.strip("/"):
                raise UsageError(f"the address names no bucket: {kind}://bucket/path", address)
            from pipeline.store.destination_objects import Objects

            return cls(address, Objects(address))
        if kind in SERVERS:
            try:
                from pipeline.store.destination_sftp import Server
            except ImportError as error:
                message = "this destination needs a package: pip install 'articlecast[sftp]'"
                raise MissingDependency(message, shown(address)) from error
            return cls(address, Server(address))
        raise UsageError(f"no show can be published to {kind}://; give {_PLACES}", shown(address))

    def __enter__(self) -> Destination:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of connections; the next call makes new ones."""
        self._place.close()

    def listing(self) -> dict[str, int]:
        """Path, relative and with forward slashes, → bytes of every file; empty where nothing is there yet.

        Raises:
            StoreError: The destination cannot be read.
        """
        with self._worded("read"):
            found = self._place.listing()
        return {path: found[path] for path in sorted(found) if not path.rpartition("/")[2].startswith(TEMPORARY)}

    def read(self, path: str) -> bytes | None:
        """The bytes of a file; None where there is none.

        Raises:
            StoreError: The destination cannot be read, or ``path`` is no path inside it.
        """
        with self._worded("read", checked(path)):
            return self._place.read(path)

    def put(self, path: str, source: Path | bytes, *, media_type: str, lasting: bool) -> None:
        """Write a file, or replace it, in one step: readers see the old one or the whole new one.

        Args:
            path: Relative, with forward slashes; folders on the way are made.
            source: The bytes, or the file that holds them, which is never in memory as a whole.
            media_type: IANA media type, told to object stores.
            lasting: Whether the name changes with the content, so that caches may keep it for ever.

        Raises:
            StoreError: It cannot be written, or ``path`` is no path inside the destination.
        """
        with self._worded("written", checked(path)):
            self._place.put(path, source, media_type, LASTING if lasting else CHANGING)

    def remove(self, paths: Iterable[str]) -> None:
        """Remove files, and what killed runs have left behind more than a day before the last `listing`.

        Those that are gone already are no mistake; folders of this machine that become empty go as well.

        Raises:
            StoreError: One cannot be removed, or is no path inside the destination.
        """
        with self._worded("removed"):
            self._place.remove([checked(path) for path in paths])

    @contextlib.contextmanager
    def _worded(self, done: str, path: str = "") -> Iterator[None]:
        """Other people's errors as one line of ours, which tells no password."""
        where = f"{self.address.rstrip('/')}/{path}" if path else self.address
        try:
            yield
        except BadPath:
            raise
        except UsageError as error:
            raise type(error)(self._hidden(error.message), where) from error
        except (StoreError, WriteError) as error:
            raise StoreError(self._hidden(error.message), where) from error
        except Exception as error:  # each file system has errors of its own
            raise StoreError(self._hidden(_reason(error, done)), where) from error

    def _hidden(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, "***")
        return text


class BadPath(StoreError):
    """A path that does not stay inside the destination."""


def checked(path: str) -> str:
    """``path``, if it leads to one place inside the destination and nowhere else.

    Raises:
        BadPath: It is absolute, has ``..`` or an empty part, or characters that some place takes for something else.
    """
    parts = path.split("/")
    if _UNFIT.search(path) or any(part.strip() in {"", ".", ".."} or part.startswith(TEMPORARY) for part in parts):
        raise BadPath("is no path inside the destination", repr(path))
    return path


def shown(address: str) -> str:
    """``address`` without its password."""
    for secret in _secrets(address):
        address = address.replace(f":{secret}@", "@")
    return address


def _secrets(address: str) -> tuple[str, ...]:
    """The password in an address, as it stands there and as it is meant."""
    if "://" not in address:
        return ()
    user, at, _ = address.partition("://")[2].partition("/")[0].rpartition("@")
    password = user.partition(":")[2]
    return tuple(dict.fromkeys((password, unquote(password)))) if at and password else ()


def _folder(address: str) -> Path:
    """The folder that a path, or an address that begins with ``file://``, names."""
    if "://" not in address:
        return Path(os.path.expanduser(address)).absolute()  # noqa: PTH111 - of text, as the store has it
    path = unquote(urlsplit(address).path)
    return Path(path[1:] if re.match(r"/[A-Za-z]:", path) else path).absolute()


def _reason(error: Exception, done: str) -> str:
    """What is wrong, in one line."""
    if no_bucket(error):
        return "the bucket does not exist; make it first"
    if isinstance(error, TimeoutError):
        return f"the destination cannot be {done}: it does not answer"
    line = " ".join(str(getattr(error, "strerror", None) or error).split()) or type(error).__name__
    return f"the destination cannot be {done} ({line})"
