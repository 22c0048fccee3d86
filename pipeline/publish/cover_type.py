"""Titles set in type for generated covers, in Pillow's built-in font."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

Colour = tuple[int, int, int]

LARGEST, SMALLEST = 0.16, 0.048
"""Height of a title's type, as a part of the cover's side."""

_LEADING = 1.16  # from line to line, as a part of the type's height
# Characters that the font lacks and that another of its own stands for.
_ALIKE = str.maketrans({"–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "„": "“", "‚": "‘", "′": "’", "•": "·"})


def printable(text: str) -> str:
    """``text`` on one line in characters that the font has; empty where it lacks one (most scripts, accents)."""
    folded = " ".join(unicodedata.normalize("NFC", text).translate(_ALIKE).split())
    return folded if all(map(_has, set(folded))) else ""


def put_line(pencil: ImageDraw, text: str, box: tuple[int, int, int, int], colour: Colour) -> None:
    """One line in type as high as ``box`` (left, top, right, bottom), cut where it is too long."""
    left, top, right, bottom = box
    font = _font(bottom - top)
    pencil.text((left, top), _cut(text, font, right - left), colour, font)


def put_title(pencil: ImageDraw, title: str, box: tuple[int, int, int, int], colour: Colour, side_px: int) -> None:
    """``title`` at the top of ``box`` (left, top, right, bottom) in the largest type that fits."""
    left, top, right, bottom = box
    font, lines = _fitted(title, side_px, right - left, bottom - top)
    step = round(font.size * _LEADING)
    for number, line in enumerate(lines):
        # The font has one weight; an outline makes it that of a title.
        pencil.text((left, top + number * step), line, colour, font, stroke_width=font.size / 70)


def _fitted(title: str, side_px: int, width: int, height: int) -> tuple[FreeTypeFont, list[str]]:
    """The largest type in which ``title`` fits, and its lines; what is too long for the smallest is cut."""
    size = round(side_px * LARGEST)
    while True:
        font = _font(size)
        lines = _filled(title, font, width)
        room = max(int(height / (size * _LEADING)), 1)
        fits = len(lines) <= room and all(font.getlength(line) <= width for line in lines)
        if fits or size <= side_px * SMALLEST:
            break
        size -= max(side_px // 200, 1)
    if fits:
        return font, _balanced(title, font, width, len(lines))
    lines = [*lines[: room - 1], " ".join(lines[room - 1 :])]
    return font, [_cut(line, font, width) for line in lines]


def _filled(text: str, font: FreeTypeFont, width: int) -> list[str]:
    """Lines as full as ``width`` allows."""
    lines: list[str] = []
    for word in text.split():
        if lines and font.getlength(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _balanced(text: str, font: FreeTypeFont, width: int, count: int) -> list[str]:
    """``count`` lines, each within ``width``, as even as can be: the least sum of squared lengths."""
    words = text.split()

    @cache
    def best(first: int, left: int) -> tuple[float, tuple[str, ...]]:
        """Cost and lines of the words from ``first`` on in ``left`` lines."""
        if not left:
            return (0.0, ()) if first == len(words) else (float("inf"), ())
        choices: list[tuple[float, tuple[str, ...]]] = [(float("inf"), ())]
        for end in range(first + 1, len(words) - left + 2):
            line = " ".join(words[first:end])
            length = font.getlength(line)
            if length > width:
                break
            cost, others = best(end, left - 1)
            choices.append((cost + length**2, (line, *others)))
        return min(choices)

    return list(best(0, count)[1])


def _cut(text: str, font: FreeTypeFont, width: int) -> str:
    """``text``, or as much of it as fits with an ellipsis."""
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(f"{text}…") > width:
        text = text[:-1].rstrip(" ,;:-")
    return f"{text}…"


@cache
def _font(size: int) -> FreeTypeFont:
    """Pillow's built-in font, laid out the same way on every machine."""
    from PIL import ImageFont

    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont), "Pillow was built without FreeType"
    return font.font_variant(layout_engine=ImageFont.Layout.BASIC)


@cache
def _has(character: str) -> bool:
    """Whether the font has it: what it lacks looks like U+FFFF, which no font has."""
    mask, lacking = (_font(40).getmask(each) for each in (character, "\uffff"))
    return character == " " or (mask.getbbox() is not None and bytes(mask) != bytes(lacking))
