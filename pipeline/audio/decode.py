"""Encoded sound back to samples, through PyAV; no ffmpeg program is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np

from pipeline.errors import EncodeError, ReadError

if TYPE_CHECKING:
    from pathlib import Path

    from av import AudioCodecContext, AudioFrame
    from numpy.typing import NDArray


def decode_file(path: Path) -> tuple[NDArray[np.float32], int]:
    """The sound of any audio file (the first audio stream of a film too), without the silence that its codec adds.

    Returns:
        float32, shape (n,), the mean of all channels, full scale 1; and the sample rate in Hz.

    Raises:
        ReadError: The file cannot be read, holds no sound, or is broken.
    """
    import av

    pieces: list[NDArray[np.float32]] = []
    try:
        with av.open(str(path), **_lenient(av.__version__)) as container:
            if not container.streams.audio:
                raise ReadError("holds no sound", str(path))
            stream = container.streams.audio[0]
            rate = stream.rate
            # The resampler only changes the layout in memory, and the rate where a stream changes it midway.
            planar = av.AudioResampler(format="fltp", rate=rate)
            for frame in container.decode(stream):
                pieces += map(_mono, planar.resample(frame))
            pieces += map(_mono, planar.resample(None))
    except (OSError, av.error.FFmpegError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadError(f"the sound cannot be read: {reason}", str(path)) from error
    if not pieces:
        raise ReadError("holds no sound", str(path))
    return np.concatenate(pieces), rate


def _mono(frame: AudioFrame) -> NDArray[np.float32]:
    """The mean of all channels, shape (n,), of a frame of planar floats."""
    mean: NDArray[np.float32] = frame.to_ndarray().mean(axis=0, dtype=np.float32)
    return mean


def decode_mp3(frames: bytes, sample_rate_hz: int) -> NDArray[np.float32]:
    """All samples that a decoder gives for bare MPEG audio frames, its delay (529) and the encoder's not removed.

    Args:
        frames: Whole frames, the first of which needs none before it.
        sample_rate_hz: The rate expected.

    Returns:
        float32, shape (frames × samples per frame,).

    Raises:
        EncodeError: The frames are broken or of another rate.
    """
    import av

    if not frames:
        return np.zeros(0, np.float32)
    try:
        decoder = cast("AudioCodecContext", av.CodecContext.create("mp3float", "r"))
        queue = av.AudioFifo()
        # One packet of many frames is read as well as many of one, in half the time.
        for frame in decoder.decode(av.Packet(frames)):
            if frame.sample_rate != sample_rate_hz:
                raise EncodeError(f"frames of {frame.sample_rate} Hz stand among those of {sample_rate_hz} Hz")
            frame.pts = None
            queue.write(frame)
    except av.error.FFmpegError as error:
        raise EncodeError(f"MPEG audio frames cannot be decoded: {error.strerror}") from error
    joined = queue.read(0, partial=True)
    if joined is None:
        raise EncodeError(f"{len(frames)} bytes hold no MPEG audio frame")
    return _mono(joined)


def _lenient(version: str) -> dict[str, Any]:
    """Arguments that let PyAV open a file whose tags are not UTF-8; from version 19 on it asks for none."""
    return {"metadata_errors": "ignore"} if int(version.partition(".")[0]) < 19 else {}
