"""M4B: AAC-LC in MP4, mono, with chapters as QuickTime and as Nero spell them.

A frame overlaps the one before it, and in silence nothing overlaps; so the frames of each utterance, by a fresh
encoder, stand alone. Players drop the encoder's priming by the edit list. The file is written here, in one pass with
the index in front.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from typing import TYPE_CHECKING

import numpy as np

from pipeline.audio.mp4 import Movie
from pipeline.audio.packets import PacketCodec, flow, pack, packets
from pipeline.errors import EncodeError, UsageError, WriteError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from pipeline.model.show import AudioFormat
    from pipeline.model.timeline import ChapterMark

SUFFIX = ".m4b"
MEDIA_TYPE = "audio/mp4"
TAGS = "mp4"

SCHEMA = 1
SAMPLE_RATES_HZ = (16_000, 22_050, 24_000, 32_000, 44_100, 48_000)
LEAST_KBPS = 16
MOST_BITS = 6144
"""Of a frame of one channel (ISO/IEC 14496-3, § 4.5.3)."""
CODER = {"fast": "fast", "normal": "fast", "best": "twoloop"}
"""ffmpeg's ways to spend bits. On speech at 64 kbit/s, the fast one leaves 2 dB less noise at a third of the time;
the other one puts more of it where the ear hears less."""
SMALL_STEP_HZ = 20_000
"""Below this sample rate, a frame of silence in front of speech instead of two: the shortest pause has no room."""
TRIMS_DB = ((20, 0.49), (28, 0.27), (36, 0.13), (52, 0.06), (72, 0.04))
"""Up to this bit rate in kbit/s, speech at 24 kHz comes out quieter by so much (mean of three voices, ±0.03 LU from
40 kbit/s on); above, by less than 0.03."""


@dataclass(frozen=True, slots=True, kw_only=True)
class M4b:
    """The codec: see `pipeline.contracts.Codec`."""

    fingerprint: str
    coder: PacketCodec
    trim_db: float
    lead: int
    frame: int = 1024
    delay: int = 1024
    tail: int = 1

    @property
    def sample_rate_hz(self) -> int:
        """Rate of the samples."""
        return self.coder.sample_rate_hz

    def encode(self, samples: NDArray[np.int16]) -> bytes:
        """Exactly ``len(samples) // frame`` frames by a fresh encoder.

        Raises:
            EncodeError: ``len(samples)`` is no multiple of ``frame``, or the encoder gave less.
        """
        wanted, rest = divmod(len(samples), self.frame)
        if rest:
            raise EncodeError(f"{len(samples)} samples are no whole number of frames of {self.frame}")
        made, _ = self.coder.encode(samples)
        if len(made) < wanted:
            raise EncodeError(f"the AAC encoder gave {len(made)} frames where {wanted} were due")
        return pack(made[:wanted])

    def silence(self) -> bytes:
        """One frame of silence."""
        return _silence(self)

    def decode(self, frames: bytes) -> NDArray[np.float32]:
        """The frames as a player plays them, in step with what was encoded: float32, shape (frames × ``frame``,)."""
        # The sound lags a frame behind: a silent one pushes out its end.
        made = (*packets(frames), *packets(self.silence()))
        return self.coder.decode(made, _config(self.coder))[self.delay :]

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

        Raises:
            EncodeError: A run is not of this codec, the runs are longer than ``length``, or the file is too long.
            WriteError: The file cannot be written.
        """
        due = -(-(length + self.delay) // self.frame)
        movie = Movie(
            config=_config(self.coder),
            sample_rate_hz=self.sample_rate_hz,
            bit_rate_kbps=self.coder.bit_rate_kbps,
            frame=self.frame,
            frames=due,
            priming=self.delay,
            length=length,
            chapters=chapters,
            extra=tags,
        )
        sizes = np.zeros(due, np.uint16)
        done = 0
        try:
            with path.open("wb") as file:
                file.write(movie.head(sizes))  # the index's place: its numbers are known at the end
                for more, data in flow(runs, self.silence(), due):
                    sizes[done : done + len(more)] = more
                    done += len(more)
                    file.write(data)
                file.seek(0)
                file.write(movie.head(sizes))
        except OSError as error:
            raise WriteError(f"cannot be written: {error.strerror}", str(path)) from error


@lru_cache(maxsize=8)
def codec(audio: AudioFormat) -> M4b:
    """The codec for these settings; kept, since asking for PyAV's version takes long.

    Raises:
        UsageError: AAC has no such sample rate, or not that bit rate at it.
    """
    kbps, rate = audio.m4b_bit_rate_kbps, audio.sample_rate_hz
    if rate not in SAMPLE_RATES_HZ:
        allowed = ", ".join(map(str, SAMPLE_RATES_HZ))
        raise UsageError(f"M4B has no sample rate of {rate} Hz; it allows {allowed}")
    most = MOST_BITS * rate // 1024 // 1000
    if not LEAST_KBPS <= kbps <= most:
        raise UsageError(f"M4B at {rate} Hz has no bit rate of {kbps} kbit/s; it allows {LEAST_KBPS} to {most}")
    coder = CODER[audio.quality]
    return M4b(
        fingerprint=f"m4b/{SCHEMA} av={version('av')} {rate} Hz {kbps} kbit/s mono coder={coder}",
        coder=PacketCodec(
            name="aac",
            decoder="aac",
            sample_format="fltp",
            sample_rate_hz=rate,
            bit_rate_kbps=kbps,
            options=(("aac_coder", coder),),
        ),
        trim_db=next((trim_db for up_to, trim_db in TRIMS_DB if kbps <= up_to), 0.01),
        lead=1 if rate < SMALL_STEP_HZ else 2,
    )


@lru_cache(maxsize=8)
def _config(coder: PacketCodec) -> bytes:
    """AudioSpecificConfig (ISO/IEC 14496-3, § 1.6)."""
    _, config = coder.encode(np.zeros(0, np.int16))
    return config


@lru_cache(maxsize=8)
def _silence(codec: M4b) -> bytes:
    return codec.encode(np.zeros(codec.frame, np.int16))
