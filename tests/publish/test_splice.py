"""Frames of utterances that were encoded alone, against one encode of the whole, on real speech."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest

from pipeline import plugins
from pipeline.audio.decode import decode_file
from pipeline.audio.level import calibrate, level
from pipeline.audio.loudness import energies, integrated
from pipeline.audio.pcm import float_from_int16, int16_from_float
from pipeline.audio.resample import resample
from pipeline.model.show import AudioFormat, Voice
from pipeline.publish.encode import encode_clip
from pipeline.units import amplitude_from_db
from tests.audio.signals import lag, snr_db

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

pytestmark = pytest.mark.model

RATE_HZ = 24_000
TEXTS = (
    "The sea comes and goes twice a day, and it has done so since there was a sea.",
    "Most of what lifts it is the moon.",
    "Far from any coast the tide is hardly half a metre high.",
    "In a bay that narrows towards its end, the same water has less and less room, and so it rises.",
    "Fishing boats wait for it.",
    "Some bays are as long as the wave needs to run in and out once, and then it swings like water in a bath.",
)


@cache
def _clips() -> tuple[NDArray[np.int16], ...]:
    engine = plugins.load("engines", "hibari")
    voice = Voice(engine="hibari", language="en")
    spoken = [engine.speak(text, voice) for text in TEXTS]
    gain_db = calibrate([(speech.samples, speech.sample_rate_hz) for speech in spoken], audio=AudioFormat())
    return tuple(
        level(speech.samples, speech.sample_rate_hz, to_hz=RATE_HZ, gain_db=gain_db, ceiling_dbfs=-2.0)
        for speech in spoken
    )


@pytest.mark.parametrize("name", ["mp3", "m4b", "opus"])
def test_a_splice_is_as_good_as_one_encode(name: str, tmp_path: Path) -> None:
    codec = plugins.load("encoders", name).codec(AudioFormat())
    runs: list[bytes | int] = []
    places: list[int] = []
    frames = 0
    for clip in _clips():
        run = encode_clip(codec, clip)
        gap = round(0.3 * RATE_HZ / codec.frame)
        runs += [gap, run.frames]
        places.append((frames + gap + codec.lead) * codec.frame)
        frames += gap + run.count
    length = frames * codec.frame
    said = np.zeros(length, np.float32)
    for clip, place in zip(_clips(), places, strict=True):
        said[place : place + len(clip)] = float_from_int16(clip)
    trimmed = int16_from_float(said * np.float32(amplitude_from_db(codec.trim_db)))
    codec.join(tmp_path / "splice", runs, length=length)
    codec.join(tmp_path / "whole", [codec.encode(trimmed)], length=length)
    (splice, rate), (whole, _) = (decode_file(tmp_path / file) for file in ("splice", "whole"))

    assert len(splice) == len(whole)
    splice, whole = (resample(heard, rate, RATE_HZ)[:length] for heard in (splice, whole))
    assert abs(snr_db(said, splice) - snr_db(said, whole)) < 0.1
    for clip, place in zip(_clips(), places, strict=True):
        assert lag(splice, float_from_int16(clip), place) == 0
    for place in places:
        joint = place - codec.lead * codec.frame
        assert np.abs(splice[joint - codec.frame : joint + codec.frame]).max() < 1e-3
    assert integrated(energies(splice, RATE_HZ)) == pytest.approx(integrated(energies(said, RATE_HZ)), abs=0.1)
