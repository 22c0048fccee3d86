"""A heading as found, and how deep it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.text.plain_looks import CHAPTER, SECTION

if TYPE_CHECKING:
    from pipeline.text.headings_series import Member

_LEAD = 4
"""Blocks within which a numbered series follows the heading that announces it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A heading: which chunk, how deep (2 is the highest), and its text."""

    index: int
    level: int
    title: str


def level_of(text: str) -> int:
    """Depth that the text tells: chapters 1, numbers with dots their depth, the rest 2."""
    chapter, section = CHAPTER.match(text), SECTION.match(text)
    if chapter and chapter[1].lower() in ("chapter", "part", "book", "act", "appendix"):
        return 1
    if section and "." in section[1].rstrip("."):
        return 2 + section[1].rstrip(".").count(".")
    return 2


def nested(found: list[Found], series: dict[int, Member]) -> list[Found]:
    """``found`` with numbered series one deeper than the heading that announces them, as “8 Tips” does."""
    before = {later.index: earlier for earlier, later in pairwise(found)}
    announced: set[int] = set()
    for heading in found:
        above = before.get(heading.index)
        starts = heading.index in series and series[heading.index].first == heading.index
        if starts and above and above.index and heading.index - above.index <= _LEAD and above.level == heading.level:
            announced.add(heading.index)
    return [
        replace(heading, level=heading.level + 1)
        if heading.index in series and series[heading.index].first in announced
        else heading
        for heading in found
    ]


def deepened(found: list[Found]) -> tuple[Found, ...]:
    """``found`` with levels moved so that the highest after the article's title (the first block, level 1) is 2."""
    shift = 2 - min((heading.level for heading in found if heading.index), default=2)
    return tuple(replace(heading, level=max(2, min(6, heading.level + shift))) for heading in found)
