"""FLAC: the levelled samples, packed without loss. Runs are plain samples; one encoder takes them as they pass."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np

from pipeline.audio.packets import PacketCodec
from pipeline.audio.pcm import int16_from_bytes
from pipeline.audio.plain_runs import PlainRuns
from pipeline.errors import UsageError, WriteError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from pipeline.model.show import AudioFormat
    from pipeline.model.timeline import ChapterMark

SUFFIX = ".flac"
MEDIA_TYPE = "audio/flac"
TAGS = "flac"

LEVEL = {"fast": 0, "normal": 5, "best": 8}
BLOCK = 4096
"""Samples in a FLAC frame."""
SEEK_S = 10
"""A point in the seek table each so many seconds."""
_MOST_RATE_HZ = 655_350
_ANY_RATE_HZ = 65_535
_STREAM_INFO, _SEEK_TABLE, _FINAL = 0, 3, 0x80


class Flac(PlainRuns):
    """Lossless, 16-bit mono."""

    def __init__(self, sample_rate_hz: int, level: int) -> None:
        super().__init__(sample_rate_hz)
        self.level = level

    def join(
        self,
        path: Path,
        runs: Iterable[bytes | int],
        *,
        length: int,
        tags: bytes = b"",
        chapters: Sequence[ChapterMark] = (),
    ) -> None:
        """Write the file; silence is added at the end up to ``length`` samples; chapters stand among the tags.

        Raises:
            EncodeError: The runs are longer than ``length``.
            WriteError: The file cannot be written.
        """
        coder = PacketCodec(
            name="flac",
            decoder="flac",
            sample_format="s16",
            sample_rate_hz=self.sample_rate_hz,
            options=(("compression_level", str(self.level)), ("frame_size", str(BLOCK))),
        )
        md5 = hashlib.md5(usedforsecurity=False)  # the format's own checksum of the samples

        def heard() -> Iterable[np.ndarray[tuple[int], np.dtype[np.int16]]]:
            for data in self.flow(runs, length):
                md5.update(data)
                yield int16_from_bytes(data)

        sizes: list[int] = []
        try:
            with path.open("wb") as file:
                file.write(self._head(length, sizes, md5.digest(), tags))  # its place: the numbers come at the end
                for packet in coder.stream(heard()):
                    sizes.append(len(packet))
                    file.write(packet)
                file.seek(0)
                file.write(self._head(length, sizes, md5.digest(), tags))
        except OSError as error:
            raise WriteError(f"cannot be written: {error.strerror}", str(path)) from error

    def _head(self, length: int, sizes: Sequence[int], md5: bytes, tags: bytes) -> bytes:
        """All in front of the first frame (RFC 9639, § 8), equally long whatever the sizes of the frames."""
        rate, channels, bits = self.sample_rate_hz, 1, 16
        numbers = rate << 44 | (channels - 1) << 41 | (bits - 1) << 36 | length
        info = b"".join(
            (
                BLOCK.to_bytes(2, "big") * 2,
                min(sizes, default=0).to_bytes(3, "big"),
                max(sizes, default=0).to_bytes(3, "big"),
                numbers.to_bytes(8, "big"),
                md5,
            )
        )
        step = max(1, SEEK_S * rate // BLOCK)
        count = -(-length // BLOCK)
        places = np.concatenate(([0], np.cumsum(sizes, dtype=np.int64))) if sizes else np.zeros(count + 1, np.int64)
        points = b"".join(
            (frame * BLOCK).to_bytes(8, "big") + int(places[frame]).to_bytes(8, "big") + BLOCK.to_bytes(2, "big")
            for frame in range(0, count, step)
        )
        return b"".join((b"fLaC", block(_STREAM_INFO, info), tags, block(_SEEK_TABLE | _FINAL, points)))


def block(kind: int, content: bytes) -> bytes:
    """A metadata block (RFC 9639, § 8.1)."""
    return bytes((kind,)) + len(content).to_bytes(3, "big") + content


def codec(audio: AudioFormat) -> Flac:
    """The codec at the show's sample rate.

    Raises:
        UsageError: FLAC has no way to say it.
    """
    rate = audio.sample_rate_hz
    if not (0 < rate <= _ANY_RATE_HZ or (_ANY_RATE_HZ < rate <= _MOST_RATE_HZ and rate % 10 == 0)):
        raise UsageError(
            f"FLAC has no sample rate of {rate} Hz; it allows 1 to {_ANY_RATE_HZ}, and tens up to {_MOST_RATE_HZ}"
        )
    return Flac(rate, LEVEL[audio.quality])
