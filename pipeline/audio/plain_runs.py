"""Runs of plain samples: a codec whose frame is one sample, for formats that lose nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.audio.pcm import bytes_from_int16, float_from_bytes
from pipeline.errors import EncodeError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy as np
    from numpy.typing import NDArray

SAMPLE_BYTES = 2
_AT_ONCE = 1 << 16
"""Silent samples given in one piece: a pause of any length costs no memory."""


class PlainRuns:
    """All of `pipeline.contracts.Codec` but `join`. Formats of one sample rate share their runs."""

    frame = 1
    delay = 0
    lead = 0
    tail = 0
    trim_db = 0.0

    def __init__(self, sample_rate_hz: int) -> None:
        self.sample_rate_hz = sample_rate_hz
        self.fingerprint = f"plain/1 16 bit {sample_rate_hz} Hz"

    def encode(self, samples: NDArray[np.int16]) -> bytes:
        """The samples, little-endian."""
        return bytes_from_int16(samples)

    def silence(self) -> bytes:
        """One sample of silence."""
        return bytes(SAMPLE_BYTES)

    def decode(self, frames: bytes) -> NDArray[np.float32]:
        """The samples as float32."""
        return float_from_bytes(frames)

    def flow(self, runs: Iterable[bytes | int], length: int) -> Iterator[bytes]:
        """``length`` samples: the runs, numbers of silent samples among them, and silence behind them.

        Raises:
            EncodeError: The runs are longer.
        """
        silence = bytes(SAMPLE_BYTES * _AT_ONCE)
        due = length

        def silent(count: int) -> Iterator[bytes]:
            for first in range(0, count, _AT_ONCE):
                yield silence[: SAMPLE_BYTES * min(_AT_ONCE, count - first)]

        for run in runs:
            due -= run if isinstance(run, int) else len(run) // SAMPLE_BYTES
            if due < 0:
                raise EncodeError(f"the runs are {-due} samples longer than the file that they are for")
            yield from silent(run) if isinstance(run, int) else (run,)
        yield from silent(due)
