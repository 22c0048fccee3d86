"""Brings a clip to the level of the show, and finds the gain that does so for a voice."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from pipeline.audio.limiter import limit
from pipeline.audio.loudness import BLOCK_MS, energies, integrated
from pipeline.audio.pcm import fade_edges, float_from_int16, int16_from_float
from pipeline.audio.resample import resample
from pipeline.errors import SpeakError
from pipeline.units import amplitude_from_db

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from pipeline.model.show import AudioFormat

PAUSE_MS = 400
"""Silence reckoned behind each clip while a voice is calibrated: a usual mix of sentence and paragraph pauses."""
NEAR_LU = 0.003
"""Close enough to stop: under the 0.01 dB to which gains are rounded."""
MOST_LIMITING_DB = 24.0
"""No gain lifts a peak further than this over the ceiling: beyond, a limiter makes noise, not loudness."""
ROUNDS = 40


def level(
    samples: NDArray[np.float32], sample_rate_hz: int, *, to_hz: int, gain_db: float, ceiling_dbfs: float
) -> NDArray[np.int16]:
    """A clip as the show plays it: at the show's rate, made louder, limited, beginning and ending in silence.

    Args:
        samples: float32, shape (n,), as the voice gave them.
        sample_rate_hz: Their rate.
        to_hz: The show's rate.
        gain_db: The voice's gain.
        ceiling_dbfs: Largest sample magnitude allowed.

    Returns:
        int16, shape (``rescale_samples(n, sample_rate_hz, to_hz)``,).
    """
    louder = resample(samples, sample_rate_hz, to_hz) * np.float32(amplitude_from_db(gain_db))
    limited = limit(louder, ceiling=amplitude_from_db(ceiling_dbfs), sample_rate_hz=to_hz)
    fade_edges(limited, to_hz)  # ours: the gain has made a new array
    return int16_from_float(limited)


def calibrate(clips: Sequence[tuple[NDArray[np.float32], int]], *, audio: AudioFormat) -> float:
    """The gain in dB (two decimals) with which `level` brings a voice to ``audio.target_lufs``.

    The limiter takes away some of what a gain adds, so the gain is found by trying: each round adds what is still
    missing. A decibel of gain makes at most one of loudness, so the rounds close in from below. (Where a quiet
    passage just passes or fails BS.1770's gate, loudness jumps by some thousandths; then the nearest round counts.)

    Args:
        clips: Speech of the voice (float32, sample rate in Hz each), measured as if said one after the other.
        audio: Rate, target and ceiling of the show.

    Returns:
        A gain that brings them within 0.02 LU of the target; the largest sensible one where they cannot get there.

    Raises:
        SpeakError: The clips are silent.
    """
    rate = audio.sample_rate_hz
    resampled = [resample(samples, from_hz, rate) for samples, from_hz in clips]
    loudest = max((float(np.abs(samples).max(initial=0.0)) for samples in resampled), default=0.0)
    if loudest == 0.0:
        raise SpeakError("the voice cannot be levelled: all that it said is silence")

    def missing(gain_db: float) -> float:
        blocks = []
        for samples in resampled:
            pcm = level(samples, rate, to_hz=rate, gain_db=gain_db, ceiling_dbfs=audio.ceiling_dbfs)
            blocks += [energies(float_from_int16(pcm), rate), np.zeros(PAUSE_MS // BLOCK_MS)]
        return audio.target_lufs - integrated(np.concatenate(blocks))

    # The first try puts the peak at the ceiling, so that int16 does not round a whisper away.
    gain_db = audio.ceiling_dbfs - 20 * math.log10(loudest)
    most_db = gain_db + MOST_LIMITING_DB
    tried: dict[float, float] = {}
    while len(tried) < ROUNDS and gain_db not in tried:
        error = missing(gain_db)
        tried[gain_db] = abs(error)
        if tried[gain_db] <= NEAR_LU:
            break
        gain_db = min(gain_db + error, most_db)
    nearest_db: float = min(tried, key=lambda gain: tried[gain])
    return round(nearest_db, 2)
