from __future__ import annotations

import itertools
import tracemalloc
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from mutagen.mp3 import MP3, BitrateMode

from pipeline import plugins
from pipeline.audio.decode import decode_file, decode_mp3
from pipeline.audio.frames import BIT_RATES_KBPS, SAMPLE_RATES_HZ, header_at, split
from pipeline.audio.loudness import energies, integrated
from pipeline.audio.pcm import float_from_int16, int16_from_float
from pipeline.errors import EncodeError, UsageError, WriteError
from pipeline.model.show import AudioFormat
from pipeline.publish.encode import encode_clip
from pipeline.units import amplitude_from_db
from tests.audio.signals import lag, snr_db, speech

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from pipeline.contracts import Codec

SETTINGS = [(24_000, 64), (24_000, 48), (24_000, 160), (16_000, 48), (22_050, 64), (32_000, 96), (44_100, 96)]
SETTINGS += [(44_100, 192), (48_000, 128)]


def mp3(rate: int = 24_000, kbps: int = 64) -> Codec:
    codec: Codec = plugins.load("encoders", "mp3").codec(AudioFormat(sample_rate_hz=rate, bit_rate_kbps=kbps))
    return codec


def clips(rate: int) -> list[NDArray[np.int16]]:
    return [int16_from_float(speech(0.7 + 0.61 * seed, rate, seed=seed, peak=0.7)) for seed in range(6)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """Clips laid out with pauses: runs to join, samples to compare, and where each clip begins."""

    runs: tuple[bytes | int, ...]
    samples: NDArray[np.int16]
    places: tuple[int, ...]


def lay(codec: Codec, sounds: Sequence[NDArray[np.int16]]) -> Laid:
    runs: list[bytes | int] = [5]
    pieces = [np.zeros(5 * codec.frame, np.int16)]
    places = []
    for number, sound in enumerate(sounds):
        run = encode_clip(codec, sound)
        padded = np.zeros((run.count + 3 + number) * codec.frame, np.int16)
        padded[codec.lead * codec.frame :][: len(sound)] = sound
        places.append(sum(map(len, pieces)) + codec.lead * codec.frame)
        pieces.append(padded)
        runs += [run.frames, 3 + number]
    return Laid(runs=tuple(runs), samples=np.concatenate(pieces), places=tuple(places))


@pytest.mark.parametrize(("rate", "kbps"), SETTINGS)
def test_joined_runs_sound_like_one_encode(rate: int, kbps: int, tmp_path: Path) -> None:
    codec, sounds = mp3(rate, kbps), clips(rate)
    laid = lay(codec, sounds)
    length = len(laid.samples) - 100
    codec.join(tmp_path / "a.mp3", laid.runs, length=length)
    heard, heard_rate = decode_file(tmp_path / "a.mp3")
    assert (heard_rate, len(heard)) == (rate, length)

    said = float_from_int16(laid.samples[:length])
    trimmed = int16_from_float(float_from_int16(laid.samples) * np.float32(amplitude_from_db(codec.trim_db)))
    whole = codec.decode(codec.encode(trimmed))[:length]
    # Over 30 dB, more than codecs leave of real talk, LAME's choices are chaotic: ±1 dB a clip in either direction.
    assert snr_db(said, heard) > min(snr_db(said, whole), 30) - 0.1
    assert snr_db(said, whole) > 15
    assert integrated(energies(heard, rate)) == pytest.approx(integrated(energies(said, rate)), abs=0.05)
    for sound, place in zip(sounds, laid.places, strict=True):
        assert lag(heard, float_from_int16(sound), place) == 0
        joint = place - codec.lead * codec.frame
        assert np.abs(heard[joint - codec.frame : joint + codec.frame]).max() < 1e-3


@pytest.mark.parametrize(("rate", "kbps"), [(24_000, 64), (44_100, 64), (22_050, 56)])
def test_another_sentence_leaves_every_other_byte(rate: int, kbps: int, tmp_path: Path) -> None:
    codec, sounds = mp3(rate, kbps), clips(rate)
    laid = lay(codec, sounds)
    other = encode_clip(codec, int16_from_float(speech(1.9, rate, seed=99)))
    edited = [*laid.runs[:5], other.frames, *laid.runs[6:]]
    length = len(laid.samples)
    longer = length + (other.count - encode_clip(codec, sounds[2]).count) * codec.frame
    codec.join(tmp_path / "before.mp3", laid.runs, length=length)
    codec.join(tmp_path / "after.mp3", edited, length=longer)

    before, after = (list(frames_of(tmp_path / name)) for name in ("before.mp3", "after.mp3"))
    begin = 1 + 5 + sum(run if isinstance(run, int) else sum(1 for _ in split(run)) for run in laid.runs[1:5])
    behind = len(after) - begin - other.count
    # All but the Info frame, the run itself, and which frames of the pause after it are a byte longer.
    pause = laid.runs[6]
    assert isinstance(pause, int)
    assert before[1:begin] == after[1:begin]
    assert b"".join(after[begin : begin + other.count]) == other.frames
    assert before[len(before) - behind + pause :] == after[len(after) - behind + pause :]
    if rate == 24_000:
        assert before[len(before) - behind :] == after[len(after) - behind :]


def frames_of(path: Path) -> list[bytes]:
    data = path.read_bytes()
    return [data[offset : offset + length] for offset, length in split(data)]


@pytest.mark.parametrize("rate", [24_000, 44_100])
@pytest.mark.parametrize("length", [575, 576, 577, 1151, 1152, 5000])
def test_players_play_exactly_the_length(rate: int, length: int, tmp_path: Path) -> None:
    mp3(rate).join(tmp_path / "a.mp3", [], length=length)
    heard, _ = decode_file(tmp_path / "a.mp3")
    assert len(heard) == length
    assert not heard.any()


def test_another_reader_understands_the_info_frame(tmp_path: Path) -> None:
    codec = mp3()
    codec.join(tmp_path / "a.mp3", [encode_clip(codec, clips(24_000)[4]).frames], length=24_000 * 10)
    reader: Any = MP3
    info = reader(tmp_path / "a.mp3").info
    # mutagen takes the encoder's 576 away, not the decoder's 529 that belong to either end
    assert info.length == pytest.approx(10, abs=1e-6)
    assert (info.bitrate_mode, info.sample_rate, info.channels) == (BitrateMode.CBR, 24_000, 1)
    assert info.encoder_info.startswith("LAME")
    assert info.bitrate == pytest.approx(64_000, rel=0.01)


def test_every_allowed_setting_gives_the_frames_it_promises() -> None:
    for version, rates in SAMPLE_RATES_HZ.items():
        for rate, kbps in itertools.product(rates, BIT_RATES_KBPS[version]):
            codec = mp3(rate, kbps)
            silence = codec.silence()
            head = header_at(silence, 0)
            assert (head.sample_rate_hz, head.bit_rate_kbps, head.mono) == (rate, kbps, True)
            assert list(split(silence)) == [(0, len(silence))]
            assert (codec.tail * codec.frame) >= codec.delay
            assert not decode_mp3(silence * 3, rate).any()


def test_a_run_has_exactly_its_frames_aligned_with_the_input() -> None:
    codec = mp3()
    for count in (0, 1, 2, 7, 40):
        frames = codec.encode(np.zeros(count * 576, np.int16))
        assert sum(1 for _ in split(frames)) == count
        assert len(codec.decode(frames)) == count * 576


@pytest.mark.parametrize(("rate", "kbps", "most"), [(22_050, 64, 8), (44_100, 64, 8), (22_050, 56, 2), (44_100, 96, 2)])
def test_bytes_keep_to_the_nominal_rate(rate: int, kbps: int, most: int, tmp_path: Path) -> None:
    """Pauses mix the two sizes of frame, so that players who reckon by the bit rate are not led astray.

    40 utterances stray by ``most`` bytes; all silent frames of one size would stray by up to 1,500.
    """
    codec = mp3(rate, kbps)
    runs: list[bytes | int] = [codec.encode(np.zeros(count * codec.frame, np.int16)) for count in range(5, 45)]
    plan = [item for run in runs for item in (23, run, 17)]
    frames = sum(range(5, 45)) + 40 * 40
    codec.join(tmp_path / "a.mp3", plan, length=frames * codec.frame - codec.delay)
    found = list(split((tmp_path / "a.mp3").read_bytes()))
    assert len(found) == 1 + frames
    nominal = codec.frame / 8 * 1000 * kbps / rate
    drift = [offset - found[1][0] - nominal * number for number, (offset, _) in enumerate(found[1:])]
    assert max(map(abs, drift)) < most


def test_long_files_need_no_memory(tmp_path: Path) -> None:
    codec = mp3()
    run = codec.encode(np.zeros(500 * 576, np.int16))
    codec.join(tmp_path / "warm.mp3", [run, 10], length=510 * 576)
    tracemalloc.start()
    codec.join(tmp_path / "hour.mp3", itertools.chain.from_iterable([(run, 20)] * 300), length=520 * 300 * 576)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 1_000_000
    assert (tmp_path / "hour.mp3").stat().st_size > 29_000_000


def test_lame_says_nothing_on_standard_output(capfd: pytest.CaptureFixture[str]) -> None:
    codec = mp3()
    codec.encode(clips(24_000)[0][: 576 * 20])
    assert capfd.readouterr() == ("", "")


def test_what_mp3_does_not_allow_is_said_with_what_it_does() -> None:
    with pytest.raises(UsageError, match=r"11025 Hz; it allows 16000, 22050, 24000, 32000, 44100, 48000"):
        mp3(11_025)
    with pytest.raises(UsageError, match=r"24000 Hz has no bit rate of 192 kbit/s; it allows 8, 16, .*, 160"):
        mp3(24_000, 192)
    with pytest.raises(UsageError, match=r"44100 Hz has no bit rate of 24 kbit/s; it allows 32, .*, 320"):
        mp3(44_100, 24)


def test_fingerprint_tells_settings_apart() -> None:
    assert len({mp3(rate, kbps).fingerprint for rate, kbps in SETTINGS}) == len(SETTINGS)


def test_half_a_frame_is_refused() -> None:
    with pytest.raises(EncodeError, match="577 samples"):
        mp3().encode(np.zeros(577, np.int16))


def test_runs_that_do_not_belong_are_refused(tmp_path: Path) -> None:
    codec, other = mp3(), mp3(24_000, 48)
    with pytest.raises(EncodeError, match="other frames"):
        codec.join(tmp_path / "a.mp3", [other.silence()], length=24_000)
    with pytest.raises(EncodeError, match="cut short"):
        codec.join(tmp_path / "a.mp3", [codec.silence()[:-1]], length=24_000)
    with pytest.raises(EncodeError, match="8 frames longer"):
        codec.join(tmp_path / "a.mp3", [10], length=40)


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match=r"a\.mp3"):
        mp3().join(tmp_path / "missing" / "a.mp3", [], length=1000)
