"""The boxes of an M4B, by the letter of ISO/IEC 14496-12."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import numpy as np
import pytest

from pipeline import plugins
from pipeline.audio.packets import pack, packets
from pipeline.audio.pcm import int16_from_float
from pipeline.errors import EncodeError, UsageError
from pipeline.model.show import AudioFormat
from pipeline.model.timeline import ChapterMark
from pipeline.publish.encode import encode_clip
from tests.audio.signals import speech

if TYPE_CHECKING:
    from pathlib import Path

M4B = plugins.load("encoders", "m4b")
INSIDE = ("moov", "trak", "edts", "mdia", "minf", "stbl", "udta", "tref")


def _boxes(data: bytes, path: str = "", base: int = 0) -> dict[str, list[tuple[int, bytes]]]:
    """Path → place and content of each box; a track is called by the kind of its media."""
    found: dict[str, list[tuple[int, bytes]]] = {}
    place = 0
    while place < len(data):
        size, kind = struct.unpack(">I4s", data[place : place + 8])
        assert size >= 8
        content = data[place + 8 : place + size]
        name = kind.decode("latin-1")
        if name == "trak":
            name = "soun" if b"soun" in content else "text"
        full = f"{path}/{name}"
        found.setdefault(full, []).append((base + place + 8, content))
        if kind.decode("latin-1") in INSIDE:
            for key, value in _boxes(content, full, base + place + 8).items():
                found.setdefault(key, []).extend(value)
        place += size
    assert place == len(data)
    return found


def _marks(titles: list[str], length: int) -> list[ChapterMark]:
    ends = [length * (number + 1) // len(titles) for number in range(len(titles))]
    starts = [0, *ends[:-1]]
    return [
        ChapterMark(id=f"c{number}", title=title, level=2, start=start, end=end)
        for number, (title, start, end) in enumerate(zip(titles, starts, ends, strict=True))
    ]


def test_the_index_stands_in_front_and_names_every_frame(tmp_path: Path) -> None:
    codec = M4B.codec(AudioFormat())
    run = encode_clip(codec, int16_from_float(speech(1.5, 24_000)))
    titles = ["Ebb", "Flood — 潮", "Slack"]
    length = 24_000 * 4 + 17
    path = tmp_path / "x.m4b"
    codec.join(path, [30, run.frames], length=length, chapters=_marks(titles, length))
    data = path.read_bytes()
    boxes = _boxes(data)
    assert next(iter(boxes)) == "/ftyp"
    assert list(boxes).index("/moov") < list(boxes).index("/mdat")

    frames = -(-(length + 1024) // 1024)
    ((_, stsz),) = boxes["/moov/soun/mdia/minf/stbl/stsz"]
    sizes = np.frombuffer(stsz[12:], ">u4")
    assert struct.unpack(">III", stsz[:12]) == (0, 0, frames)
    ((_, stco),) = boxes["/moov/soun/mdia/minf/stbl/stco"]
    ((_, stsc),) = boxes["/moov/soun/mdia/minf/stbl/stsc"]
    chunks = np.frombuffer(stco[8:], ">u4")
    assert struct.unpack(">6I", stsc[8:]) == (1, 24, 1, len(chunks), frames % 24, 1)
    silence = next(packets(codec.silence()))
    meant = [silence] * 30 + list(packets(run.frames))
    meant += [silence] * (frames - len(meant))
    found = []
    for chunk, place in enumerate(chunks.tolist()):
        for size in sizes[24 * chunk : 24 * (chunk + 1)].tolist():
            found.append(data[place : place + size])
            place += size
    assert found == meant

    ((_, elst),) = boxes["/moov/soun/edts/elst"]
    assert struct.unpack(">4I", elst[4:20]) == (1, length, 1024, 1 << 16)
    ((_, chap),) = boxes["/moov/soun/tref/chap"]
    ((_, tkhd),) = boxes["/moov/text/tkhd"]
    assert chap == tkhd[12:16], "the sound names the track of its chapters"
    assert tkhd[3] == 2, "which is not enabled"
    ((_, places),) = boxes["/moov/text/mdia/minf/stbl/stco"]
    ((_, lengths),) = boxes["/moov/text/mdia/minf/stbl/stsz"]
    place = int.from_bytes(places[8:12], "big")
    for title, size in zip(titles, np.frombuffer(lengths[12:], ">u4").tolist(), strict=True):
        text = data[place : place + size]
        assert text[2 : 2 + int.from_bytes(text[:2], "big")].decode() == title
        place += size
    ((_, stts),) = boxes["/moov/text/mdia/minf/stbl/stts"]
    assert np.frombuffer(stts[8:], ">u4").reshape(-1, 2)[:, 1].sum() == length


def test_without_chapters_there_is_one_track(tmp_path: Path) -> None:
    path = tmp_path / "x.m4b"
    M4B.codec(AudioFormat()).join(path, [], length=5000)
    boxes = _boxes(path.read_bytes())
    assert not {"/moov/text", "/moov/soun/tref", "/moov/udta"} & set(boxes)


@pytest.mark.parametrize("frames", [1, 23, 24, 25, 48])
def test_chunks_of_any_number_of_frames(tmp_path: Path, frames: int) -> None:
    path = tmp_path / "x.m4b"
    M4B.codec(AudioFormat()).join(path, [], length=1024 * (frames - 1))
    ((_, stsc),) = _boxes(path.read_bytes())["/moov/soun/mdia/minf/stbl/stsc"]
    runs = np.frombuffer(stsc[8:], ">u4").reshape(-1, 3)
    ((_, stco),) = _boxes(path.read_bytes())["/moov/soun/mdia/minf/stbl/stco"]
    chunks = int.from_bytes(stco[4:8], "big")
    ends = [*runs[1:, 0].tolist(), chunks + 1]
    assert sum((end - first) * count for (first, count, _), end in zip(runs.tolist(), ends, strict=True)) == frames


def test_a_file_longer_than_mp4_counts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncodeError, match="too many for one M4B"):
        M4B.codec(AudioFormat()).join(tmp_path / "x.m4b", [], length=1 << 32)


@pytest.mark.parametrize(
    ("audio", "said"),
    [
        (AudioFormat(sample_rate_hz=8_000), "8000 Hz; it allows 16000"),
        (AudioFormat(m4b_bit_rate_kbps=8), "8 kbit/s; it allows 16 to 144"),
        (AudioFormat(m4b_bit_rate_kbps=200), "200 kbit/s"),
    ],
)
def test_what_aac_does_not_have_is_refused_by_name(audio: AudioFormat, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        M4B.codec(audio)


def test_a_run_of_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncodeError, match="cut short"):
        M4B.codec(AudioFormat()).join(tmp_path / "x.m4b", [pack([b"ab"])[:-1]], length=99_999)
