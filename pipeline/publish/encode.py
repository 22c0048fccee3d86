"""One clip through one codec: a run of frames, and what a listener's meter would make of it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import numpy as np

from pipeline.audio.limiter import limit
from pipeline.audio.loudness import energies, true_peak
from pipeline.audio.pcm import FULL_SCALE, float_from_int16, int16_from_float
from pipeline.audio.resample import resample
from pipeline.errors import EncodeError
from pipeline.units import amplitude_from_db

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from pipeline.contracts import Codec

TRUE_PEAK_DBTP = -1.2
"""Directories allow −1 (Apple: "Audio requirements"); meters with steeper filters than ours read up to 0.1 dB more."""
HEADROOM_DB = 0.8
"""Over the clip's own sample peak its true peak may stand by so much, where that is more than `TRUE_PEAK_DBTP`."""
ROUNDS = 5
KEPT_BYTES = 16 << 20
MARGIN_DB = 0.1
STEP_DB = 0.1
LEVEL_STEPS = 256
"""By steps a run is turned down, and by steps of magnitude it is looked at for that: the last bits of what is decoded
and measured differ between processors, and must change no bytes."""


PLAYED_HZ = 48_000
"""The rate of `ManyPlayers.played`."""


@runtime_checkable
class ManyPlayers(Protocol):
    """A codec whose decoders play other peaks than each other, or at another rate than it was given."""

    def played(self, frames: bytes) -> Iterable[NDArray[np.float32]]:
        """What `Codec.decode` gives, at `PLAYED_HZ`, by each decoder, the usual one first: float32, shape (n,)."""
        ...


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

    A codec may raise peaks, at low bit rates by 2 dB: a run that comes out over `TRUE_PEAK_DBTP` is turned down, by
    what it was over, where it went in loudest and where it came out loudest, which is seldom the same place; then it
    is encoded again. That looks at nothing but this clip.

    Args:
        codec: How to encode.
        samples: int16, shape (n,), at ``codec.sample_rate_hz``, levelled.

    Raises:
        EncodeError: The codec gave other frames than it promises.
    """
    _keep_memory()
    count = codec.lead + -(-len(samples) // codec.frame) + codec.tail
    trimmed = float_from_int16(samples)
    trimmed *= np.float32(amplitude_from_db(codec.trim_db))
    allowed = _allowed_peak(samples)
    ceiling = (FULL_SCALE - 1) / FULL_SCALE  # what int16 can hold: a trim must not clip
    limited = limit(trimmed, ceiling=ceiling, sample_rate_hz=codec.sample_rate_hz)
    padded = np.zeros(count * codec.frame, np.int16)
    inside = slice(codec.lead * codec.frame, codec.lead * codec.frame + len(samples))
    for _ in range(ROUNDS):
        padded[inside] = int16_from_float(limited)
        frames = codec.encode(padded)
        heard, loudest, peak = _heard(codec, frames)
        if len(heard) != len(padded):
            raise EncodeError(f"{codec.fingerprint} made {len(heard)} samples of {len(padded)}")
        if peak <= allowed:
            break
        over_db = 20 * math.log10(peak / allowed)
        ceiling = amplitude_from_db(-STEP_DB * math.ceil(over_db / STEP_DB) - MARGIN_DB)
        highs = np.maximum(_of_the_highest(loudest[inside]), _of_the_highest(limited))
        limited = limit(limited, ceiling=ceiling, sample_rate_hz=codec.sample_rate_hz, heard=highs)
    return EncodedRun(
        frames=frames,
        count=count,
        length=len(samples),
        energies=tuple(energies(heard, codec.sample_rate_hz).tolist()),
        peak=peak,
    )


def _heard(codec: Codec, frames: bytes) -> tuple[NDArray[np.float32], NDArray[np.float32], float]:
    """A run as it is heard, the largest magnitude at each of its samples in any player, and its true peak there."""
    if not isinstance(codec, ManyPlayers):
        heard = codec.decode(frames)
        return heard, np.abs(heard), true_peak(heard)
    every = tuple(codec.played(frames))
    peak = max(true_peak(sound) for sound in every)
    highest = np.maximum.reduce([np.abs(sound) for sound in every])
    heard = resample(every[0], PLAYED_HZ, codec.sample_rate_hz)
    # so many samples of the higher rate begin at each of ours, or behind the one before
    starts = -(-np.arange(len(heard)) * PLAYED_HZ // codec.sample_rate_hz)
    return heard, np.maximum.reduceat(highest, np.minimum(starts, len(highest) - 1)), peak


@cache
def _keep_memory() -> None:
    """Let the C library keep memory between clips: a sixth of the time of levelling and encoding.

    glibc gives freed memory back to the system at once, and gets it page by page for the next clip, until the program
    has freed one large block; from then on it keeps twice as much (mallopt(3), ``M_MMAP_THRESHOLD``: "dynamic"). The
    block is never written to, so it takes no memory itself; other C libraries do not mind.
    """
    bytearray(KEPT_BYTES)


def _of_the_highest(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Magnitudes in coarse steps, the highest of them 1: float32, shape (n,)."""
    magnitude = np.ceil(np.abs(samples) * np.float32(LEVEL_STEPS))
    magnitude /= magnitude.max(initial=1.0)
    return magnitude


def _allowed_peak(samples: NDArray[np.int16]) -> float:
    own = float(np.abs(float_from_int16(samples)).max(initial=0.0))
    return max(amplitude_from_db(TRUE_PEAK_DBTP), own * amplitude_from_db(HEADROOM_DB))
