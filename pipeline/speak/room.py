"""Speaks one utterance: its parts each in its voice, joined into one speech."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline import plugins
from pipeline.contracts import Speech
from pipeline.errors import PipelineError, SpeakError, UsageError
from pipeline.model.script import Part
from pipeline.speak import estimate
from pipeline.text.words import has_words
from pipeline.units import rescale_samples, samples_from_ms

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from pipeline.model.clip import Word
    from pipeline.model.script import Utterance
    from pipeline.model.show import Voice

PART_GAP_MS = 90
"""Silence between two parts of an utterance: the voices change without running into each other."""


def say(utterance: Utterance, voices: Mapping[str, Voice]) -> tuple[Speech, str]:
    """What is heard for ``utterance``, with all its words timed, and how they were timed.

    Args:
        utterance: Its rate multiplies each voice's; a part without a pronounceable word is left out.
        voices: By the names that the utterance and its parts use; ``""`` is the narrator.

    Returns:
        The speech, at the sample rate of the first part, and ``"engine"`` or ``"estimated"``.

    Raises:
        SpeakError: The voice failed; ``utterances`` holds the id, the message the words.
        UsageError: There is no such voice or engine.
    """
    import numpy as np

    parts = utterance.parts or (Part(text=utterance.spoken, voice=utterance.voice),)
    pieces: list[NDArray[np.float32]] = []
    heard: list[Word] = []
    rate_hz = length = read = 0
    for part in parts:
        text = part.text.strip()
        if not has_words(text):
            continue
        speech = _take(utterance, text, _voice(part, utterance, voices))
        rate_hz = rate_hz or speech.sample_rate_hz
        if pieces:
            pieces.append(np.zeros(samples_from_ms(PART_GAP_MS, rate_hz), np.float32))
            length += len(pieces[-1])
        speech = _at_rate(speech, rate_hz)
        at = utterance.spoken.find(text, read)
        if at >= 0:
            heard += estimate.shifted(speech.words, characters=at, samples=length)
            read = at + len(text)
        pieces.append(speech.samples)
        length += len(speech.samples)
    if not pieces:
        raise _failed(utterance, "there is no word to speak")
    told, timing = estimate.complete(utterance.spoken, heard, length)
    return Speech(samples=np.concatenate(pieces), sample_rate_hz=rate_hz, words=told), timing


def _voice(part: Part, utterance: Utterance, voices: Mapping[str, Voice]) -> Voice:
    """The part's voice at the utterance's rate, told to read the part's language."""
    voice = voices.get(part.voice)
    if voice is None:
        raise UsageError(f"no voice is called {part.voice!r}; there are: {', '.join(sorted(filter(None, voices)))}")
    return replace(
        voice,
        language=part.language or voice.language,
        rate_percent=round(voice.rate_percent * utterance.rate_percent / 100),
    )


def _take(utterance: Utterance, text: str, voice: Voice) -> Speech:
    """One call to the engine, and a look at what came back."""
    from pipeline.speak.check import fault

    engine = plugins.load("engines", voice.engine)
    try:
        speech: Speech = engine.speak(text, voice, take=utterance.take)
    except UsageError:
        raise
    except PipelineError as error:
        raise _failed(utterance, error.message) from error
    except Exception as error:
        # an engine may be anybody's: whatever it raises costs this utterance, not the run
        raise _failed(utterance, f"{voice.engine} stopped: {error or type(error).__name__}") from error
    wrong = fault(speech, text)
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
