"""A finished audio file measured as it is heard: all of it decoded, twenty seconds held at a time."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from pipeline.audio.container import Damage, Decoded
from pipeline.audio.loudness import BLOCK_MS, energies, integrated, true_peak
from pipeline.audio.resample import resample
from pipeline.publish.measure_match import match
from pipeline.units import rescale_samples, samples_from_ms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from pipeline.contracts import Codec
    from pipeline.model.timeline import Timeline
    from pipeline.publish.measure_match import Match

    Clips = Callable[[int], NDArray[np.float32] | None]

STEP_S = 10
"""So much is decoded at a time; the last step is held beside it."""
SLICE_S = 5
"""Of a longer clip or pause, so much is looked at at once: less than a step."""
REACH_MS = 50
"""A clip is looked for so far from its place."""
ONSET_MS = 60
"""A cue begins with sound within this time."""
SOUND = 1e-3
"""Under this magnitude there is silence (−60 dBFS)."""
CONTEXT_BLOCKS = 5
"""Blocks of 100 ms before a step, after which the K-weighting has forgotten what was before them."""
_CONTEXT = 64
"""Samples over which a step is faded where the sound goes on: cut off there, it would seem to have higher peaks."""
_EDGE = 32
"""Samples beyond a joint that are listened to for clicks, where silence is encoded there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A stretch of a clip as it was found; times in samples of the timeline.

    Attributes:
        cue: Index of its cue.
        start: Where it should be.
        found: What was found; None where the store has lost the clip.
    """

    cue: int
    start: int
    found: Match | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Noise:
    """Sound where silence should be: between which cues, where, and how much.

    Attributes:
        before: Index of the cue behind it; the number of cues at the end.
        at: Sample of the timeline.
        peak: Magnitude, full scale 1.
    """

    before: int
    at: int
    peak: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A file as it sounds.

    Attributes:
        length: Samples that were decoded, at the timeline's rate.
        loudness_lufs: Integrated (ITU-R BS.1770-4); ``-inf`` for silence.
        true_peak_dbtp: Likewise.
        energies: K-weighted, of each 100 ms.
        peaks: Largest magnitude in each 100 ms.
        damages: What could not be decoded.
        late: Index of each cue that does not begin with sound.
        places: Where clips were found.
        noises: Pauses that are not silent.
        quiet_peak: Largest magnitude in all pauses.
    """

    length: int
    loudness_lufs: float
    true_peak_dbtp: float
    energies: NDArray[np.float64]
    peaks: NDArray[np.float32]
    damages: tuple[Damage, ...]
    late: tuple[int, ...]
    places: tuple[Place, ...]
    noises: tuple[Noise, ...]
    quiet_peak: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """A stretch to look at; ``cue`` is that of the clip, or the one behind a pause."""

    kind: str
    cue: int
    start: int
    stop: int


def measure(
    path: Path,
    timeline: Timeline,
    codec: Codec,
    clips: Clips | None = None,
    advance: Callable[[int], None] = lambda _: None,
) -> Measured:
    """Decode a file from beginning to end.

    Args:
        path: The file.
        timeline: The rendition's own, on its frame grid.
        codec: What it was encoded with.
        clips: Gives the sound of a cue by its index, float32 at the timeline's rate and any level, or None where it
            is lost. Without it no clip is looked for.
        advance: Told how much was decoded, in samples of the timeline.

    Raises:
        ReadError: It cannot be read, or holds no sound.
    """
    decoded = Decoded(path)
    meter = _Meter()
    work = _Work(timeline=timeline, codec=codec, clips=clips)
    due = sorted(_tasks(timeline, codec), key=lambda one: (one.stop, one.start))
    held = np.zeros(0, np.float32)
    base = done = 0  # of what is held: its first sample, at the file's rate; of `due`: how many were looked at
    reach = samples_from_ms(REACH_MS, timeline.sample_rate_hz)
    for piece in decoded.pieces(STEP_S):
        keep = STEP_S * decoded.rate
        base += max(0, len(held) - keep)
        held = np.concatenate([held[max(0, len(held) - keep) :], piece])
        meter.add(held, len(piece), decoded.rate)
        ready = rescale_samples(base + len(held), decoded.rate, timeline.sample_rate_hz) - reach - 1
        while done < len(due) and due[done].stop <= ready:
            work.look(due[done], held, base, decoded.rate)
            done += 1
        advance(ready)
    for task in due[done:]:
        work.look(task, held, base, decoded.rate)
    meter.close(held)
    return Measured(
        length=rescale_samples(decoded.length, decoded.rate, timeline.sample_rate_hz),
        loudness_lufs=integrated(meter.energies),
        true_peak_dbtp=20 * math.log10(meter.peak) if meter.peak else -math.inf,
        energies=np.asarray(meter.energies),
        peaks=np.asarray(meter.peaks, np.float32),
        damages=tuple(decoded.damages),
        late=tuple(work.late),
        places=tuple(work.places),
        noises=tuple(work.noises),
        quiet_peak=work.quiet_peak,
    )


