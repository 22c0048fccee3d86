"""Where in a recording the speech is: engines put silence around what they say, and pauses are ours."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from pipeline.units import amplitude_from_db, samples_from_ms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from pipeline.model.clip import Word

WINDOW_MS = 5
SOFTEST_DB = 48.0
"""A window is sound when its RMS is at most this far under the loudest window's: under the softest f, above the
noise that neural voices leave in their silence."""
CLEAR_DB = 40.0
"""The same for sound between two words, where the one before may still be dying away."""
FLOOR = 1e-4
"""RMS (−80 dBFS) up to which all is silence, however soft the rest is."""
LEAD_MS = 15
TAIL_MS = 25
"""Kept around the sound, so that a soft onset or a dying end is not cut."""
ONSET_MS = 120
"""A word that begins up to this long after the sound behind a pause begins with that sound: networks put the
boundary 25–45 ms late."""
PAUSE_MS = 80
"""From here on it is a pause and not the closed lips of a p."""


def trimmed(
    samples: NDArray[np.float32], sample_rate_hz: int, words: Sequence[Word] = ()
) -> tuple[NDArray[np.float32], tuple[Word, ...]]:
    """The speech in ``samples`` without the silence around it, and its words, likewise.

    Args:
        samples: float32, shape (n,).
        sample_rate_hz: Their rate.
        words: With times in ``samples``, in order; a word may reach into the pause behind it.

    Returns:
        A copy of the speech (empty where all is silence), and the words with times in it: in order, not
        overlapping; beside a pause each begins and ends with its own sound.
    """
    window = samples_from_ms(WINDOW_MS, sample_rate_hz)
    rms = _rms(samples, window)
    loudest = float(rms.max(initial=0.0))
    loud = np.flatnonzero(rms > max(FLOOR, loudest * amplitude_from_db(-SOFTEST_DB)))
    if not len(loud):
        return np.zeros(0, np.float32), ()
    start = max(0, int(loud[0]) * window - samples_from_ms(LEAD_MS, sample_rate_hz))
    end = min(len(samples), (int(loud[-1]) + 1) * window + samples_from_ms(TAIL_MS, sample_rate_hz))
    clear = rms > max(FLOOR, loudest * amplitude_from_db(-CLEAR_DB))
    befores = ((-1, 0), *((word.start_sample, word.end_sample) for word in words))
    starts = [_onset(word.start_sample, before, clear, window) for word, before in zip(words, befores, strict=False)]
    fitted: list[Word] = []
    for word, begins, limit in zip(words, starts, (*starts[1:], end), strict=bool(words)):
        ends = min(word.end_sample, limit)
        inside = np.flatnonzero(clear[begins // window : -(-ends // window)])
        if len(inside):
            ends = min(ends, (begins // window + int(inside[-1]) + 1) * window)
        begins = min(max(begins, fitted[-1].end_sample + start if fitted else start), end)
        ends = min(max(begins, ends), end)
        fitted.append(replace(word, start_sample=begins - start, end_sample=ends - start))
    return samples[start:end].copy(), tuple(fitted)


def _onset(place: int, before: tuple[int, int], clear: NDArray[np.bool_], window: int) -> int:
    """Where the sound around ``place`` came out of a pause, if it did so just before; else ``place``.

    Args:
        place: Where the engine lets the word begin.
        before: Where it lets the word before begin and end; −1 where there is none.
        clear: For each window whether there is sound in it.
        window: Its samples.
    """
    here = place // window
    first = here
    while first > 0 and here - first < ONSET_MS // WINDOW_MS and clear[first - 1]:
        first -= 1
    if first == here or (first > 0 and clear[first - 1]):
        return place
    pause = PAUSE_MS // WINDOW_MS
    begun, ended = before[0] // window, before[1] // window
    if begun >= 0 and not clear[begun:first].any():
        return place  # the sound behind the pause is the word before's
    told = ended <= first and here - ended >= pause
    heard = not clear[max(0, first - pause) : first].any()
    return first * window if told or heard else place


def _rms(samples: NDArray[np.float32], window: int) -> NDArray[np.float32]:
    """RMS of each whole window of ``samples``."""
    whole = len(samples) // window * window
    return np.asarray(np.sqrt(np.mean(np.square(samples[:whole].reshape(-1, window)), axis=1)))
