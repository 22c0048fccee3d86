"""What narrating found out of single sentences, so that an edited article asks the rules for new sentences only.

How a sentence is said depends on nothing but its words, its marks, its language, the rules and the lexicon. Who keeps
a memo keeps one for each state of the last two. A memo may hold too little; what it holds wrongly shaped counts as not
known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.model.script import SpanMap
from pipeline.narrate.languages import Tongue, tongues
from pipeline.narrate.normalise import Normalised, normalise
from pipeline.text.ipa import Sound

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.contracts import Claim
    from pipeline.text.lexicon_match import Matcher

_SPAN = 4
"""Numbers that a `SpanMap` is kept as."""


class Memo:
    """Answers from memory, and remembers the answers that were wanted."""

    def __init__(self, known: Mapping[str, Any] | None = None, used: dict[str, Any] | None = None) -> None:
        """A memo.

        Args:
            known: What another one has put into ``used``.
            used: Takes the answers that are wanted now, by question, as plain data.
        """
        self._known = known or {}
        self._used = {} if used is None else used

    def normalise(
        self, sentence: str, *, language: str, given: Sequence[Claim] = (), lexicon: Matcher | None = None
    ) -> Normalised:
        """As `pipeline.narrate.normalise.normalise`, save that nobody is told which rule spoke."""
        marks = [[claim.start, claim.end, claim.spoken] for claim in given]
        question = f"{language}\n{marks or ''}\n{sentence}"
        try:
            spoken, numbers, heard = self._known[question]
            spans = [SpanMap(start=a, end=b, spoken_start=c, spoken_end=d) for a, b, c, d in _fours(numbers)]
            sounds = tuple(Sound(start=start, end=end, ipa=ipa) for start, end, ipa in heard)
            found = Normalised(spoken=f"{spoken}", spans=tuple(spans), claims=(), sounds=sounds)
        except (KeyError, TypeError, ValueError):
            found = normalise(sentence, language=language, given=given, lexicon=lexicon)
        if question in self._used:
            return found
        self._used[question] = [
            found.spoken,
            [number for span in found.spans for number in (span.start, span.end, span.spoken_start, span.spoken_end)],
            [[sound.start, sound.end, sound.ipa] for sound in found.sounds],
        ]
        return found

    def tongues(self, line: str, declared: Sequence[Tongue], *, narration: str, guess: bool) -> tuple[Tongue, ...]:
        """As `pipeline.narrate.languages.tongues`; what is declared, or not guessed, is told at once."""
        if declared or not guess:
            return tongues(line, declared, narration=narration, guess=guess)
        question = f"{narration}?\n{line}"
        try:
            found = tuple(
                Tongue(start=int(start), end=int(end), language=f"{language}")
                for start, end, language in self._known[question]
            )
        except (KeyError, TypeError, ValueError):
            found = tongues(line, declared, narration=narration, guess=guess)
        self._used[question] = [[one.start, one.end, one.language] for one in found]
        return found


def _fours(numbers: Sequence[int]) -> zip[tuple[int, int, int, int]]:
    each = iter([int(number) for number in numbers])
    return zip(*[each] * _SPAN, strict=True)
