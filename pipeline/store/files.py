"""Files that appear whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import secrets
import time
from typing import TYPE_CHECKING

from pipeline.errors import WriteError

if TYPE_CHECKING:
    from pathlib import Path

TEMPORARY = ".articlecast-"
"""Prefix of files that are being written; what a killed run left behind can be told by it."""


def write_atomic(path: Path, data: bytes, *, shared: bool = False) -> None:
    """Write ``data`` to ``path`` so that readers see the old file or the whole new one.

    Args:
        path: The file; its folder is made where it is missing.
        data: Its whole content.
        shared: Whether several processes may write this file at the same moment. Where not, the temporary file has a
            fixed name, so that what a killed run left behind is written over by the next one.

    Raises:
        WriteError: naming the path and the reason; nothing is left half-written.
    """
    # a short name of its own length: the target's may be as long as the file system allows
    own = secrets.token_hex(8) if shared else hashlib.sha256(os.fsencode(path.name)).hexdigest()[:16]
    temporary = path.with_name(f"{TEMPORARY}{own}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(data)
        replace(temporary, path)
    except OSError as error:
        discard(temporary)
        raise write_error(error, path) from error
    except BaseException:
        discard(temporary)
        raise


def discard(path: Path) -> None:
    """Remove a temporary file if that can be done; a folder that cannot be reached has none."""
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def replace(source: Path, target: Path) -> None:
    """Rename over ``target``; tries again where Windows refuses because somebody has it open for a moment."""
    for wait_s in (0.01, 0.05, 0.2, 0.5, 0.0):
        try:
            source.replace(target)
        except PermissionError:
            if os.name != "nt" or not wait_s:
                raise
            time.sleep(wait_s)
        else:
            return


def write_error(error: OSError, path: Path) -> WriteError:
    """``error`` as one clear line."""
    reasons = {
        errno.ENOSPC: "no space left on the disk; free some and run the same command again",
        errno.EDQUOT: "the disk quota is used up; free some space and run the same command again",
        errno.EACCES: "no permission to write here",
        errno.EPERM: "no permission to write here",
        errno.EROFS: "the file system is read-only",
        errno.EEXIST: "there is a file where a folder is needed",
        errno.ENOTDIR: "there is a file where a folder is needed",
        errno.EISDIR: "there is a folder where a file is needed",
        errno.ENAMETOOLONG: "the name is too long for this file system",
        errno.EFBIG: "the file would be larger than is allowed here",
    }
    return WriteError(reasons.get(error.errno or 0, f"cannot be written ({error.strerror or error})"), str(path))
