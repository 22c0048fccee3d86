"""The article's pictures, beside a page or inside a book: the bytes that were looked at, and no others."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from pipeline.contracts import Written
from pipeline.publish.sidecars._article_html import Shown
from pipeline.text.figures import figures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pipeline.model.document import Figure
    from pipeline.model.episode import Edition, Picture

JPEG, PNG, GIF, WEBP = "image/jpeg", "image/png", "image/gif", "image/webp"
ENDINGS = {JPEG: "jpg", PNG: "png", GIF: "gif", WEBP: "webp", "image/avif": "avif"}
"""Of a file's name, by media type."""
_DIGITS = 16
"""Of a digest, in a file's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A picture as it is kept: the name and the content of its file."""

    name: str
    media_type: str
    data: bytes
    picture: Picture


def beside(edition: Edition, out: Path) -> tuple[dict[str, Shown], tuple[Written, ...]]:
    """Write the pictures into ``NAME-images/``; by source how a page shows each, and what was written.

    A file is named by its content, so that a page with another picture asks for another file.
    """
    folder = f"{edition.name}-images"
    shown: dict[str, Shown] = {}
    written: dict[str, Written] = {}
    for one in stored(edition):
        path = f"{folder}/{one.name}"
        if path not in written:
            (out / folder).mkdir(exist_ok=True)
            (out / path).write_bytes(one.data)
            written[path] = Written(path=path, media_type=one.media_type)
        shown[one.picture.source] = _shown(one.picture, quote(path))
    return shown, tuple(written.values())


def stored(edition: Edition, allowed: tuple[str, ...] = tuple(ENDINGS)) -> Iterator[Stored]:
    """The pictures, one at a time; one that is not of an allowed type is made a PNG, or a JPEG where it is opaque."""
    for picture in edition.pictures:
        try:
            data = picture.path.read_bytes()
        except OSError:  # it was there when it was looked at
            continue
        if hashlib.sha256(data).hexdigest() != picture.sha256:
            continue  # the next run looks at it anew
        media_type = picture.media_type
        if media_type not in allowed:
            data, media_type = _other(data)
        yield Stored(
            name=f"{picture.sha256[:_DIGITS]}.{ENDINGS[media_type]}",
            media_type=media_type,
            data=data,
            picture=picture,
        )


def packed(
    edition: Edition, add: Callable[[str, bytes], object], *, allowed: tuple[str, ...]
) -> tuple[dict[str, Shown], dict[str, str]]:
    """Put the pictures into a book; by source how its pages show each, and the media type of each file.

    Args:
        edition: Has the pictures.
        add: Takes a file's name and content.
        allowed: Media types that the book may hold.
    """
    shown: dict[str, Shown] = {}
    kept: dict[str, str] = {}
    for one in stored(edition, allowed):
        name = f"picture-{one.name}"
        if name not in kept:
            add(name, one.data)
            kept[name] = one.media_type
        shown[one.picture.source] = _shown(one.picture, name)
    return shown, kept


def undescribed(edition: Edition) -> bool:
    """Whether a picture that is shown tells something which no words say."""
    return any(not one.alt.strip() for one in shown_figures(edition) if not one.decorative)


def moving(edition: Edition) -> bool:
    """Whether a picture that is shown moves: nobody knows whether it flashes."""
    known = {one.source for one in edition.pictures if one.moving}
    return any(one.source in known for one in shown_figures(edition))


def shown_figures(edition: Edition) -> Iterator[Figure]:
    """The figures whose pictures are shown."""
    known = {one.source for one in edition.pictures}
    return (one for one in figures(edition.document.blocks) if one.kind == "image" and one.source in known)


def _shown(picture: Picture, address: str) -> Shown:
    return Shown(address=address, width_px=picture.width_px, height_px=picture.height_px)


def _other(data: bytes) -> tuple[bytes, str]:
    """The first frame of a picture in a type that every book may hold."""
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(data)) as opened:
        picture = ImageOps.exif_transpose(opened)
        clear = picture.has_transparency_data
        file = io.BytesIO()
        if clear:
            picture.convert("RGBA").save(file, "PNG", optimize=True)
        else:
            picture.convert("RGB").save(file, "JPEG", quality=85, optimize=True)
    return file.getvalue(), PNG if clear else JPEG
