"""Chapters out of a finished MP3: its frames, uncut and not encoded again, each chapter with an Info frame of its own.

What is encoded as one run of frames — an utterance, or all that music lies under — was given to a fresh encoder and
begins in silence, so its first frames need none before them. The sound lags behind its frames by the decoder's and the
encoder's delay; the frames that a piece ends with are therefore followed by the silent ones that the next piece begins
with, and the Info frame says how much a player plays. Played one after the other, the pieces are the whole: no sample
is missing and none is heard twice.
"""

from __future__ import annotations

import mmap
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from pipeline.audio.frames import FrameHeader, header_at, split
from pipeline.audio.info_frame import DECODER_DELAY, ENCODER_DELAY, info_frame
from pipeline.errors import EncodeError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

LEAD_FRAMES = 2
"""Silent frames at the beginning of each utterance's run: see `pipeline.contracts.Codec.lead`."""
_SIDE_BITS = {1: (9, (18, 77)), 2: (8, (9,))}
"""MPEG version → bits of ``main_data_begin`` at the beginning of a mono frame's side information, and where the 12 bits
of each granule's ``part2_3_length`` are (ISO/IEC 11172-3 § 2.4.1.7, 13818-3 § 2.4.1.7)."""
_FRAMES, _QUALITY, _ENCODER, _DELAYS, _END = 8, 116, 120, 141, 144
"""Where they stand in an Info frame, from its name on: see `pipeline.audio.info_frame`."""
_NAME_BYTES = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of an MP3 file as a file of its own, without a tag.

    Attributes:
        start: Its first sample, counted in the whole; a multiple of the frame.
        length: Samples that a player plays.
        sample_rate_hz: Rate of both.
        data: The bytes.
    """

    start: int
    length: int
    sample_rate_hz: int
    data: bytes


def cut(path: Path, places: Sequence[int]) -> Iterator[Piece]:
    """The file ``path`` cut before each of ``places``, the first piece from the very beginning; one is held at a time.

    Args:
        path: An MP3 as our encoder writes it: a tag or none, an Info frame, mono frames.
        places: Samples, ascending, one a piece: each is cut at the last silence before it, `LEAD_FRAMES` before an
            utterance that begins there, or before the music that begins under it. What the first says does not count.

    Raises:
        EncodeError: The file is another one, or there is no silence between two places.
        OSError: The file cannot be read.
    """
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        whole = _whole(data, str(path))
        frame = whole.header.samples
        firsts = [0]
        for place in places[1:]:
            first = min(place // frame, whole.frames) - LEAD_FRAMES
            while first > firsts[-1] and not whole.silent(data, first):
                first -= 1
            if first <= firsts[-1]:
                raise EncodeError(f"no silence before sample {place}", str(path))
            firsts.append(first)
        closing = -(-(ENCODER_DELAY + DECODER_DELAY) // frame)
        ends = [*firsts[1:], whole.frames - closing]
        for number, (first, end) in enumerate(zip(firsts, ends, strict=True)):
            last = number == len(firsts) - 1
            length = whole.length - first * frame if last else (end - first) * frame
            sound = data[whole.offset(first) : whole.offset(end + closing)]
            head = info_frame(
                whole.header,
                encoder=whole.encoder,
                quality=whole.quality,
                frames=end + closing - first,
                audio_bytes=len(sound),
                length=length,
            )
            yield Piece(
                start=first * frame, length=length, sample_rate_hz=whole.header.sample_rate_hz, data=head + sound
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Whole:
    """What the file's Info frame tells, and where its frames are.

    Attributes:
        offsets: Byte at which each frame begins, and the end of the last; where all are equally long, only the first.
        size: Bytes of a frame where all are equally long, else 0.
    """

    header: FrameHeader
    frames: int
    length: int
    quality: int
    encoder: str
    offsets: tuple[int, ...]
    size: int

    def offset(self, frame: int) -> int:
        return self.offsets[0] + frame * self.size if self.size else self.offsets[frame]

    def silent(self, data: mmap.mmap, frame: int) -> bool:
        """Whether the frame holds no sound and needs no bytes of those before it."""
        at = self.offset(frame) + 4
        side = int.from_bytes(data[at : at + self.header.side_info], "big")
        bits = 8 * self.header.side_info
        reach, lengths = _SIDE_BITS[self.header.version]
        return not (side >> (bits - reach) or any(side >> (bits - start - 12) & 0xFFF for start in lengths))


def _whole(data: mmap.mmap, where: str) -> _Whole:
    start = _tag_bytes(data)
    info = header_at(data[start : start + 4], 0)
    name = start + 4 + info.side_info
    told = data[name : name + _END]
    if told[:4] != b"Info" or len(told) < _END:
        raise EncodeError("has no Info frame, so it is none of our MP3 files", where)
    frames = int.from_bytes(told[_FRAMES : _FRAMES + 4], "big")
    delays = int.from_bytes(told[_DELAYS:_END], "big")
    first = start + info.length
    header = replace(header_at(data[first : first + 4], 0), padding=False)
    padded = np.frombuffer(data, np.uint8, offset=first)
    size = _equal_size(padded, header, frames)
    del padded  # a mapped file cannot be closed while something looks into it
    offsets = (first,) if size else (first, *(first + at + length for at, length in split(data[first:])))
    if not size and len(offsets) != frames + 1:
        raise EncodeError(f"the Info frame tells of {frames} frames, there are {len(offsets) - 1}", where)
    return _Whole(
        header=header,
        frames=frames,
        length=frames * header.samples - (delays >> 12) - (delays & 0xFFF),
        quality=int.from_bytes(told[_QUALITY : _QUALITY + 4], "big"),
        encoder=told[_ENCODER : _ENCODER + _NAME_BYTES].rstrip(b"\0").decode("ascii", "replace"),
        offsets=offsets,
        size=size,
    )


def _equal_size(sound: np.ndarray[tuple[int], np.dtype[np.uint8]], header: FrameHeader, frames: int) -> int:
    """Bytes of each frame, or 0 where some have padding; at 24 and 48 kHz none has."""
    size = header.length
    if len(sound) != frames * size:
        return 0
    heads = sound.reshape(frames, size)[:, :3]  # version, layer, rates and padding: all that makes the length
    return size if (heads == heads[0]).all() else 0


def _tag_bytes(data: mmap.mmap) -> int:
    """Bytes of the ID3v2 tag at the beginning: seven bits in each byte of its length (ID3v2.3 § 3.1)."""
    if data[:3] != b"ID3":
        return 0
    length = 0
    for byte in data[6:10]:
        length = length << 7 | byte & 0x7F
    return 10 + length
