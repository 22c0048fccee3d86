"""What a listener did not hear: words of a recogniser against the cues of an episode.

A recogniser misspells names and homophones, and now and then skips a sentence. So its first hearing, of half a minute
at a time, only tells which sentences are in doubt. Those are heard again alone; and of words that still were not
written down it is asked how much likelier they are in this sound than in silence (`supported`). A word that was said,
but that the recogniser would have spelled otherwise, gains by the sound; one that was left out, or exchanged for
another, does not.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import compress, groupby, islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.model.timeline import Cue

LONGEST_GAP = 2
"""More words than this one after the other that were not heard are a finding, however short they are."""
LEAST_GAIN = 2.0
"""By so much (natural logarithm) the sound must make a word likelier than silence does, for it to have been said.

Chosen on these samples of Whisper tiny.en and the voice hibari, and measured on no others: words of the examples'
sentences of up to 20 words that were said but written down as others, at least 2.3; 25 words exchanged for others, at
most −0.4; 25 words cut out of their sentences, 21 below 2, the others up to 4.9.
"""

WINDOW_S = 27
"""Cues are heard together for so long: a Whisper model takes in 30 s at once, and costs the same for less."""

_CONTENT_LETTERS = 4
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""Scripts that put no blanks between words: each character counts as one."""
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+(?:'[^\W_{_UNSPACED}]+)*")
_MARKS = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-", "‐": "-", "‑": "-", "…": "."})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A cue as a recogniser should hear it.

    Attributes:
        text: The words with simple punctuation.
        places: (start, end) in ``text`` of each word.
        words: The words as they are compared.
        judged: Whether the recogniser knows the word's language.
    """

    cue: Cue
    text: str
    places: tuple[tuple[int, int], ...]
    words: tuple[str, ...]
    judged: tuple[bool, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A sentence that is not in the sound as it stands in the script.

    Attributes:
        id: Of the utterance.
        start: First sample of the sentence in the file, at the timeline's rate.
        end: Sample after the last one.
        spoken: What should be heard.
        heard: What was heard when it was played alone; empty for nothing.
        missing: The words that were not heard, in order, as they stand in ``spoken``.
    """

    id: str
    start: int
    end: int
    spoken: str
    heard: str
    missing: tuple[str, ...]


def sentence(cue: Cue, parts: Sequence[tuple[str, bool]] = ()) -> Sentence:
    """A cue made ready for comparing.

    Args:
        cue: One with words.
        parts: (text, whether the recogniser knows its language) of the pieces of ``cue.spoken``; empty: it knows all.
    """
    spoken = cue.spoken.translate(_MARKS)
    known = [flag for text, flag in parts for _ in text] or [True] * len(spoken)
    text, places, words, judged, end = "", [], [], [], 0
    for found in _WORD.finditer(spoken):
        text += re.sub(r"[^ ,.;:?!-]", "", spoken[end : found.start()])
        places.append((len(text), len(text) + len(found[0])))
        text, end = text + found[0], found.end()
        words.append(_fold(found[0]))
        judged.append(known[found.start()])
    text += re.sub(r"[^.?!]", "", spoken[end:])
    shift = len(text) - len(text.lstrip())
    return Sentence(
        cue=cue,
        text=text.strip(),
        places=tuple((start - shift, stop - shift) for start, stop in places),
        words=tuple(words),
        judged=tuple(judged),
    )


def words_of(text: str) -> tuple[str, ...]:
    """The words of ``text`` as they are compared: small letters without accents, apostrophes and hyphens."""
    return tuple(_fold(found[0]) for found in _WORD.finditer(text.translate(_MARKS)))


def windows(sentences: Sequence[Sentence], sample_rate_hz: int) -> Iterator[tuple[Sentence, ...]]:
    """Neighbouring sentences that are heard together."""
    window: list[Sentence] = []
    for one in sentences:
        if window and one.cue.end - window[0].cue.start > WINDOW_S * sample_rate_hz:
            yield tuple(window)
            window = []
        window.append(one)
    if window:
        yield tuple(window)


def doubtful(window: Sequence[Sentence], heard: str) -> tuple[Sentence, ...]:
    """The sentences of ``window`` of which a word is not in ``heard``.

    Where words stand twice, one after the other, and only one of both was heard, nobody knows which: both are in doubt.
    """
    spoken, there = [word for one in window for word in one.words], words_of(heard)
    marks = iter(map(all, zip(matched(spoken, there), matched(spoken, there, latest=True), strict=True)))
    said = [tuple(islice(marks, len(one.words))) for one in window]
    return tuple(
        one
        for one, own in zip(window, said, strict=True)
        if any(known and not mark for known, mark in zip(one.judged, own, strict=True))
    )


def supported(one: Sentence, gains: Sequence[tuple[int, int, float]]) -> tuple[bool, ...]:
    """For each word whether the sound speaks for it; False for all where nothing was weighed.

    Args:
        one: What should be heard.
        gains: (start, end, gain) of pieces of ``one.text``: by how much, as a natural logarithm, the sound makes them
            likelier than silence does.
    """
    sums = (sum(gain for first, last, gain in gains if first < end and last > start) for start, end in one.places)
    return tuple(total >= LEAST_GAIN for total in sums)


def finding(one: Sentence, heard: str, said: Sequence[bool]) -> Finding | None:
    """What is to be reported of a sentence that was heard alone, None where nothing is.

    Args:
        one: What should be heard.
        heard: What was heard.
        said: For each word whether it was heard, or is likely to have been said.
    """
    lost = [known and not mark for known, mark in zip(one.judged, said, strict=True)]
    longest = max((len(list(run)) for missing, run in groupby(lost) if missing), default=0)
    if longest <= LONGEST_GAP and not any(map(_matters, compress(one.words, lost))):
        return None
    return Finding(
        id=one.cue.id,
        start=one.cue.start,
        end=one.cue.end,
        spoken=one.cue.spoken,
        heard=heard,
        missing=tuple(one.text[start:end] for start, end in compress(one.places, lost)),
    )


def _matters(word: str) -> bool:
    """Whether a sentence without this word says something else; short ones are lost in good speech, too."""
    return len(word) >= _CONTENT_LETTERS or not word.isascii()


def matched(spoken: Sequence[str], heard: Sequence[str], *, latest: bool = False) -> tuple[bool, ...]:
    """For each word of ``spoken`` whether it is in ``heard``, in the alignment with the fewest differences.

    One word may be written as two or three on either side (“sour dough”).

    Args:
        spoken: Words as `words_of` gives them.
        heard: Likewise.
        latest: Of several such alignments one that finds the heard words late in ``spoken``, instead of early.
    """
    sign = -1 if latest else 1
    rows, columns = len(spoken), len(heard)
    cost = [[0] * (columns + 1) for _ in range(rows + 1)]
    step = [[(0, 0)] * (columns + 1) for _ in range(rows + 1)]
    for row in range(rows + 1):
        for column in range(columns + 1):
            if row or column:
                cost[row][column], step[row][column] = min(
                    _steps(spoken, heard, cost, row, column),
                    key=lambda found: (found[0], sign * found[1][0], sign * found[1][1]),
                )
    marks = [False] * rows
    row, column = rows, columns
    while row or column:
        down, along = step[row][column]
        same = down and along and cost[row][column] == cost[row - down][column - along]
        marks[row - down : row] = [bool(same)] * down
        row, column = row - down, column - along
    return tuple(marks)


def _steps(
    spoken: Sequence[str], heard: Sequence[str], cost: Sequence[Sequence[int]], row: int, column: int
) -> Iterator[tuple[int, tuple[int, int]]]:
    """(cost, (words of ``spoken``, words of ``heard``)) of every last step to this place."""
    if row:
        yield cost[row - 1][column] + 1, (1, 0)
    if column:
        yield cost[row][column - 1] + 1, (0, 1)
    if row and column:
        same = spoken[row - 1] == heard[column - 1]
        yield cost[row - 1][column - 1] + (not same), (1, 1)
        for many in (2, 3):
            if many <= row and "".join(spoken[row - many : row]) == heard[column - 1]:
                yield cost[row - many][column - 1], (many, 1)
            if many <= column and "".join(heard[column - many : column]) == spoken[row - 1]:
                yield cost[row - 1][column - many], (1, many)


def _fold(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in decomposed if c.isalnum())
