"""Music under speech: down while somebody speaks, up again, faded at its ends, anew where it is too short."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from pipeline.assemble.mix import OPEN_DB, RISE_DB, looped, mixed
from pipeline.audio.loudness import energies, integrated

RATE_HZ = 24_000
TARGET_LUFS = -16.0
SPANS = ((3 * RATE_HZ, 6 * RATE_HZ), (10 * RATE_HZ, 13 * RATE_HZ))
LENGTH = 17 * RATE_HZ


def _music(seconds: float, seed: int = 1) -> NDArray[np.float32]:
    return np.random.default_rng(seed).normal(0, 0.02, int(seconds * RATE_HZ)).astype(np.float32)


def _mix(music: NDArray[np.float32], level_db: float = -18, speech: float = 0.0) -> NDArray[np.float32]:
    said = [(start, np.full(end - start, speech, np.float32)) for start, end in SPANS]
    return mixed(
        music,
        said,
        SPANS,
        length=LENGTH,
        level_db=level_db,
        target_lufs=TARGET_LUFS,
        ceiling_dbfs=-2.0,
        sample_rate_hz=RATE_HZ,
    )


def _lufs(sound: NDArray[np.float32], start_s: float, end_s: float) -> float:
    return float(integrated(energies(sound[int(start_s * RATE_HZ) : int(end_s * RATE_HZ)], RATE_HZ)))


@pytest.mark.parametrize("level_db", [-30, -18, -12])
def test_the_music_is_as_soft_as_asked_while_somebody_speaks_and_rises_between(level_db: int) -> None:
    sound = _mix(_music(20), level_db)
    assert _lufs(sound, 3.2, 5.8) == pytest.approx(TARGET_LUFS + level_db, abs=0.3)
    assert _lufs(sound, 7, 9) == pytest.approx(TARGET_LUFS + min(level_db + RISE_DB, OPEN_DB), abs=0.3)


def test_it_is_never_turned_up_over_what_was_asked_when_that_is_loud() -> None:
    sound = _mix(_music(20), -2)
    assert _lufs(sound, 7, 9) == pytest.approx(_lufs(sound, 3.2, 5.8), abs=0.3)


def test_it_begins_and_ends_in_silence() -> None:
    sound = _mix(_music(20))
    assert abs(sound[0]) < 1e-6
    assert abs(sound[-1]) < 1e-4
    assert len(sound) == LENGTH


def test_speech_stands_in_it_sample_by_sample() -> None:
    music = _music(20)
    silent, spoken = _mix(music), _mix(music, speech=0.25)
    start, end = SPANS[0]
    assert np.allclose(spoken[start:end] - silent[start:end], 0.25, atol=1e-6)
    assert np.array_equal(spoken[:start], silent[:start])


def test_no_sample_passes_the_ceiling() -> None:
    assert np.abs(_mix(_music(20), 0, speech=0.79)).max() <= 10 ** (-2 / 20) + 1e-6


@settings(deadline=None, max_examples=40)
@given(st.integers(1000, 5000), st.integers(1, 30_000))
def test_music_that_is_too_short_begins_anew_without_a_hole(size: int, length: int) -> None:
    out = looped(np.ones(size, np.float32), length, 100)
    assert len(out) == length
    assert out.min() > 0.99  # two fades of sin and cos add up to 1 and more for what is alike
    assert out.max() < 1.42


def test_music_that_is_long_enough_is_taken_as_it_is() -> None:
    music = _music(5)
    assert np.array_equal(looped(music, 2 * RATE_HZ, RATE_HZ), music[: 2 * RATE_HZ])


def test_a_crossfade_keeps_the_energy_of_what_is_not_alike() -> None:
    out = looped(_music(6), 30 * RATE_HZ, RATE_HZ)
    power = [float(np.mean(out[start:end] ** 2)) for start, end in pairwise(range(0, len(out) + 1, RATE_HZ))]
    assert max(power) / min(power) < 1.15
