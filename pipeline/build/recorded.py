"""The files of what people recorded: found, checked, and told by the line of the script that asks for them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from pipeline.errors import ReadError
from pipeline.model.script import Bed, Chapter, Play, Utterance

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 300_000_000


def named(line: object) -> str:
    """The recording that a line asks for; empty for one that a voice speaks."""
    if isinstance(line, Play | Bed):
        return line.path
    return line.recording if isinstance(line, Utterance | Chapter) else ""


def file(name: str, folder: Path, where: str) -> Path:
    """The file ``name``, which must be one, and lie in ``folder`` or below it: a script may be hostile.

    Args:
        name: Relative path.
        folder: Where the script's, or the show's, own files lie.
        where: Who asks for it, as ``file:line``.

    Raises:
        ReadError: It is not there, lies elsewhere, or is too large to be a recording for an episode.
    """
    base = folder.resolve()
    shown = name if len(name) <= 100 else f"{name[:100]}…"
    try:
        path = (base / name).resolve()
        if not path.is_relative_to(base):
            raise ReadError(f"the recording {shown} must lie in the folder {folder} or below it", where)
        if not path.is_file():
            raise ReadError(f"there is no recording {shown} in the folder {folder}", where)
        if path.stat().st_size > MAX_BYTES:
            raise ReadError(f"the recording {shown} is too large: it may have {MAX_BYTES:,} bytes", where)
    except (OSError, ValueError) as error:
        raise ReadError(f"the recording {shown} cannot be read ({error})", where) from error
    return path


def digest(path: Path, where: str) -> str:
    """The sha256 of the file's bytes, hex.

    Raises:
        ReadError: It cannot be read.
    """
    sha256 = hashlib.sha256()
    try:
        with path.open("rb") as opened:
            while block := opened.read(1 << 20):
                sha256.update(block)
    except OSError as error:
        raise ReadError(f"the recording {path} cannot be read ({error.strerror})", where) from error
    return sha256.hexdigest()


def place(script: Path, line: object) -> str:
    """``file:line`` of a line in its script; the file alone where the script is not written yet."""
    try:
        lines = script.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return str(script)
    numbers = (number for number, text in enumerate(lines, 1) if _is(text, line))
    number = next(numbers, 0)
    return f"{script}:{number}" if number else str(script)


def _is(text: str, line: object) -> bool:
    if isinstance(line, Play | Bed):
        word, _, rest = text.strip("() \t").partition(" ")
        return word in {"play", "bed"} and rest.strip().startswith(line.path)
    id = line.id if isinstance(line, Utterance | Chapter) else ""
    return text.startswith((" ", "\t")) and text.split()[:2] == ["|", id]
