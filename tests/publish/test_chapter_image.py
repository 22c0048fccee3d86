"""Pictures of chapters: small JPEGs of pictures of any kind, nothing of what is no picture."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from pipeline.publish import chapter_image as drawing
from pipeline.publish.chapter_image import MOST_BYTES, SIDE_PX, chapter_image


def picture(size: tuple[int, int] = (900, 600), *, mode: str = "RGB", kind: str = "PNG", **options: object) -> bytes:
    """A picture of waves: smooth, so that it is small in every format."""
    x, y = np.meshgrid(np.arange(size[0]), np.arange(size[1]))
    wave = (127 + 100 * np.sin(x / 60) * np.cos(y / 45)).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(np.stack([wave, wave // 2, 255 - wave], axis=-1)).convert(mode).save(file, kind, **options)
    return file.getvalue()


def _noise(side: int) -> bytes:
    file = io.BytesIO()
    Image.fromarray(np.random.default_rng(7).integers(0, 256, (side, side, 3), dtype=np.uint8)).save(file, "PNG")
    return file.getvalue()


def opened(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data)) as image:
        image.load()
        return image


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "AVIF"])
def test_any_picture_becomes_a_small_jpeg(kind: str) -> None:
    made = chapter_image(picture(kind=kind))
    image = opened(made)
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (SIDE_PX, 400))
    assert len(made) <= MOST_BYTES
    assert chapter_image(picture(kind=kind)) == made


@pytest.mark.parametrize("mode", ["L", "LA", "P", "1", "RGBA", "I;16"])
def test_any_sort_of_pixels_is_taken(mode: str) -> None:
    assert opened(chapter_image(picture(mode=mode))).size == (SIDE_PX, 400)


def test_a_small_picture_keeps_its_size() -> None:
    assert opened(chapter_image(picture((300, 220)))).size == (300, 220)


def test_one_that_was_taken_upright_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "a maker of cameras"
    made = chapter_image(picture(kind="JPEG", exif=exif))
    assert opened(made).size == (400, SIDE_PX)
    assert b"a maker of cameras" not in made


def test_a_picture_full_of_detail_becomes_smaller_until_it_fits() -> None:
    made = chapter_image(_noise(900))
    assert 0 < len(made) <= MOST_BYTES
    assert opened(made).width < SIDE_PX


def test_one_that_never_fits_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "MOST_BYTES", 500)
    assert chapter_image(_noise(900)) == b""


@pytest.mark.parametrize(
    "data", [b"", b"<svg/>", picture()[:200], picture(kind="JPEG")[:400], b"%!PS-Adobe-3.0 EPSF-3.0"]
)
def test_what_is_no_picture_gives_none(data: bytes) -> None:
    assert chapter_image(data) == b""


def test_one_of_too_many_pixels_gives_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "_MOST_PIXELS", 900 * 600 - 1)
    assert chapter_image(picture()) == b""
