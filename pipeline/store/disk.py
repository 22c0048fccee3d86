"""A store in a folder of this machine: reached without fsspec, whose import takes longer than a warm run reads."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem


def on_disk(url: str) -> tuple[AbstractFileSystem, str] | None:
    """The file system of this machine and the folder that a path names; None where ``url`` is an address."""
    if "://" in url or "::" in url:
        return None
    folder = Path(os.path.abspath(os.path.expanduser(url))).as_posix()  # noqa: PTH100, PTH111 - of text, not of a Path
    return cast("AbstractFileSystem", _Disk()), folder.rstrip("/")


class _Disk:
    """fsspec's own file system of this machine, brought in when more is asked of it than its name."""

    protocol = ("file", "local")

    def __getattr__(self, name: str) -> Any:
        import fsspec

        return getattr(fsspec.filesystem("file"), name)
