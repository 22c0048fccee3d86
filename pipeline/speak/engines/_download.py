"""A file whose digest is known beforehand, from the web into a folder; not a plug-in, but for those that fetch."""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urljoin

from pipeline.errors import PipelineError, UsageError, WriteError
from pipeline.speak.engines._wire import Limits, Unanswered, ask, parsed, shown

if TYPE_CHECKING:
    from urllib.parse import SplitResult

_REDIRECTS = 5
_SMALL = 1 << 20
"""What an answer that leads elsewhere may have in bytes."""
_SILENCE_S, _READ_S = 30.0, 1800.0
"""Ten megabytes may come over a slow line."""


def download(address: str, path: Path, *, size: int, sha256: str) -> None:
    """Put the file at ``address`` to ``path``, whole and as it was known, or not at all.

    Redirects are followed: whatever machine gives it, the digest decides; only from https to http they are not.

    Raises:
        PipelineError: There is no whole answer, or it is another file; the message tells how to do without us.
        WriteError: It cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        part = Path(name)
        try:
            with os.fdopen(handle, "wb") as out:
                _receive(address, out, size=size, path=path)
                out.flush()
                os.fsync(out.fileno())
            if not is_file_of(part, size=size, sha256=sha256):
                text = f"{address} gives another file than the one that is known: it is not used"
                raise PipelineError(text)
            part.chmod(0o644)
            part.replace(path)
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
    except OSError as error:
        raise WriteError(f"the file cannot be written: {error.strerror or type(error).__name__}", str(path)) from error


def is_file_of(path: Path, *, size: int, sha256: str) -> bool:
    """Whether the file at ``path`` is the one that is meant."""
    try:
        if path.stat().st_size != size:
            return False
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        return False


def _receive(address: str, out: BinaryIO, *, size: int, path: Path) -> None:
    here = parsed(address)
    try:
        for _ in range(_REDIRECTS + 1):
            out.seek(0)
            out.truncate()
            limits = Limits(max_bytes=max(size, _SMALL), silence_s=_SILENCE_S, read_s=_READ_S)
            answer = ask(here, limits, out, headers={"User-Agent": "articlecast"})
            if answer.status == 200:
                return
            if answer.status not in {301, 302, 303, 307, 308}:
                raise Unanswered(f"it answers {answer.status}")
            here = _next(here, answer.headers.get("Location", ""))
        raise Unanswered("it only leads elsewhere")
    except Unanswered as error:
        text = f"{here.hostname} does not give the file: {error}; you can save {address} as {path} yourself"
        raise PipelineError(text) from None


def _next(here: SplitResult, location: str) -> SplitResult:
    try:
        there = parsed(urljoin(here.geturl(), location))
    except (UsageError, ValueError):
        raise Unanswered("it leads nowhere") from None
    if here.scheme == "https" and there.scheme == "http":
        raise Unanswered(f"it leads to {shown(there)}, which is not encrypted")
    return there
