"""What a lexicon says of a sentence: claims in front of all rules, and sounds for engines that take them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.contracts import Claim
from pipeline.model.script import Part
from pipeline.text.ipa import Sound
from pipeline.text.leftovers import worded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pipeline.model.script import SpanMap
    from pipeline.text.lexicon_match import Matcher

NAME = "lexicon"
"""What its claims are called where rules are named."""

_STOPS = ".!?…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """A claim of the lexicon, and its sounds in IPA; ``""`` where it has none."""

    claim: Claim
    ipa: str


def rulings(matcher: Matcher, sentence: str, *, language: str, usual: Callable[[str], str]) -> tuple[Ruling, ...]:
    """What the lexicon says of ``sentence``, in order.

    Args:
        matcher: The lexicon.
        sentence: As written, on one line.
        language: BCP 47 tag of the sentence.
        usual: How the rules say a word that has sounds and no alias.
    """
    found = []
    for one in matcher.find(sentence, language=language):
        written, entry = sentence[one.start : one.end], one.entry
        if entry.spell:
            spoken = _letters(written, language)
        else:
            begins = not any(character.isalnum() for character in sentence[: one.start])
            known = () if begins else entry.graphemes
            spoken = _cased(entry.alias, written, known) if entry.alias else usual(written) or written
        found.append(Ruling(claim=Claim(start=one.start, end=one.end, spoken=spoken), ipa=entry.ipa))
    return tuple(found)


def sounds(won: Sequence[Claim], known: Sequence[Ruling], spoken: str, spans: Sequence[SpanMap]) -> tuple[Sound, ...]:
    """Where in ``spoken`` the sounds of the lexicon are heard.

    Args:
        won: The lexicon's claims that no other was in front of.
        known: What the lexicon says.
        spoken: What is said for the sentence.
        spans: How the sentence maps to it.
    """
    heard = {(one.claim.start, one.claim.end): one.ipa for one in known if one.ipa}
    places = {(claim.start, claim.end) for claim in won}
    return tuple(
        Sound(start=span.spoken_start, end=end, ipa=heard[span.start, span.end])
        for span in spans
        if (span.start, span.end) in heard and (span.start, span.end) in places
        # the sentence's stop, which a claim at its end says too, has no sound
        if (end := span.spoken_start + len(spoken[span.spoken_start : span.spoken_end].rstrip(_STOPS)))
        > span.spoken_start
    )


def pronounced(spoken: str, heard: Sequence[Sound], *, language: str = "") -> Iterator[Part]:
    """``spoken`` as parts in ``language``, each sound a part of its own."""
    place = 0
    for sound in heard:
        yield Part(text=spoken[place : sound.start], language=language)
        yield Part(text=spoken[sound.start : sound.end], language=language, ipa=sound.ipa)
        place = sound.end
    yield Part(text=spoken[place:], language=language)


def _letters(written: str, language: str) -> str:
    """Letter by letter, figures in words."""
    letters = [character.upper() for character in written if character.isalnum()]
    # "ß" has no capital of its own
    return " ".join(worded(one, language=language) if one.isdigit() else one for one in letters if len(one) == 1)


def _cased(alias: str, written: str, known: Sequence[str]) -> str:
    """The alias, with a capital where the sentence begins with one, or has one that the lexicon has not."""
    if written in known or not written[:1].isupper() or not alias[:1].islower():
        return alias
    return alias[:1].upper() + alias[1:]
