from __future__ import annotations

import wave
from typing import TYPE_CHECKING

import numpy as np
import pytest

from pipeline import plugins
from pipeline.audio.decode import decode_file, decode_mp3
from pipeline.audio.pcm import float_from_int16, int16_from_float, write_wav
from pipeline.errors import EncodeError, ReadError
from pipeline.model.show import AudioFormat
from tests.audio.signals import speech

if TYPE_CHECKING:
    from pathlib import Path


def test_a_wav_file_comes_back_exactly(tmp_path: Path) -> None:
    samples = int16_from_float(speech(0.5, 22_050))
    write_wav(tmp_path / "a.wav", samples, 22_050)
    heard, rate = decode_file(tmp_path / "a.wav")
    assert rate == 22_050
    assert heard.dtype == np.float32
    assert np.array_equal(heard, float_from_int16(samples))


def test_channels_are_averaged(tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "stereo.wav"), "wb") as out:
        out.setnchannels(2)
        out.setsampwidth(2)
        out.setframerate(48_000)
        out.writeframes(np.array([[8192, 16384]] * 3000, "<i2").tobytes())
    heard, rate = decode_file(tmp_path / "stereo.wav")
    assert (rate, len(heard)) == (48_000, 3000)
    assert np.allclose(heard, 0.375)


@pytest.mark.parametrize("content", [b"", b"plainly no sound\n" * 50, b"RIFF\x24\0\0\0WAVEfmt "])
def test_what_holds_no_sound_is_named(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "article.wav").write_bytes(content)
    with pytest.raises(ReadError, match=r"article\.wav"):
        decode_file(tmp_path / "article.wav")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"none\.mp3.*No such file"):
        decode_file(tmp_path / "none.mp3")


def test_bare_frames_give_all_their_samples() -> None:
    codec = plugins.load("encoders", "mp3").codec(AudioFormat())
    frames = codec.encode(np.zeros(576 * 30, np.int16))
    assert len(decode_mp3(frames, 24_000)) == 576 * 30
    assert len(decode_mp3(b"", 24_000)) == 0
    with pytest.raises(EncodeError, match="24000 Hz"):
        decode_mp3(frames, 44_100)
    with pytest.raises(EncodeError):
        decode_mp3(b"\0" * 1000, 24_000)
