"""MP3: MPEG layer III by LAME, mono, constant bit rate, with our own Info frame.

Constant, because players jump wrongly in a variable one even with a seek table. A fresh LAME begins with an empty
bit reservoir, so the frames of each utterance stand alone; and a silent frame leaves nothing behind it. Players drop
the delay at the beginning by the Info frame, and closing silent frames make up for it at the end.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.metadata import version
from typing import TYPE_CHECKING

import lameenc
import numpy as np

from pipeline.audio.decode import decode_mp3
from pipeline.audio.frames import BIT_RATES_KBPS, SAMPLE_RATES_HZ, FrameHeader, header_at, mpeg_version, split
from pipeline.audio.info_frame import DECODER_DELAY, ENCODER_DELAY, info_frame, info_header
from pipeline.errors import EncodeError, UsageError, WriteError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from pipeline.model.show import AudioFormat
    from pipeline.model.timeline import ChapterMark

SUFFIX = ".mp3"
MEDIA_TYPE = "audio/mpeg"
TAGS = "id3"

SCHEMA = 1
QUALITY = {"fast": 7, "normal": 5, "best": 2}
"""LAME's 0 (slowest) to 9. On speech at 64 kbit/s, 5 keeps the noise 0.5 dB further below the threshold of hearing
than 7 does and takes 1.5 times as long; 2 takes 2.5 times as long and gains nothing."""
INFO_QUALITY = 100 - 10 * 4
"""As the Info frame spells it, less the number above, with the usual 4 for the variable bit rate that is not used."""

LAME_SCALES = ((160, 0.95), (192, 0.97), (224, 0.98), (320, 1.0))
"""Up to this bit rate in kbit/s, LAME multiplies its input by this. Measured as the gain of a 500 Hz tone through
encoder and decoder, at all rates of this module: equal to ±0.0002. Real speech, levelled to −16 LUFS, came out within
0.06 LU of it from 40 kbit/s upwards; below, the low-pass takes up to 0.5 LU more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mp3:
    """The codec: see `pipeline.contracts.Codec`."""

    fingerprint: str
    header: FrameHeader
    quality: int
    trim_db: float
    delay: int = ENCODER_DELAY + DECODER_DELAY
    lead: int = 2
    tail: int = 2

    @property
    def sample_rate_hz(self) -> int:
        """Rate of the samples."""
        return self.header.sample_rate_hz

    @property
    def frame(self) -> int:
        """Samples in a frame."""
        return self.header.samples

    def encode(self, samples: NDArray[np.int16]) -> bytes:
        """Exactly ``len(samples) // frame`` frames by a fresh encoder.

        Raises:
            EncodeError: ``len(samples)`` is no multiple of ``frame``, or LAME gave less.
        """
        if len(samples) % self.frame:
            raise EncodeError(f"{len(samples)} samples are no whole number of frames of {self.frame}")
        encoder = lameenc.Encoder()
        encoder.silence()  # no words on standard output
        encoder.set_channels(1)
        encoder.set_in_sample_rate(self.sample_rate_hz)
        encoder.set_out_sample_rate(self.sample_rate_hz)
        encoder.set_bit_rate(self.header.bit_rate_kbps)
        encoder.set_quality(self.quality)
        # int16 in the machine's own byte order is what LAME takes.
        data = bytes(encoder.encode(np.ascontiguousarray(samples, np.int16).tobytes())) + bytes(encoder.flush())
        wanted = len(samples) // self.frame
        ends = [offset + length for offset, length in split(data)]
        if len(ends) < wanted:
            raise EncodeError(f"LAME gave {len(ends)} frames where {wanted} were due")
        return data[: ends[wanted - 1]] if wanted else b""

    def silence(self) -> bytes:
        """One frame of silence, without padding, that needs no frame before it."""
        return _silence(self)

    def decode(self, frames: bytes) -> NDArray[np.float32]:
        """The frames as a player plays them, in step with what was encoded: float32, shape (frames × ``frame``,)."""
        # The sound lags behind its frames: two silent ones push out its end.
        closing = -(-self.delay // self.frame)
        samples = decode_mp3(frames + self.silence() * closing, self.sample_rate_hz)
        return samples[self.delay :][: len(samples) - closing * self.frame]

    def join(
        self,
        path: Path,
        runs: Iterable[bytes | int],
        *,
        length: int,
        tags: bytes = b"",
        chapters: Sequence[ChapterMark] = (),
    ) -> None:
        """Write a file of which a player plays ``length`` samples; nothing longer than a run is held in memory.

        Chapters stand among the tags.

        Raises:
            EncodeError: A run is not of this codec, or the runs are longer than ``length``.
            WriteError: The file cannot be written.
        """
        due = -(-(length + self.delay) // self.frame)
        start = len(tags) + info_header(self.header).length
        try:
            with path.open("wb") as file:
                file.write(tags.ljust(start, b"\0"))  # the Info frame's place: its numbers are known at the end
                for data in self._filled(runs, due):
                    file.write(data)
                audio_bytes = file.tell() - start
                file.seek(len(tags))
                file.write(
                    info_frame(
                        self.header,
                        encoder=_encoder_name(self.silence()),
                        quality=INFO_QUALITY - self.quality,
                        frames=due,
                        audio_bytes=audio_bytes,
                        length=length,
                    )
                )
        except OSError as error:
            raise WriteError(f"cannot be written: {error.strerror}", str(path)) from error

    def _filled(self, runs: Iterable[bytes | int], due: int) -> Iterator[bytes]:
        """The bytes of each run, numbers of silent frames among them, and of the silence that makes ``due`` frames.

        At 44.1 and 22.05 kHz a frame is no whole number of bytes long, so some are a byte longer. Which of the
        silent ones are depends on nothing but the run before them, so that an edit changes no byte elsewhere. The
        file strays from the nominal rate by less than a byte an utterance: some frames in an hour, if ever.
        """
        rate = self.sample_rate_hz
        nominal = self.frame // 8 * 1000 * self.header.bit_rate_kbps  # bytes of a frame, in units of 1 / rate
        short = self.silence()
        long = _padded(short)
        behind = 0  # bytes wanting at the nominal rate since the last run began, in the same units

        def silent(count: int) -> Iterator[bytes]:
            nonlocal behind
            for _ in range(count):
                behind += nominal - len(short) * rate
                pad = 2 * behind >= rate
                behind -= rate * pad
                yield long if pad else short

        for run in runs:
            if isinstance(run, int):
                due -= run
                yield b"".join(silent(run))
            else:
                frames = self._count(run)
                due -= frames
                behind = frames * nominal - len(run) * rate
                yield run
            if due < 0:
                raise EncodeError(f"the runs are {-due} frames longer than the file that they are for")
        yield b"".join(silent(due))

    def _count(self, run: bytes) -> int:
        """Frames in ``run``, which must begin like ours; walked through only where they differ in length."""
        if run and replace(header_at(run, 0), padding=False) != self.header:
            raise EncodeError(f"a run of other frames than {self.fingerprint} is to be joined")
        if not self._equal or not run:
            return sum(1 for _ in split(run))
        count, rest = divmod(len(run), self.header.length)
        if rest or header_at(run, len(run) - self.header.length) != self.header:
            raise EncodeError("a run of MPEG audio frames is cut short")
        return count

    @property
    def _equal(self) -> bool:
        """Whether all frames are equally long: at 24 kHz and its like no padding is needed."""
        return self.frame // 8 * 1000 * self.header.bit_rate_kbps % self.sample_rate_hz == 0


@lru_cache(maxsize=8)
def codec(audio: AudioFormat) -> Mp3:
    """The codec for these settings; kept, since asking for LAME's version takes as long as encoding a second.

    Raises:
        UsageError: MP3 has no such sample rate, or not that bit rate at it.
    """
    kbps, rate = audio.bit_rate_kbps, audio.sample_rate_hz
    generation = mpeg_version(rate)
    if not generation:
        allowed = sorted(rate for rates in SAMPLE_RATES_HZ.values() for rate in rates)
        raise UsageError(f"MP3 has no sample rate of {rate} Hz; it allows {_listed(allowed)}")
    if kbps not in BIT_RATES_KBPS[generation]:
        allowed = sorted(BIT_RATES_KBPS[generation])
        raise UsageError(f"MP3 at {rate} Hz has no bit rate of {kbps} kbit/s; it allows {_listed(allowed)}")
    quality = QUALITY[audio.quality]
    scale = next(scale for up_to, scale in LAME_SCALES if kbps <= up_to)
    return Mp3(
        fingerprint=f"mp3/{SCHEMA} lameenc={version('lameenc')} {rate} Hz {kbps} kbit/s mono quality={quality}",
        header=FrameHeader(version=generation, bit_rate_kbps=kbps, sample_rate_hz=rate),
        quality=quality,
        trim_db=-20 * math.log10(scale),
    )


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, numbers))


@lru_cache(maxsize=8)
def _silence(codec: Mp3) -> bytes:
    """The first frame of a fresh encoder that hears nothing."""
    frame = codec.encode(np.zeros(codec.frame, np.int16))
    reaches_back = frame[4] or (codec.header.version == 1 and frame[5] >> 7)  # main_data_begin, 8 or 9 bits
    if header_at(frame, 0) != codec.header or reaches_back:
        raise EncodeError("LAME's first frame does not stand alone; this version of lameenc cannot be used")
    return frame


def _padded(frame: bytes) -> bytes:
    """``frame`` with its padding bit set, and the byte that it promises."""
    return frame[:2] + bytes((frame[2] | 0b10,)) + frame[3:] + b"\0"


def _encoder_name(silence: bytes) -> str:
    """LAME writes name and version into the unused bytes of a frame, where they fit."""
    name = re.search(rb"LAME[0-9.]*", silence)
    return name[0].decode("ascii") if name else "LAME"
