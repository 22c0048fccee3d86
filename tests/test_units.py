"""Times are exact, and round one way only."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline import units

RATES = st.sampled_from([8_000, 16_000, 22_050, 24_000, 44_100, 48_000])


@given(st.integers(0, 10**8), RATES)
def test_milliseconds_survive_samples(duration_ms: int, rate: int) -> None:
    assert units.ms_from_samples(units.samples_from_ms(duration_ms, rate), rate) == duration_ms


@given(st.integers(0, 10**9), RATES, RATES)
def test_rescaling_is_within_half_a_sample(samples: int, one: int, other: int) -> None:
    assert abs(units.rescale_samples(samples, one, other) * one - samples * other) * 2 <= one


@given(st.integers(0, 10**9), st.integers(0, 10**9), RATES)
def test_order_is_kept(one: int, other: int, rate: int) -> None:
    low, high = sorted((one, other))
    assert units.ms_from_samples(low, rate) <= units.ms_from_samples(high, rate)


def test_timecodes() -> None:
    assert units.timecode(0) == "00:00:00.000"
    assert units.timecode(3_723_004) == "01:02:03.004"
    assert units.clock(62_499) == "1:02"
    assert units.clock(3_723_600) == "1:02:04"
