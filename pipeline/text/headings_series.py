"""Blocks that stand in a row: numbered series, runs of short lines, lists without marks."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.text.plain_blocks import is_entry, number
from pipeline.text.plain_looks import CHAPTER, body_like, is_known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.text.plain_blocks import Chunk

_RUN = 4
"""Short blocks in a row from which they are verse, an address or a list rather than headings."""
_ITEM_WORDS = 4
"""Words of the longest item of a list without marks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One of a numbered series: where the series begins, and points for or against its being headings."""

    first: int
    points: float


def find_series(blocks: tuple[Chunk, ...], candidates: list[int]) -> dict[int, Member]:
    """The numbered blocks: 1, 2, 3 … are headings where text stands between, and a list where none does.

    A series goes on over another one inside it: ``1.``, text, ``1) 2) 3)``, text, ``2.`` holds two.
    """
    runs: list[list[tuple[int, int]]] = []
    last: dict[tuple[str, int], list[list[tuple[int, int]]]] = {}
    for at in candidates:
        found = number(blocks[at].lines[0])
        if found is None:
            continue
        mark = blocks[at].text.lstrip("(0123456789")[:1]
        waiting = last.get((mark, found[0] - 1))
        if waiting:
            run = waiting.pop()
        else:
            run = []
            runs.append(run)
        run.append((at, found[0]))
        last.setdefault((mark, found[0]), []).append(run)
    members: dict[int, Member] = {}
    for run in runs:
        gaps = [later[0] - earlier[0] >= 2 for earlier, later in pairwise(run)]
        headed = bool(gaps) and sum(gaps) >= 0.75 * len(gaps) and run[0][1] <= 1
        members.update({at: Member(first=run[0][0], points=2.6 if headed else -4.0) for at, _ in run})
    return members


def contents(blocks: tuple[Chunk, ...]) -> frozenset[int]:
    """Places of chapters that follow one another without text between: a list of contents.

    A number that comes again begins the first chapter itself.
    """
    listed: set[int] = set()
    run: dict[str, int] = {}
    word = ""
    for at, block in enumerate(blocks):
        found = CHAPTER.match(block.text)
        numbered = found[0].casefold().split()[-1] if found else ""
        if found is None or found[1].casefold() != word or numbered in run:
            run = {}
        if found:
            word = found[1].casefold()
            run[numbered] = at
            if len(run) > 1:
                listed |= {at - 1, at}
    return frozenset(listed)


def between_members(series: dict[int, Member]) -> Iterator[int]:
    """Places of blocks within a series of headings that belong to none of it: a heading there is hard to believe."""
    members = sorted(at for at, member in series.items() if member.points > 0)
    for at, after in pairwise(members):
        if series[at].first == series[after].first:
            yield from range(at + 1, after)


def run_points(
    blocks: tuple[Chunk, ...], bodies: tuple[bool, ...], candidates: list[int], series: dict[int, Member]
) -> dict[int, float]:
    """Points against blocks in a run of short ones, and against entries of a list of contents."""
    taken: dict[int, float] = {}
    last = {block.text.casefold(): at for at, block in enumerate(blocks)}
    again = [last[block.text.casefold()] != at for at, block in enumerate(blocks)]
    possible = set(candidates)
    for at in candidates:
        if again[at] and (not body_like(blocks[at + 1]) or (at and again[at - 1])):
            taken[at] = -5.0
    start = 0
    for at, block in enumerate((*blocks, None)):
        if block is not None and not bodies[at] and not block.underline and not is_entry(block.lines[0]):
            continue
        if at - start >= _RUN:
            for short in range(start, at - 1):
                if short in possible and short not in series and not _opens(blocks, short):
                    taken[short] = taken.get(short, 0.0) - (1.8 if at - start < 2 * _RUN else 4.0)
        start = at + 1
    return taken


def ends_list(blocks: tuple[Chunk, ...], bodies: tuple[bool, ...], at: int) -> bool:
    """Whether the block follows short lines that are no headings: two of them, or one after a colon.

    More room above it than the lines before it have sets it off from their list.
    """
    if at < 3 or bodies[at] or bodies[at - 1] or not _is_item(blocks[at]) or not _is_item(blocks[at - 1]):
        return False
    if _opens(blocks, at) or blocks[at].before > blocks[at - 1].before:
        return False
    if bodies[at - 2]:
        return blocks[at - 2].text.endswith(":")
    return _is_item(blocks[at - 2])


def _opens(blocks: tuple[Chunk, ...], at: int) -> bool:
    """Whether the block is a known title with room above it and short lines right below: ``Ingredients``."""
    return is_known(blocks[at].text) and blocks[at].before > 0


def _is_item(block: Chunk) -> bool:
    if block.underline or is_entry(block.lines[0]) or len(block.text.split()) > _ITEM_WORDS:
        return False
    return not block.text[:1].islower() and (block.text[-1:].isalnum() or block.text.endswith(","))
