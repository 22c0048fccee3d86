"""Headings of a text without markup, found by what they look like and by what stands around them.

Each short block collects points: for capitals, a question, a known title, room around it, a body after it; against
a full stop, a list mark, an address, a credit. A false heading costs a listener more than a missed one (a chapter mark,
a pause, a jingle), so the threshold favours precision.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from pipeline.text.plain_blocks import Chunk, bullet, is_entry, number
from pipeline.text.plain_looks import (
    CHAPTER,
    COUNT,
    HASHES,
    SECTION,
    capital_points,
    ends_sentence,
    holds_two_sentences,
    is_known,
    is_letter_part,
    is_prose,
    is_question,
    looks_like_a_caption,
    looks_like_a_name,
    looks_technical,
    starts_credit,
)

THRESHOLD = 2.7
"""Points from which a block is a heading."""
_LONGEST = 110
"""Characters of the longest heading."""
_WORDS = 16
_RUN = 4
"""Short blocks in a row from which they are verse, an address or a list rather than headings."""
_ITEM_WORDS = 4
"""Words of the longest item of a list without marks."""
_NEAR = 8
"""Blocks before and after a pull quote among which the sentence stands that it repeats."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A heading: which chunk, how deep (2 is the highest), and its text."""

    index: int
    level: int
    title: str


def detect(blocks: tuple[Chunk, ...], *, threshold: float = THRESHOLD) -> tuple[Found, ...]:
    """The headings among ``blocks``, in order, levels beginning at 2."""
    points = {at: _points(blocks, at) for at in range(len(blocks)) if _may_be(blocks, at)}
    series = _series(blocks, points)
    _demote_runs(blocks, points, series)
    found: list[Found] = []
    for at, block in enumerate(blocks):
        marks = HASHES.match(block.text) if len(block.lines) == 1 else None
        if block.underline and not looks_technical(block.text):
            found.append(Found(index=at, level=1 if block.underline in "=#*" else 2, title=block.text))
        elif marks and marks[2]:
            found.append(Found(index=at, level=len(marks[1]), title=marks[2]))
        elif at in points and points[at] + series.get(at, 0.0) >= threshold:
            found.append(Found(index=at, level=_level(block.text, at in series), title=block.text))
    return _deepened(found)


def body_like(block: Chunk) -> bool:
    """Whether ``block`` is running text: long, of several lines, or a whole sentence."""
    return len(block.text) >= 100 or len(block.lines) >= 2 or (len(block.text) > 45 and ends_sentence(block.text))


def _may_be(blocks: tuple[Chunk, ...], at: int) -> bool:
    """Whether the block can be a heading at all: short, with letters, not the last, not a list entry or contents."""
    block = blocks[at]
    text = block.text
    if block.underline or len(block.lines) > 2 or len(text) > _LONGEST or len(text.split()) > _WORDS:
        return False
    if at + 1 >= len(blocks) or not any(map(str.isalpha, text)) or bullet(block.lines[0]) is not None:
        return False
    return not looks_technical(text) and not re.fullmatch(r"(?i)(table of )?contents:?", text)


def _points(blocks: tuple[Chunk, ...], at: int) -> float:
    block, after = blocks[at], blocks[at + 1]
    section = None if COUNT.match(block.text) else SECTION.match(block.text)
    core = section[2] if section else block.text
    end = core.rstrip('”"’)»')[-1:]
    words = core.split()
    points = capital_points(core, end)
    if re.match(r"[“\"‘'(\[*„«]", core):
        whole_in_quotes = re.search(r"[”\"’)“»]\s*\S", core) is None
        points -= 2.5 if whole_in_quotes or end in ".!?," else 1.2
    points -= 2.0 if starts_credit(core) else 0.0
    points -= 2.5 if core[:1].islower() else 0.0
    points -= 3.0 if re.search(r"(?:[,;]|\b(?:and|or|the|of|to|a|with|by|either))$", core) else 0.0
    points -= 3.0 if re.search(r"\b(?:says?|said)$", core) and not is_question(core) else 0.0
    points -= 3.0 if is_letter_part(core) or (at and _is_leave(blocks[at - 1])) else 0.0
    points -= 0.6 if looks_like_a_caption(core) else 0.0
    points -= 1.5 if _ends_list(blocks, at) else 0.0
    points -= 4.0 if not after.before and after.text[:1].islower() else 0.0
    points -= 4.0 if end in ".!…" and ends_sentence(core) and holds_two_sentences(core) else 0.0
    points -= 2.0 if at == 1 and looks_like_a_name(core) else 0.0
    points -= 4.0 if _is_pull_quote(blocks, at) else 0.0
    points -= {":": 2.0, "…": 1.5}.get(end, 0.0)
    points -= 3.0 if end == "." and not section else 0.0
    if end == "?":
        points += 1.0 if is_question(core) else -0.3
    points += 1.5 if is_known(core) else 0.0
    points += 2.5 if CHAPTER.match(block.text) else 0.0
    points += 2.0 if COUNT.match(block.text) else 0.0
    points += (1.6 if "." in section[1].rstrip(".") else 0.0) + 0.3 if section else 0.0
    points += 0.6 if len(words) <= 9 else 0.0
    points += 0.5 if len(block.lines) == 1 else -1.0
    points += 0.8 if block.before >= 2 else 0.0
    points -= 1.0 if 3 < block.indent < 15 else 0.0
    if bullet(after.lines[0]) is not None or number(after.lines[0]) is not None:
        points += 0.9
    else:
        points += 1.2 if _is_body(after) or _stands_alone(blocks, at) else -0.5
    points -= 0.3 if at and not _is_body(blocks[at - 1]) else 0.0
    return points


