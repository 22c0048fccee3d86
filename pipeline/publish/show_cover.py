"""The picture of a show: the publisher's own or a generated one, always of the sizes that directories take."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING

from pipeline.errors import UsageError
from pipeline.publish import cover_design
from pipeline.publish.cover import jpeg, opaque

if TYPE_CHECKING:
    from PIL.Image import Image

SIDES_PX = (1400, 3000)
"""Shortest and longest side that Apple takes (podcasters.apple.com/support/896); a generated cover has the longest."""
MEDIA_TYPE = "image/jpeg"

_MOST_BYTES = 500_000
_MOST_PIXELS = 100_000_000  # decoded, 300 MB
_FORMATS = ("AVIF", "BMP", "GIF", "JPEG", "PNG", "TIFF", "WEBP")  # EPS would start another program


def draw(image: bytes | None, *, title: str) -> bytes:
    """A square RGB JPEG without metadata, 1400 to 3000 pixels a side; the same arguments give the same bytes.

    Args:
        image: The publisher's picture in any common format: the middle of it is taken. None generates a cover.
        title: Of the show.

    Raises:
        UsageError: ``image`` cannot be read as a picture, or is too large to open.
    """
    if image is None:
        return jpeg(cover_design.draw(title, "", side_px=SIDES_PX[1]), _MOST_BYTES)
    return jpeg(_square(_picture(image)), _MOST_BYTES)


def _picture(data: bytes) -> Image:
    """The picture in ``data`` as its maker saw it, in sRGB."""
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd metadata, and of sizes that are looked at below
            with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
                width, height = opened.size
                if width * height > _MOST_PIXELS:
                    raise UsageError(f"the cover is too large: {width} × {height} pixels; make it 3000 × 3000")
                opened.draft("RGB", SIDES_PX[1:] * 2)  # a large JPEG is decoded at half, quarter … size
                return opaque(ImageOps.exif_transpose(opened))
    except UsageError:
        raise
    except Exception as error:  # a decoder fed with broken bytes may raise anything
        raise UsageError("the cover is no picture that can be read; save it as a JPEG or PNG") from error


def _square(picture: Image) -> Image:
    """The middle of ``picture``, brought to a size that directories take only where it has another."""
    from PIL import Image, ImageOps

    side = max(SIDES_PX[0], min(SIDES_PX[1], *picture.size))
    if picture.size == (side, side):
        return picture
    return ImageOps.fit(picture, (side, side), Image.Resampling.LANCZOS)
