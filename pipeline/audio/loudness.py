"""Loudness and true peak of one channel (ITU-R BS.1770-4), from energies that are kept per clip.

A clip is measured once, as the K-weighted energy of each 100 ms. Any order of clips and pauses has its integrated
loudness from those numbers alone, without touching a sample again.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from pipeline.units import samples_from_ms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

BLOCK_MS = 100
"""Length of a block of `energies`: the step of BS.1770's gating blocks."""
GATING_BLOCKS = 4
"""A gating block is 400 ms: overlap of 75 %."""
ROW = 48
"""Samples that the K-weighting takes at once; the length with which it is fastest."""
ROWS = 64
"""Rows in a matrix: so small a product no library of linear algebra spreads over threads, where it would cost more."""
FORGOTTEN = 1e-12
"""What is left of a filter's state under this is nothing."""

OVERSAMPLING = 8
"""Four times at 48 kHz is what BS.1770 asks; speech stands at 24 kHz here, where four times reads 0.2 dB too low."""
HALF_TAPS = 16
"""Samples on either side that an oversampled value is made of."""
WITHIN_A_QUARTER = 0.7
"""A quarter of a sample from its highest point a wave is at least cos(π/4) as high."""


def k_weighting(sample_rate_hz: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The two filters of BS.1770-4 for any sample rate, each as b0, b1, b2, a1, a2 with a0 = 1.

    The standard's Annex 1 gives numbers for 48 kHz only. The analogue filters behind them — a shelf of +4 dB above
    1.68 kHz and a high-pass at 38 Hz — and their bilinear transform are those of B. De Man, "Evaluation of
    Implementations of the EBU R128 Loudness Measurement" (AES 145, 2018); at 48 kHz the standard's numbers come out.
    The high-pass has the 48 kHz filter's gain in the pass band at every rate (+0.04 dB, a trait of the standard).
    """
    warped = math.tan(math.pi * 1681.974450955533 / sample_rate_hz)
    quality = 0.7071752369554196
    high = 10 ** (3.999843853973347 / 20)
    band = high**0.4996667741545416
    a0 = 1 + warped / quality + warped**2
    shelf = (
        (high + band * warped / quality + warped**2) / a0,
        2 * (warped**2 - high) / a0,
        (high - band * warped / quality + warped**2) / a0,
        2 * (warped**2 - 1) / a0,
        (1 - warped / quality + warped**2) / a0,
    )
    a1, a2 = _high_pass(sample_rate_hz)
    r1, r2 = _high_pass(48_000)
    gain = (1 - a1 + a2) / (1 - r1 + r2)  # ratio of the gains at half the sample rate
    return shelf, (gain, -2 * gain, gain, a1, a2)


def _high_pass(sample_rate_hz: int) -> tuple[float, float]:
    warped = math.tan(math.pi * 38.13547087602444 / sample_rate_hz)
    quality = 0.5003270373238773
    a0 = 1 + warped / quality + warped**2
    return 2 * (warped**2 - 1) / a0, (1 - warped / quality + warped**2) / a0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """The K-weighting of `ROW` samples at once: two linear maps of (samples, state before), here of row vectors.

    Attributes:
        sound: float32, shape (ROW, ROW): samples → weighted samples.
        rest: float32, shape (4, ROW): state → weighted samples.
        change: float32, shape (ROW, 4): samples → state.
        decay: float64, shape (4, 4): state → state.
    """

    sound: NDArray[np.float32]
    rest: NDArray[np.float32]
    change: NDArray[np.float32]
    decay: NDArray[np.float64]


@lru_cache(maxsize=8)
def _rows(sample_rate_hz: int) -> _Rows:
    """The maps, found by letting the filters (transposed direct form II) run over each unit vector, side by side."""
    inputs = np.eye(ROW, ROW + 4)
    state = np.eye(4, ROW + 4, ROW)
    outputs = np.empty_like(inputs)
    for place, value in enumerate(inputs):
        for first, (b0, b1, b2, a1, a2) in zip((0, 2), k_weighting(sample_rate_hz), strict=True):
            out = b0 * value + state[first]
            state[first] = b1 * value - a1 * out + state[first + 1]
            state[first + 1] = b2 * value - a2 * out
            value = out
        outputs[place] = value
    sound, rest = np.split(outputs.T, [ROW])
    change, decay = np.split(state.T, [ROW])
    return _Rows(
        sound=np.ascontiguousarray(sound, np.float32),
        rest=np.ascontiguousarray(rest, np.float32),
        change=np.ascontiguousarray(change, np.float32),
        decay=decay.copy(),
    )


def _weighted(samples: NDArray[np.float32], sample_rate_hz: int) -> NDArray[np.float32]:
    """The K-weighted sound, some silence behind it.

    Not sample by sample, which numpy cannot do fast, but in rows of `ROW`. The state s before each row follows from
    the rows before it, s[r] = c[r−1] + c[r−2]·D + c[r−3]·D² + …, and that sum doubles its length with each round
    (W. D. Hillis and G. L. Steele, "Data parallel algorithms", 1986).
    """
    maps = _rows(sample_rate_hz)
    matrices = -(-len(samples) // (ROW * ROWS))
    sound = np.zeros((matrices, ROWS, ROW), np.float32)
    sound.reshape(-1)[: len(samples)] = samples
    states = np.zeros((matrices * ROWS, 4))
    states[1:] = (sound @ maps.change).reshape(-1, 4)[:-1]
    reach, decay = 1, maps.decay
    while reach < len(states) and np.abs(decay).max() > FORGOTTEN:
        states[reach:] += states[:-reach] @ decay
        reach, decay = 2 * reach, decay @ decay
    weighted: NDArray[np.float32] = sound @ maps.sound
    weighted += states.astype(np.float32).reshape(matrices, ROWS, 4) @ maps.rest
    return weighted.reshape(-1)


def energies(samples: NDArray[np.float32], sample_rate_hz: int) -> NDArray[np.float64]:
    """Mean square of the K-weighted sound in each 100 ms, the last of them filled up with silence.

    Args:
        samples: float32, shape (n,), full scale 1.
        sample_rate_hz: Their rate.

    Returns:
        float64, shape (ceil(n / 100 ms),).
    """
    block = samples_from_ms(BLOCK_MS, sample_rate_hz)
    count = -(-len(samples) // block)
    filled = np.zeros(count * block, np.float32)
    filled[: len(samples)] = samples
    weighted = _weighted(filled, sample_rate_hz)[: len(filled)].reshape(count, block)
    squares: NDArray[np.float64] = np.einsum("ij,ij->i", weighted, weighted).astype(np.float64)
    return squares / block


def integrated(energies: Sequence[float] | NDArray[np.float64]) -> float:
    """Integrated loudness in LUFS of blocks of 100 ms, gated at −70 LUFS and 10 LU below the rest.

    Args:
        energies: As `energies` gives them, those of several clips and of pauses (0.0) one after the other. Fewer
            than four blocks are measured as one gating block, though the standard gives them no loudness.

    Returns:
        LUFS; ``-inf`` where all is silence.
    """
    powers = np.asarray(energies, np.float64)
    if not len(powers):
        return -math.inf
    width = min(GATING_BLOCKS, len(powers))
    powers = np.lib.stride_tricks.sliding_window_view(powers, width).mean(axis=1)
    powers = powers[powers > _power(-70.0)]
    if not len(powers):
        return -math.inf
    powers = powers[powers > powers.mean() / 10]
    return -0.691 + 10 * math.log10(float(powers.mean()))


def _power(loudness_lufs: float) -> float:
    return float(10 ** ((loudness_lufs + 0.691) / 10))


@lru_cache(maxsize=1)
def _interpolators() -> NDArray[np.float32]:
    """Weights of the samples around a gap for each of the values in it, float32, shape (2 · HALF_TAPS, 7)."""
    offsets = np.arange(1 - HALF_TAPS, HALF_TAPS + 1)[:, None] - np.arange(1, OVERSAMPLING) / OVERSAMPLING
    window = np.i0(8.0 * np.sqrt(1 - (offsets / HALF_TAPS) ** 2)) / np.i0(8.0)  # Kaiser
    return (np.sinc(offsets) * window).astype(np.float32)


def true_peak(samples: NDArray[np.float32]) -> float:
    """Largest magnitude of the sound between the samples too, linear, as eight times oversampling shows it.

    Only gaps beside a sample of at least half the sample peak are looked into: a wave must be all but at half the
    sample rate to rise to twice the samples beside it. Of these first the middle: the highest point of a wave lies
    within a quarter of a sample from a sample or a middle, and what is band-limited falls there by cos(π/4) at most
    (R. J. Duffin and A. C. Schaeffer, 1938), so further places count only beside such.

    Args:
        samples: float32, shape (n,), any rate.
    """
    magnitude = np.abs(samples)
    peak = float(magnitude.max(initial=0.0))
    if peak == 0.0:
        return 0.0
    loud = np.zeros(len(samples) + 2, np.bool_)
    np.greater_equal(magnitude, peak / 2, out=loud[1:-1])
    gaps = np.flatnonzero(loud[1:] | loud[:-1])  # gap i lies in front of sample i
    around = np.lib.stride_tricks.sliding_window_view(np.pad(samples, HALF_TAPS), 2 * HALF_TAPS)[gaps]
    weights = _interpolators()
    # Neither product is one for a library of linear algebra, which would start threads for it.
    middles = np.abs(np.einsum("ij,j->i", around, weights[:, OVERSAMPLING // 2 - 1]))
    beside = around[:, HALF_TAPS - 1 : HALF_TAPS + 1]
    highest = np.maximum(middles, np.abs(beside).max(axis=1))
    around = around[highest >= highest.max() * np.float32(WITHIN_A_QUARTER)]
    return max(peak, float(np.abs(np.einsum("ij,jk->ik", around, weights)).max()))
