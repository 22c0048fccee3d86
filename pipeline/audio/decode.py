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
        with av.open(str(path), **lenient(av.__version__)) as container:
            if not container.streams.audio:
                raise ReadError("holds no sound", str(path))
            stream = container.streams.audio[0]
            rate = stream.rate
            # The resampler only changes the layout in memory, and the rate where a stream changes it midway.
            planar = av.AudioResampler(format="fltp", rate=rate)
            for frame in container.decode(stream):
                pieces += map(mono, planar.resample(frame))
            pieces += map(mono, planar.resample(None))
    except (OSError, av.error.FFmpegError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadError(f"the sound cannot be read: {reason}", str(path)) from error
    if not pieces:
        raise ReadError("holds no sound", str(path))
    return np.concatenate(pieces), rate


def mono(frame: AudioFrame) -> NDArray[np.float32]:
    """The mean of all channels, shape (n,), of a frame of planar floats."""
    mean: NDArray[np.float32] = frame.to_ndarray().mean(axis=0, dtype=np.float32)
    return mean


_FLOAT_BYTES = 4


def decode_mp3(frames: bytes, sample_rate_hz: int) -> NDArray[np.float32]:
    """All samples that a decoder gives for bare mono MPEG audio frames, its delay (529) and the encoder's not removed.

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
        # One packet of many frames is read as well as many of one, in half the time.
        heard = decoder.decode(av.Packet(frames))
    except av.error.FFmpegError as error:
        raise EncodeError(f"MPEG audio frames cannot be decoded: {error.strerror}") from error
    if not heard:
        raise EncodeError(f"{len(frames)} bytes hold no MPEG audio frame")
    strange = next((frame for frame in heard if frame.sample_rate != sample_rate_hz), None)
    if strange is not None:
        raise EncodeError(f"frames of {strange.sample_rate} Hz stand among those of {sample_rate_hz} Hz")
    # Mono: a frame's one plane of floats is all of it. (`mono` on each frame, or PyAV's queue, takes as long again.)
    size = heard[0].samples * _FLOAT_BYTES
    return np.frombuffer(b"".join([memoryview(frame.planes[0])[:size] for frame in heard]), np.float32)


def lenient(version: str) -> dict[str, Any]:
    """Arguments that let PyAV open a file whose tags are not UTF-8; from version 19 on it asks for none."""
    return {"metadata_errors": "ignore"} if int(version.partition(".")[0]) < 19 else {}
