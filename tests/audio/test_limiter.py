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


@settings(deadline=None)
@given(st.lists(st.integers(0, 3999), max_size=12), st.integers(0, 2**32 - 1))
def test_what_is_limited_beside_other_sound_is_limited_as_if_alone(peaks: list[int], seed: int) -> None:
    """Each peak is felt within 2 · REACH_MS and no further, wherever the others are."""
    samples = np.random.default_rng(seed).uniform(-0.3, 0.3, 4000).astype(np.float32)
    samples[peaks] = 0.9
    limited = limit(samples, ceiling=0.5, sample_rate_hz=8000)
    reach = 2 * REACH_MS * 8
    for piece in range(0, 4000, 500):
        # a window and all that can be felt in it, alone
        around = slice(max(0, piece - 2 * reach), piece + 500 + 2 * reach)
        alone = limit(samples[around], ceiling=0.5, sample_rate_hz=8000)[piece - around.start :][:500]
        assert np.allclose(limited[piece : piece + 500], alone, atol=1e-6)
    far = np.ones(4000, np.bool_)
    for peak in peaks:
        far[max(0, peak - reach) : peak + reach + 1] = False
    assert np.array_equal(limited[far], samples[far])


def test_what_a_codec_makes_too_loud_is_turned_down_there_and_nowhere_else() -> None:
    samples = sine(440, 1, 24_000, peak=0.5)
    heard = samples.copy()
    heard[12_000] = -0.8
    limited = limit(samples, ceiling=0.6, sample_rate_hz=24_000, heard=heard)
    reach = 2 * REACH_MS * 24
    assert limited[12_000] == pytest.approx(samples[12_000] * 0.6 / 0.8, abs=1e-6)
    changed = np.flatnonzero(limited != samples)
    assert abs(changed - 12_000).max() <= reach
    assert limit(samples, ceiling=0.85, sample_rate_hz=24_000, heard=heard) is samples


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
