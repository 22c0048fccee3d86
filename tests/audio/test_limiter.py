from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from pipeline.audio.limiter import REACH_MS, limit
from tests.audio.signals import sine, speech

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEVELS = st.floats(-8, 8, width=32)


@settings(deadline=None)
@given(arrays(np.float32, st.integers(0, 700), elements=LEVELS), st.floats(0.01, 2))
def test_nothing_passes_the_ceiling_and_nothing_turns_round(samples: NDArray[np.float32], ceiling: float) -> None:
    limited = limit(samples, ceiling=ceiling, sample_rate_hz=8000)
    assert limited.dtype == np.float32
    assert len(limited) == len(samples)
    assert all(float(one) <= ceiling for one in np.abs(limited))
    assert np.all(limited * samples >= 0)
    assert np.all(np.abs(limited) <= np.abs(samples))


def test_far_from_peaks_not_a_bit_changes() -> None:
    samples = sine(440, 2, 24_000, peak=0.5)
    samples[24_000] = 3.0
    limited = limit(samples, ceiling=0.7, sample_rate_hz=24_000)
    reach = 2 * REACH_MS * 24 + 1
    same = limited == samples
    assert same[: 24_000 - reach].all()
    assert same[24_000 + reach :].all()
    assert not same[24_000 - reach // 2 : 24_000].all()
    assert limited[24_000] == pytest.approx(0.7, abs=1e-6)


def test_gain_moves_slowly() -> None:
    samples = np.full(4000, 0.5, np.float32)
    samples[2000] = 2.0
    gain = limit(samples, ceiling=0.6, sample_rate_hz=24_000) / samples
    assert np.abs(np.diff(gain)).max() < 0.7 / (2 * REACH_MS * 24) * 1.01


def test_a_steady_sound_keeps_its_shape() -> None:
    """Held at one gain, a long loud tone is turned down, not squared off."""
    tone = np.sin(np.arange(24_000) * 0.3).astype(np.float32) * 2
    limited = limit(tone, ceiling=0.5, sample_rate_hz=24_000)[2000:-2000]
    assert np.allclose(limited, tone[2000:-2000] / 4, atol=2e-3)


def test_under_the_ceiling_the_very_array_comes_back() -> None:
    samples = speech(0.1, 24_000)
    assert limit(samples, ceiling=0.5, sample_rate_hz=24_000) is samples
