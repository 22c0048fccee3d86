"""Opus in Ogg: frames of 20 ms by libopus, mono.

A fresh encoder begins with frames that need none before them, so the frames of each utterance stand alone. The file
counts in 48 kHz samples, as every Opus file does; a rate that Opus does not have is resampled, run by run, to the next
one that it has. The pages are written here, in one pass with tags and chapters in front.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.metadata import version
from typing import TYPE_CHECKING

import numpy as np

from pipeline.audio import ogg
from pipeline.audio.packets import PacketCodec, flow, pack, packets
from pipeline.audio.pcm import float_from_int16, int16_from_float
from pipeline.audio.resample import resample
from pipeline.errors import EncodeError, UsageError, WriteError
from pipeline.units import rescale_samples

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from pipeline.model.show import AudioFormat
    from pipeline.model.timeline import ChapterMark

SUFFIX = ".opus"
MEDIA_TYPE = "audio/ogg"
TAGS = "opus"

SCHEMA = 2
CLOCK_HZ = 48_000
FRAMES_A_SECOND = 50
SAMPLE_RATES_HZ = (8_000, 12_000, 16_000, 24_000, 48_000)
BIT_RATES_KBPS = (6, 256)
"""Least and most of one channel (libopus)."""
OTHER_DECODER = "libopus"
"""In browsers, telephones and VLC; ffmpeg and what is built on it has its own."""
SERIAL = 1
"""Number of the stream: one a file, so that files repeat."""
COMPLEXITY = {"fast": 5, "normal": 10, "best": 10}
"""libopus's 0 to 10. From 7 on it tells speech from music, and takes four times as long; without that it spends 15 %
more bits on speech for less signal to noise."""
SPEECH_TRIMS_DB = ((14, 0.6), (18, 0.49), (22, 0.39), (26, 0.34), (30, 0.3), (36, 0.28), (44, 0.23), (54, 0.19))
"""Up to this bit rate in kbit/s, what is taken for speech comes out quieter by so much (mean of three voices, ±0.06 LU
from 16 kbit/s on); above it, and where nothing is taken for speech, level stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opus:
    """The codec: see `pipeline.contracts.Codec`."""

    fingerprint: str
    sample_rate_hz: int
    coder: PacketCodec
    trim_db: float
    lead: int = 2
    tail: int = 2

    @property
    def frame(self) -> int:
        """Samples in a frame."""
        return self.sample_rate_hz // FRAMES_A_SECOND

    @property
    def delay(self) -> int:
        """Samples that a player drops at the beginning."""
        return rescale_samples(_pre_skip(self.coder), CLOCK_HZ, self.sample_rate_hz)

    def encode(self, samples: NDArray[np.int16]) -> bytes:
        """Exactly ``len(samples) // frame`` frames by a fresh encoder.

        Raises:
            EncodeError: ``len(samples)`` is no multiple of ``frame``, or libopus gave less.
        """
        wanted, rest = divmod(len(samples), self.frame)
        if rest:
            raise EncodeError(f"{len(samples)} samples are no whole number of frames of {self.frame}")
        if self.coder.sample_rate_hz != self.sample_rate_hz:
            moved = resample(float_from_int16(samples), self.sample_rate_hz, self.coder.sample_rate_hz)
            samples = int16_from_float(moved)
        made, _ = self.coder.encode(samples)
        if len(made) < wanted:
            raise EncodeError(f"libopus gave {len(made)} frames where {wanted} were due")
        return pack(made[:wanted])

    def silence(self) -> bytes:
        """One frame of silence that needs none before it."""
        return _silence(self)

    def decode(self, frames: bytes) -> NDArray[np.float32]:
        """The frames as a player plays them, in step with what was encoded: float32, shape (frames × ``frame``,)."""
        return resample(self._played(self.coder.decoder, frames), CLOCK_HZ, self.sample_rate_hz)

    def played(self, frames: bytes) -> Iterator[NDArray[np.float32]]:
        """The frames at 48 kHz by each decoder: of what is coded for speech, peaks differ by up to 0.6 dB."""
        for decoder in (self.coder.decoder, OTHER_DECODER):
            yield self._played(decoder, frames)

    def _played(self, decoder: str, frames: bytes) -> NDArray[np.float32]:
        # The sound lags behind its frames: a silent one pushes out its end.
        made = [*packets(frames), *packets(self.silence())]
        heard = replace(self.coder, decoder=decoder).decode(made, _header(self.coder))
        step = CLOCK_HZ // FRAMES_A_SECOND
        # A decoder may have dropped it already; and ffmpeg's keeps the end of what is coded at 8 kHz to itself.
        late = max(0, len(heard) - (len(made) * step - _pre_skip(self.coder)))
        return heard[late:][: (len(made) - 1) * step]

    def join(
        self,
        path: Path,
        runs: Iterable[bytes | int],
        *,
        length: int,
        tags: bytes = b"",
        chapters: Sequence[ChapterMark] = (),
    ) -> None:
        """Write a file of which a player plays ``length`` samples; chapters stand among the tags.

        Raises:
            EncodeError: A run is not of this codec, or the runs are longer than ``length``.
            WriteError: The file cannot be written.
        """
        step = CLOCK_HZ // FRAMES_A_SECOND
        end = rescale_samples(length, self.sample_rate_hz, CLOCK_HZ) + _pre_skip(self.coder)
        laid = flow(runs, self.silence(), -(-end // step))
        headers = (_header(self.coder), b"OpusTags" + (tags or bytes(8)))  # nobody's name, no comments
        try:
            with path.open("wb") as file:
                for page in ogg.pages(headers, laid, serial=SERIAL, step=step, end=end):
                    file.write(page)
        except OSError as error:
            raise WriteError(f"cannot be written: {error.strerror}", str(path)) from error


@lru_cache(maxsize=8)
def codec(audio: AudioFormat) -> Opus:
    """The codec for these settings; kept, since asking for PyAV's version takes long.

    Raises:
        UsageError: Opus has no such bit rate, or its frames would not be whole at the sample rate.
    """
    kbps, rate = audio.opus_bit_rate_kbps, audio.sample_rate_hz
    if rate % FRAMES_A_SECOND or not SAMPLE_RATES_HZ[0] <= rate <= SAMPLE_RATES_HZ[-1]:
        raise UsageError(
            f"Opus cannot take a sample rate of {rate} Hz; it takes {SAMPLE_RATES_HZ[0]} to {SAMPLE_RATES_HZ[-1]} Hz "
            f"in steps of {FRAMES_A_SECOND}"
        )
    least, most = BIT_RATES_KBPS
    if not least <= kbps <= most:
        raise UsageError(f"Opus has no bit rate of {kbps} kbit/s; it allows {least} to {most}")
    coded = SAMPLE_RATES_HZ[bisect_left(SAMPLE_RATES_HZ, rate)]
    complexity = COMPLEXITY[audio.quality]
    resampler = f" soxr={version('soxr')}" if coded != rate else ""
    return Opus(
        fingerprint=(
            f"opus/{SCHEMA} av={version('av')} {rate} Hz as {coded} Hz {kbps} kbit/s mono "
            f"complexity={complexity}{resampler}"
        ),
        sample_rate_hz=rate,
        coder=PacketCodec(
            name="libopus",
            decoder="opus",
            sample_format="s16",
            sample_rate_hz=coded,
            bit_rate_kbps=kbps,
            options=(("compression_level", str(complexity)),),
        ),
        trim_db=next((trim_db for up_to, trim_db in SPEECH_TRIMS_DB if kbps <= up_to and complexity >= 7), 0.0),
    )


@lru_cache(maxsize=8)
def _header(coder: PacketCodec) -> bytes:
    """The identification header (RFC 7845, § 5.1)."""
    _, header = coder.encode(np.zeros(0, np.int16))
    return header


def _pre_skip(coder: PacketCodec) -> int:
    """48 kHz samples that a player drops at the beginning."""
    return int.from_bytes(_header(coder)[10:12], "little")


@lru_cache(maxsize=8)
def _silence(codec: Opus) -> bytes:
    return codec.encode(np.zeros(codec.frame, np.int16))
