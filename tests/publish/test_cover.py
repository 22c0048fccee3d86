"""Covers: always a small square JPEG that can be read, whatever the article holds."""

from __future__ import annotations

import io
import struct
import zlib
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from pipeline.publish.cover import cover
from pipeline.publish.cover_design import PALETTES
from pipeline.publish.cover_type import printable

if TYPE_CHECKING:
    from pipeline.publish.cover_type import Colour

LONG = "The history of the postal service, its riders, its roads, its coins and its rivals, " * 4


def _open(jpeg: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(jpeg))
    picture.load()
    assert picture.format == "JPEG"
    assert picture.mode == "RGB"
    assert picture.size[0] == picture.size[1]
    assert 600 <= picture.size[0] <= 1400
    assert not {"exif", "icc_profile", "comment", "xmp"} & picture.info.keys()
    return picture


def _bytes(picture: Image.Image, format: str, **options: Any) -> bytes:
    file = io.BytesIO()
    picture.save(file, format, **options)
    return file.getvalue()


def _halves(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right."""
    picture = Image.new(mode, (width, height), "blue")
    ImageDraw.Draw(picture).rectangle((0, 0, width // 2 - 1, height), "red")
    return picture


def _near(pixel: Any, colour: Colour, by: int = 24) -> bool:
    return all(abs(a - b) <= by for a, b in zip(pixel, colour, strict=True))


def _generated(data: bytes) -> bool:
    return cover(data, title="Ebb", show="") == cover(None, title="Ebb", show="")


@pytest.mark.parametrize("title", ["Ebb", "Why the sea breathes", "Supercalifragilistic" * 4, LONG, "潮の満ち引き", ""])
@pytest.mark.parametrize("show", ["", "Slow Reading", "المد والجزر", LONG])
def test_a_generated_cover_is_small_and_the_same_each_time(title: str, show: str) -> None:
    jpeg = cover(None, title=title, show=show)
    _open(jpeg)
    assert len(jpeg) <= 80_000
    assert cover(None, title=title, show=show) == jpeg


def test_other_titles_have_other_covers() -> None:
    assert len({cover(None, title=title, show="") for title in ("Ebb", "Flow", "潮", "汐")}) == 4


def test_a_title_is_legible_and_stays_inside_its_margins() -> None:
    picture = _open(cover(None, title=LONG, show=LONG))
    side = picture.size[0]
    ground: Any = picture.getpixel((4, 4))
    margin: Any = picture.crop((side - side // 20, 0, side, side * 3 // 4)).getcolors(10**6)
    assert all(_near(colour, ground) for _, colour in margin)
    text: Any = picture.crop((side // 12, side // 5, side - side // 12, side * 3 // 4)).getcolors(10**6)
    assert sum(count for count, colour in text if not _near(colour, ground, 90)) > 20 * side


@pytest.mark.parametrize("palette", PALETTES)
def test_text_has_the_contrast_that_wcag_aa_asks_for(palette: Any) -> None:
    def luminance(colour: Colour) -> float:  # WCAG 2.2, "relative luminance"
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in colour)]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for colour in (palette.text, palette.accent):
        darker, lighter = sorted((luminance(colour), luminance(palette.ground)))
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Ebb – and\n“flow”", "Ebb - and “flow”"),
        ("1914—1918", "1914-1918"),
        ("Café", ""),
        ("潮", ""),
        ("Wave 👋", ""),
        ("مد", ""),
    ],
)
def test_type_is_set_only_where_the_font_has_every_letter(text: str, printed: str) -> None:
    assert printable(text) == printed


@pytest.mark.parametrize("format", ["JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF"])
def test_a_picture_of_any_format_is_cropped_to_its_middle(format: str) -> None:
    picture = _open(cover(_bytes(_halves(900, 800), format), title="Ebb", show=""))
    assert picture.size == (800, 800)
    assert _near(picture.getpixel((385, 400)), (255, 0, 0))
    assert _near(picture.getpixel((415, 400)), (0, 0, 255))


@pytest.mark.parametrize("size", [(1600, 900), (900, 1600)])
def test_a_wide_or_tall_picture_is_shown_whole(size: tuple[int, int]) -> None:
    picture = _open(cover(_bytes(_halves(*size), "PNG"), title="Ebb", show=""))
    assert picture.size == (1000, 1000)
    left, right = ((5, 500), (995, 500)) if size[0] > size[1] else ((400, 5), (600, 5))
    assert _near(picture.getpixel(left), (255, 0, 0))
    assert _near(picture.getpixel(right), (0, 0, 255))
    assert picture.getpixel((5, 5)) != picture.getpixel(left), "the ground is not the picture"


def test_a_photograph_that_lies_on_its_side_is_turned() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by a quarter, clockwise
    picture = _open(cover(_bytes(_halves(800, 800), "JPEG", exif=exif), title="Ebb", show=""))
    assert _near(picture.getpixel((400, 10)), (255, 0, 0))
    assert _near(picture.getpixel((400, 790)), (0, 0, 255))


def test_what_is_transparent_is_paper() -> None:
    picture = Image.new("RGBA", (700, 700), (0, 0, 0, 0))
    assert _near(_open(cover(_bytes(picture, "PNG"), title="Ebb", show="")).getpixel((350, 350)), (255, 255, 255))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "CMYK"])
def test_any_kind_of_pixel_is_read(mode: str) -> None:
    picture = Image.new(mode, (700, 700))
    data = _bytes(picture, "TIFF" if mode == "CMYK" else "PNG")
    assert _open(cover(data, title="Ebb", show="")).size == (700, 700)
    assert not _generated(data)


def test_a_noisy_photograph_stays_small() -> None:
    picture = Image.effect_noise((1500, 1500), 120).convert("RGB")
    assert len(cover(_bytes(picture, "PNG"), title="Ebb", show="")) <= 400_000


def test_a_small_picture_is_enlarged_and_an_icon_is_not_used() -> None:
    assert _open(cover(_bytes(_halves(300, 300), "PNG"), title="Ebb", show="")).size == (600, 600)
    assert _generated(_bytes(_halves(64, 64), "PNG"))


def _bomb() -> bytes:
    """A PNG of a few hundred bytes that says it is 60,000 pixels wide and high."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(9))) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no picture",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 500 500\n",
        _bomb(),
        _bytes(_halves(800, 800), "PNG")[:900],
    ],
    ids=["empty", "text", "svg", "eps", "bomb", "cut"],
)
def test_what_cannot_be_shown_is_replaced(data: bytes) -> None:
    assert _generated(data)


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_broken_pictures_never_cost_the_episode(data: st.DataObject) -> None:
    whole = bytearray(_bytes(_halves(240, 240), data.draw(st.sampled_from(["PNG", "JPEG", "GIF", "WEBP", "TIFF"]))))
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    _open(cover(bytes(whole), title="Ebb", show=""))