def silences(timeline: Timeline, codec: Codec) -> Iterator[tuple[int, int, int]]:
    """(index of the cue behind it, first sample, sample after the last) of the silence between runs of frames."""
    end = 0
    edge = _EDGE if codec.lead else 0
    for index, cue in enumerate(timeline.cues):
        begin = cue.start - codec.lead * codec.frame
        yield index, max(0, end - edge), max(begin + edge, end - edge)
        end = cue.start + (-(-cue.length // codec.frame) + codec.tail) * codec.frame
    yield len(timeline.cues), max(0, end - edge), timeline.length


def _tasks(timeline: Timeline, codec: Codec) -> Iterator[_Task]:
    rate = timeline.sample_rate_hz
    for index, cue in enumerate(timeline.cues):
        yield _Task(kind="onset", cue=index, start=cue.start, stop=cue.start + samples_from_ms(ONSET_MS, rate))
        yield from _sliced("clip", index, cue.start, cue.end, rate)
    for index, start, stop in silences(timeline, codec):
        yield from _sliced("pause", index, start, stop, rate)


def _sliced(kind: str, cue: int, start: int, stop: int, rate: int) -> Iterator[_Task]:
    """Even slices, none longer than `SLICE_S`."""
    count = max(1, -(-(stop - start) // (SLICE_S * rate)))
    edges = [start + (stop - start) * part // count for part in range(count + 1)]
    for first, last in pairwise(edges):
        if last > first:
            yield _Task(kind=kind, cue=cue, start=first, stop=last)


@dataclass(slots=True, kw_only=True)
class _Work:
    """What is looked at on the way."""

    timeline: Timeline
    codec: Codec
    clips: Clips | None
    late: list[int] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    noises: list[Noise] = field(default_factory=list)
    quiet_peak: float = 0.0

    def look(self, task: _Task, held: NDArray[np.float32], base: int, rate: int) -> None:
        """Do a task with the sound that is held, whose first sample is ``base`` at ``rate``."""
        ours = self.timeline.sample_rate_hz
        if task.kind == "clip":
            self._clip(task, held, base, rate)
            return
        first, last = (max(0, rescale_samples(one, ours, rate) - base) for one in (task.start, task.stop))
        sound = np.abs(held[first:last])
        if task.kind == "onset":
            if float(sound.max(initial=0.0)) < SOUND:
                self.late.append(task.cue)
            return
        peak = float(sound.max(initial=0.0))
        self.quiet_peak = max(self.quiet_peak, peak)
        if peak >= SOUND:
            at = rescale_samples(base + first + int(sound.argmax()), rate, ours)
            self.noises.append(Noise(before=task.cue, at=at, peak=peak))

    def _clip(self, task: _Task, held: NDArray[np.float32], base: int, rate: int) -> None:
        if self.clips is None:
            return
        sound = self.clips(task.cue)
        if sound is None:
            self.places.append(Place(cue=task.cue, start=task.start, found=None))
            return
        ours = self.timeline.sample_rate_hz
        begin = self.timeline.cues[task.cue].start
        wanted = sound[task.start - begin : task.stop - begin]
        reach = samples_from_ms(REACH_MS, ours)
        first = rescale_samples(task.start - reach, ours, rate) - base
        last = rescale_samples(task.stop + reach, ours, rate) - base
        there = held[max(0, first) : max(0, last)]
        there = np.pad(there, (max(0, -first), max(0, last - first - max(0, -first) - len(there))))
        there = resample(there, rate, ours)[: len(wanted) + 2 * reach]
        found = match(np.pad(there, (0, len(wanted) + 2 * reach - len(there))), wanted, ours)
        if found is not None:
            self.places.append(Place(cue=task.cue, start=task.start, found=found))


@dataclass(slots=True, kw_only=True)
class _Meter:
    """Loudness and peaks of sound that comes in steps of whole blocks."""

    energies: list[float] = field(default_factory=list)
    peaks: list[float] = field(default_factory=list)
    peak: float = 0.0

    def add(self, held: NDArray[np.float32], new: int, rate: int) -> None:
        """Measure the last ``new`` samples of ``held``."""
        block = samples_from_ms(BLOCK_MS, rate)
        before = min(CONTEXT_BLOCKS, (len(held) - new) // block)
        self.energies += energies(held[len(held) - new - before * block :], rate)[before:].tolist()
        sound = np.abs(held[len(held) - new :])
        whole = len(sound) // block * block
        self.peaks += sound[:whole].reshape(-1, block).max(axis=1, initial=0.0).tolist()
        self.peaks += [float(sound[whole:].max(initial=0.0))] if whole < len(sound) else []
        # what is faded at the end of a step is heard in full at the beginning of the next
        self._look(held, new + 2 * _CONTEXT, goes_on=True)

    def close(self, held: NDArray[np.float32]) -> None:
        """Measure the very end of all."""
        self._look(held, 2 * _CONTEXT, goes_on=False)

    def _look(self, held: NDArray[np.float32], count: int, *, goes_on: bool) -> None:
        """The true peak of the last ``count`` samples."""
        sound = held[-count:]
        if 2 * float(np.abs(sound).max(initial=0.0)) <= self.peak:
            return  # between samples a wave may rise to twice what is beside it, not further
        sound = sound.copy()
        fade = np.sin(np.linspace(0, np.pi / 2, _CONTEXT, dtype=np.float32)) ** 2
        if count < len(held):
            sound[:_CONTEXT] *= fade
        if goes_on:
            sound[-_CONTEXT:] *= fade[::-1][-len(sound) :]
        self.peak = max(self.peak, true_peak(sound))


def short_term(energies: Sequence[float] | NDArray[np.float64], window_s: float = 3.0) -> NDArray[np.float64]:
    """Loudness in LUFS of the last ``window_s`` (EBU Tech 3341: short-term) at each 100 ms; ``-inf`` for silence."""
    width = round(window_s * 1000 / BLOCK_MS)
    sums = np.concatenate([np.zeros(width), np.cumsum(energies)])
    means = (sums[width:] - sums[: len(sums) - width]) / width
    with np.errstate(divide="ignore"):
        return np.asarray(-0.691 + 10 * np.log10(np.maximum(means, 0.0)))
