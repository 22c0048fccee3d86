"""Another sample rate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pipeline.units import rescale_samples

if TYPE_CHECKING:
    from numpy.typing import NDArray


def resample(samples: NDArray[np.float32], from_hz: int, to_hz: int) -> NDArray[np.float32]:
    """``samples`` at another rate, in step with the original: sample 0 stays at time 0.

    Args:
        samples: float32, shape (n,).
        from_hz: Their rate.
        to_hz: The rate wanted.

    Returns:
        float32, shape (``rescale_samples(n, from_hz, to_hz)``,); the very array where the rates are equal.
    """
    if from_hz == to_hz:
        return samples
    import soxr

    length = rescale_samples(len(samples), from_hz, to_hz)
    if not len(samples):
        return np.zeros(length, np.float32)
    # soxr may give a sample more or less than the rounded length: cut, or fill with silence.
    changed = soxr.resample(np.ascontiguousarray(samples, np.float32), from_hz, to_hz)[:length]
    return np.pad(changed, (0, length - len(changed)))
