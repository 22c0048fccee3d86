from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.audio.frames import BIT_RATES_KBPS, SAMPLE_RATES_HZ, FrameHeader, header_at, mpeg_version, split
from pipeline.audio.info_frame import crc16, info_frame, info_header
from pipeline.errors import EncodeError


@st.composite
def headers(draw: st.DrawFn) -> FrameHeader:
    version = draw(st.sampled_from((1, 2)))
    return FrameHeader(
        version=version,
        bit_rate_kbps=draw(st.sampled_from(BIT_RATES_KBPS[version])),
        sample_rate_hz=draw(st.sampled_from(SAMPLE_RATES_HZ[version])),
        padding=draw(st.booleans()),
        mono=draw(st.booleans()),
    )


@given(headers())
def test_a_header_survives(header: FrameHeader) -> None:
    assert header_at(b"xx" + header.pack(), 2) == header


@given(st.lists(headers(), max_size=8))
def test_frames_are_found_one_after_the_other(wanted: list[FrameHeader]) -> None:
    data = b"".join(header.pack().ljust(header.length, b"\x55") for header in wanted)
    found = list(split(data))
    assert [header_at(data, offset) for offset, _ in found] == wanted
    assert [length for _, length in found] == [header.length for header in wanted]


@pytest.mark.parametrize(
    ("kbps", "rate", "samples", "length"), [(64, 24_000, 576, 192), (64, 44_100, 1152, 208), (128, 48_000, 1152, 384)]
)
def test_known_sizes(kbps: int, rate: int, samples: int, length: int) -> None:
    header = FrameHeader(version=mpeg_version(rate), bit_rate_kbps=kbps, sample_rate_hz=rate)
    assert (header.samples, header.length) == (samples, length)
    assert header_at(header.pack(), 0).mono


@pytest.mark.parametrize("rate", [8000, 11_025, 96_000, 0])
def test_other_rates_belong_to_no_version(rate: int) -> None:
    assert mpeg_version(rate) == 0


GOOD = FrameHeader(version=2, bit_rate_kbps=64, sample_rate_hz=24_000).pack().ljust(192, b"\0")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"ID3\4 and so on", "byte 0"),
        (GOOD[:100], "cut short"),
        (GOOD + GOOD[:3], "byte 192"),
        (GOOD + b"junk", "byte 192"),
        (b"\xff\xe3\x84\xc4" + bytes(200), "byte 0"),  # MPEG-2.5
        (b"\xff\xf5\x84\xc4" + bytes(200), "byte 0"),  # layer II
        (b"\xff\xf3\x04\xc4" + bytes(200), "byte 0"),  # free bit rate
        (b"\xff\xf3\xf4\xc4" + bytes(200), "byte 0"),  # forbidden bit rate
        (b"\xff\xf3\x8c\xc4" + bytes(200), "byte 0"),  # reserved sample rate
    ],
)
def test_what_is_no_frame_is_refused_with_its_place(data: bytes, what: str) -> None:
    with pytest.raises(EncodeError, match=what):
        list(split(data))


def test_checksum_is_crc_16_arc() -> None:
    assert crc16(b"123456789") == 0xBB3D


def test_info_frame_says_what_it_is_told() -> None:
    header = FrameHeader(version=2, bit_rate_kbps=64, sample_rate_hz=24_000)
    frame = info_frame(header, encoder="LAME9.9", quality=55, frames=100, audio_bytes=19_200, length=56_000)
    assert (len(frame), frame[:4]) == (192, header.pack())
    tag = frame[13:]
    assert tag[:4] == b"Info"
    assert [int.from_bytes(tag[at : at + 4], "big") for at in (8, 12, 116)] == [100, 19_392, 55]
    assert [tag[16], tag[16 + 50], tag[16 + 99]] == [2, 129, 253]
    assert tag[120:129] == b"LAME9.9\0\0"
    delays = int.from_bytes(tag[141:144], "big")
    assert (delays >> 12, delays & 0xFFF) == (576, 100 * 576 - 576 - 56_000)
    assert int.from_bytes(tag[148:152], "big") == 19_392
    assert int.from_bytes(tag[154:156], "big") == crc16(frame[: 13 + 154])


@given(headers())
def test_every_info_frame_has_room(header: FrameHeader) -> None:
    info = info_header(header)
    assert info.length >= 4 + info.side_info + 156
    assert (info.sample_rate_hz, info.mono, info.padding) == (header.sample_rate_hz, header.mono, False)
    assert info.bit_rate_kbps >= header.bit_rate_kbps


@pytest.mark.parametrize("length", [57_000, 50_000])
def test_a_length_that_the_frames_cannot_have_is_refused(length: int) -> None:
    header = FrameHeader(version=2, bit_rate_kbps=64, sample_rate_hz=24_000)
    with pytest.raises(EncodeError, match="100 frames"):
        info_frame(header, encoder="", quality=0, frames=100, audio_bytes=0, length=length)
