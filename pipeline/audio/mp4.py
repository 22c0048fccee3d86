"""An MP4 sound file with the index in front: AAC, chapters, and what else stands under ``udta``.

Sources: ISO/IEC 14496-12 (boxes), 14496-14 (``esds``), Apple's QuickTime File Format (text track, ``gmhd``, ``chap``),
and for the list of chapters of Nero's players (``chpl``) what ffmpeg writes. How long the index will be is known
before the first frame, so a file is written in one pass and nothing is moved.

All times are in samples: movie, sound and chapters count at the sample rate.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pipeline.errors import EncodeError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from pipeline.model.timeline import ChapterMark

CHUNK = 24
"""Frames in a chunk: about a second, as far as a player has to walk when it seeks."""
NERO_CHAPTERS = 255
"""A list of chapters counts in one byte, and so does each title's length; the text track holds all."""
_TITLE_BYTES = 1000
_INDEX_BYTES = 5
"""More than the index needs for each frame."""
_MATRIX = struct.pack(">9I", 1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30)
_UNDETERMINED = 0x55C4  # "und", five bits a letter
_SOUND, _TEXT = 1, 2  # track ids
_UTF8 = struct.pack(">I4sI", 12, b"encd", 0x100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Movie:
    """All of a file but its sound.

    Attributes:
        config: AudioSpecificConfig (ISO/IEC 14496-3).
        sample_rate_hz: At most 65535.
        bit_rate_kbps: Nominal.
        frame: Samples in a frame.
        frames: How many there are.
        priming: Samples that a player drops at the beginning.
        length: Samples that it plays.
        chapters: In order of time, the first at 0.
        extra: Whole boxes to stand under ``udta``.
    """

    config: bytes
    sample_rate_hz: int
    bit_rate_kbps: int
    frame: int
    frames: int
    priming: int
    length: int
    chapters: Sequence[ChapterMark]
    extra: bytes

    def head(self, sizes: NDArray[np.uint16]) -> bytes:
        """Everything in front of the first frame; always equally long.

        Args:
            sizes: Bytes of each frame; zeros where they are not known yet.

        Raises:
            EncodeError: The file is longer than MP4 counts in 32 bits.
        """
        titles = [_text_sample(mark.title) for mark in self.chapters]
        data = 8 + sum(map(len, titles)) + int(sizes.sum(dtype=np.int64))
        if max(data + len(self.extra) + _INDEX_BYTES * self.frames, self.frames * self.frame) >= 1 << 32:
            raise EncodeError(f"{self.length} samples are too many for one M4B file; make several episodes of them")
        file_type = _box(b"ftyp", b"M4A ", struct.pack(">I", 0x200), b"M4A ", b"isom", b"iso2")
        at = len(file_type) + len(self._moov(sizes, titles, at=0)) + 8
        return b"".join((file_type, self._moov(sizes, titles, at=at), struct.pack(">I4s", data, b"mdat"), *titles))

    def _moov(self, sizes: NDArray[np.uint16], titles: Sequence[bytes], *, at: int) -> bytes:
        """The index of a file whose titles begin at byte ``at``, followed by the sound."""
        tracks = 1 + bool(titles)
        times = struct.pack(">IIIIIH10x", 0, 0, self.sample_rate_hz, self.length, 1 << 16, 0x100)
        header = _full(b"mvhd", 0, times, _MATRIX, bytes(24), struct.pack(">I", tracks + 1))
        parts = [header, self._sound(sizes, at + sum(map(len, titles)), named=bool(titles))]
        if titles:
            parts.append(self._text(titles, at))
        if under := self._nero() + self.extra:
            parts.append(_box(b"udta", under))
        return _box(b"moov", *parts)

    def _sound(self, sizes: NDArray[np.uint16], at: int, *, named: bool) -> bytes:
        edit = _full(b"elst", 0, struct.pack(">IIIHH", 1, self.length, self.priming, 1, 0))
        # Each frame overlaps the one before it: a player that jumps decodes one more.
        roll = _full(b"sgpd", 1, struct.pack(">4sIIh", b"roll", 2, 1, -1))
        rolls = _full(b"sbgp", 0, struct.pack(">4sIII", b"roll", 1, self.frames, 1))
        begins = np.arange(0, self.frames, CHUNK)
        lengths = np.add.reduceat(sizes, begins, dtype=np.int64) if self.frames else begins
        places = (at + np.cumsum(lengths) - lengths).astype(">u4")
        whole, rest = divmod(self.frames, CHUNK)
        chunks = [(1, CHUNK)] * (whole > 0) + [(whole + 1, rest)] * (rest > 0)
        table = _box(
            b"stbl",
            _full(b"stsd", 0, struct.pack(">I", 1), self._sound_entry()),
            _full(b"stts", 0, struct.pack(">III", 1, self.frames, self.frame)),
            _full(b"stsc", 0, struct.pack(">I", len(chunks)), *(struct.pack(">III", *chunk, 1) for chunk in chunks)),
            _full(b"stsz", 0, struct.pack(">II", 0, self.frames), sizes.astype(">u4").tobytes()),
            _full(b"stco", 0, struct.pack(">I", len(places)), places.tobytes()),
            roll,
            rolls,
        )
        return _box(
            b"trak",
            self._track_header(_SOUND, flags=3, volume=0x100),
            _box(b"edts", edit),
            *([_box(b"tref", _box(b"chap", struct.pack(">I", _TEXT)))] if named else []),
            self._media(
                self.frames * self.frame, b"soun", b"SoundHandler", _full(b"smhd", 0, bytes(4)), _data_here(), table
            ),
        )

    def _sound_entry(self) -> bytes:
        """Sample description of AAC: mono, 16 bits, and the decoder's configuration."""
        bits = 1000 * self.bit_rate_kbps
        decoder = struct.pack(">BBBHII", 0x40, 0x15, 0, 0, bits, bits) + _descriptor(5, self.config)
        elementary = struct.pack(">HB", _SOUND, 0) + _descriptor(4, decoder) + _descriptor(6, b"\2")
        entry = struct.pack(">6xHIIHHHHI", 1, 0, 0, 1, 16, 0, 0, self.sample_rate_hz << 16)
        return _box(b"mp4a", entry, _full(b"esds", 0, _descriptor(3, elementary)))

    def _text(self, titles: Sequence[bytes], at: int) -> bytes:
        """The text track that QuickTime players take chapters from: not enabled, one sample a chapter."""
        lasts = b"".join(struct.pack(">II", 1, mark.end - mark.start) for mark in self.chapters)
        lengths = b"".join(struct.pack(">I", len(title)) for title in titles)
        look = struct.pack(">6xHII6x8x8xHHBH6xB", 1, 1, 1, 0, 0, 0, 0, 0)  # shown in the middle, black, no font's name
        table = _box(
            b"stbl",
            _full(b"stsd", 0, struct.pack(">I", 1), _box(b"text", look)),
            _full(b"stts", 0, struct.pack(">I", len(titles)), lasts),
            _full(b"stsc", 0, struct.pack(">IIII", 1, 1, len(titles), 1)),
            _full(b"stsz", 0, struct.pack(">II", 0, len(titles)), lengths),
            _full(b"stco", 0, struct.pack(">II", 1, at)),
        )
        base = _box(
            b"gmhd",
            _full(b"gmin", 0, struct.pack(">6H", 0x40, 0x8000, 0x8000, 0x8000, 0, 0)),
            _box(b"text", _MATRIX),
        )
        return _box(
            b"trak",
            self._track_header(_TEXT, flags=2, volume=0),
            self._media(self.length, b"text", b"ChapterHandler", base, _data_here(), table),
        )

    def _track_header(self, track: int, *, flags: int, volume: int) -> bytes:
        times = struct.pack(">IIIII", 0, 0, track, 0, self.length)
        return _full(b"tkhd", 0, times, struct.pack(">8xHHHH", 0, track - 1, volume, 0), _MATRIX, bytes(8), flags=flags)

    def _media(self, length: int, kind: bytes, name: bytes, *under: bytes) -> bytes:
        return _box(
            b"mdia",
            _full(b"mdhd", 0, struct.pack(">IIIIHH", 0, 0, self.sample_rate_hz, length, _UNDETERMINED, 0)),
            _full(b"hdlr", 0, struct.pack(">4s4s12x", b"\0\0\0\0", kind), name, b"\0"),
            _box(b"minf", *under),
        )

    def _nero(self) -> bytes:
        if not self.chapters:
            return b""
        entries = [
            struct.pack(">QB", mark.start * 10_000_000 // self.sample_rate_hz, len(title)) + title
            for mark in self.chapters[:NERO_CHAPTERS]
            for title in (_utf8(mark.title, 255),)
        ]
        return _full(b"chpl", 1, struct.pack(">4xB", len(entries)), *entries)


def _box(kind: bytes, *parts: bytes) -> bytes:
    return struct.pack(">I4s", 8 + sum(map(len, parts)), kind) + b"".join(parts)


def _full(kind: bytes, version: int, *parts: bytes, flags: int = 0) -> bytes:
    return _box(kind, struct.pack(">I", version << 24 | flags), *parts)


def _descriptor(tag: int, content: bytes) -> bytes:
    """A descriptor of ISO/IEC 14496-1, § 8.3.3, shorter than 128 bytes."""
    return bytes((tag, len(content))) + content


def _data_here() -> bytes:
    return _box(b"dinf", _full(b"dref", 0, struct.pack(">I", 1), _full(b"url ", 0, flags=1)))


def _text_sample(title: str) -> bytes:
    text = _utf8(title, _TITLE_BYTES)
    return struct.pack(">H", len(text)) + text + _UTF8


def _utf8(text: str, most: int) -> bytes:
    """``text`` as at most so many bytes of UTF-8, cut between characters."""
    return text.encode("utf-8", "replace")[:most].decode("utf-8", "ignore").encode()
