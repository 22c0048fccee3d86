"""What every installed encoder keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from pipeline import plugins
from pipeline.audio.decode import decode_file
from pipeline.audio.loudness import energies, integrated
from pipeline.audio.pcm import float_from_int16, int16_from_float
from pipeline.errors import UsageError
from pipeline.model.show import AudioFormat
from pipeline.publish.encode import encode_clip
from tests.audio.signals import lag, speech

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.contracts import Codec, Encoder

pytestmark = pytest.mark.parametrize("name", plugins.names("encoders"))
CLIPS = [int16_from_float(speech(0.8 + 0.4 * seed, 24_000, seed=seed, peak=0.6)) for seed in range(3)]


def encoder(name: str) -> Encoder:
    # A module that has the names of the protocol is an Encoder.
    found: Encoder = plugins.load("encoders", name)
    return found


def codec(name: str) -> Codec:
    return encoder(name).codec(AudioFormat())


def test_names_its_format(name: str) -> None:
    assert encoder(name).SUFFIX.startswith(".")
    assert encoder(name).MEDIA_TYPE.startswith("audio/")
    assert encoder(name).TAGS in ("id3", "mp4", "vorbis", "")


def test_two_codecs_of_the_same_settings_are_the_same(name: str) -> None:
    one, two = codec(name), codec(name)
    assert one.fingerprint == two.fingerprint
    assert one.silence() == two.silence()
    frames = encode_clip(one, CLIPS[0]).frames
    assert frames == encode_clip(two, CLIPS[0]).frames


def test_an_odd_rate_is_taken_as_it_is_or_refused_by_name(name: str) -> None:
    try:
        taken = encoder(name).codec(AudioFormat(sample_rate_hz=12_345)).sample_rate_hz
    except UsageError as error:
        said = str(error)
    else:
        said = str(taken)
    assert "12345" in said


def test_decodes_in_step_at_the_level_it_was_given(name: str) -> None:
    one = codec(name)
    run = encode_clip(one, CLIPS[1])
    heard = one.decode(run.frames)
    said = float_from_int16(CLIPS[1])
    assert len(heard) == run.count * one.frame
    assert lag(heard, said, one.lead * one.frame) == 0
    padded = np.zeros(len(heard), np.float32)
    padded[one.lead * one.frame :][: len(said)] = said
    assert integrated(run.energies) == pytest.approx(integrated(energies(padded, 24_000)), abs=0.1)


def test_silence_is_silent_and_repeats(name: str) -> None:
    one = codec(name)
    assert np.abs(one.decode(one.silence() * 10)).max(initial=0.0) < 1e-4


def test_a_joined_file_plays_its_clips_where_they_were_put(name: str, tmp_path: Path) -> None:
    one = codec(name)
    runs: list[bytes | int] = []
    places = []
    frames = 0
    for clip in CLIPS:
        run = encode_clip(one, clip)
        runs += [10, run.frames]
        places.append((frames + 10 + one.lead) * one.frame)
        frames += 10 + run.count
    length = frames * one.frame + 4321
    files = [tmp_path / f"{number}{encoder(name).SUFFIX}" for number in (1, 2)]
    for file in files:
        one.join(file, iter(runs), length=length)
    assert files[0].read_bytes() == files[1].read_bytes()
    heard, rate = decode_file(files[0])
    assert len(heard) == length * rate // one.sample_rate_hz
    if rate == one.sample_rate_hz:
        for clip, place in zip(CLIPS, places, strict=True):
            assert lag(heard, float_from_int16(clip), place) == 0
            joint = place - one.lead * one.frame
            assert np.abs(heard[joint - one.frame : joint]).max() < 1e-3
