from __future__ import annotations

import numpy as np
import pytest

from pipeline.audio.resample import resample
from pipeline.units import rescale_samples
from tests.audio.signals import sine

RATES_HZ = (16_000, 22_050, 24_000, 44_100, 48_000)


@pytest.mark.parametrize("to_hz", RATES_HZ)
@pytest.mark.parametrize("from_hz", RATES_HZ)
@pytest.mark.parametrize("length", [0, 1, 2, 100, 9999])
def test_length_is_exactly_the_rounded_one(from_hz: int, to_hz: int, length: int) -> None:
    changed = resample(np.ones(length, np.float32), from_hz, to_hz)
    assert changed.dtype == np.float32
    assert len(changed) == rescale_samples(length, from_hz, to_hz)


def test_sound_stays_in_step() -> None:
    changed = resample(sine(440, 1, 22_050), 22_050, 24_000)
    assert np.abs(changed - sine(440, 1, 24_000))[500:-500].max() < 1e-3


def test_equal_rates_change_nothing() -> None:
    samples = sine(440, 0.1, 24_000)
    assert resample(samples, 24_000, 24_000) is samples
