"""Samples as numbers and as bytes: int16 ↔ float32, edges, WAV files."""

from __future__ import annotations

import wave
from typing import TYPE_CHECKING

import numpy as np

from pipeline.errors import ReadError, WriteError
from pipeline.units import samples_from_ms

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

FULL_SCALE = 32768
"""int16 counts that make the linear level 1.0; so float 1.0 itself is one count beyond the largest int16."""


def int16_from_float(samples: NDArray[np.float32]) -> NDArray[np.int16]:
    """``samples`` rounded to the nearest count (halves to even); what int16 cannot hold is clipped.

    Args:
        samples: float32, shape (n,), full scale 1.
    """
    counts: NDArray[np.float32] = samples * np.float32(FULL_SCALE)
    np.rint(counts, out=counts)
    np.clip(counts, -FULL_SCALE, FULL_SCALE - 1, out=counts)
    return counts.astype(np.int16)


def float_from_int16(samples: NDArray[np.int16]) -> NDArray[np.float32]:
    """``samples`` as float32 in [−1, 1); exact, so that `int16_from_float` gives them back."""
    scaled = samples.astype(np.float32)
    scaled *= np.float32(1 / FULL_SCALE)
    return scaled


def bytes_from_int16(samples: NDArray[np.int16]) -> bytes:
    """``samples`` as little-endian bytes, the form in which the store keeps them."""
    return samples.astype("<i2", copy=False).tobytes()


def int16_from_bytes(data: bytes) -> NDArray[np.int16]:
    """The samples in ``data``, int16 little-endian; the inverse of `bytes_from_int16`.

    Raises:
        ReadError: ``data`` ends in the middle of a sample.
    """
    return _int16_in(data).astype(np.int16)


def _int16_in(data: bytes) -> NDArray[np.int16]:
    """The samples as they lie in ``data``, not copied: they cannot be changed."""
    if len(data) % 2:
        raise ReadError(f"{len(data)} bytes are no whole number of 16-bit samples")
    return np.frombuffer(data, "<i2")


def bytes_from_float(samples: NDArray[np.float32]) -> bytes:
    """``samples`` as int16 bytes: `int16_from_float`, then `bytes_from_int16`."""
    return bytes_from_int16(int16_from_float(samples))


def float_from_bytes(data: bytes) -> NDArray[np.float32]:
    """The samples in ``data``, int16 little-endian, as float32 in [−1, 1).

    Raises:
        ReadError: ``data`` ends in the middle of a sample.
    """
    return float_from_int16(_int16_in(data))


def fade_edges(samples: NDArray[np.float32], sample_rate_hz: int, ms: int = 4) -> None:
    """Let ``samples`` itself rise from digital silence and fall back to it within ``ms`` at each end.

    The ramp is half a cosine; the first and the last sample become exactly 0. A sound shorter than two ramps gets
    ramps of half its length.
    """
    length = min(samples_from_ms(ms, sample_rate_hz), (len(samples) + 1) // 2)
    ramp = (0.5 - 0.5 * np.cos(np.pi * np.arange(length) / max(length, 1))).astype(np.float32)
    samples[:length] *= ramp
    samples[len(samples) - length :] *= ramp[::-1]


def write_wav(path: Path, samples: NDArray[np.int16], sample_rate_hz: int) -> None:
    """Write ``samples`` as a mono 16-bit WAV file.

    Raises:
        WriteError: The file cannot be written.
    """
    try:
        with path.open("wb") as file, wave.open(file, "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(sample_rate_hz)
            out.writeframes(bytes_from_int16(samples))
    except OSError as error:
        raise WriteError(f"cannot be written: {error.strerror}", str(path)) from error


def read_wav(path: Path) -> tuple[NDArray[np.int16], int]:
    """Samples and sample rate in Hz of a mono 16-bit WAV file; for any other file there is `decode.decode_file`.

    Raises:
        ReadError: The file cannot be read or holds something else.
    """
    try:
        with path.open("rb") as file, wave.open(file, "rb") as wav:
            if (wav.getnchannels(), wav.getsampwidth()) != (1, 2):
                raise ReadError("only mono WAV files of 16 bits are read here", str(path))
            return int16_from_bytes(wav.readframes(wav.getnframes())), wav.getframerate()
    except (OSError, EOFError, wave.Error) as error:
        raise ReadError(f"not a WAV file that can be read: {error}", str(path)) from error
