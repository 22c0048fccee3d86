"""Word times that an engine did not tell: the time between its neighbours, shared out by syllables."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from pipeline.model.clip import Word
from pipeline.text.words import syllables, words

if TYPE_CHECKING:
    from collections.abc import Sequence


def complete(text: str, known: Sequence[Word], length: int) -> tuple[tuple[Word, ...], str]:
    """All words of ``text``, and ``"engine"`` where the engine timed every one, else ``"estimated"``.

    Args:
        text: As spoken.
        known: Words that the engine timed, in order; they keep their times.
        length: Samples of the speech.

    Returns:
        Words in order, none overlapping in time. A word between two known ones without room between them shares
        the time of the one before it.
    """
    spans = words(text)
    told: dict[int, Word] = {}
    for word in known:
        for n, (start, end) in enumerate(spans):
            if start < word.end and word.start < end:
                told.setdefault(n, word)
    if not spans or all(n in told for n in range(len(spans))):
        return tuple(known), "engine"
    complete: list[Word] = []
    for is_told, group in groupby(range(len(spans)), told.__contains__):
        numbers = list(group)
        if is_told:
            complete += dict.fromkeys(told[n] for n in numbers)
            continue
        begins = complete[-1].end_sample if complete else 0
        after = numbers[-1] + 1
        ends = told[after].start_sample if after in told else length
        gap = [spans[n] for n in numbers]
        if ends <= begins and complete:
            last = complete.pop()
            gap.insert(0, (last.start, last.end))
            begins = last.start_sample
        complete += _shared_out(text, gap, begins, max(begins, ends))
    return tuple(complete), "estimated"


def shifted(found: Sequence[Word], *, characters: int, samples: int) -> tuple[Word, ...]:
    """The words of a piece as words of the whole, in which it begins at these places."""
    return tuple(
        replace(
            word,
            start=word.start + characters,
            end=word.end + characters,
            start_sample=word.start_sample + samples,
            end_sample=word.end_sample + samples,
        )
        for word in found
    )


def _shared_out(text: str, spans: Sequence[tuple[int, int]], begins: int, ends: int) -> list[Word]:
    weights = [syllables(text[start:end]) for start, end in spans]
    total, passed, shared = sum(weights), 0, []
    for (start, end), weight in zip(spans, weights, strict=True):
        first = begins + (ends - begins) * passed // total
        passed += weight
        last = begins + (ends - begins) * passed // total
        shared.append(Word(start=start, end=end, start_sample=first, end_sample=last))
    return shared
