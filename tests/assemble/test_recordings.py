"""What people record: any format in, the sound alone out."""

from __future__ import annotations

import subprocess
import sys
import wave
from typing import TYPE_CHECKING, Any

import lameenc
import numpy as np
import pytest

from pipeline.assemble import recordings
from pipeline.errors import ReadError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

RATE_HZ = 24_000


def _tone(duration_ms: int, rate_hz: int = RATE_HZ, level: float = 0.5) -> NDArray[np.float64]:
    time_s = np.arange(rate_hz * duration_ms // 1000) / rate_hz
    return level * np.sin(2 * np.pi * 440 * time_s)


def _silence(duration_ms: int, rate_hz: int = RATE_HZ) -> NDArray[np.float64]:
    return np.zeros(rate_hz * duration_ms // 1000)


def _wav(path: Path, samples: NDArray[Any], rate_hz: int = RATE_HZ, channels: int = 1) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes(np.round(samples * 32767).astype("<i2").tobytes())
    return path


def test_silence_is_trimmed_from_both_ends_and_none_from_the_middle(tmp_path: Path) -> None:
    parts = [_silence(700), _tone(500), _silence(400), _tone(300), _silence(900)]
    sound = recordings.load(_wav(tmp_path / "bell.wav", np.concatenate(parts)), sample_rate_hz=RATE_HZ)
    assert sound.dtype == np.float32
    assert abs(len(sound) / RATE_HZ - (0.5 + 0.4 + 0.3)) < 0.1
    middle = sound[len(sound) // 2 - 1200 : len(sound) // 2 + 1200]
    assert np.abs(middle).max() < 1e-3


def test_quiet_noise_around_a_sound_counts_as_silence(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).normal(0, 0.0005, RATE_HZ * 2)
    noise[RATE_HZ : RATE_HZ + RATE_HZ // 2] += _tone(500)
    sound = recordings.load(_wav(tmp_path / "bell.wav", noise), sample_rate_hz=RATE_HZ)
    assert abs(len(sound) / RATE_HZ - 0.5) < 0.1


def test_it_begins_and_ends_softly_and_is_else_as_recorded(tmp_path: Path) -> None:
    sound = recordings.load(_wav(tmp_path / "bell.wav", _tone(1000)), sample_rate_hz=RATE_HZ)
    assert len(sound) == RATE_HZ
    assert abs(sound[0]) < 1e-3
    assert abs(sound[-1]) < 2e-3
    inside = slice(RATE_HZ // 10, RATE_HZ * 9 // 10)
    assert np.abs(sound[inside] - _tone(1000)[inside]).max() < 1e-4


def test_stereo_of_another_rate_becomes_one_channel_at_the_rate_of_the_show(tmp_path: Path) -> None:
    left = _tone(1000, 44_100)
    stereo = np.column_stack([left, left]).ravel()
    sound = recordings.load(_wav(tmp_path / "bell.wav", stereo, 44_100, channels=2), sample_rate_hz=RATE_HZ)
    assert abs(len(sound) - RATE_HZ) <= 1
    inside = slice(RATE_HZ // 10, RATE_HZ * 9 // 10)
    assert np.abs(sound[inside] - _tone(1000)[inside]).max() < 5e-3


def test_an_mp3_is_read_without_an_ffmpeg_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = lameenc.Encoder()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(RATE_HZ)
    encoder.set_bit_rate(64)
    encoder.silence()
    samples = np.round(_tone(800) * 32767).astype("<i2").tobytes()
    (tmp_path / "bell.mp3").write_bytes(bytes(encoder.encode(samples) + encoder.flush()))
    monkeypatch.setenv("PATH", str(tmp_path))
    sound = recordings.load(tmp_path / "bell.mp3", sample_rate_hz=RATE_HZ)
    assert abs(len(sound) / RATE_HZ - 0.8) < 0.1
    assert np.abs(sound).max() == pytest.approx(0.5, abs=0.03)


@pytest.mark.parametrize("duration_ms", [1, 5, 15])
def test_a_click_is_a_recording_too(tmp_path: Path, duration_ms: int) -> None:
    sound = recordings.load(_wav(tmp_path / "click.wav", _tone(duration_ms)), sample_rate_hz=RATE_HZ)
    assert np.abs(sound).max() > 0.05


@pytest.mark.parametrize("samples", [_silence(500), _silence(0)], ids=["silent", "empty"])
def test_a_file_without_sound_is_refused(tmp_path: Path, samples: NDArray[np.float64]) -> None:
    with pytest.raises(ReadError, match=r"bell\.wav"):
        recordings.load(_wav(tmp_path / "bell.wav", samples), sample_rate_hz=RATE_HZ)


def test_what_lasts_too_long_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"lasts 10\.5 minutes; a recording may last 10"):
        recordings.load(_wav(tmp_path / "talk.wav", np.full(630 * 1000, 0.1), 1000), sample_rate_hz=RATE_HZ)


def test_importing_pydub_warns_nobody_and_waits_until_it_is_needed() -> None:
    code = (
        "import sys; import pipeline.assemble, pipeline.assemble.recordings as r; "
        "assert not {'pydub', 'numpy', 'soxr', 'av'} & set(sys.modules), sorted(sys.modules); r._pydub()"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-B", "-c", code], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
