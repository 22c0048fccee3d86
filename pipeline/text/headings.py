"""Headings of a text without markup, found by what they look like and by what stands around them.

Each short block collects points: for capitals, a question, a known title, room around it, a body after it; against
a full stop, a list mark, an address, a credit. Then the text as a whole speaks: names, speakers, numbered series, and
the look that its headings share. A false heading costs a listener more than a missed one (a chapter mark, a pause, a
jingle), so the threshold favours precision.
"""

from __future__ import annotations

import re

from pipeline.text.headings_evidence import Evidence, gather, is_name, is_spoken
from pipeline.text.headings_levels import Found, deepened, level_of, nested
from pipeline.text.headings_marks import marked_headings
from pipeline.text.headings_series import Member, between_members, contents, ends_list, find_series, run_points
from pipeline.text.headings_style import style_points
from pipeline.text.headings_words import HOPELESS, words_points
from pipeline.text.plain_blocks import Chunk, bullet, is_entry
from pipeline.text.plain_looks import (
    CHAPTER,
    COUNT,
    HASHES,
    SECTION,
    begins_small,
    case_of,
    ends_sentence,
    is_body,
    is_known,
    is_question,
    is_row,
    looks_like_a_name,
    looks_technical,
)
from pipeline.text.plain_residue import is_date, is_letter_part, is_residue, is_year, says_who

__all__ = ["THRESHOLD", "Found", "detect"]

THRESHOLD = 2.7
"""Points from which a block is a heading."""
_LONGEST = 110
"""Characters of the longest heading."""
_WORDS = 16
_NEAR = 8
"""Blocks before and after a pull quote among which the sentence stands that it repeats."""
_BY = re.compile(r"(?:By|Von|Par|Por|Di|Door) ")
_NEVER = -4.0
"""Points for an entry of a list or of a long run, which no look makes good."""
_MANY = 3
"""Names or dates with a body each from which they are headings: a timeline, a list of places."""


def detect(blocks: tuple[Chunk, ...], *, threshold: float = THRESHOLD) -> tuple[Found, ...]:
    """The headings among ``blocks``, in order, levels beginning at 2."""
    bodies = tuple(map(is_body, blocks))
    evidence = gather(blocks, bodies)
    listed = contents(blocks)
    candidates = [at for at in range(len(blocks)) if at not in listed and _may_be(blocks, at)]
    series = find_series(blocks, candidates)
    apart = tuple(body or at in listed for at, body in enumerate(bodies))
    runs = run_points(blocks, apart, candidates, series)
    points: dict[int, float] = {}
    for at in candidates:
        start = runs.get(at, 0.0) + (series[at].points if at in series else 0.0)
        if start > _NEVER and (given := _points(blocks, bodies, evidence, at, start)) >= HOPELESS:
            points[at] = given
    _weigh(blocks, bodies, points, evidence, series)
    for at, given in style_points(blocks, points, threshold).items():
        if given > 0 or (at not in series and not _speaks_for_itself(blocks[at].text)):
            points[at] += given
    marked = marked_headings(blocks)
    found: list[Found] = []
    for at, block in enumerate(blocks):
        if at in marked:
            found.append(marked[at])
        elif at in points and points[at] >= threshold:
            found.append(Found(index=at, level=level_of(block.text), title=block.text))
    return deepened(nested(found, series))


def _may_be(blocks: tuple[Chunk, ...], at: int) -> bool:
    """Whether the block can be a heading at all: short, with letters, not the last, not a list entry or contents."""
    block = blocks[at]
    text = block.text
    if block.underline or len(block.lines) > 2 or len(text) > _LONGEST or len(text.split()) > _WORDS:
        return False
    if (
        at + 1 >= len(blocks)
        or not (any(map(str.isalpha, text)) or is_year(text))
        or bullet(block.lines[0]) is not None
    ):
        return False
    if HASHES.match(text) or is_row(block.lines[0]):
        return False
    return not looks_technical(text) and not re.fullmatch(r"(?i)(table of )?contents:?", text)


