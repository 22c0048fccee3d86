"""WAV: the levelled samples as they are; a frame is one sample."""

from __future__ import annotations

import wave
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from numpy.typing import NDArray

    from pipeline.model.show import AudioFormat

SUFFIX = ".wav"
MEDIA_TYPE = "audio/wav"
TAGS = ""

_SAMPLE_BYTES = 2


class Wav:
    """16-bit mono PCM."""

    frame = 1
    delay = 0
    lead = 0
    tail = 0
    trim_db = 0.0

    def __init__(self, sample_rate_hz: int) -> None:
        self.sample_rate_hz = sample_rate_hz
        self.fingerprint = f"wav 1, 16 bit, {sample_rate_hz} Hz"

    def encode(self, samples: NDArray[np.int16]) -> bytes:
        """The samples, little-endian."""
        return samples.astype("<i2").tobytes()

    def silence(self) -> bytes:
        """One sample of silence."""
        return bytes(_SAMPLE_BYTES)

    def decode(self, frames: bytes) -> NDArray[np.float32]:
        """The samples as float32."""
        return np.frombuffer(frames, "<i2").astype(np.float32) / np.float32(32768)

    def join(self, path: Path, runs: Iterable[bytes | int], *, length: int) -> None:
        """Write the file; silence is added at the end up to ``length`` samples."""
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(_SAMPLE_BYTES)
            file.setframerate(self.sample_rate_hz)
            file.setnframes(length)
            written = 0
            for run in runs:
                data = bytes(_SAMPLE_BYTES * run) if isinstance(run, int) else run
                file.writeframesraw(data)
                written += len(data) // _SAMPLE_BYTES
            file.writeframesraw(bytes(_SAMPLE_BYTES * max(0, length - written)))


def codec(audio: AudioFormat) -> Wav:
    """The codec at the show's sample rate."""
    return Wav(audio.sample_rate_hz)
