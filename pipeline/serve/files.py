"""Finished files of an episode, looked up in the listing of its folder and answered with byte ranges."""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from starlette.responses import FileResponse

if TYPE_CHECKING:
    from collections.abc import Iterator

_TYPES = {
    ".css": "text/css",
    ".epub": "application/epub+zip",
    ".flac": "audio/flac",
    ".gif": "image/gif",
    ".html": "text/html",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript",
    ".json": "application/json",
    ".lpf": "application/lpf+zip",
    ".m4a": "audio/mp4",
    ".m4b": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".png": "image/png",
    ".smil": "application/smil+xml",
    ".srt": "application/x-subrip",
    ".txt": "text/plain",
    ".vtt": "text/vtt",
    ".wav": "audio/wav",
    ".webp": "image/webp",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
"""The system's own table is another one on every machine."""

_HEAD_BYTES = 8_192
_META = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="([^"]*)"')
_HASHES = re.compile(r"(?:^|;)\s*script-src((?:\s+'sha256-[A-Za-z0-9+/=]{40,50}')+)\s*(?:;|$)")


def listing(folder: Path) -> Iterator[str]:
    """The files in a folder and below it, relative, sorted; no hidden ones and nothing that a link leads to."""
    for root, folders, names in os.walk(folder):
        here = Path(root)
        folders[:] = sorted(one for one in folders if not one.startswith(".") and not (here / one).is_symlink())
        for name in sorted(names):
            path = here / name
            if not name.startswith(".") and path.is_file() and not path.is_symlink():
                yield path.relative_to(folder).as_posix()


def find(folder: Path, wanted: str) -> Path | None:
    """The file that ``listing`` has under this name; None where it has none. ``wanted`` is never joined to a path."""
    here = folder
    parts = wanted.split("/")
    for place, part in enumerate(parts):
        try:
            with os.scandir(here) as entries:
                entry = next((one for one in entries if one.name == part), None)
            last = place == len(parts) - 1
            if entry is None or part.startswith("."):
                return None
            if not (entry.is_file(follow_symlinks=False) if last else entry.is_dir(follow_symlinks=False)):
                return None
        except OSError:
            return None
        here = Path(entry.path)
    return here if here.resolve().is_relative_to(folder.resolve()) else None


def media_type(name: str) -> str:
    """IANA media type by the file's ending."""
    return _TYPES.get(PurePosixPath(name).suffix.lower(), "application/octet-stream")


def answer(path: Path) -> FileResponse:
    """The file, with byte ranges, validators and, for a page, a policy that runs what the page itself vouches for."""
    headers = {"cache-control": "no-cache", "content-security-policy": _policy(path)}
    return FileResponse(path, media_type=media_type(path.name), headers=headers)


def _policy(path: Path) -> str:
    """A page of an episode may run the one script that its own policy names by digest, and ask nobody for anything."""
    scripts = ""
    if path.suffix.lower() == ".html":
        with path.open("rb") as file:
            found = _META.search(file.read(_HEAD_BYTES))
        hashes = _HASHES.search(found[1].decode(errors="replace")) if found else None
        scripts = f"script-src{hashes[1]}; " if hashes else ""
    return (
        f"default-src 'none'; {scripts}style-src 'self' 'unsafe-inline'; img-src 'self' data:; media-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
