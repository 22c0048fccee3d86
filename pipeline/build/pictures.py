"""The article's pictures: those that lie in its own folder, looked at before anybody is shown them."""

from __future__ import annotations

import io
import re
import warnings
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from typing import TYPE_CHECKING
from urllib.parse import unquote

from pipeline.model.action import Action
from pipeline.model.codec import to_plain
from pipeline.model.episode import Picture
from pipeline.store.blobs import digest
from pipeline.text.figures import figures

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.build.narration import Narrated
    from pipeline.build.session import Session
    from pipeline.store.store import Store

SCHEMA = 1
"""Raised when a picture is looked at in another way."""
MOST_BYTES = 20_000_000
"""Of one picture; a larger one is not shown."""
MOST_BYTES_IN_ALL = 200_000_000
MOST_PIXELS = 50_000_000
_TYPES = {
    "AVIF": "image/avif",
    "GIF": "image/gif",
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
}
"""By Pillow's name. SVG is not among them: it may hold scripts, and ask for other files."""
_NOT_HERE = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\]", re.IGNORECASE)
"""How an address begins, and a path that is not relative; opening one might ask another machine."""
_TURNED = 0x0112
"""The EXIF tag that says which way is up; from 5 on, width and height change places."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a file's content turned out to be; no picture has an empty ``media_type``."""

    media_type: str = ""
    width_px: int = 0
    height_px: int = 0
    moving: bool = False


def pictures(session: Session, narrated: Narrated) -> tuple[Picture, ...]:
    """The pictures that the article names and that lie in its folder or below; none where no sidecar is written.

    An article may be hostile: nothing outside its folder is read, no address is asked, and what a file's name or the
    article says of its kind counts for nothing.
    """
    if narrated.folder is None:
        return ()
    # what a book in one file names lies inside of it, not beside it
    images = (one for one in figures(narrated.document.blocks) if one.kind == "image" and not one.position.part)
    named = (one.source for one in images if one.source)
    place = narrated.document.meta.link.partition("?")[0].rpartition("/")[0]
    return tuple(_found(dict.fromkeys(named), narrated.folder.resolve(), place, session.store))


def look(data: bytes) -> Look:
    """What ``data`` is, by its content alone; each picture is decoded once, though a JPEG at an eighth of its size."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd metadata, and of sizes that are looked at here
            with Image.open(io.BytesIO(data), formats=tuple(_TYPES)) as picture:
                width_px, height_px = picture.size
                kind = "JPEG" if picture.format == "MPO" else picture.format or ""  # a JPEG with others behind it
                if width_px * height_px > MOST_PIXELS or kind not in _TYPES:
                    return Look()
                moving = kind != "JPEG" and getattr(picture, "n_frames", 1) > 1
                turned = picture.getexif().get(_TURNED, 1) in range(5, 9)
                picture.draft("L", (max(1, width_px // 8), max(1, height_px // 8)))
                picture.load()
    except Exception:  # a decoder fed with broken bytes may raise anything, and a picture is not worth an episode
        return Look()
    if turned:
        width_px, height_px = height_px, width_px
    return Look(media_type=_TYPES[kind], width_px=width_px, height_px=height_px, moving=moving)


def _found(sources: dict[str, None], folder: Path, place: str, store: Store) -> Iterator[Picture]:
    """Those that are pictures.

    Args:
        sources: As the article names them.
        folder: Where its file lies.
        place: The address of that folder on the web, without a slash at its end; empty where nobody told. A saved page
            knows its own address, and its pictures' relative ones have become whole by that.
        store: Knows what was looked at before.
    """
    left = MOST_BYTES_IN_ALL
    for source in sources:
        path = _path(source.removeprefix(f"{place}/") if "://" in place else source, folder)
        if path is None:
            continue
        try:
            with path.open("rb") as file:
                data = file.read(MOST_BYTES + 1)
        except OSError:  # it was there a moment ago
            continue
        if len(data) > min(MOST_BYTES, left):
            continue
        sha256 = digest(data)
        seen = _seen(data, sha256, store)
        if seen.media_type:
            left -= len(data)
            yield Picture(
                source=source,
                path=path,
                media_type=seen.media_type,
                sha256=sha256,
                width_px=seen.width_px,
                height_px=seen.height_px,
                moving=seen.moving,
            )


def _path(source: str, folder: Path) -> Path | None:
    """The file that ``source`` names, as it is written or as an address spells it; None where there is none."""
    bare = re.split("[?#]", source, maxsplit=1)[0]
    for name in dict.fromkeys((source, unquote(bare))):
        if not name or _NOT_HERE.match(name):
            continue
        try:
            path = (folder / name).resolve()
            if path.is_relative_to(folder) and path.is_file():
                return path
        except (OSError, ValueError):  # no name that a file could have
            continue
    return None


@cache
def _pillow() -> str:
    return metadata.version("pillow")


def _seen(data: bytes, sha256: str, store: Store) -> Look:
    """What the picture is, looked at once: decoding costs more than all that is done with it later."""
    inputs = {"picture": sha256, "pixels": MOST_PIXELS, "pillow": _pillow()}
    action = Action(room="picture", schema=SCHEMA, inputs=inputs)
    known = store.value(action, Look)
    if known is None:
        known = look(data)
        store.remember(action, to_plain(known))
    return known
