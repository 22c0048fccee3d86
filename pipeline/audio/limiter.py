"""A look-ahead limiter: turns the sound down around each peak, smoothly, and never too late.

Let d[n] = 1 − ceiling/|x[n]| be the reduction that sample n needs (0 below the ceiling). The largest d within ±w
samples, averaged over ±w samples, is at least d[n] at every n, since each of the values averaged saw sample n. So
1 − that average is a gain that keeps every sample under the ceiling, moves slowly (a ramp of 2w samples), is exactly
1 further than 2w samples from any peak, and delays nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pipeline.units import samples_from_ms

if TYPE_CHECKING:
    from numpy.typing import NDArray

REACH_MS = 5
"""w: how far ahead (and behind) a peak is felt at full strength; the ramp to it takes as long again, twice."""


def limit(
    samples: NDArray[np.float32], *, ceiling: float, sample_rate_hz: int, heard: NDArray[np.float32] | None = None
) -> NDArray[np.float32]:
    """``samples`` with no magnitude above ``ceiling``.

    Args:
        samples: float32, shape (n,), any level.
        ceiling: Largest magnitude allowed, linear, above 0.
        sample_rate_hz: Rate of the samples.
        heard: float32, shape (n,): what a codec makes of the samples, where that is to come under the ceiling: they
            are turned down where it exceeds it, by as much.

    Returns:
        float32, shape (n,), not delayed; the very array where nothing exceeds the ceiling.
    """
    highest = _below(ceiling)
    magnitude = np.abs(samples if heard is None else heard)
    over = np.flatnonzero(magnitude > highest)
    if not len(over):
        return samples
    reach = samples_from_ms(REACH_MS, sample_rate_hz)
    # Few samples are near a peak (speech at −16 LUFS: one in twenty), and nothing happens to the others. The
    # neighbourhoods are worked on in one row: what a peak does ends within its own.
    near = _neighbourhoods(over, 2 * reach, len(samples))
    needed = 1 - np.float32(ceiling) / np.maximum(magnitude[near], np.float32(ceiling))
    # Padded once for the maximum and once for the mean, so that the edges of the clip see what the middle sees.
    reduction = _moving_mean(_sliding_max(np.pad(needed, 2 * reach), 2 * reach + 1), 2 * reach + 1)
    limited = samples.copy()
    limited[near] *= 1 - reduction
    if heard is None:
        # The proof above is exact, float32 is not: the last rounding may stand one step over the ceiling.
        np.clip(limited, -highest, highest, out=limited)
    return limited


def _neighbourhoods(places: NDArray[np.intp], reach: int, length: int) -> NDArray[np.intp]:
    """All indices under ``length`` that are at most ``reach`` from one of ``places`` (sorted, at least one)."""
    gaps = np.flatnonzero(np.diff(places) > 2 * reach) + 1
    firsts = np.maximum(places[np.concatenate(([0], gaps))] - reach, 0)
    ends = np.minimum(places[np.concatenate((gaps - 1, [-1]))] + reach + 1, length)
    return np.concatenate([np.arange(first, end) for first, end in zip(firsts, ends, strict=True)])


def _below(ceiling: float) -> np.float32:
    """The largest float32 that is not above ``ceiling``."""
    nearest = np.float32(ceiling)
    return nearest if float(nearest) <= ceiling else np.nextafter(nearest, np.float32(0))


def _sliding_max(values: NDArray[np.float32], width: int) -> NDArray[np.float32]:
    """Maximum of each ``width`` neighbours, shape (n − width + 1,), in 3 comparisons a sample.

    The algorithm of van Herk (1992) and Gil & Werman (1993): any window of ``width`` covers the end of one block of
    that width and the beginning of the next, so its maximum is that of one running maximum from the right and one
    from the left.
    """
    length = len(values) - width + 1
    blocks = np.pad(values, (0, -len(values) % width)).reshape(-1, width)
    from_left = np.maximum.accumulate(blocks, axis=1).ravel()
    from_right = np.maximum.accumulate(blocks[:, ::-1], axis=1)[:, ::-1].ravel()
    return np.maximum(from_right[:length], from_left[width - 1 : width - 1 + length])


def _moving_mean(values: NDArray[np.float32], width: int) -> NDArray[np.float32]:
    """Mean of each ``width`` neighbours, shape (n − width + 1,), exactly 0 where all are 0."""
    # In float64: over minutes of float32 the running sum would lose the small steps.
    total = np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
    mean: NDArray[np.float32] = ((total[width:] - total[:-width]) / width).astype(np.float32)
    return mean
