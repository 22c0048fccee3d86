"""Generated covers: a title set in type above a frieze of tiles, or tiles alone where the font lacks its letters."""

from __future__ import annotations

import hashlib
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from pipeline.publish.cover_type import Colour, printable, put_line, put_title

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw


class Palette(NamedTuple):
    """Colours of a cover; ``text`` stands on ``ground`` at WCAG AA contrast or better, and so does ``accent``."""

    ground: Colour
    text: Colour
    accent: Colour
    tiles: tuple[Colour, ...]


PALETTES = (
    Palette(
        (18, 38, 58), (247, 243, 233), (244, 180, 96), ((31, 64, 92), (86, 133, 148), (244, 180, 96), (222, 98, 72))
    ),
    Palette(
        (24, 52, 46), (244, 241, 226), (233, 196, 106), ((37, 84, 72), (110, 158, 128), (233, 196, 106), (226, 123, 88))
    ),
    Palette(
        (58, 24, 48), (250, 240, 236), (246, 174, 150), ((94, 42, 76), (170, 84, 110), (246, 174, 150), (240, 208, 120))
    ),
    Palette(
        (40, 36, 70),
        (243, 241, 250),
        (158, 206, 216),
        ((66, 60, 112), (122, 112, 176), (158, 206, 216), (240, 150, 128)),
    ),
    Palette(
        (246, 240, 226), (38, 42, 54), (158, 50, 36), ((232, 214, 184), (38, 74, 96), (212, 92, 66), (230, 172, 84))
    ),
    Palette(
        (234, 241, 240), (22, 48, 58), (14, 94, 100), ((198, 220, 218), (24, 98, 106), (238, 138, 98), (244, 200, 116))
    ),
)

_ACROSS = 5  # tiles in a row
_MARGIN = 0.08  # of the side
_FINER = 2  # shapes are drawn larger and scaled down, for smooth edges


def draw(title: str, show: str, *, side_px: int) -> Image:
    """A cover for ``title``: RGB, ``side_px`` a side; the same title gives the same picture."""
    from PIL import Image, ImageDraw

    dice = _Dice(title)
    palette = PALETTES[dice.below(len(PALETTES))]
    big = side_px * _FINER
    picture = Image.new("RGB", (big, big), palette.ground)
    pencil = ImageDraw.Draw(picture)
    words = printable(title)
    _tiles(pencil, big // _ACROSS, range(_ACROSS - 1 if words else 0, _ACROSS), palette, dice)
    picture = picture.reduce(_FINER)
    if words:
        _words(ImageDraw.Draw(picture), words, printable(show), side_px, palette)
    return picture


class _Dice:
    """Numbers that depend on a text and on nothing else."""

    def __init__(self, text: str) -> None:
        self._state = hashlib.sha256(unicodedata.normalize("NFC", text).encode("utf-8", "replace")).digest()

    def below(self, limit: int) -> int:
        self._state = hashlib.sha256(self._state).digest()
        return int.from_bytes(self._state[:4], "big") % limit


def _tiles(pencil: ImageDraw, size: int, rows: range, palette: Palette, dice: _Dice) -> None:
    """Rows of square tiles, each a plain figure in one colour on another."""
    grounds = (palette.ground, *palette.tiles)
    for row in rows:
        for column in range(_ACROSS):
            x, y = column * size, row * size
            ground = grounds[dice.below(len(grounds))]
            others = [colour for colour in grounds if colour != ground]
            figure = others[dice.below(len(others))]
            pencil.rectangle((x, y, x + size - 1, y + size - 1), ground)
            _FIGURES[dice.below(len(_FIGURES))](pencil, x, y, size, figure, dice.below(4))


def _quarter(pencil: ImageDraw, x: int, y: int, size: int, colour: Colour, turn: int) -> None:
    """A quarter of a disc around one of the tile's corners."""
    centre_x, centre_y = x + size * (turn in {1, 2}), y + size * (turn in {2, 3})
    box = (centre_x - size, centre_y - size, centre_x + size, centre_y + size)
    pencil.pieslice(box, 90 * turn, 90 * turn + 90, fill=colour)


def _half(pencil: ImageDraw, x: int, y: int, size: int, colour: Colour, turn: int) -> None:
    """Half a disc on one of the tile's edges."""
    dx, dy = ((0, -1), (1, 0), (0, 1), (-1, 0))[turn]
    box = (x + dx * size // 2, y + dy * size // 2, x + dx * size // 2 + size, y + dy * size // 2 + size)
    pencil.pieslice(box, 90 * turn, 90 * turn + 180, fill=colour)


def _disc(pencil: ImageDraw, x: int, y: int, size: int, colour: Colour, turn: int) -> None:
    """A disc, of one of two sizes."""
    edge = size // (6 if turn % 2 else 4)
    pencil.ellipse((x + edge, y + edge, x + size - edge, y + size - edge), fill=colour)


def _bars(pencil: ImageDraw, x: int, y: int, size: int, colour: Colour, turn: int) -> None:
    """Upright bars of different height: sound, as meters draw it."""
    heights = (3, 7, 5, 8, 4, 6)
    wide = size // 9
    for number in range(4):
        tall = size * heights[(number + turn) % len(heights)] // 10
        left = x + wide + number * 2 * wide
        pencil.rounded_rectangle(
            (left, y + (size - tall) // 2, left + wide, y + (size + tall) // 2), wide // 2, fill=colour
        )


_FIGURES = (_quarter, _quarter, _half, _disc, _bars)


def _words(pencil: ImageDraw, title: str, show: str, side_px: int, palette: Palette) -> None:
    """The show's name, a rule, and the title in what is left above the frieze."""
    left = round(side_px * _MARGIN)
    right, top = side_px - left, left
    if show:
        put_line(pencil, show, (left, top, right, top + round(side_px * 0.036)), palette.accent)
        top += round(side_px * 0.075)
    pencil.rectangle((left, top, left + round(side_px * 0.09), top + round(side_px * 0.008)), palette.accent)
    top += round(side_px * 0.045)
    put_title(pencil, title, (left, top, right, side_px - side_px // _ACROSS - left // 2), palette.text, side_px)
