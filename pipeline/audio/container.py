"""A finished audio file as another reader finds it: what its container says, and its sound, damage and all."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a container says about itself.

    Attributes:
        duration_s: How long it says it plays; up to a few frames of its codec's padding more than is heard.
        chapters: (start in seconds, title) as they lie in the file; empty where this reader finds none.
        packets: How many the file holds; -1 where they were not counted.
    """

    duration_s: float
    chapters: tuple[tuple[float, str], ...]
    packets: int


def get_ready() -> None:
    """Load ffmpeg's libraries."""
    import av  # noqa: F401 - for its loading


def head(path: Path, *, count: bool = False) -> Head:
    """Read a container through ffmpeg's library; nothing is decoded beyond what tells the format.

    Args:
        path: An audio file.
        count: Whether all packets are read and counted.

    Raises:
        ReadError: It cannot be read, or holds no sound.
    """
    with _opened(path) as container:
        chapters = tuple(
            (float(one["start"] * one["time_base"]), str(one["metadata"].get("title", "")))
            for one in container.chapters()
        )
        packets = sum(packet.size > 0 for packet in container.demux(container.streams.audio[0])) if count else -1
        return Head(duration_s=(container.duration or 0) / 1_000_000, chapters=chapters, packets=packets)


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """A place at which a file could not be decoded; silence stands there instead."""

    start_s: float
    what: str


class Decoded:
    """The sound of a file in pieces of one length, decoded as it is asked for.

    Attributes:
        rate: Of the samples, in Hz.
        length: How many were decoded so far.
        damages: What could not be, so far.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rate = 0
        self.length = 0
        self.damages: list[Damage] = []

    def pieces(self, seconds: int) -> Iterator[NDArray[np.float32]]:
        """Float32, full scale 1, the mean of all channels: ``seconds`` long each, the last one as long as is left.

        Raises:
            ReadError: The file cannot be read, or holds no sound.
        """
        import numpy as np

        held: list[NDArray[np.float32]] = []
        size = 0
        for sound in self._sound():
            held.append(sound)
            size += len(sound)
            self.length += len(sound)
            while size >= seconds * self.rate:
                joined = np.concatenate(held)
                yield joined[: seconds * self.rate]
                held = [joined[seconds * self.rate :]]
                size = len(held[0])
        if size:
            yield np.concatenate(held)

    def _sound(self) -> Iterator[NDArray[np.float32]]:
        import av

        with _opened(self.path) as container:
            stream = container.streams.audio[0]
            self.rate = stream.rate
            planar = av.AudioResampler(format="fltp", rate=self.rate)
            for packet in container.demux(stream):
                try:
                    for frame in packet.decode():
                        yield from (_mono(one) for one in planar.resample(frame))
                except av.error.InvalidDataError as error:
                    yield self._lost(packet, str(error.strerror))
            yield from (_mono(one) for one in planar.resample(None))

    def _lost(self, packet: Any, what: str) -> NDArray[np.float32]:
        """Silence in place of a packet, so that all behind it stays in its place."""
        import numpy as np

        self.damages.append(Damage(start_s=self.length / self.rate, what=what))
        return np.zeros(round((packet.duration or 0) * packet.time_base * self.rate), np.float32)


def _mono(frame: Any) -> NDArray[np.float32]:
    channels: NDArray[np.float32] = frame.to_ndarray()
    mean: NDArray[np.float32] = channels[0] if len(channels) == 1 else channels.mean(axis=0, dtype=channels.dtype)
    return mean


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """The container, errors told as ours."""
    import av

    from pipeline.audio.decode import lenient

    try:
        with av.open(str(path), **lenient(av.__version__)) as container:
            if not container.streams.audio:
                raise ReadError("holds no sound", str(path))
            yield container
    except (OSError, av.error.FFmpegError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadError(f"the sound cannot be read: {reason}", str(path)) from error
