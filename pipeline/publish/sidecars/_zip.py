"""A zip whose bytes depend on its content alone.

Nothing is compressed: nearly all of a talking book is sound, which does not get smaller, and what a compressor makes of
the rest differs from one version of zlib to the next.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING
from zipfile import ZIP_STORED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_FIRST_DATE = (1980, 1, 1, 0, 0, 0)  # a zip knows no earlier one
_UNIX, _PLAIN_FILE = 3, 0o100644 << 16


@contextmanager
def zipped(path: Path) -> Iterator[Callable[[str, bytes], None]]:
    """Make the zip ``path``; what this gives takes the name and the bytes of each file, in the order of the zip."""
    with ZipFile(path, "w", ZIP_STORED) as archive:

        def add(name: str, data: bytes) -> None:
            info = ZipInfo(name, _FIRST_DATE)
            info.create_system, info.external_attr = _UNIX, _PLAIN_FILE  # else it is the system's that wrote it
            archive.writestr(info, data)

        yield add
