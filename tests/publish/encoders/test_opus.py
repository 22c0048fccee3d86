"""The pages of an Opus file, by the letter of RFC 3533 and RFC 7845."""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pytest

from pipeline import plugins
from pipeline.audio.level import level
from pipeline.audio.loudness import true_peak
from pipeline.audio.packets import pack
from pipeline.errors import EncodeError, UsageError
from pipeline.model.show import AudioFormat, Voice
from pipeline.publish.encode import encode_clip

if TYPE_CHECKING:
    from pathlib import Path

OPUS = plugins.load("encoders", "opus")
NOTHING_ENDS = (1 << 64) - 1


@dataclass
class Page:
    flags: int
    granule: int
    serial: int
    number: int
    lacing: bytes
    body: bytes


def _crc(data: bytes) -> int:
    """The checksum bit by bit, as RFC 3533 describes it."""
    crc = 0
    for byte in data:
        crc ^= byte << 24
        for _ in range(8):
            crc = (crc << 1 ^ 0x04C11DB7 if crc >> 31 else crc << 1) & 0xFFFFFFFF
    return crc


def _pages(data: bytes) -> list[Page]:
    pages = []
    place = 0
    while place < len(data):
        head = data[place : place + 27]
        assert head[:5] == b"OggS\0"
        lacing = data[place + 27 : place + 27 + head[26]]
        end = place + 27 + len(lacing) + sum(lacing)
        page = data[place:end]
        assert int.from_bytes(page[22:26], "little") == _crc(page[:22] + bytes(4) + page[26:])
        granule, serial, number = struct.unpack("<QII", head[6:22])
        pages.append(Page(head[5], granule, serial, number, lacing, page[27 + len(lacing) :]))
        place = end
    return pages


def _join(folder: Path, runs: list[bytes | int], length: int, tags: bytes = b"", **audio: int) -> list[Page]:
    path = folder / "x.opus"
    OPUS.codec(AudioFormat(**audio)).join(path, runs, length=length, tags=tags)  # type: ignore[arg-type]  # all numbers
    return _pages(path.read_bytes())


def test_pages_count_on_and_the_last_says_where_the_sound_ends(tmp_path: Path) -> None:
    pages = _join(tmp_path, [], 100_000)
    assert [page.number for page in pages] == list(range(len(pages)))
    assert {page.serial for page in pages} == {1}
    assert [page.flags for page in pages] == [2] + [0] * (len(pages) - 2) + [4]
    assert [page.granule for page in pages] == [0, 0, *(960 * 40 * n for n in range(1, 6)), 2 * 100_000 + 312]
    assert pages[0].body[:8] == b"OpusHead"
    assert int.from_bytes(pages[0].body[10:12], "little") == 312
    packets = sum(len(page.lacing) for page in pages[2:])
    assert packets == -(-(200_000 + 312) // 960)


@pytest.mark.parametrize("size", [0, 100, 254 - 8, 255 - 8, 255 * 255 - 9, 255 * 255 - 8, 70_000, 200_000])
def test_tags_of_any_length_have_pages_of_their_own(tmp_path: Path, size: int) -> None:
    tags = bytes(range(256)) * (size // 256) + bytes(size % 256)
    pages = _join(tmp_path, [], 1000, tags)
    head = [page for page in pages[1:-1] if page.granule in (0, NOTHING_ENDS)]
    assert b"".join(page.body for page in head) == b"OpusTags" + (tags or bytes(8))
    assert [page.flags for page in head] == [0] + [1] * (len(head) - 1)
    assert [page.granule for page in head] == [NOTHING_ENDS] * (len(head) - 1) + [0]
    lacing = b"".join(page.lacing for page in head)
    assert lacing.rstrip(b"\xff")[-1:] == lacing[-1:], "the packet ends where its last segment is not full"


def test_packets_longer_than_a_segment_fill_several(tmp_path: Path) -> None:
    long = pack([b"\xfc" + bytes(size) for size in (253, 254, 255, 509, 510, 1274)])
    (page,) = _join(tmp_path, [long], 6 * 480 - 156)[2:]
    assert page.lacing == bytes((254, 255, 0, 255, 1, 255, 255, 0, 255, 255, 1, 255, 255, 255, 255, 255, 0))


def test_an_empty_file_is_a_file(tmp_path: Path) -> None:
    assert len(_join(tmp_path, [], 0)) == 3


@pytest.mark.parametrize(("rate", "coded"), [(24_000, 24_000), (44_100, 48_000), (22_050, 24_000), (16_000, 16_000)])
def test_frames_last_20_ms_at_any_rate(rate: int, coded: int) -> None:
    codec = OPUS.codec(AudioFormat(sample_rate_hz=rate))
    assert codec.frame * 50 == rate
    assert codec.coder.sample_rate_hz == coded


@pytest.mark.parametrize(
    ("audio", "said"),
    [
        (AudioFormat(sample_rate_hz=96_000), "96000 Hz; it takes 8000 to 48000"),
        (AudioFormat(sample_rate_hz=11_025), "11025 Hz"),
        (AudioFormat(opus_bit_rate_kbps=300), "300 kbit/s; it allows 6 to 256"),
        (AudioFormat(opus_bit_rate_kbps=0), "0 kbit/s"),
    ],
)
def test_what_opus_does_not_have_is_refused_by_name(audio: AudioFormat, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        OPUS.codec(audio)


def test_a_broken_frame_is_refused() -> None:
    with pytest.raises(EncodeError, match="whole number of frames of 480"):
        OPUS.codec(AudioFormat()).encode(np.zeros(481, np.int16))


@pytest.mark.parametrize("speaker", ["en-gb", "de"])
def test_no_decoder_plays_peaks_over_the_limit(speaker: str) -> None:
    """ffmpeg's decoder and libopus play what is coded for speech with other peaks, which resampling hides too."""
    engine = plugins.load("engines", "espeak")
    text = "The sea comes and goes twice a day, and it has done so since there was a sea."
    speech = engine.speak(text, Voice(engine="espeak", speaker=speaker, language=speaker[:2]))
    codec = plugins.load("encoders", "opus").codec(AudioFormat())
    clip = level(speech.samples, speech.sample_rate_hz, to_hz=24_000, gain_db=14.0, ceiling_dbfs=-2.0)
    run = encode_clip(codec, clip)
    peaks_db = [20 * math.log10(true_peak(heard)) for heard in codec.played(run.frames)]
    assert len(peaks_db) == 2
    assert max(peaks_db) == pytest.approx(20 * math.log10(run.peak))
    assert max(peaks_db) <= -1.19


@pytest.mark.parametrize("audio", [AudioFormat(opus_bit_rate_kbps=6), AudioFormat(sample_rate_hz=8_000)])
def test_what_is_coded_at_8_khz_is_heard_alike_by_both_decoders(audio: AudioFormat) -> None:
    codec = OPUS.codec(audio)
    sound = np.zeros(40 * codec.frame, np.int16)
    place = np.arange(20 * codec.frame)
    sound[10 * codec.frame : 30 * codec.frame] = 8000 * np.sin(2 * np.pi * 300 * place / codec.sample_rate_hz)
    ours, theirs = codec.played(codec.encode(sound))
    assert len(ours) == len(theirs) == 40 * 960
    assert np.corrcoef(ours, theirs)[0, 1] > 0.95  # 0.5 ms late would be 0.6
    assert abs(codec.decode(codec.encode(sound))[: 8 * codec.frame]).max() < 0.01
