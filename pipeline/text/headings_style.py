"""Headings of one text look alike: what several of them share speaks for each, and the odd one out is likely none."""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from pipeline.text.plain_looks import case_of, count_words

if TYPE_CHECKING:
    from pipeline.text.plain_blocks import Chunk

_BETWEEN = 25
"""Words up to the next likely heading from which a block heads something and may bear witness for others."""
_NEARLY = 1.0
"""Points below the threshold within which witnesses may still lift a block above it."""
_LONG = 9
"""Words of a heading that only others nearly as long speak for: a caption is long too."""
_WITNESSES = 2
_MANY = 3
"""Headings of another look from which a block that looks like none of them is odd."""


def style_points(blocks: tuple[Chunk, ...], points: dict[int, float], threshold: float) -> dict[int, float]:
    """Points for and against the likely headings among those at ``points``, by how they agree with each other."""
    before = [0, *accumulate(len(block.text.split()) for block in blocks)]
    likely = [at for at in sorted(points) if at and points[at] >= threshold - _NEARLY]
    looks = {at: _look(blocks[at]) for at in likely}
    sure = {
        at
        for at, after in pairwise([*likely, len(blocks)])
        if points[at] >= threshold and before[after] - before[at] >= _BETWEEN
    }
    counts: dict[tuple[str, bool], int] = {}
    for at in sure:
        counts[looks[at]] = counts.get(looks[at], 0) + 1
    given: dict[int, float] = {}
    for at, look in looks.items():
        same = sum(count for other, count in counts.items() if _agree(look, other)) - (at in sure)
        if same >= _WITNESSES:
            given[at] = 0.6
        elif same == 0 and len(sure) - (at in sure) >= _MANY:
            given[at] = -1.0
    return given


def _look(block: Chunk) -> tuple[str, bool]:
    """How the block is capitalised, and whether it is long; a question may be."""
    return case_of(block.text), count_words(block.text) >= _LONG and not block.text.endswith("?")


def _agree(look: tuple[str, bool], other: tuple[str, bool]) -> bool:
    """Whether ``other`` speaks for ``look``; one capital word fits with titles and with sentences."""
    if look[1] and not other[1] and look[0] == "sentence":
        return False
    return look[0] == other[0] or {look[0], other[0]} in ({"word", "title"}, {"word", "sentence"})
