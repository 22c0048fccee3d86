"""Where a clip is in decoded sound, by cross-correlation, and whether all of it is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

PIECE_S = 0.25
"""The clip is looked for as a whole, then piece by piece."""
QUIET = 10 ** (-48 / 20)
"""A piece whose mean is under this (linear, full scale 1) is a pause: there is nothing to find."""
GONE = 0.04
"""A piece with less of its power than this (−14 dB) is gone: no limiter takes so much."""
STRANGE = 0.5
"""So much less than the whole a piece may be like its clip: fricatives at low bit rates are."""
AS_GOOD = 0.97
"""Of several places nearly as good, as in a long vowel, the nearest counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Where a clip was found.

    Attributes:
        lag: Samples by which it is late.
        likeness: Correlation there, 1 for the same sound at any level.
        gone: (first sample, sample after the last) in the clip of what is not in the sound, or is something else.
    """

    lag: int
    likeness: float
    gone: tuple[tuple[int, int], ...]


def match(heard: NDArray[np.float32], clip: NDArray[np.float32], sample_rate_hz: int) -> Match | None:
    """Look for ``clip`` in ``heard``.

    Args:
        heard: float32, shape (n + 2 · reach,): the clip should begin at sample ``reach``.
        clip: float32, shape (n,), at any level.
        sample_rate_hz: Of both.

    Returns:
        The best place within ``reach``; None where the clip is silence.
    """
    reach = (len(heard) - len(clip)) // 2
    power = float(np.dot(clip, clip))
    if power == 0.0:
        return None
    size = _size(len(heard) + len(clip))
    spectrum = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(clip, size))
    products = np.fft.irfft(spectrum, size)[: 2 * reach + 1]
    sums = np.concatenate([[0.0], np.cumsum(np.square(heard, dtype=np.float64))])
    powers = np.maximum(sums[len(clip) :] - sums[: len(sums) - len(clip)], 0.0)[: 2 * reach + 1]
    with np.errstate(divide="ignore", invalid="ignore"):
        likeness = np.where(powers > 1e-9, products / np.sqrt(power * powers), 0.0)
    place = _nearest(likeness, reach)
    found = heard[place : place + len(clip)]
    gain = max(0.0, float(products[place]) / power)
    best = float(likeness[place])
    return Match(
        lag=place - reach,
        likeness=best,
        gone=tuple(_joined(_gone(found, clip, gain, best, round(PIECE_S * sample_rate_hz)))),
    )


def _nearest(likeness: NDArray[np.float64], middle: int) -> int:
    """The peak nearest to the middle that is as good as any."""
    most = float(likeness.max())
    padded = np.pad(likeness, 1, constant_values=-np.inf)
    tops = np.flatnonzero(
        (likeness >= padded[:-2]) & (likeness >= padded[2:]) & (likeness >= (AS_GOOD * most if most > 0 else most))
    )
    return int(tops[np.argmin(np.abs(tops - middle))])


def _gone(
    found: NDArray[np.float32], clip: NDArray[np.float32], gain: float, likeness: float, size: int
) -> Iterator[tuple[int, int]]:
    for start in range(0, max(1, len(clip) - size // 2), size):
        stop = len(clip) if start + size + size // 2 > len(clip) else start + size
        wanted, there = clip[start:stop], found[start:stop]
        due = gain**2 * float(np.dot(wanted, wanted))
        if due < QUIET**2 * len(wanted):
            continue
        power = float(np.dot(there, there))
        alike = float(np.dot(there, wanted)) * gain / np.sqrt(due * power) if power else 0.0
        if power < GONE * due or alike < likeness - STRANGE:
            yield start, stop


def _joined(spans: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans that touch as one."""
    held: tuple[int, int] | None = None
    for start, stop in spans:
        if held is not None and held[1] == start:
            held = (held[0], stop)
        else:
            if held is not None:
                yield held
            held = (start, stop)
    if held is not None:
        yield held


def _size(least: int) -> int:
    """A length that is quick to transform: a power of two, or three quarters of one."""
    size = 1 << (least - 1).bit_length()
    return size * 3 // 4 if size * 3 // 4 >= least else size
