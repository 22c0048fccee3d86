"""A codec for tests: PCM in frames of 100 samples."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pipeline.audio.pcm import bytes_from_int16, float_from_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from pipeline.model.timeline import ChapterMark


@dataclass(kw_only=True)
class PlainCodec:
    fingerprint: str = "plain"
    sample_rate_hz: int = 24_000
    frame: int = 100
    delay: int = 0
    lead: int = 2
    tail: int = 1
    trim_db: float = 0.0

    def encode(self, samples: NDArray[np.int16]) -> bytes:
        return bytes_from_int16(samples)

    def silence(self) -> bytes:
        return bytes(2 * self.frame)

    def decode(self, frames: bytes) -> NDArray[np.float32]:
        return float_from_bytes(frames)

    def join(
        self,
        path: Path,
        runs: Iterable[bytes | int],
        *,
        length: int,
        tags: bytes = b"",
        chapters: Sequence[ChapterMark] = (),
    ) -> None:
        raise NotImplementedError
