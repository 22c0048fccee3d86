"""A destination in a folder of this machine, reached without fsspec."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import time
from typing import TYPE_CHECKING, BinaryIO

from pipeline.errors import WriteError
from pipeline.store.files import TEMPORARY, discard, replace, write_error

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LEFT_BEHIND_S = 24 * 3600
"""A file that was being written, and that nobody has touched for so long, is nobody's."""
PIECE_BYTES = 1 << 20


class Folder:
    """Files below ``root``, which is made when the first of them is written."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._left: list[str] = []

    def listing(self) -> dict[str, int]:
        """Path → bytes; links are followed, since a web server does so too."""
        self._left = []
        return dict(self._below(os.fspath(self._root), "", frozenset()))

    def read(self, path: str) -> bytes | None:
        """A file's bytes; None where there is none."""
        try:
            return (self._root / path).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def put(self, path: str, source: Path | bytes, media_type: str, cache_control: str) -> None:
        """Write beside the file, and rename over it.

        Nobody waits for the disk: that took twenty times as long as all else, and what a power failure leaves empty the
        next listing shows to be of the wrong size.
        """
        del media_type, cache_control  # the web server's business
        target = self._root / path
        # a name of its own, so that two runs do not write into one file
        temporary = target.with_name(f"{TEMPORARY}{secrets.token_hex(8)}")
        try:
            with opened(source) as data:
                target.parent.mkdir(parents=True, exist_ok=True)
                with temporary.open("xb") as out:
                    if isinstance(data, bytes):
                        out.write(data)
                    else:
                        shutil.copyfileobj(data, out, PIECE_BYTES)
                replace(temporary, target)
        except OSError as error:
            discard(temporary)
            raise write_error(error, target) from error
        except BaseException:
            discard(temporary)
            raise

    def remove(self, paths: list[str]) -> None:
        """Remove files and folders that become empty."""
        for path in (*paths, *self._left):
            target = self._root / path
            try:
                target.unlink(missing_ok=True)
            except NotADirectoryError:
                continue
            with contextlib.suppress(OSError):  # not empty, or gone
                for folder in target.parents:
                    if folder == self._root:
                        break
                    folder.rmdir()
        self._left = []

    def close(self) -> None:
        """Nothing is open."""

    def _below(self, folder: str, prefix: str, above: frozenset[tuple[int, int]]) -> Iterator[tuple[str, int]]:
        """Files of a folder and below it; ``above`` are the folders that it lies in, which a link may lead back to."""
        try:
            found = os.scandir(folder)
        except FileNotFoundError:
            return
        with found:
            for entry in found:
                path = f"{prefix}{entry.name}"
                if entry.is_dir():
                    told = entry.stat()
                    own = (told.st_dev, told.st_ino)
                    if not entry.is_symlink() or own not in above:
                        yield from self._below(entry.path, f"{path}/", above | {own})
                elif entry.is_file():
                    told = entry.stat()
                    if entry.name.startswith(TEMPORARY) and time.time() - told.st_mtime > LEFT_BEHIND_S:
                        self._left.append(path)
                    yield path, told.st_size


@contextlib.contextmanager
def opened(source: Path | bytes) -> Iterator[BinaryIO | bytes]:
    """The bytes, or the open file that holds them.

    Raises:
        WriteError: It cannot be read.
    """
    if isinstance(source, bytes):
        yield source
        return
    try:
        file = source.open("rb")
    except OSError as error:
        raise WriteError(f"{source} cannot be read ({error.strerror})") from error
    with file:
        yield file
