"""Runs of packets: frames of a codec whose packets do not tell their own length (AAC, Opus).

A run is a number of packets (4 bytes), the length of each (2 bytes), and the packets themselves; numbers are
little-endian. Runs one after the other are a run.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from pipeline.audio.pcm import FULL_SCALE
from pipeline.errors import EncodeError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from av import AudioCodecContext, AudioFrame
    from numpy.typing import NDArray

_COUNT_BYTES, _SIZE_BYTES = 4, 2
_AT_ONCE = 1 << 12
"""Silent packets that `flow` gives in one piece: a pause of any length costs no memory."""


def pack(packets: Sequence[bytes]) -> bytes:
    """The run of these packets, each shorter than 64 KiB."""
    sizes = np.array([len(packet) for packet in packets], "<u2")
    return b"".join((len(packets).to_bytes(_COUNT_BYTES, "little"), sizes.tobytes(), *packets))


def unpack(run: bytes) -> Iterator[tuple[NDArray[np.uint16], bytes]]:
    """Lengths of packets and the packets in one piece, for each of the runs that ``run`` is made of.

    Raises:
        EncodeError: It is no run; raised when the walk comes to what is wrong.
    """
    place = 0
    while place < len(run):
        begin = place + _COUNT_BYTES + _SIZE_BYTES * int.from_bytes(run[place : place + _COUNT_BYTES], "little")
        if begin > len(run):
            raise EncodeError("a run of packets is cut short")
        sizes = np.frombuffer(run[place + _COUNT_BYTES : begin], "<u2")
        place = begin + int(sizes.sum(dtype=np.int64))
        if place > len(run):
            raise EncodeError("a run of packets is cut short")
        yield sizes, run[begin:place]


def packets(run: bytes) -> Iterator[bytes]:
    """Each packet of a run."""
    for sizes, data in unpack(run):
        end = 0
        for size in sizes.tolist():
            yield data[end : end + size]
            end += size


def flow(runs: Iterable[bytes | int], silence: bytes, due: int) -> Iterator[tuple[NDArray[np.uint16], bytes]]:
    """What a file of ``due`` packets is made of, as `unpack` gives it.

    Args:
        runs: Runs; a number stands for that many silent packets.
        silence: A run of one silent packet.
        due: Silent packets fill up what the runs leave.

    Raises:
        EncodeError: The runs are longer than the file.
    """
    ((size, packet),) = unpack(silence)
    sizes, data = np.repeat(size, _AT_ONCE), packet * _AT_ONCE

    def silent(count: int) -> Iterator[tuple[NDArray[np.uint16], bytes]]:
        for first in range(0, count, _AT_ONCE):
            now = min(_AT_ONCE, count - first)
            yield sizes[:now], data[: now * len(packet)]

    for run in runs:
        for piece in silent(run) if isinstance(run, int) else unpack(run):
            due -= len(piece[0])
            if due < 0:
                raise EncodeError("the runs are longer than the file that they are for")
            yield piece
    yield from silent(due)


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketCodec:
    """A codec of PyAV with its settings, mono.

    Attributes:
        name: Of the encoder.
        decoder: Of the decoder.
        sample_format: ``"fltp"`` or ``"s16"``: what the encoder takes.
        options: The encoder's own, by name.
    """

    name: str
    decoder: str
    sample_format: str
    sample_rate_hz: int
    bit_rate_kbps: int = 0
    options: tuple[tuple[str, str], ...] = ()

    def encode(self, samples: NDArray[np.int16]) -> tuple[list[bytes], bytes]:
        """All packets that a fresh encoder makes of ``samples``, int16, shape (n,), and its header (extradata).

        Raises:
            EncodeError: The encoder refuses.
        """
        context = self._open()
        return list(self._packets(context, [samples])), bytes(context.extradata or b"")

    def stream(self, pieces: Iterable[NDArray[np.int16]]) -> Iterator[bytes]:
        """The packets that one encoder makes of all pieces, as they come; how the sound is cut does not matter.

        Raises:
            EncodeError: The encoder refuses.
        """
        yield from self._packets(self._open(), pieces)

    def _open(self) -> AudioCodecContext:
        import av

        try:
            context = cast("AudioCodecContext", av.CodecContext.create(self.name, "w"))
            context.sample_rate = self.sample_rate_hz
            context.layout = "mono"
            context.format = self.sample_format
            context.time_base = Fraction(1, self.sample_rate_hz)
            context.options = dict(self.options)
            if self.bit_rate_kbps:
                context.bit_rate = 1000 * self.bit_rate_kbps
            context.open()
        except (OSError, ValueError, av.error.FFmpegError) as error:
            raise EncodeError(f"{self.name} at {self.sample_rate_hz} Hz refuses: {error}") from error
        return context

    def _packets(self, context: AudioCodecContext, pieces: Iterable[NDArray[np.int16]]) -> Iterator[bytes]:
        import av

        place = 0
        for samples in pieces:
            if not len(samples):
                continue
            data: NDArray[Any] = np.ascontiguousarray(samples[None, :])
            if self.sample_format == "fltp":
                data = data.astype(np.float32) / np.float32(FULL_SCALE)
            frame = av.AudioFrame.from_ndarray(data, format=self.sample_format, layout="mono")
            frame.sample_rate = self.sample_rate_hz
            frame.time_base = context.time_base
            frame.pts = place
            place += len(samples)
            yield from self._given(context, frame)
        yield from self._given(context, None)

    def _given(self, context: AudioCodecContext, frame: AudioFrame | None) -> list[bytes]:
        import av

        try:
            return [bytes(packet) for packet in context.encode(frame)]
        except (OSError, ValueError, av.error.FFmpegError) as error:
            raise EncodeError(f"{self.name} at {self.sample_rate_hz} Hz fails: {error}") from error

    def decode(self, made: Iterable[bytes], header: bytes) -> NDArray[np.float32]:
        """All samples of the packets as the decoder gives them, float32, shape (n,).

        Raises:
            EncodeError: The packets are broken.
        """
        import av

        pieces = []
        try:
            context = cast("AudioCodecContext", av.CodecContext.create(self.decoder, "r"))
            context.extradata = header
            for packet in made:
                pieces += [frame.to_ndarray() for frame in context.decode(av.Packet(packet))]
        except (OSError, ValueError, av.error.FFmpegError) as error:
            raise EncodeError(f"packets of {self.name} cannot be decoded: {error}") from error
        if not pieces:
            return np.zeros(0, np.float32)
        joined: NDArray[np.float32] = np.concatenate(pieces, axis=1).mean(axis=0, dtype=np.float32)
        if np.issubdtype(pieces[0].dtype, np.integer):  # libopus gives 16 bits
            joined /= np.float32(FULL_SCALE)
        return joined