def _is_body(block: Chunk) -> bool:
    return body_like(block) or is_prose(block.text)


def _stands_alone(blocks: tuple[Chunk, ...], at: int) -> bool:
    """Whether blank lines set the block off between prose and a sentence, though that be a very short one."""
    block, after = blocks[at], blocks[at + 1]
    if not (at and block.before and after.before and _is_body(blocks[at - 1])):
        return False
    return block.text[-1:].isalpha() and len(after.text.split()) >= 3 and after.text.endswith((".", "!"))


def _is_leave(block: Chunk) -> bool:
    """Whether a name follows: the block is the short end of a letter."""
    return len(block.text) < _LONGEST and is_letter_part(block.text) and not ends_sentence(block.text)


def _ends_list(blocks: tuple[Chunk, ...], at: int) -> bool:
    """Whether the block follows short lines that are no headings: two of them, or one after a colon."""
    if at < 3 or not _is_item(blocks[at]) or not _is_item(blocks[at - 1]):
        return False
    return _is_item(blocks[at - 2]) or (_is_body(blocks[at - 2]) and blocks[at - 2].text.endswith(":"))


def _is_item(block: Chunk) -> bool:
    if _is_body(block) or block.underline or is_entry(block.lines[0]) or len(block.text.split()) > _ITEM_WORDS:
        return False
    return not block.text[:1].islower() and (block.text[-1:].isalnum() or block.text.endswith(","))


def _is_pull_quote(blocks: tuple[Chunk, ...], at: int) -> bool:
    """Whether a paragraph near the block says the same words."""
    text = blocks[at].text.casefold().strip("“”\"‘’'«»„.…! ")
    if len(text.split()) < 5:
        return False
    near = blocks[max(0, at - _NEAR) : at + _NEAR + 1]
    return any(len(other.text) > 1.5 * len(text) and text in other.text.casefold() for other in near)


def _series(blocks: tuple[Chunk, ...], points: dict[int, float]) -> dict[int, float]:
    """Points for numbered blocks: 1, 2, 3 … are headings where text stands between, and a list where none does.

    A series goes on over another one inside it: ``1.``, text, ``1) 2) 3)``, text, ``2.`` holds two.
    """
    runs: list[list[tuple[int, int]]] = []
    last: dict[tuple[str, int], list[list[tuple[int, int]]]] = {}
    for at in sorted(points):
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
    given: dict[int, float] = {}
    for run in runs:
        gaps = [later[0] - earlier[0] >= 2 for earlier, later in pairwise(run)]
        headed = bool(gaps) and sum(gaps) >= 0.75 * len(gaps) and run[0][1] <= 1
        given.update({at: 2.6 if headed else -4.0 for at, _ in run})
    return given


def _demote_runs(blocks: tuple[Chunk, ...], points: dict[int, float], series: dict[int, float]) -> None:
    """Take points from blocks in a run of short ones, and from entries of a list of contents."""
    last = {block.text.casefold(): at for at, block in enumerate(blocks)}
    again = [last[block.text.casefold()] != at for at, block in enumerate(blocks)]
    for at in points:
        if again[at] and (not body_like(blocks[at + 1]) or (at and again[at - 1])):
            points[at] -= 5.0
    start = 0
    for at, block in enumerate((*blocks, None)):
        if block is not None and not _is_body(block) and not block.underline and not is_entry(block.lines[0]):
            continue
        if at - start >= _RUN:
            for short in range(start, at - 1):
                if short in points and short not in series:
                    points[short] -= 1.8 if at - start < 2 * _RUN else 4.0
        start = at + 1


def _level(text: str, in_series: bool) -> int:
    """Depth that the text tells: chapters 1, numbers with dots their depth, members of a series 3, the rest 2."""
    chapter, section = CHAPTER.match(text), SECTION.match(text)
    if chapter and chapter[1].lower() in ("chapter", "part", "book", "act", "appendix"):
        return 1
    if section and "." in section[1].rstrip("."):
        return 2 + section[1].rstrip(".").count(".")
    return 3 if in_series else 2


def _deepened(found: list[Found]) -> tuple[Found, ...]:
    """``found`` with levels moved so that the highest after the article's title (the first block, level 1) is 2."""
    shift = 2 - min((heading.level for heading in found if heading.index), default=2)
    return tuple(
        Found(index=heading.index, level=max(2, min(6, heading.level + shift)), title=heading.title)
        for heading in found
    )
