"""Stretches of a long recording one after the other; little more is held than the stretch that is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pipeline.audio.decode import lenient, mono
from pipeline.errors import ReadError
from pipeline.units import rescale_samples

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray


def stretches(
    path: Path, wanted: Iterable[tuple[int, int]], sample_rate_hz: int
) -> Iterator[tuple[NDArray[np.float32], int]]:
    """The sound of ``path`` between two times, for each pair of ``wanted``.

    Args:
        path: Any audio file.
        wanted: (first sample, sample after the last) in the order of the first; stretches may overlap, and what lies
            outside the file is left out.
        sample_rate_hz: The rate at which ``wanted`` counts.

    Yields:
        float32, shape (n,), the mean of all channels, full scale 1; and the file's own sample rate in Hz.

    Raises:
        ReadError: The file cannot be read, holds no sound, or is broken.
    """
    import av

    try:
        with av.open(str(path), **lenient(av.__version__)) as container:
            if not container.streams.audio:
                raise ReadError("holds no sound", str(path))
            stream = container.streams.audio[0]
            rate = stream.rate
            planar = av.AudioResampler(format="fltp", rate=rate)
            sound = _Sound(mono(one) for frame in container.decode(stream) for one in planar.resample(frame))
            for first, last in wanted:
                start = rescale_samples(max(0, first), sample_rate_hz, rate)
                yield sound.between(start, rescale_samples(max(0, last), sample_rate_hz, rate)), rate
    except (OSError, av.error.FFmpegError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadError(f"the sound cannot be read: {reason}", str(path)) from error


def length_s(path: Path) -> float:
    """How long the recording at ``path`` says it is, in seconds; up to a few frames of its codec's padding more.

    Raises:
        ReadError: The file cannot be read, or holds no sound.
    """
    import av

    try:
        with av.open(str(path), **lenient(av.__version__)) as container:
            if not container.streams.audio or container.duration is None:
                raise ReadError("holds no sound", str(path))
            return float(container.duration) / av.time_base
    except (OSError, av.error.FFmpegError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadError(f"the sound cannot be read: {reason}", str(path)) from error


class _Sound:
    """A stream of samples, of which the end is held."""

    def __init__(self, pieces: Iterable[NDArray[np.float32]]) -> None:
        self._coming = iter(pieces)
        self._held: list[NDArray[np.float32]] = []
        self._end = 0  # the place in the stream up to which it was read, and up to which `_held` reaches

    def between(self, start: int, stop: int) -> NDArray[np.float32]:
        """Samples ``start`` to ``stop``, or to the end of the stream."""
        if start >= self._end:
            self._held.clear()
        while self._end < stop and (piece := next(self._coming, None)) is not None:
            self._end += len(piece)
            if self._end > start:
                self._held.append(piece)
        held = np.concatenate([*self._held, np.zeros(0, np.float32)])
        held = held[max(0, start - (self._end - len(held))) :]
        self._held = [held]
        return held[: max(0, stop - (self._end - len(held)))]
