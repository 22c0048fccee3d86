from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.audio.decode import decode_file
from pipeline.audio.pcm import float_from_int16, int16_from_float, write_wav
from pipeline.audio.stream import length_s, stretches
from pipeline.errors import ReadError
from tests.audio.signals import speech

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("stream") / "a.wav"
    write_wav(path, int16_from_float(speech(1.0, 24_000)), 24_000)
    return path


@given(st.lists(st.tuples(st.integers(-50, 26_000), st.integers(0, 9000)), max_size=6))
@settings(deadline=None, max_examples=40)
def test_stretches_are_the_slices_of_the_whole(recording: Path, asked: list[tuple[int, int]]) -> None:
    whole, rate = decode_file(recording)
    wanted = sorted((start, start + length) for start, length in asked)
    found = list(stretches(recording, wanted, rate))
    for (start, end), (samples, found_rate) in zip(wanted, found, strict=True):
        assert found_rate == rate
        assert np.array_equal(samples, whole[max(0, start) : max(0, end)])


def test_times_may_count_at_another_rate(recording: Path) -> None:
    whole, _ = decode_file(recording)
    ((samples, rate),) = stretches(recording, [(12_000, 24_000)], 48_000)
    assert rate == 24_000
    assert np.array_equal(samples, whole[6_000:12_000])


def test_little_more_is_held_than_is_asked_for(tmp_path: Path) -> None:
    import tracemalloc

    write_wav(tmp_path / "long.wav", np.zeros(24_000 * 60, np.int16), 24_000)
    next(stretches(tmp_path / "long.wav", [(0, 10)], 24_000))  # what is loaded once
    tracemalloc.start()
    for samples, _ in stretches(tmp_path / "long.wav", [(n * 24_000, (n + 1) * 24_000) for n in range(60)], 24_000):
        assert len(samples) == 24_000
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8 * 24_000 * 4  # the whole is 60 seconds


def test_the_length_is_told(recording: Path) -> None:
    assert length_s(recording) == pytest.approx(1.0, abs=0.001)


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "noise.wav").write_bytes(b"no sound\n" * 50)
    with pytest.raises(ReadError, match=r"noise\.wav"):
        list(stretches(tmp_path / "noise.wav", [(0, 1)], 24_000))
    with pytest.raises(ReadError, match=r"none\.wav"):
        length_s(tmp_path / "none.wav")


def test_a_full_scale_sample_stays(tmp_path: Path) -> None:
    samples = np.array([0, 32767, -32768], np.int16)
    write_wav(tmp_path / "a.wav", samples, 24_000)
    ((heard, _),) = stretches(tmp_path / "a.wav", [(0, 3)], 24_000)
    assert np.array_equal(heard, float_from_int16(samples))
