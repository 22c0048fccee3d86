"""One clip through one codec: a run of frames, and what a listener's meter would make of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pipeline.audio.limiter import limit
from pipeline.audio.loudness import energies, true_peak
from pipeline.audio.pcm import FULL_SCALE, float_from_int16, int16_from_float
from pipeline.errors import EncodeError
from pipeline.units import amplitude_from_db

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pipeline.contracts import Codec

TRUE_PEAK_DBTP = -1.2
"""Directories allow −1 (Apple: "Audio requirements"); meters with steeper filters than ours read up to 0.1 dB more."""
HEADROOM_DB = 0.8
"""Over the clip's own sample peak its true peak may stand by so much, where that is more than `TRUE_PEAK_DBTP`."""
ROUNDS = 5
MARGIN_DB = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class EncodedRun:
    """A clip as frames, not yet in the store: see `pipeline.model.clip.Encoded`.

    Attributes:
        frames: Whole frames, beginning with ``codec.lead`` of silence and ending with ``codec.tail`` or more.
        count: How many frames.
        length: Samples of the clip inside.
        energies: K-weighted energy of each 100 ms of the decoded run, linear, full scale 1.
        peak: True peak of the decoded run, linear, full scale 1.
    """

    frames: bytes
    count: int
    length: int
    energies: tuple[float, ...]
    peak: float


def encode_clip(codec: Codec, samples: NDArray[np.int16]) -> EncodedRun:
    """``samples`` between silence, encoded, and measured as it will be heard.

    A codec may raise peaks, at low bit rates by 2 dB: a run that comes out over `TRUE_PEAK_DBTP` is limited by what
    it was over, and encoded again. That looks at nothing but this clip.

    Args:
        codec: How to encode.
        samples: int16, shape (n,), at ``codec.sample_rate_hz``, levelled.

    Raises:
        EncodeError: The codec gave other frames than it promises.
    """
    count = codec.lead + -(-len(samples) // codec.frame) + codec.tail
    trimmed = float_from_int16(samples) * np.float32(amplitude_from_db(codec.trim_db))
    allowed = _allowed_peak(samples)
    ceiling = (FULL_SCALE - 1) / FULL_SCALE  # what int16 can hold: a trim must not clip
    for _ in range(ROUNDS):
        padded = np.zeros(count * codec.frame, np.int16)
        start = codec.lead * codec.frame
        limited = limit(trimmed, ceiling=ceiling, sample_rate_hz=codec.sample_rate_hz)
        padded[start : start + len(samples)] = int16_from_float(limited)
        frames = codec.encode(padded)
        heard = codec.decode(frames)
        peak = true_peak(heard)
        if peak <= allowed:
            break
        ceiling = float(np.abs(limited).max()) * allowed / peak * amplitude_from_db(-MARGIN_DB)
    if len(heard) != len(padded):
        raise EncodeError(f"{codec.fingerprint} made {len(heard)} samples of {len(padded)}")
    return EncodedRun(
        frames=frames,
        count=count,
        length=len(samples),
        energies=tuple(energies(heard, codec.sample_rate_hz).tolist()),
        peak=peak,
    )


def _allowed_peak(samples: NDArray[np.int16]) -> float:
    own = float(np.abs(float_from_int16(samples)).max(initial=0.0))
    return max(amplitude_from_db(TRUE_PEAK_DBTP), own * amplitude_from_db(HEADROOM_DB))
