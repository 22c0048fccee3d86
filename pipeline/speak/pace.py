"""How long a text takes to say: the pace of a voice, learned from its calibration, and what is plausible for it.

The model is a sum of syllables. A word counts the mean of its syllables and a third of its letters (an English
syllable has three), because *strengths* takes longer than *idea*; that halves the variance of plain syllables. A
pause inside the text counts some syllables too. Figures and how they were found: docs/decisions/0018.
"""

from __future__ import annotations

import re
import statistics
import unicodedata
from typing import TYPE_CHECKING

from pipeline.text.words import syllables, words

if TYPE_CHECKING:
    from collections.abc import Sequence

_LETTERS_PER_SYLLABLE = 3.0
_ENDS = 0.7
"""What a text takes beside its words, in syllables: its first onset, its last word drawn out."""
_COMMA = re.compile(r"[,;:](?=\s)|\s[–—-](?=\s)|\w—(?=\w)|[،؛、，；：]")
_COMMA_SYLLABLES = 2.0
_STOP = re.compile(r"[.?!…][\"'”’»)\]]*(?=\s+\S)|[。？！؟]")
_STOP_SYLLABLES = 3.0

_LEAST_SHARE = 0.72
_LEAST_PAUSES = 0.6
_LEAST_SPARE = 0.9
"""The shortest take of n syllables and p for pauses lasts as 0.72 (n + 0.6 p) − 0.9 of them."""
_MOST_SHARE = 1.5
_MOST_SPARE = 3.0
"""The longest lasts as 1.5 (n + p) + 3."""
_MOST_FOR_LETTER = 4.0
"""Syllables that a letter may have whose reading nobody knows: one of an acronym, of a script unknown to the voice."""
_MOST_FOR_SPELLED = 4.0
"""What a word without a vowel may take more: *why* in the mouth of a Spanish voice is spelled, as is a lone w."""
_MOST_FOR_ACCENT = 1.0
"""What a letter with an accent may take more, on the average: some voices read one that their language has not by its
name."""
_MOST_FOR_SIGN = 8.0
"""The same of a digit (French *quatre-vingt-dix-sept* has five for two) or of a sign, which may be read by its name."""
_SPELLED = re.compile(r"[bcdfghjklmnpqrstvwxyz]{2,}|[wy]", re.IGNORECASE)
_READ = frozenset(("Sm", "Sc", "Sk", "So", "Nd", "Nl", "No"))
"""Unicode categories of what may be read by name."""
_NAMED = frozenset("#%&*@\\/_§¶†‡")
"""Punctuation that may be."""

_SHORTEST_S = 0.03
"""A syllable of the quickest voice there is."""
_LONGEST_S = 1.2
"""A syllable of the slowest, pauses included."""
_SPARE_S = 2.0
"""What a short line of an unknown voice may take besides: a breath, a digit that turned out to be long."""


def measure(pairs: Sequence[tuple[str, float]]) -> float:
    """The pace of a voice in syllables per second, to two decimals; 0.0 (unknown) where nothing can be told.

    The median of the sentences, so that one bad take among them does not count.

    Args:
        pairs: Text and seconds of takes of the voice.
    """
    paces = [_load(text)[0] / seconds for text, seconds in pairs if seconds > 0]
    return round(statistics.median(paces), 2) if paces else 0.0


def at_rate(syllables_per_s: float, rate_percent: int) -> float:
    """The pace at ``rate_percent`` of a voice whose pace at 100 % is given; unknown (0.0) stays unknown.

    Engines keep to it within 2 % (espeak) to 12 % (hibari at 200 %).
    """
    return syllables_per_s * rate_percent / 100


def expected_s(text: str, syllables_per_s: float) -> float:
    """Seconds that ``text`` probably takes a voice of this pace, which is more than 0."""
    return _load(text)[0] / syllables_per_s


def plausible_s(text: str, syllables_per_s: float = 0.0) -> tuple[float, float]:
    """The shortest and the longest that a true reading of ``text`` may last, in seconds.

    Args:
        text: As spoken.
        syllables_per_s: The voice's pace; 0.0 where it is not known: then any human pace will do.
    """
    likely, sure, unsure = _load(text)
    if not syllables_per_s > 0:
        return _SHORTEST_S * sure, _SPARE_S + _LONGEST_S * (likely + unsure)
    least = max(_LEAST_SHARE * sure - _LEAST_SPARE, 0.0)
    return least / syllables_per_s, (_MOST_SHARE * likely + _MOST_SPARE + unsure) / syllables_per_s


def _load(text: str) -> tuple[float, float, float]:
    """Syllables of ``text``, pauses included: how many are likely, how many of them sure, how many may come on top."""
    spans = words(text)
    if not spans:
        return _ENDS, 0.0, _MOST_FOR_SIGN * len(text)
    likely = sure = unsure = 0.0
    for start, end in spans:
        word = text[start:end]
        count = float(syllables(word))
        if _plain(word):
            count = (count + sum(map(str.isalpha, word)) / _LETTERS_PER_SYLLABLE) / 2
            sure += count
            unsure += _MOST_FOR_SPELLED if _SPELLED.fullmatch(word) else 0.0
            unsure += _MOST_FOR_ACCENT * sum(one.isalpha() and not one.isascii() for one in word)
        else:
            unsure += sum(_MOST_FOR_LETTER for one in word if one.isalpha())
        likely += count
    unsure += _MOST_FOR_SIGN * sum(1 for one in text if one in _NAMED or unicodedata.category(one) in _READ)
    inside = text[spans[0][0] : spans[-1][1]]
    pauses = _COMMA_SYLLABLES * len(_COMMA.findall(inside)) + _STOP_SYLLABLES * len(_STOP.findall(inside))
    return likely + pauses + _ENDS, sure + _LEAST_PAUSES * pauses + _ENDS, unsure


def _plain(word: str) -> bool:
    """Whether every voice of an alphabet reads ``word`` by its letters: Latin ones, and not capitals alone."""
    letters = [one for one in word if one not in "'’-‐‑"]
    latin = all(one.isascii() or unicodedata.name(one, "").startswith("LATIN ") for one in letters)
    return latin and all(map(str.isalpha, letters)) and not (len(letters) > 1 and word.isupper())
