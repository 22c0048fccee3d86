"""Is this the sound of these words? Catches what engines do when they fail without saying so.

A clip that passes enters the store and is heard; one that does not is spoken again. So the bounds are such that no
true speech is refused, and most of what is lost is found: docs/decisions/0018 has the figures.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from pipeline.speak.pace import plausible_s
from pipeline.text.words import words
from pipeline.units import amplitude_from_db, samples_from_ms

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pipeline.contracts import Speech

_LOWEST_RATE_HZ = 8_000
_SILENT_DB = -50.0
"""Peak under which a take is silence."""
_CLIPPED_SHARE = 0.05
"""Share of samples at full scale from which speech is not to be understood."""

_WINDOW_MS = 5
_QUIET_DB = -36.0
"""A window is a pause when its RMS is this far under the loudest one's."""
_PAUSE_SYLLABLES = 8.0
"""The longest pause inside a take, in syllables of the voice; true ones have up to 5.1, between two sentences."""
_PAUSE_S = 1.9
"""The longest of any voice: at half its speed espeak makes 0.9 s, hibari 1.5 s."""

_EDGE_MS = 2
_EDGE_DB = -19.0
"""Peak of the last `_EDGE_MS`, under the take's own peak, from which it ends in the middle of sound. What a voice ends
by itself is 45 dB down or more; the test voice's tones, which fade out in 12 ms, 22."""

_LOST_WORDS = 3
"""From so many words on that have no time between two that have one, they are looked for; a voice may bind *of the*."""
_LOST_SHARE = 0.5
"""Share of the least plausible time that they must have."""
_AFTER_SYLLABLES = 3.0
_AFTER_S = 1.2
"""What may follow the last word's end, by its own time: in syllables (true takes have up to 0.7), and of any voice."""


def fault(speech: Speech, text: str, *, syllables_per_s: float = 0.0, sample_rate_hz: int = 0) -> str | None:
    """What is wrong with ``speech`` as a reading of ``text``, as the end of a sentence about it; None if nothing.

    Args:
        speech: As the engine gave it.
        text: What it was asked for.
        syllables_per_s: The pace of the voice at the rate at which it spoke (`pace.measure`); 0.0 where it is not
            known, then the bounds allow any voice.
        sample_rate_hz: What the voice's sound comes at; 0 where it is not known.
    """
    samples = speech.samples
    if samples.ndim != 1 or samples.dtype != np.float32 or speech.sample_rate_hz < _LOWEST_RATE_HZ:
        return "it is not mono float32 sound of at least 8 kHz"
    if sample_rate_hz not in {0, speech.sample_rate_hz}:
        return f"it comes at {speech.sample_rate_hz} Hz, and the voice was measured at {sample_rate_hz} Hz"
    return _unsound(samples) or _misfit(speech, text, syllables_per_s)


def _unsound(samples: NDArray[np.float32]) -> str | None:
    """What is wrong with the sound, whatever it says."""
    if not len(samples):
        return "it is empty"
    if not np.isfinite(samples).all():
        return "it holds numbers that are no sound"
    level = np.abs(samples)
    if level.max() > 1:
        return "it is louder than full scale"
    if level.max() < amplitude_from_db(_SILENT_DB):
        return "it is silent"
    if np.count_nonzero(level > 0.999) > _CLIPPED_SHARE * len(samples):
        return "it is clipped to nothing but noise"
    return None


def _misfit(speech: Speech, text: str, syllables_per_s: float) -> str | None:
    """What does not fit the text."""
    rate_hz, samples = speech.sample_rate_hz, speech.samples
    duration_s = len(samples) / rate_hz
    least_s, most_s = plausible_s(text, syllables_per_s)
    if duration_s < least_s:
        return f"it lasts {duration_s:.1f} s, too short for its words"
    if duration_s > most_s:
        return f"it lasts {duration_s:.1f} s, too long for its words"
    pause_s = _longest_pause(samples, rate_hz) / rate_hz
    if pause_s > _at_most_s(_PAUSE_SYLLABLES, _PAUSE_S, syllables_per_s):
        return f"it is silent for {pause_s:.1f} s in the middle"
    edge = np.abs(samples[-samples_from_ms(_EDGE_MS, rate_hz) :]).max()
    if edge > amplitude_from_db(_EDGE_DB) * np.abs(samples).max():
        return "it ends in the middle of a sound"
    return _mistimed(speech, text, syllables_per_s)


def _at_most_s(count: float, any_voice_s: float, syllables_per_s: float) -> float:
    """What ``count`` syllables of the voice last, at most what any voice may take, which is all where it is unknown."""
    return min(any_voice_s, count / syllables_per_s) if syllables_per_s > 0 else any_voice_s


def _longest_pause(samples: NDArray[np.float32], rate_hz: int) -> int:
    """Samples of the longest silence between two sounds."""
    window = samples_from_ms(_WINDOW_MS, rate_hz)
    whole = len(samples) // window * window
    power = np.mean(np.square(samples[:whole].reshape(-1, window)), axis=1)
    loud = np.flatnonzero(power > power.max(initial=0.0) * amplitude_from_db(_QUIET_DB) ** 2)
    return int(np.diff(loud).max(initial=1) - 1) * window


def _mistimed(speech: Speech, text: str, syllables_per_s: float) -> str | None:
    """What the engine's own word times give away; nothing where it has none."""
    length, heard = len(speech.samples), speech.words
    place = 0
    for word in heard:
        if not place <= word.start_sample <= word.end_sample <= length:
            return "its word times are out of order"
        place = word.end_sample
    if not heard:
        return None
    spans = words(text)
    told = [next((one for one in heard if start < one.end and one.start < end), None) for start, end in spans]
    after_s = (length - place) / speech.sample_rate_hz
    if told and told[-1] and after_s > _at_most_s(_AFTER_SYLLABLES, _AFTER_S, syllables_per_s):
        return f"it goes on for {after_s:.1f} s after its last word"
    # a word before the lost ones may reach over their time, so it is counted with them
    begins, first = 0, 0
    for is_told, group in groupby(range(len(spans)), lambda n: told[n] is not None):
        run = list(group)
        if is_told:
            last = told[run[-1]]
            assert last is not None
            begins, first = last.start_sample, run[-1]
            continue
        following = told[run[-1] + 1] if run[-1] + 1 < len(spans) else None
        ends = following.start_sample if following else length
        missing = text[spans[first][0] : spans[run[-1]][1]]
        least_s = _LOST_SHARE * plausible_s(missing, syllables_per_s)[0]
        if len(run) >= _LOST_WORDS and (ends - begins) / speech.sample_rate_hz < least_s:
            return f"“{text[spans[run[0]][0] : spans[run[-1]][1]]}” was left out"
    return None