def _points(blocks: tuple[Chunk, ...], bodies: tuple[bool, ...], evidence: Evidence, at: int, points: float) -> float:
    """``points`` and what the block and its neighbours tell."""
    block, after = blocks[at], blocks[at + 1]
    section = None if COUNT.match(block.text) else SECTION.match(block.text)
    core = section[2] if section else block.text
    points += 2.5 if CHAPTER.match(block.text) else 0.0
    points += 2.0 if COUNT.match(block.text) else 0.0
    if section:
        deep = "." in section[1].rstrip(".")
        points += 0.3 + (1.6 if deep else 0.0) + (2.0 if deep and begins_small(core) else 0.0)
    points += 0.5 if len(block.lines) == 1 else -1.0
    points += 0.8 if block.before >= 2 and block.before > evidence.gap else 0.0
    points -= 1.0 if 3 < block.indent - evidence.indent < 15 else 0.0
    points -= 4.0 if not after.before and after.text[:1].islower() else 0.0
    points -= 3.0 if at and _is_leave(blocks[at - 1]) else 0.0
    points -= 1.5 if ends_list(blocks, bodies, at) else 0.0
    points -= 2.0 if at == 1 and looks_like_a_name(core) else 0.0
    points -= 3.0 if at == 1 and _BY.match(core) else 0.0
    points += 1.2 if is_year(core) else 0.0
    if is_entry(after.lines[0]):
        points += 0.9
    else:
        below = at + 2 if is_residue(after.text) and at + 2 < len(blocks) else at + 1
        followed = bodies[below] or _stands_alone(blocks, bodies, at)
        points += 1.2 if followed else 0.3 if looks_technical(after.text) else -0.5
    points -= 0.3 if at and not bodies[at - 1] and not looks_technical(blocks[at - 1].text) else 0.0
    points = words_points(core, points, numbered=section is not None)
    return points - (4.0 if points >= 0 and _is_pull_quote(blocks, at) else 0.0)


def _weigh(
    blocks: tuple[Chunk, ...],
    bodies: tuple[bool, ...],
    points: dict[int, float],
    evidence: Evidence,
    series: dict[int, Member],
) -> None:
    """Take points from blocks that the whole text shows to be something else: speech, names, dates, captions."""
    names = [at for at in points if _is_named(blocks[at].text, evidence)]
    dates = [at for at in points if is_date(blocks[at].text)]
    headed = [at for at in names if bodies[at + 1]]
    if evidence.captions >= 2 or len(headed) < _MANY:
        for at in names:
            points[at] -= 2.5
    if sum(bodies[at + 1] for at in dates) < _MANY:
        for at in dates:
            points[at] -= 3.0
    for at in between_members(series):
        if (
            at in points
            and not _speaks_for_itself(blocks[at].text)
            and case_of(blocks[at].text) in ("sentence", "word")
        ):
            points[at] -= 1.5
    words = [
        at for at in points if at and case_of(blocks[at].text) == "word" and not _speaks_for_itself(blocks[at].text)
    ]
    if evidence.dialogue and len(words) < _MANY:
        for at in words:
            points[at] -= 2.0
    likely = [at for at in points if at and points[at] >= THRESHOLD - 1.0]
    if evidence.dialogue and len(likely) == 1:
        points[likely[0]] -= 2.0
    for at in points:
        if is_spoken(blocks[at].text, evidence) or (evidence.interview and blocks[at].text.endswith("?")):
            points[at] -= 5.0


def _is_named(text: str, evidence: Evidence) -> bool:
    if _speaks_for_itself(text):
        return False
    return is_name(text, evidence) or says_who(text)


def _speaks_for_itself(text: str) -> bool:
    """Whether ``text`` need not look like the other headings: a known title, a chapter, a number with dots."""
    section = SECTION.match(text)
    return (
        is_known(text)
        or is_question(text)
        or bool(CHAPTER.match(text))
        or bool(COUNT.match(text))
        or (section is not None and "." in section[1].rstrip("."))
    )


def _stands_alone(blocks: tuple[Chunk, ...], bodies: tuple[bool, ...], at: int) -> bool:
    """Whether blank lines set the block off between prose and a sentence, though that be a very short one."""
    block, after = blocks[at], blocks[at + 1]
    if not (at and block.before and after.before and bodies[at - 1]):
        return False
    return block.text[-1:].isalpha() and len(after.text.split()) >= 3 and after.text.endswith((".", "!"))


def _is_leave(block: Chunk) -> bool:
    """Whether a name follows: the block is the short end of a letter."""
    return len(block.text) < _LONGEST and is_letter_part(block.text) and not ends_sentence(block.text)


def _is_pull_quote(blocks: tuple[Chunk, ...], at: int) -> bool:
    """Whether a paragraph near the block says the same words."""
    text = blocks[at].text.casefold().strip("“”\"‘’'«»„.…! ")
    if len(text.split()) < 5:
        return False
    near = blocks[max(0, at - _NEAR) : at + _NEAR + 1]
    return any(len(other.text) > 1.5 * len(text) and text in other.text.casefold() for other in near)
