"""Loudness and true peak of one channel (ITU-R BS.1770-4), from energies that are kept per clip.

A clip is measured once, as the K-weighted energy of each 100 ms. Any order of clips and pauses has its integrated
loudness from those numbers alone, without touching a sample again.
"""

from __future__ import annotations

import math
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
SETTLE_MS = 100
"""After this time the impulse response of the K-weighting has fallen below 1e-9."""
BLOCKS_AT_ONCE = 9
"""Blocks that share a Fourier transform: with the `SETTLE_MS` before them a second, a length that transforms fast."""

OVERSAMPLING = 8
"""Four times at 48 kHz is what BS.1770 asks; speech stands at 24 kHz here, where four times reads 0.2 dB too low."""
HALF_TAPS = 16
"""Samples on either side that an oversampled value is made of."""


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


@lru_cache(maxsize=8)
def _response(sample_rate_hz: int, size: int) -> NDArray[np.complex64]:
    """Frequency response of the K-weighting at the bins of a real transform of ``size`` samples."""
    delay = np.exp(-2j * np.pi * np.arange(size // 2 + 1) / size)
    response = np.ones(len(delay), np.complex128)
    for b0, b1, b2, a1, a2 in k_weighting(sample_rate_hz):
        response *= (b0 + b1 * delay + b2 * delay**2) / (1 + a1 * delay + a2 * delay**2)
    return response.astype(np.complex64)


def energies(samples: NDArray[np.float32], sample_rate_hz: int) -> NDArray[np.float64]:
    """Mean square of the K-weighted sound in each 100 ms, the last of them filled up with silence.

    The filter is applied by fast convolution (overlap-save: each transform sees `SETTLE_MS` of what came before), so
    that nothing but numpy is needed.

    Args:
        samples: float32, shape (n,), full scale 1.
        sample_rate_hz: Their rate.

    Returns:
        float64, shape (ceil(n / 100 ms),).
    """
    block = samples_from_ms(BLOCK_MS, sample_rate_hz)
    settle = samples_from_ms(SETTLE_MS, sample_rate_hz)
    count = -(-len(samples) // block)
    if not count:
        return np.zeros(0)
    step = BLOCKS_AT_ONCE * block
    rows = -(-count // BLOCKS_AT_ONCE)
    padded = np.zeros(settle + rows * step, np.float32)
    padded[settle : settle + len(samples)] = samples
    views = np.lib.stride_tricks.sliding_window_view(padded, settle + step)[::step]
    spectra = np.fft.rfft(views)
    spectra *= _response(sample_rate_hz, settle + step)
    weighted = np.fft.irfft(spectra, settle + step)[:, settle:].reshape(-1, block)[:count]
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
    """Weights of the samples around a gap for each of the values in it, float32, shape (2 · HALF_TAPS, 3)."""
    offsets = np.arange(1 - HALF_TAPS, HALF_TAPS + 1)[:, None] - np.arange(1, OVERSAMPLING) / OVERSAMPLING
    window = np.i0(8.0 * np.sqrt(1 - (offsets / HALF_TAPS) ** 2)) / np.i0(8.0)  # Kaiser
    return (np.sinc(offsets) * window).astype(np.float32)


def true_peak(samples: NDArray[np.float32]) -> float:
    """Largest magnitude of the sound between the samples too, linear, as eight times oversampling shows it.

    Only gaps beside a sample of at least half the sample peak are looked into: a wave must be all but at half the
    sample rate to rise to twice the samples beside it.

    Args:
        samples: float32, shape (n,), any rate.
    """
    magnitude = np.abs(samples)
    peak = float(magnitude.max(initial=0.0))
    if peak == 0.0:
        return 0.0
    loud = np.flatnonzero(magnitude >= peak / 2)
    gaps = np.unique(np.concatenate((loud, loud + 1)))  # gap i lies in front of sample i
    around = np.lib.stride_tricks.sliding_window_view(np.pad(samples, HALF_TAPS), 2 * HALF_TAPS)
    return max(peak, float(np.abs(around[gaps] @ _interpolators()).max()))
