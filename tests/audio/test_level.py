from __future__ import annotations

import numpy as np
import pytest

from pipeline.audio.level import MOST_LIMITING_DB, calibrate, level
from pipeline.audio.loudness import energies, integrated
from pipeline.audio.pcm import float_from_int16
from pipeline.errors import SpeakError
from pipeline.model.show import AudioFormat
from pipeline.units import rescale_samples
from tests.audio.signals import sine, speech

CLIPS = [(speech(2.5, 22_050, seed=1, peak=0.4), 22_050), (speech(4, 24_000, seed=2, peak=0.3), 24_000)]


def loudness(gain_db: float, audio: AudioFormat) -> float:
    rate = audio.sample_rate_hz
    blocks = []
    for samples, from_hz in CLIPS:
        pcm = level(samples, from_hz, to_hz=rate, gain_db=gain_db, ceiling_dbfs=audio.ceiling_dbfs)
        blocks += [energies(float_from_int16(pcm), rate), np.zeros(4)]
    return integrated(np.concatenate(blocks))


@pytest.mark.parametrize(
    "audio",
    [
        AudioFormat(),
        AudioFormat(sample_rate_hz=44_100),
        AudioFormat(target_lufs=-19.0),
        AudioFormat(target_lufs=-18.0, ceiling_dbfs=-7.0),
        AudioFormat(target_lufs=-40.0),
    ],
    ids=lambda audio: f"{audio.sample_rate_hz} Hz, {audio.target_lufs} LUFS under {audio.ceiling_dbfs} dBFS",
)
def test_a_calibrated_voice_meets_the_target(audio: AudioFormat) -> None:
    gain_db = calibrate(CLIPS, audio=audio)
    assert gain_db == round(gain_db, 2) == calibrate(CLIPS, audio=audio)
    assert loudness(gain_db, audio) == pytest.approx(audio.target_lufs, abs=0.02)


def test_what_cannot_be_reached_is_left_quieter() -> None:
    ticks = np.random.default_rng(0).standard_normal(48_000).astype(np.float32) * 1e-4
    ticks[::4800] = 0.5
    gain_db = calibrate([(ticks, 24_000)], audio=AudioFormat(target_lufs=-12.0))
    assert gain_db == pytest.approx(-2.0 + 6.02 + MOST_LIMITING_DB, abs=0.01)


def test_a_silent_voice_is_an_error() -> None:
    for clips in ([], [(np.zeros(1000, np.float32), 24_000)]):
        with pytest.raises(SpeakError, match="silence"):
            calibrate(clips, audio=AudioFormat())


def test_level_resamples_limits_and_fades() -> None:
    samples, rate = CLIPS[0]
    pcm = level(samples, rate, to_hz=24_000, gain_db=20, ceiling_dbfs=-2)
    assert pcm.dtype == np.int16
    assert len(pcm) == rescale_samples(len(samples), rate, 24_000)
    assert pcm[0] == pcm[-1] == 0
    assert 0.78 < np.abs(float_from_int16(pcm)).max() <= 10 ** (-2 / 20) + 1 / 65536


def test_gain_is_gain() -> None:
    pcm = level(sine(500, 1, 24_000, peak=0.1), 24_000, to_hz=24_000, gain_db=6, ceiling_dbfs=-2)
    assert np.abs(pcm).max() == pytest.approx(32768 * 0.1 * 10 ** (6 / 20), abs=1)


def test_an_empty_clip_stays_empty() -> None:
    assert len(level(np.zeros(0, np.float32), 22_050, to_hz=24_000, gain_db=6, ceiling_dbfs=-2)) == 0
