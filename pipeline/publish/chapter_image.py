"""The picture of a chapter: one of the article's own, small enough to stand in a tag beside many others."""

from __future__ import annotations

import io
import warnings

from pipeline.publish.cover import jpeg, opaque

SIDE_PX = 600
"""The longest side."""
MOST_BYTES = 60_000

_MOST_PIXELS = 50_000_000
_FORMATS = ("AVIF", "GIF", "JPEG", "PNG", "WEBP")  # what the article's pages show; EPS would start another program
_SMOOTH = frozenset(("CMYK", "L", "LA", "RGB", "RGBA"))  # what can be made smaller as it is
_SMALLER = 0.75
_SMALLEST_SIDE_PX = 200


def chapter_image(data: bytes) -> bytes:
    """A JPEG without metadata, as the picture is shown; the same bytes give the same bytes.

    Args:
        data: A picture; of a moving one its first frame is taken.

    Returns:
        At most `MOST_BYTES`; empty where ``data`` cannot be used — broken, huge, or too full of detail.
    """
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd metadata, and of sizes that are looked at below
            with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
                if opened.width * opened.height > _MOST_PIXELS:
                    return b""
                # a large one is made small before anything else is done with it
                picture = opened if opened.mode in _SMOOTH else opaque(ImageOps.exif_transpose(opened))
                picture.thumbnail((SIDE_PX, SIDE_PX), Image.Resampling.LANCZOS, reducing_gap=3.0)
                picture = opaque(ImageOps.exif_transpose(picture))
    except Exception:  # a decoder fed with broken bytes may raise anything, and a picture is not worth an episode
        return b""
    made = jpeg(picture, MOST_BYTES)
    while len(made) > MOST_BYTES and max(picture.size) * _SMALLER >= _SMALLEST_SIDE_PX:
        side = round(max(picture.size) * _SMALLER)
        picture.thumbnail((side, side), Image.Resampling.LANCZOS)
        made = jpeg(picture, MOST_BYTES)
    return made if len(made) <= MOST_BYTES else b""
