"""Which phonemes of a sentence are which words, for an engine that times phonemes but knows no words."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_STRESS = frozenset("ˈˌ")
_SOUNDLESS = _STRESS | frozenset("ːˑ.,;:!?¡¿—…\"'()[]“”«»- ")


def word_phonemes(said: Sequence[str], alone: Sequence[str]) -> tuple[tuple[int, int] | None, ...]:
    """For each word the first of its phonemes in a sentence and the one after its last; None where it is not clear.

    A word may sound otherwise in a sentence than alone (the, a), and words may be joined without a blank (of the). So
    equal sounds are anchors, and the blanks between two anchors are the borders of the words there.

    Args:
        said: Phonemes of the sentence, with blanks between words.
        alone: Each word's phonemes when it is said by itself, in the order of the words.
    """
    begins: dict[int, int] = {}
    ends: dict[int, int] = {}
    for (before, _, last), (after, first, _) in pairwise(_anchors(said, alone)):
        borders = _borders(said, last, first, neighbours=after == before + 1)
        ends[before], begins[after] = borders[0], borders[-1]
        if len(borders) == after - before:
            for n, border in enumerate(borders, before):
                ends[n] = begins[n + 1] = border
    return tuple(_sounding(said, begins.get(n, 0), ends.get(n, 0)) for n in range(len(alone)))


def _sounding(said: Sequence[str], begin: int, end: int) -> tuple[int, int] | None:
    """``said[begin:end]`` without the blanks in front; None where no sound is in it."""
    while begin < end and said[begin] == " ":
        begin += 1
    return (begin, end) if any(one not in _SOUNDLESS for one in said[begin:end]) else None


def _anchors(said: Sequence[str], alone: Sequence[str]) -> list[tuple[int, int, int]]:
    """(word, place of its first and of its last sound that is sure), and one anchor outside each end."""
    mine = [(sound, n) for n, word in enumerate(alone) for sound in word if sound not in _SOUNDLESS]
    theirs = [(sound, n) for n, sound in enumerate(said) if sound not in _SOUNDLESS]
    matcher = SequenceMatcher(None, [sound for sound, _ in mine], [sound for sound, _ in theirs], autojunk=False)
    places: dict[int, list[int]] = {}
    for run in matcher.get_matching_blocks():
        for k in range(run.size):
            places.setdefault(mine[run.a + k][1], []).append(theirs[run.b + k][1])
    inner = [(n, found[0], found[-1]) for n, found in sorted(places.items())]
    return [(-1, -1, -1), *inner, (len(alone), len(said), len(said))]


def _borders(said: Sequence[str], last: int, first: int, *, neighbours: bool) -> list[int]:
    """Places between ``last`` and ``first``, at least one, where a word may end and the next begin."""
    outside = [place for place, is_end in ((0, last < 0), (len(said), first == len(said))) if is_end]
    if outside and neighbours:
        return outside
    blanks = [n for n in range(max(last, 0) + 1, first) if said[n] == " " and said[n - 1] != " "]
    if outside:
        return sorted({*blanks, *outside})
    if blanks:
        return blanks
    while said[first - 1] in _STRESS:
        first -= 1
    return [first]
