from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from pipeline.audio import pcm
from pipeline.errors import ReadError, WriteError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


def test_rounds_to_the_nearest_count_and_clips() -> None:
    samples = np.array([0.0, 0.4, 0.6, -0.6, 40000, -40000], np.float32) / np.float32(32768)
    assert pcm.int16_from_float(samples).tolist() == [0, 0, 1, -1, 32767, -32768]


@given(arrays(np.int16, st.integers(0, 50)))
def test_int16_survives_float_and_bytes(samples: NDArray[np.int16]) -> None:
    assert np.array_equal(pcm.int16_from_float(pcm.float_from_int16(samples)), samples)
    assert np.array_equal(pcm.int16_from_bytes(pcm.bytes_from_int16(samples)), samples)
    assert pcm.bytes_from_float(pcm.float_from_bytes(pcm.bytes_from_int16(samples))) == pcm.bytes_from_int16(samples)


def test_bytes_are_little_endian() -> None:
    assert pcm.bytes_from_int16(np.array([1, -2], np.int16)) == b"\x01\x00\xfe\xff"


def test_half_a_sample_is_refused() -> None:
    with pytest.raises(ReadError, match="3 bytes"):
        pcm.int16_from_bytes(b"abc")


def test_edges_fade_to_digital_silence_and_the_middle_stays() -> None:
    faded = np.ones(1000, np.float32)
    pcm.fade_edges(faded, 24_000)
    assert faded[0] == faded[-1] == 0
    assert np.all(faded[96:-96] == 1)
    assert np.all(np.diff(faded[:97]) > 0)
    assert np.array_equal(faded, faded[::-1])


@pytest.mark.parametrize("length", range(8))
def test_edges_of_a_tiny_sound(length: int) -> None:
    faded = np.ones(length, np.float32)
    pcm.fade_edges(faded, 24_000)
    assert not length or faded[0] == faded[-1] == 0


def test_wav_comes_back(tmp_path: Path) -> None:
    samples = np.array([0, 1, -1, 32767, -32768], np.int16)
    pcm.write_wav(tmp_path / "a.wav", samples, 22_050)
    read, rate = pcm.read_wav(tmp_path / "a.wav")
    assert (read.tolist(), rate) == (samples.tolist(), 22_050)


def test_a_file_that_is_no_wav_is_named(tmp_path: Path) -> None:
    (tmp_path / "no.wav").write_bytes(b"RIFFnothing")
    for name in ("no.wav", "missing.wav"):
        with pytest.raises(ReadError, match=name):
            pcm.read_wav(tmp_path / name)


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match=r"a\.wav"):
        pcm.write_wav(tmp_path / "missing" / "a.wav", np.zeros(1, np.int16), 24_000)
