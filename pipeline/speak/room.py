"""Speaks one utterance: its parts each in its voice, joined into one speech."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline import plugins
from pipeline.contracts import Speech
from pipeline.errors import PipelineError, SpeakError, UsageError
from pipeline.speak import estimate
from pipeline.speak.clauses import halves
from pipeline.speak.pace import at_rate
from pipeline.speak.pieces import GAP_MS, part, pieces
from pipeline.units import rescale_samples, samples_from_ms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from pipeline.model.clip import Word
    from pipeline.model.script import Utterance
    from pipeline.model.show import Voice
    from pipeline.speak.manner import Manner
    from pipeline.speak.pieces import Piece


def say(
    utterance: Utterance,
    voices: Mapping[str, Voice],
    *,
    manners: Mapping[str, Manner] | None = None,
    split: bool = False,
) -> tuple[Speech, str]:
    """What is heard for ``utterance``, with all its words timed, and how they were timed.

    Args:
        utterance: Its rate multiplies each voice's; a part without a pronounceable word is left out.
        voices: By the keys of `pieces.wanted`; ``""`` is the narrator.
        manners: How the voices speak, by the same keys, where it is known: takes are held against it.
        split: Whether sentences are cut at a clause, for a voice that fails on the whole.

    Returns:
        The speech, at the highest sample rate of its pieces, and ``"engine"`` or ``"estimated"``.

    Raises:
        SpeakError: The voice failed; ``utterances`` holds the id, the message the words.
        UsageError: There is no such voice or engine.
    """
    import numpy as np

    found = pieces(utterance, voices)
    if not found:
        raise _failed(utterance, "there is no word to speak")
    if split:
        found = _clauses(utterance, found)
    known = manners or {}
    takes = [_take(utterance, piece, known.get(piece.key)) for piece in found]
    if len(takes) == 1:
        (speech,), (piece,) = takes, found
        words = estimate.shifted(speech.words, characters=piece.start, samples=0)
        told, timing = estimate.complete(utterance.spoken, words, len(speech.samples))
        return replace(speech, words=told), timing
    rate_hz = max(speech.sample_rate_hz for speech in takes)
    gap = np.zeros(samples_from_ms(GAP_MS, rate_hz), np.float32)
    heard: list[NDArray[np.float32]] = []
    words_heard: list[Word] = []
    timings: set[str] = set()
    length = 0
    for piece, speech in zip(found, takes, strict=True):
        if heard:
            heard.append(gap)
            length += len(gap)
        samples, words = _joinable(_at_rate(speech, rate_hz))
        told, timing = estimate.complete(piece.text, words, len(samples))
        # a piece begins with its first word: that is how its place in the clip is known (`pieces.joints`)
        told = (replace(told[0], start_sample=0), *told[1:])
        words_heard += estimate.shifted(told, characters=piece.start, samples=length)
        timings.add(timing)
        heard.append(samples)
        length += len(samples)
    speech = Speech(samples=np.concatenate(heard), sample_rate_hz=rate_hz, words=tuple(words_heard))
    return speech, "engine" if timings == {"engine"} else "estimated"


def _joinable(speech: Speech) -> tuple[NDArray[np.float32], tuple[Word, ...]]:
    """A take without the silence around it, so that all joints are equally long."""
    from pipeline.audio.trim import trimmed

    return trimmed(speech.samples, speech.sample_rate_hz, speech.words)


def _clauses(utterance: Utterance, found: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces, each in two clauses where it has two.

    Raises:
        SpeakError: None of them has.
    """
    made: list[Piece] = []
    for piece in found:
        # a sound that is given for a word must stay with it
        cuts = [at for at in halves(piece.text) if not any(one.start < at < one.end for one in piece.sounds)]
        made += [part(piece, start, end) for start, end in pairwise((0, *cuts, len(piece.text)))]
    if len(made) == len(found):
        raise _failed(utterance, "and it has no clauses that could be spoken apart")
    return tuple(made)


def _take(utterance: Utterance, piece: Piece, manner: Manner | None) -> Speech:
    """One call to the engine, and a look at what came back."""
    from pipeline.speak.check import fault

    voice = replace(piece.voice, rate_percent=round(piece.voice.rate_percent * utterance.rate_percent / 100))
    engine = plugins.load("engines", voice.engine)
    sounds = {"sounds": piece.sounds} if piece.sounds else {}
    try:
        speech: Speech = engine.speak(piece.text, voice, take=utterance.take, **sounds)
    except UsageError:
        raise
    except PipelineError as error:
        raise _failed(utterance, error.message) from error
    except Exception as error:
        # an engine may be anybody's: whatever it raises costs this utterance, not the run
        raise _failed(utterance, f"{voice.engine} stopped: {error or type(error).__name__}") from error
    wrong = fault(
        speech,
        piece.text,
        syllables_per_s=at_rate(manner.syllables_per_s, voice.rate_percent) if manner else 0.0,
        sample_rate_hz=manner.sample_rate_hz if manner else 0,
    )
    if wrong:
        raise _failed(utterance, f"{voice.engine} gave no good take of it: {wrong}")
    return speech


def _failed(utterance: Utterance, reason: str) -> SpeakError:
    words = utterance.spoken if len(utterance.spoken) <= 80 else f"{utterance.spoken[:79]}…"
    return SpeakError(f"“{words}” could not be spoken: {reason}", utterances=(utterance.id,))


def _at_rate(speech: Speech, rate_hz: int) -> Speech:
    if speech.sample_rate_hz == rate_hz:
        return speech
    import numpy as np

    from pipeline.audio.resample import resample

    samples = resample(speech.samples, speech.sample_rate_hz, rate_hz)

    def place(sample: int) -> int:
        return min(rescale_samples(sample, speech.sample_rate_hz, rate_hz), len(samples))

    words = tuple(
        replace(word, start_sample=place(word.start_sample), end_sample=place(word.end_sample)) for word in speech.words
    )
    return Speech(samples=np.clip(samples, -1.0, 1.0), sample_rate_hz=rate_hz, words=words)
