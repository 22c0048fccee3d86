"""FLAC and WAV give back every sample."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from typing import TYPE_CHECKING

import numpy as np
import pytest

from pipeline import plugins
from pipeline.audio.decode import decode_file
from pipeline.audio.pcm import bytes_from_int16, int16_from_float
from pipeline.errors import EncodeError, UsageError
from pipeline.model.show import QUALITIES, AudioFormat
from tests.audio.signals import speech

if TYPE_CHECKING:
    from pathlib import Path

SOUND = int16_from_float(speech(25.0, 8_000, peak=0.9))
RUNS: list[bytes | int] = [70_000, bytes_from_int16(SOUND), 3]
LENGTH = 70_000 + len(SOUND) + 777
MEANT = np.concatenate((np.zeros(70_000, np.int16), SOUND, np.zeros(777, np.int16)))


@pytest.mark.parametrize("name", ["flac", "wav"])
@pytest.mark.parametrize("quality", QUALITIES)
def test_every_sample_comes_back(name: str, quality: str, tmp_path: Path) -> None:
    path = tmp_path / "x"
    plugins.load("encoders", name).codec(AudioFormat(sample_rate_hz=8_000, quality=quality)).join(
        path, RUNS, length=LENGTH
    )
    heard, rate = decode_file(path)
    assert rate == 8_000
    assert np.array_equal(int16_from_float(heard), MEANT)


def _flac(path: Path, runs: list[bytes | int], length: int, tags: bytes = b"") -> bytes:
    plugins.load("encoders", "flac").codec(AudioFormat(sample_rate_hz=8_000)).join(path, runs, length=length, tags=tags)
    return path.read_bytes()


def test_the_head_of_a_flac_file(tmp_path: Path) -> None:
    data = _flac(tmp_path / "x.flac", RUNS, LENGTH, b"\x01\0\0\x04abcd")
    assert data[:8] == b"fLaC\0\0\0\x22"
    info = data[8:42]
    assert info[18:] == hashlib.md5(bytes_from_int16(MEANT), usedforsecurity=False).digest()
    assert int.from_bytes(info[10:18], "big") == 8_000 << 44 | 15 << 36 | LENGTH
    assert data[42:50] == b"\x01\0\0\x04abcd"
    assert data[50] == 0x83, "a seek table, and the last block"
    size = int.from_bytes(data[51:54], "big")
    points = [data[place : place + 18] for place in range(54, 54 + size, 18)]
    first = 54 + size
    for point in points:
        sample, place = int.from_bytes(point[:8], "big"), int.from_bytes(point[8:16], "big")
        head = data[first + place : first + place + 5]
        assert head[:2] == b"\xff\xf8"
        assert head[4] == sample // 4096, "the frame's own number"
    assert len(points) > 2


@pytest.mark.skipif(not shutil.which("flac"), reason="the program flac is not installed here")
def test_the_program_flac_finds_nothing_wrong(tmp_path: Path) -> None:
    _flac(tmp_path / "x.flac", RUNS, LENGTH)
    subprocess.run(["flac", "-s", "-t", "-w", str(tmp_path / "x.flac")], check=True)


def test_an_empty_flac_file_is_a_file(tmp_path: Path) -> None:
    assert _flac(tmp_path / "x.flac", [], 0)[42:] == b"\x83\0\0\0"


def test_formats_without_loss_share_their_runs() -> None:
    flac, wav = (plugins.load("encoders", name).codec(AudioFormat()) for name in ("flac", "wav"))
    assert flac.fingerprint == wav.fingerprint
    assert flac.encode(SOUND) == wav.encode(SOUND)


def test_a_wav_counts_its_tags(tmp_path: Path) -> None:
    path = tmp_path / "x.wav"
    plugins.load("encoders", "wav").codec(AudioFormat()).join(path, [], length=5, tags=b"ID3")
    data = path.read_bytes()
    assert int.from_bytes(data[4:8], "little") == len(data) - 8
    assert data[44:] == bytes(10) + b"id3 \x03\0\0\0ID3\0"


def test_a_wav_longer_than_it_can_count_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncodeError, match="choose FLAC"):
        plugins.load("encoders", "wav").codec(AudioFormat()).join(tmp_path / "x.wav", [], length=1 << 31)


@pytest.mark.parametrize("rate", [0, 96_001, 700_000])
def test_a_rate_that_flac_cannot_say_is_refused(rate: int) -> None:
    with pytest.raises(UsageError, match=f"{rate} Hz; it allows 1 to 65535"):
        plugins.load("encoders", "flac").codec(AudioFormat(sample_rate_hz=rate))
