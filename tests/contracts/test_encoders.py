"""What every installed encoder keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from pipeline import plugins
from pipeline.audio.decode import decode_file
from pipeline.audio.loudness import energies, integrated
from pipeline.audio.pcm import float_from_int16, int16_from_float
from pipeline.audio.resample import resample
from pipeline.errors import EncodeError, UsageError, WriteError
from pipeline.model.show import QUALITIES, AudioFormat
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
    assert encoder(name).TAGS in ("id3", "mp4", "opus", "flac", "")


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
    assert integrated(run.energies) == pytest.approx(integrated(energies(padded, 24_000)), abs=0.2)  # this is no voice


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
    # what the container wants dropped behind the end, ffmpeg plays where the container is MP4
    assert 0 <= len(heard) * one.sample_rate_hz // rate - length < one.frame
    assert np.abs(heard[length * rate // one.sample_rate_hz :]).max(initial=0.0) < 1e-4
    heard = resample(heard, rate, one.sample_rate_hz)
    for clip, place in zip(CLIPS, places, strict=True):
        assert lag(heard, float_from_int16(clip), place) == 0
        joint = place - one.lead * one.frame
        assert np.abs(heard[joint - one.frame : joint]).max() < 1e-3


def test_runs_longer_than_the_file_are_refused(name: str, tmp_path: Path) -> None:
    one = codec(name)
    with pytest.raises(EncodeError, match="longer than the file"):
        one.join(tmp_path / "x", [10, one.silence()], length=5 * one.frame)


def test_a_file_that_cannot_be_written_is_one_clear_error(name: str, tmp_path: Path) -> None:
    with pytest.raises(WriteError, match="cannot be written"):
        codec(name).join(tmp_path / "nowhere" / "x", [], length=1000)


@pytest.mark.parametrize("rate", [16_000, 22_050, 24_000, 44_100, 48_000])
def test_any_usual_rate_makes_a_file_in_step(name: str, rate: int, tmp_path: Path) -> None:
    one = encoder(name).codec(AudioFormat(sample_rate_hz=rate))
    clip = int16_from_float(speech(1.0, rate, seed=3, peak=0.6))
    run = encode_clip(one, clip)
    gap = -(-rate // 5 // one.frame)
    length = (gap + run.count) * one.frame
    path = tmp_path / f"x{encoder(name).SUFFIX}"
    one.join(path, [gap, run.frames], length=length)
    heard, heard_hz = decode_file(path)
    heard = resample(heard, heard_hz, rate)[:length]
    assert lag(heard, float_from_int16(clip), (gap + one.lead) * one.frame) == 0
    assert (one.lead + one.tail + 1) * one.frame <= rate // 5, "the shortest pause has room for its silence"


@pytest.mark.parametrize("quality", QUALITIES)
def test_every_quality_is_a_setting(name: str, quality: str) -> None:
    one = encoder(name).codec(AudioFormat(quality=quality))
    assert len(one.decode(one.encode(np.zeros(4 * one.frame, np.int16)))) == 4 * one.frame
