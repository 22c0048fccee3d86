"""The picture of an episode: the article's own, or a generated one; always a small square JPEG."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING

from pipeline.publish import cover_design

if TYPE_CHECKING:
    from PIL.Image import Image

SIDE_PX = 1000
"""Side of a generated cover, and the longest of one made from a picture."""

_SMALLEST_SIDE_PX = 600
_ICON_PX = 200  # a picture with a shorter side is an icon or a counting pixel
_CROPPED = 1.5  # up to this ratio of sides the middle is cut out; wider and taller ones are shown whole
_MOST_PIXELS = 50_000_000  # decoded, 150 MB
# The tag precedes the audio, so a player fetches the cover before the first word.
_MOST_BYTES_DRAWN, _MOST_BYTES_PICTURE = 80_000, 160_000
_FORMATS = ("AVIF", "BMP", "GIF", "JPEG", "PNG", "TIFF", "WEBP")  # EPS would start another program
_PAPER = (255, 255, 255)  # behind transparent pictures


def cover(document_image: bytes | None, *, title: str, show: str) -> bytes:
    """A square JPEG without metadata, 600 to 1000 pixels a side; the same arguments give the same bytes.

    Args:
        document_image: A picture in any common format; where it cannot be used — broken, huge, tiny — or is None, a
            cover is generated.
        title: Of the episode, set in type where the built-in font has its letters.
        show: Title of the show; may be empty.
    """
    picture = _picture(document_image) if document_image else None
    if picture is not None:
        return jpeg(picture, _MOST_BYTES_PICTURE)
    return jpeg(cover_design.draw(title, show, side_px=SIDE_PX), _MOST_BYTES_DRAWN)


def _picture(data: bytes) -> Image | None:
    """The picture in ``data`` as an RGB square, or None where it is of no use."""
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd metadata, and of sizes that are looked at below
            with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
                width, height = opened.size
                if width * height > _MOST_PIXELS or min(width, height) < _ICON_PX:
                    return None
                opened.draft("RGB", (SIDE_PX, SIDE_PX))  # a large JPEG is decoded at half, quarter … size
                return _square(opaque(ImageOps.exif_transpose(opened)))
    except Exception:  # a decoder fed with broken bytes may raise anything, and a cover is not worth an episode
        return None


def opaque(picture: Image) -> Image:
    """``picture`` in sRGB on paper."""
    from PIL import Image, ImageCms

    profile = picture.info.get("icc_profile")
    if profile and picture.mode in {"RGB", "CMYK", "L"}:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            seen = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
            return seen or picture.convert("RGB")
        except (ImageCms.PyCMSError, OSError):
            pass  # a broken profile: the plain numbers are close enough
    if picture.mode == "I;16":
        picture = picture.point(lambda value: value / 256, "L")
    layer = picture.convert("RGBA")
    paper = Image.new("RGBA", layer.size, (*_PAPER, 255))
    return Image.alpha_composite(paper, layer).convert("RGB")


def _square(picture: Image) -> Image:
    """The middle of ``picture``; a very wide or tall one whole, in front of its own colours out of focus."""
    from PIL import Image, ImageEnhance, ImageFilter, ImageOps

    short, long = sorted(picture.size)
    side = max(_SMALLEST_SIDE_PX, min(SIDE_PX, short))
    if long <= short * _CROPPED:
        # What matters in an upright picture, a face above all, is above its middle.
        return ImageOps.fit(picture, (side, side), Image.Resampling.LANCZOS, centering=(0.5, 0.4))
    side = max(side, min(SIDE_PX, long))
    # Blurred while it is small: the same look for a hundredth of the work.
    haze = ImageOps.fit(picture, (side // 10, side // 10), Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(4))
    ground = ImageEnhance.Brightness(haze.resize((side, side), Image.Resampling.BICUBIC)).enhance(0.55)
    whole = ImageOps.contain(picture, (side, side), Image.Resampling.LANCZOS)
    ground.paste(whole, ((side - whole.width) // 2, (side - whole.height) // 2))
    return ground


def jpeg(picture: Image, most_bytes: int) -> bytes:
    """``picture`` as a JPEG, as good as ``most_bytes`` allow; noise alone may take more."""
    for quality in (90, 84, 76, 66, 55, 40):
        file = io.BytesIO()
        picture.save(file, "JPEG", quality=quality, optimize=True)
        if file.tell() <= most_bytes:
            break
    return file.getvalue()
