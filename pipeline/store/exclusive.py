"""One process at a time, for what two renders must not do at once."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import StoreError
from pipeline.store.files import write_error

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def exclusive(path: Path, *, busy: str = "") -> Iterator[None]:
    """Hold ``path`` (a file or folder that need not exist) against other processes of this user and machine.

    The operating system lets go of the hold when its process ends, however it ends. The lock files lie in the user's
    cache, so that nothing of them is seen beside scripts and episodes, and nobody else can stand in the way.

    Args:
        path: What is held.
        busy: What to say where somebody else holds it; empty to wait for them.

    Raises:
        WriteError: There is no folder where the lock could lie.
        StoreError: Somebody else holds it, and ``busy`` tells what to say.
    """
    from filelock import FileLock, Timeout

    name = hashlib.sha256(os.fsencode(path.absolute().resolve())).hexdigest()[:24]
    folder = cache_folder() / "locks"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        # a home that is missing or read-only (a container) still has a folder for temporary files
        folder = _private(folder)
    lock = FileLock(folder / f"{name}.lock")
    try:
        lock.acquire(timeout=0 if busy else -1)
    except Timeout as error:
        raise StoreError(busy, str(path)) from error
    except OSError as error:
        raise write_error(error, folder) from error
    try:
        yield
    finally:
        lock.release()


def cache_folder() -> Path:
    """``$XDG_CACHE_HOME/articlecast`` or the operating system's folder for caches."""
    from platformdirs import user_cache_path

    home = os.environ.get("XDG_CACHE_HOME", "")
    if home and Path(home).is_absolute():
        return Path(home) / "articlecast"
    return user_cache_path("articlecast", appauthor=False)


def _private(wanted: Path) -> Path:
    """A folder of this user's own among the temporary files.

    Raises:
        WriteError: Somebody else has made it already.
    """
    user = os.getuid() if hasattr(os, "getuid") else 0  # Windows has a folder for temporary files for each user
    folder = Path(tempfile.gettempdir()) / f"articlecast-locks-{user}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.is_symlink() or folder.stat().st_uid != user:
            raise PermissionError(errno.EACCES, "not ours", str(folder))
    except OSError as error:
        raise write_error(error, wanted) from error
    return folder
