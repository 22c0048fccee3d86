"""Music under speech: faded, looped, turned down while somebody speaks, and added up."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from pipeline.audio.limiter import limit
from pipeline.audio.loudness import energies, integrated
from pipeline.units import amplitude_from_db, samples_from_ms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

RISE_DB = 8
"""How much louder the music is while nobody speaks, …"""
OPEN_DB = -6
"""… but not louder than this against a voice, unless it is anyway."""
RISES_AFTER_MS = 1500
"""A pause shorter than this does not lift the music: it would pump."""
RAMP_MS = 400
"""How long the music takes to go down or up; it is down when the voice begins."""
FADE_IN_MS = 800
FADE_OUT_MS = 2500
CROSSFADE_MS = 2000
"""A recording that is too short begins anew under its own end."""


def mixed(
    music: NDArray[np.float32],
    speech: Iterable[tuple[int, NDArray[np.float32]]],
    spans: Sequence[tuple[int, int]],
    *,
    length: int,
    level_db: float,
    target_lufs: float,
    ceiling_dbfs: float,
    sample_rate_hz: int,
) -> NDArray[np.float32]:
    """Speech with music under it.

    Args:
        music: float32, shape (n,), n > 0, any level.
        speech: First sample and levelled sound of each line; taken one by one, so that they are never all in memory.
        spans: First sample of each line and the one after its last, in order.
        length: Samples of the whole.
        level_db: Loudness of the music against that of the voices, while one speaks.
        target_lufs: Loudness of the voices.
        ceiling_dbfs: Largest sample magnitude allowed.
        sample_rate_hz: Of everything.

    Returns:
        float32, shape (``length``,).
    """
    sound = looped(music, length, sample_rate_hz)
    sound *= np.float32(amplitude_from_db(_gain_db(music, target_lufs, sample_rate_hz)))
    for (start, before), (end, after) in pairwise(_envelope(spans, length, level_db, sample_rate_hz)):
        if before == after:
            sound[start:end] *= np.float32(before)
        else:
            sound[start:end] *= np.linspace(before, after, end - start, endpoint=False, dtype=np.float32)
    for start, samples in speech:
        sound[start : start + len(samples)] += samples
    return limit(sound, ceiling=amplitude_from_db(ceiling_dbfs), sample_rate_hz=sample_rate_hz)


def looped(music: NDArray[np.float32], length: int, sample_rate_hz: int) -> NDArray[np.float32]:
    """As much of ``music`` as is wanted, in a new array.

    Where it is too short it begins anew, its beginning faded in under its own end. The two are not alike, so their
    energies add up: the fades are a quarter of a sine, whose squares make 1.
    """
    out = np.zeros(length, np.float32)
    overlap = min(samples_from_ms(CROSSFADE_MS, sample_rate_hz), len(music) // 2)
    step = len(music) - overlap
    fade_in = np.sin(np.linspace(0, np.pi / 2, overlap, endpoint=False)).astype(np.float32)
    for start in range(0, length, step):
        piece = music[: length - start].copy()
        if start:
            piece[:overlap] *= fade_in[: len(piece)]
        if start + step < length:
            tail = piece[step:]
            tail *= fade_in[::-1][: len(tail)]
        out[start : start + len(piece)] += piece
    return out


def _gain_db(music: NDArray[np.float32], target_lufs: float, sample_rate_hz: int) -> float:
    """What brings the music to the target; a sound under 400 ms has no loudness, and keeps its level."""
    loudness_lufs = float(integrated(energies(music, sample_rate_hz)))
    return round(target_lufs - loudness_lufs, 2) if np.isfinite(loudness_lufs) else 0.0


def _envelope(
    spans: Sequence[tuple[int, int]], length: int, level_db: float, sample_rate_hz: int
) -> Iterator[tuple[int, float]]:
    """Corners of the music's level, linear, from sample 0 to ``length``, none before the one ahead of it."""
    down = amplitude_from_db(level_db)
    up = amplitude_from_db(max(level_db, min(level_db + RISE_DB, OPEN_DB)))
    fade_in, fade_out, ramp = (samples_from_ms(ms, sample_rate_hz) for ms in (FADE_IN_MS, FADE_OUT_MS, RAMP_MS))
    corners = [(0, 0.0), (fade_in, up)]
    for start, end in _joined(spans, samples_from_ms(RISES_AFTER_MS, sample_rate_hz)):
        corners += [(start - ramp, up), (start, down), (end, down), (end + ramp, up)]
    corners += [(length - fade_out, up), (length, 0.0)]
    place = 0
    for at, level in corners:
        place = min(max(at, place), length)
        yield place, level


def _joined(spans: Sequence[tuple[int, int]], gap: int) -> list[tuple[int, int]]:
    """The spans, those joined between which there is less than ``gap``."""
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and start - found[-1][1] < gap:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found
