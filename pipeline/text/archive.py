"""ZIP archives from strangers: EPUB and DOCX files, opened within limits and without following any path out."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from pipeline.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_FILES = 10_000
"""Entries of an archive; the longest books have a few thousand."""
MAX_TEXT_BYTES = 64_000_000
"""Unpacked bytes of all texts of an archive that are read; the Bible in XHTML has about ten million."""
MAX_RATIO = 200
"""Times that a file may grow when it is unpacked; XML reaches 30, and a bomb 1,000."""
_SMALL = 1_000_000
"""Unpacked bytes from which the ratio counts: a short file of blanks is no bomb."""


class Archive:
    """A ZIP archive in memory that gives its files one by one, as far as the limits go.

    Attributes:
        names: Names of the files, as the archive lists them.
    """

    def __init__(self, data: bytes, where: str) -> None:
        """Look into ``data``, which came from ``where``; nothing is unpacked yet.

        Raises:
            ReadError: It is no archive, a damaged or encrypted one, a bomb, or it holds a path that leads outside.
        """
        self._where = where
        self._left = MAX_TEXT_BYTES
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            infos = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError, OverflowError) as error:
            raise ReadError(f"this archive is damaged ({error}): get the file anew", where) from error
        if len(infos) > MAX_FILES:
            raise ReadError(f"this archive holds {len(infos):,} files, more than the {MAX_FILES:,} allowed", where)
        self._infos = {info.filename: info for info in infos if not info.is_dir()}
        for info in infos:
            self._check(info)
        self.names: tuple[str, ...] = tuple(self._infos)

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    def read(self, name: str) -> bytes:
        """The file ``name``, unpacked.

        Raises:
            ReadError: There is no such file, it is damaged, or all that was read grew beyond the limits.
        """
        info = self._infos.get(name)
        if info is None:
            raise ReadError(f"the archive has no file {name!r}: it is damaged or no book or document", self._where)
        try:
            with self._zip.open(info) as file:
                data = file.read(self._left + 1)
        except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, OSError, EOFError) as error:
            raise ReadError(f"{name!r} in this archive is damaged ({error}): get the file anew", self._where) from error
        self._left -= len(data)
        if self._left < 0:
            raise ReadError(f"the texts in this archive exceed {MAX_TEXT_BYTES:,} bytes: it may be a bomb", self._where)
        return data

    def _check(self, info: zipfile.ZipInfo) -> None:
        name = info.filename
        path = PurePosixPath(name.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in (path.parts or ("",))[0] or "\0" in name:
            raise ReadError(f"the archive holds a path that leads outside it, {name!r}: it is not safe", self._where)
        if info.flag_bits & 1:
            raise ReadError("this archive is encrypted (a protected book?): give one that is not", self._where)
        if info.file_size > _SMALL and info.file_size > MAX_RATIO * max(1, info.compress_size):
            raise ReadError(f"{name!r} in this archive would grow {MAX_RATIO}-fold or more: it is a bomb", self._where)


def packed(files: Mapping[str, bytes]) -> bytes:
    """A ZIP archive of ``files``, uncompressed and without dates: what a checked archive is handed on as."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return buffer.getvalue()
