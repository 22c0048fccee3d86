"""ZIP archives from strangers: EPUB and DOCX files, opened within limits and without following any path out."""

from __future__ import annotations

import io
import re
import stat
import struct
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
_ENTRY = b"PK\x01\x02"
"""What each entry of the archive's directory begins with."""
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""All that EPUB (OCF 3.3, section 4.2.2) and DOCX (ISO/IEC 29500-2, annex B) allow. Python unpacks the others in steps
that a bomb can make as large as it likes."""
_UNSAFE = re.compile("^[A-Za-z]:|[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""A Windows drive, or a character that no name has and no XML could hold."""
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ValueError,
    NotImplementedError,
    RuntimeError,
    OSError,
    EOFError,
    IndexError,
    OverflowError,
)
"""What `zipfile` raises over bytes that are no sound archive."""


class Archive:
    """A ZIP archive in memory that gives its files one by one, as far as the limits go.

    Attributes:
        names: Names of the files, as the archive lists them, ``/`` between folders; folders themselves are left out.
    """

    def __init__(self, data: bytes, where: str) -> None:
        """Look into ``data``, which came from ``where``; nothing is unpacked yet.

        Raises:
            ReadError: It is no archive, a damaged or encrypted one, a bomb, or one of its files has a path that leads
                outside, is a link, or has the name of another.
        """
        self._where = where
        self._left = MAX_TEXT_BYTES
        entries = data.count(_ENTRY)  # before zipfile makes an object of each
        if entries > MAX_FILES:
            raise ReadError(f"this archive holds {entries:,} files, more than the {MAX_FILES:,} allowed", where)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            infos = self._zip.infolist()
        except _DAMAGE as error:
            raise ReadError(f"this archive is damaged ({_first(error)}): get the file anew", where) from error
        if sum(info.compress_size for info in infos) > len(data):
            raise ReadError("files in this archive overlap each other: it is damaged or a bomb", where)
        self._infos: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            name = self._checked(info)
            if name in self._infos:
                raise ReadError(f"the archive holds {name!r} twice: it is damaged or not safe", where)
            if not info.is_dir():
                self._infos[name] = info
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
        if info.compress_type not in _METHODS:
            raise ReadError(f"{name!r} in this archive is packed in a way that its format does not allow", self._where)
        try:
            with self._zip.open(info) as file:
                data = file.read(self._left + 1)  # zipfile unpacks no more than the size that is declared, or this
        except _DAMAGE as error:
            raise ReadError(
                f"{name!r} in this archive is damaged ({_first(error)}): get the file anew", self._where
            ) from error
        self._left -= len(data)
        if self._left < 0:
            raise ReadError(f"the texts in this archive exceed {MAX_TEXT_BYTES:,} bytes: it may be a bomb", self._where)
        if len(data) != info.file_size:
            raise ReadError(f"{name!r} in this archive is cut short: get the file anew", self._where)
        return data

    def _checked(self, info: zipfile.ZipInfo) -> str:
        """The name of an entry that is safe to read."""
        given = info.orig_filename  # zipfile cuts its own copy at a NUL
        path = PurePosixPath(given.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or not path.parts or _UNSAFE.search(given):
            raise ReadError(f"the archive holds a path that leads outside it, {given!r}: it is not safe", self._where)
        if stat.S_ISLNK(info.external_attr >> 16):
            raise ReadError(f"the archive holds a link to another file, {given!r}: it is not safe", self._where)
        if info.flag_bits & 1:
            raise ReadError("this archive is encrypted (a protected book?): give one that is not", self._where)
        if info.file_size > _SMALL and info.file_size > MAX_RATIO * max(1, info.compress_size):
            raise ReadError(
                f"{given!r} in this archive would grow more than {MAX_RATIO}-fold: it is a bomb", self._where
            )
        return str(path)


def packed(files: Mapping[str, bytes]) -> bytes:
    """A ZIP archive of ``files``, uncompressed and without dates: what a checked archive is handed on as."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return buffer.getvalue()


def _first(error: Exception) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
