from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from pipeline import plugins
from pipeline.audio.loudness import energies, integrated, true_peak
from pipeline.audio.pcm import float_from_int16, int16_from_float
from pipeline.errors import EncodeError
from pipeline.model.show import AudioFormat
from pipeline.publish.encode import encode_clip
from tests.audio.signals import lag, speech
from tests.publish.codecs import PlainCodec

MP3 = plugins.load("encoders", "mp3")


@pytest.mark.parametrize("length", [0, 1, 575, 576, 577, 30_000])
def test_a_run_is_lead_clip_and_tail_in_whole_frames(length: int) -> None:
    codec = MP3.codec(AudioFormat())
    clip = int16_from_float(speech(2, 24_000))[:length]
    run = encode_clip(codec, clip)
    assert run.length == length
    assert run.count == 2 + math.ceil(length / 576) + 2
    assert len(run.frames) == run.count * 192
    assert len(run.energies) == math.ceil(run.count * 576 / 2400)


def test_measured_is_what_is_heard() -> None:
    codec = MP3.codec(AudioFormat())
    clip = int16_from_float(speech(2, 24_000))
    run = encode_clip(codec, clip)
    heard = codec.decode(run.frames)
    assert run.energies == tuple(energies(heard, 24_000))
    assert run.peak == true_peak(heard)
    padded = np.zeros(len(heard), np.float32)
    padded[codec.lead * codec.frame :][: len(clip)] = float_from_int16(clip)
    assert integrated(run.energies) == pytest.approx(integrated(energies(padded, 24_000)), abs=0.05)
    assert lag(heard, float_from_int16(clip), codec.lead * codec.frame) == 0


def test_the_same_clip_makes_the_same_bytes() -> None:
    codec = MP3.codec(AudioFormat())
    clip = int16_from_float(speech(1, 24_000))
    assert encode_clip(codec, clip) == encode_clip(codec, clip)


@pytest.mark.parametrize("kbps", [8, 32, 64])
def test_peaks_that_the_codec_adds_are_taken_down(kbps: int) -> None:
    """The clip ends up under −1 dBTP though it is encoded at a rate that distorts it."""
    codec = MP3.codec(AudioFormat(bit_rate_kbps=kbps))
    clip = int16_from_float(np.clip(speech(2, 24_000) * 3, -0.794, 0.794))
    assert 20 * math.log10(encode_clip(codec, clip).peak) <= -1.0


def test_a_peak_that_the_codec_adds_to_a_soft_place_is_found_there() -> None:
    """One more round is enough, though the samples are highest somewhere else."""
    rounds: list[bytes] = []

    class Clicks(PlainCodec):
        def decode(self, frames: bytes) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
            rounds.append(frames)
            heard = super().decode(frames).copy()
            heard[9_150:9_250] *= 2
            return heard

    tone = np.sin(np.arange(24_000) * 0.1) * np.where(np.arange(24_000) < 12_000, 0.5, 0.75)
    run = encode_clip(Clicks(), int16_from_float(tone.astype(np.float32)))
    assert len(rounds) == 2
    assert 20 * math.log10(run.peak) <= -1.2
    first, last = (float_from_int16(np.frombuffer(frames, "<i2")) for frames in rounds)
    assert np.abs(last[9_150:9_250]).max() < 0.9 * np.abs(first[9_150:9_250]).max()
    assert np.array_equal(last[:8_000], first[:8_000])


@pytest.mark.parametrize("kbps", [32, 64])
def test_the_last_bit_of_a_measurement_changes_no_byte(kbps: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another processor adds in another order; what it encodes again is the same."""
    codec = MP3.codec(AudioFormat(bit_rate_kbps=kbps))
    clip = int16_from_float(np.clip(speech(2, 24_000) * 3, -0.794, 0.794))
    peaks: list[float] = []

    def shaken(samples: np.ndarray[tuple[int], np.dtype[np.float32]]) -> float:
        peaks.append(true_peak(samples) * (1 + 3e-7))
        return peaks[-1]

    class Shaken:
        """The codec, on a processor whose last bits are others."""

        def __getattr__(self, name: str) -> Any:
            return getattr(codec, name)

        def decode(self, frames: bytes) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
            heard: np.ndarray[tuple[int], np.dtype[np.float32]] = codec.decode(frames) * np.float32(1 + 2e-7)
            return heard

    here = encode_clip(codec, clip)
    monkeypatch.setattr("pipeline.publish.encode.true_peak", shaken)
    assert encode_clip(Shaken(), clip).frames == here.frames
    assert len(peaks) > 1


def test_a_trim_at_full_scale_limits_and_does_not_clip() -> None:
    """Turned up by 6 dB, a tone at full scale stays a tone: a clipped one would be full of harmonics."""
    tone = (32767 * np.sin(np.arange(24_000) * 0.1)).astype(np.int16)
    heard = PlainCodec(trim_db=6.0).decode(encode_clip(PlainCodec(trim_db=6.0), tone).frames)
    middle = heard[10_000:20_000] * np.hanning(10_000)
    spectrum = np.abs(np.fft.rfft(middle)) ** 2
    top = int(spectrum.argmax())
    assert spectrum[: top - 20].sum() + spectrum[top + 20 :].sum() < 1e-4 * spectrum.sum()
    assert np.abs(heard).max() <= 32767 / 32768


def test_a_quiet_clip_is_only_trimmed() -> None:
    clip = int16_from_float(speech(0.5, 24_000, peak=0.1))
    heard = PlainCodec(trim_db=6.0206).decode(encode_clip(PlainCodec(trim_db=6.0206), clip).frames)
    assert np.allclose(heard[200 : 200 + len(clip)], 2 * float_from_int16(clip), atol=1e-4)


def test_a_codec_that_loses_samples_is_caught() -> None:
    class Loses(PlainCodec):
        def encode(self, samples: np.ndarray[tuple[int], np.dtype[np.int16]]) -> bytes:
            return super().encode(samples)[:-200]

    with pytest.raises(EncodeError, match="plain"):
        encode_clip(Loses(), np.zeros(1000, np.int16))
