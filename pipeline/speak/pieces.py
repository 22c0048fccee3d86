"""What an engine is called for: the parts of an utterance, those of one voice together.

A part goes to the voice that it names; one in another language, to a voice that speaks it. Who that is the hall knows
(`wanted` tells it what to look for). Parts that come to the same voice are one call, so that a pronunciation, or a
language that nobody speaks, does not cut a sentence into pieces.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline import plugins
from pipeline.errors import UsageError
from pipeline.model.script import Part
from pipeline.text.ipa import Sound
from pipeline.text.parts import line_language
from pipeline.text.words import has_words
from pipeline.units import samples_from_ms

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.model.clip import Word
    from pipeline.model.script import Utterance
    from pipeline.model.show import Voice

GAP_MS = 60
"""Silence between two pieces; with what trimming leaves of the voices' own, some 100 ms: they change without a halt."""

_CLOSING = re.compile(r"\s*([,.;:!?…)\]}”’»\"]+)(?=\s|$)")
_OPENING = ' \t“‘„«([{"'
_STOPS = frozenset(",.;:!?…")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A voice that an utterance uses.

    Attributes:
        key: What `pieces` looks it up by.
        name: Name of the voice; ``""`` is the narrator.
        language: BCP 47 tag that a voice is needed for in its place; ``""`` means the voice itself.
    """

    key: str
    name: str
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One call of an engine.

    Attributes:
        text: What it says, from ``spoken[start]`` on; stops may stand behind that the voice should hear.
        start: Place of the text in ``spoken``.
        voice: Who says it.
        key: What the voice is known by, for its level.
        changed: Whether this is another voice than the utterance's own.
        sounds: Places in ``text`` whose sounds are given; none for an engine that takes none.
    """

    text: str
    start: int
    voice: Voice
    key: str
    changed: bool = False
    sounds: tuple[Sound, ...] = ()


def wanted(utterance: Utterance) -> tuple[Wanted, ...]:
    """The voices that ``utterance`` uses, its own first."""
    own = Wanted(key=utterance.voice, name=utterance.voice)
    return tuple(dict.fromkeys((own, *(_wanted(utterance, part) for part in utterance.parts))))


def _wanted(utterance: Utterance, part: Part) -> Wanted:
    name = part.voice or utterance.voice
    chosen = part.voice or (utterance.voice and part.language == line_language(utterance.parts))
    if chosen or not part.language:
        return Wanted(key=name, name=name)
    return Wanted(key=f"{name} {part.language}", name=name, language=part.language)  # no voice's name has a blank


def pieces(utterance: Utterance, voices: Mapping[str, Voice]) -> tuple[Piece, ...]:
    """The calls that make ``utterance``, in order; what holds no pronounceable word is left out.

    Args:
        utterance: What to say.
        voices: By the keys of `wanted`; where there is none for a language, the utterance's voice reads it.

    Raises:
        UsageError: There is no such voice.
    """
    made: list[Piece] = []
    place = 0
    for part in utterance.parts or (Part(text=utterance.spoken),):
        key, voice = _voice(utterance, part, voices)
        if made and made[-1].voice == voice:
            made[-1] = replace(made[-1], text=made[-1].text + part.text)
        else:
            changed = voice != voices[utterance.voice]
            made.append(Piece(text=part.text, start=place, voice=voice, key=key, changed=changed))
        if part.ipa and _takes_sounds(voice):
            words = part.text.strip()
            start = place + part.text.find(words)
            sound = Sound(start=start, end=start + len(words), ipa=part.ipa)
            made[-1] = replace(made[-1], sounds=(*made[-1].sounds, sound))
        place += len(part.text)
    if len(made) == 1:
        return tuple(_bare(one) for one in made if has_words(one.text))
    return tuple(_bare(one) for one in _punctuated(made))


def part(piece: Piece, start: int, end: int) -> Piece:
    """``piece.text[start:end]`` as a piece of its own."""
    sounds = (
        Sound(start=one.start - start, end=one.end - start, ipa=one.ipa)
        for one in piece.sounds
        if start <= one.start < end
    )
    return _bare(replace(piece, text=piece.text[start:end], start=piece.start + start, sounds=tuple(sounds)))


def joints(found: Sequence[Piece], words: Sequence[Word], sample_rate_hz: int) -> tuple[int, ...]:
    """The sample in the silence in front of each piece but the first.

    Args:
        found: The pieces of an utterance.
        words: Its words with their times, as `say` tells them: each piece begins with its first word.
        sample_rate_hz: Of the times.
    """
    half = samples_from_ms(GAP_MS, sample_rate_hz) // 2
    starts = (next(word.start_sample for word in words if word.start >= piece.start) for piece in found[1:])
    return tuple(start - half for start in starts)


def _voice(utterance: Utterance, part: Part, voices: Mapping[str, Voice]) -> tuple[str, Voice]:
    want = _wanted(utterance, part)
    if want.key in voices and want.language:
        return want.key, voices[want.key]
    voice = voices.get(want.name)
    if voice is None:
        raise UsageError(f"no voice is called {want.name!r}; there are: {', '.join(sorted(filter(None, voices)))}")
    return want.name, replace(voice, language=part.language or voice.language)


def _takes_sounds(voice: Voice) -> bool:
    return getattr(plugins.load("engines", voice.engine), "SOUNDS", "") == "ipa"


def _punctuated(made: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces that have words, each with the stops that stand behind it in the next one, so that it is said so."""
    last: Piece | None = None
    for given in made:
        piece = given
        closing = _CLOSING.match(piece.text)
        if closing and last:
            last = replace(last, text=last.text.rstrip() + "".join(c for c in closing[1] if c in _STOPS))
            piece = replace(piece, text=piece.text[closing.end() :], start=piece.start + closing.end())
        if not has_words(piece.text):
            continue
        if last:
            yield last
        last = replace(piece, text=piece.text.rstrip(_OPENING))
    if last:
        yield last


def _bare(piece: Piece) -> Piece:
    """The piece without blanks at its ends, its sounds in its own offsets."""
    text = piece.text.strip()
    start = piece.start + len(piece.text) - len(piece.text.lstrip())
    sounds = (Sound(start=one.start - start, end=one.end - start, ipa=one.ipa) for one in piece.sounds)
    return replace(piece, text=text, start=start, sounds=tuple(sounds))
