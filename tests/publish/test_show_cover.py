"""The show's cover: always an RGB JPEG of a size that directories take."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from pipeline.errors import UsageError
from pipeline.publish import show_cover


def _open(jpeg: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(jpeg))
    picture.load()
    assert (picture.format, picture.mode) == ("JPEG", "RGB")
    assert picture.size[0] == picture.size[1]
    assert not {"exif", "icc_profile", "comment", "xmp"} & picture.info.keys()
    return picture


def _halves(width: int, height: int, mode: str = "RGB", format: str = "PNG", **options: Any) -> bytes:
    """Red on the left, blue on the right."""
    picture = Image.new(mode, (width, height), "blue")
    picture.paste("red", (0, 0, width // 2, height))
    file = io.BytesIO()
    picture.save(file, format, **options)
    return file.getvalue()


@pytest.mark.parametrize("title", ["Slow Reading", "潮の満ち引き", "", "Tides and currents of the narrow seas " * 8])
def test_a_generated_cover_has_the_largest_size_and_is_the_same_each_time(title: str) -> None:
    jpeg = show_cover.draw(None, title=title)
    assert _open(jpeg).size == (3000, 3000)
    assert len(jpeg) <= 500_000
    if title == "Slow Reading":
        assert show_cover.draw(None, title=title) == jpeg
        assert show_cover.draw(None, title="Fast Reading") != jpeg


@pytest.mark.parametrize(
    ("width", "height", "side"),
    [
        (1400, 1400, 1400),
        (2000, 2000, 2000),
        (3600, 3600, 3000),
        (600, 600, 1400),
        (2400, 1600, 1600),
        (300, 900, 1400),
    ],
)
def test_a_picture_is_brought_to_a_size_that_directories_take(width: int, height: int, side: int) -> None:
    picture = _open(show_cover.draw(_halves(width, height), title="Ebb"))
    assert picture.size == (side, side)
    left, right = picture.getpixel((side // 8, side // 2)), picture.getpixel((side - side // 8, side // 2))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    assert (left[0] > 200, right[2] > 200) == (True, True), "the middle was taken"


@pytest.mark.parametrize(
    ("mode", "format"), [("RGBA", "PNG"), ("L", "PNG"), ("CMYK", "JPEG"), ("P", "GIF"), ("RGB", "WEBP")]
)
def test_pictures_of_other_kinds_become_rgb(mode: str, format: str) -> None:
    file = io.BytesIO()
    Image.new("RGB", (1500, 1500), "white").convert(mode).save(file, format)
    assert _open(show_cover.draw(file.getvalue(), title="Ebb")).size == (1500, 1500)


def test_a_photograph_is_turned_the_way_it_was_taken() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by a quarter to the right: the left becomes the top
    picture = _open(show_cover.draw(_halves(1600, 1600, format="JPEG", exif=exif), title="Ebb"))
    top, bottom = picture.getpixel((800, 200)), picture.getpixel((800, 1400))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert (top[0] > 200, bottom[2] > 200) == (True, True)


@pytest.mark.parametrize("data", [b"", b"no picture", _halves(1500, 1500)[:2000]])
def test_a_picture_that_cannot_be_read_is_told(data: bytes) -> None:
    with pytest.raises(UsageError, match="cover"):
        show_cover.draw(data, title="Ebb")


def test_a_picture_that_is_too_large_to_open_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(show_cover, "_MOST_PIXELS", 1_000_000)
    with pytest.raises(UsageError, match="1500 × 1500"):
        show_cover.draw(_halves(1500, 1500), title="Ebb")
