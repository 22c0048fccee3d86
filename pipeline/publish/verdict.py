"""What is wrong with a file as it sounds: measurements against the timeline, in words."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from pipeline.publish.inspect import Problem
from pipeline.units import ms_from_samples, samples_from_ms, seconds_from_samples, timecode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.contracts import Codec
    from pipeline.model.show import AudioFormat
    from pipeline.model.timeline import Cue, Timeline
    from pipeline.publish.measure import Measured, Place

LIMIT_LU = 1.0
"""How far a directory lets loudness be from the target (Apple: "Audio requirements")."""
AIM_LU = 0.5
"""How far it should be at most."""
TRUE_PEAK_DBTP = -1.0
"""Apple's limit."""
LAG_MS = 2
"""How far a clip may be from its place."""
UNLIKE = 0.3
"""Correlation under which a clip is not there: another one gives 0.1 or less."""
SHORTEST_PAUSE_MS = 200
FEW = 3
"""So many problems of one kind are told one by one: what is behind a lost frame is all late."""


def level(name: str, loudness_lufs: float, true_peak_dbtp: float, audio: AudioFormat) -> Iterator[Problem]:
    """What a directory would object to."""
    if abs(loudness_lufs - audio.target_lufs) > LIMIT_LU:
        yield Problem(path=name, what=f"measures {loudness_lufs:.2f} LUFS, not {audio.target_lufs:g}")
    if true_peak_dbtp > TRUE_PEAK_DBTP:
        yield Problem(path=name, what=f"peaks at {true_peak_dbtp:.2f} dBTP, over {TRUE_PEAK_DBTP:g}")


def pauses(name: str, timeline: Timeline, frame: int) -> Iterator[Problem]:
    """Pauses too short for a joint; on frames, one may be a frame shorter than on the common timeline."""
    rate = timeline.sample_rate_hz
    shortest = samples_from_ms(SHORTEST_PAUSE_MS, rate) - frame
    for before, cue in zip(timeline.cues, timeline.cues[1:], strict=False):
        if cue.start - before.end < shortest:
            what = f"the pause before this sentence is {ms_from_samples(cue.start - before.end, rate)} ms"
            yield _at(name, what, cue, cue.start, rate)


def sound(name: str, measured: Measured, timeline: Timeline, common: Timeline, codec: Codec) -> Iterator[Problem]:
    """What is not in the decoded sound as it is on the rendition's own timeline.

    Args:
        name: What the file is called in the answers.
        measured: Its sound.
        timeline: The rendition's own.
        common: The one that all renditions follow.
        codec: What it was encoded with.
    """
    from pipeline.publish.measure import ONSET_MS

    rate, cues = timeline.sample_rate_hz, timeline.cues
    for damage in measured.damages:
        yield Problem(path=name, what=f"cannot be decoded here: {damage.what}", at_s=round(damage.start_s, 3))
    # a decoder may play the end of the last frame, which the container says to leave out
    if not -1 <= measured.length - timeline.length <= codec.frame:
        lengths = [seconds_from_samples(one, rate) for one in (measured.length, timeline.length)]
        yield Problem(path=name, what=f"{lengths[0]:.3f} s are heard; its timeline lasts {lengths[1]:.3f} s")
    what = f"this sentence does not begin with sound within {ONSET_MS} ms"
    yield from _several([_at(name, what, cues[index], -1, rate) for index in measured.late])
    noises = []
    for noise in measured.noises:
        where = "the closing silence" if noise.before == len(cues) else "the pause before this sentence"
        what = f"{where} is not silent: {20 * math.log10(noise.peak):.0f} dBFS"
        noises.append(_at(name, what, cues[min(noise.before, len(cues) - 1)], noise.at, rate))
    yield from _several(noises)
    yield from _places(name, measured.places, timeline, common, codec)


def _several(found: list[Problem]) -> Iterator[Problem]:
    """Problems of one kind: each of a few; of many the first, and how many more, up to where."""
    if len(found) <= FEW:
        yield from found
        return
    last_ms = round(1000 * (found[-1].at_s or 0))
    yield replace(found[0], what=f"{found[0].what}; and {len(found) - 1} more places to {timecode(last_ms)}")


def _places(
    name: str, places: tuple[Place, ...], timeline: Timeline, common: Timeline, codec: Codec
) -> Iterator[Problem]:
    rate, cues = timeline.sample_rate_hz, timeline.cues
    moved: list[tuple[Place, int]] = []
    unlike: list[Problem] = []
    gone: list[Problem] = []
    most = samples_from_ms(LAG_MS, rate)
    for place in places:
        if place.found is None:
            continue
        if place.found.likeness < UNLIKE:
            unlike.append(_at(name, "this sentence is not what is heard here", cues[place.cue], place.start, rate))
            continue
        off = cues[place.cue].start + place.found.lag - common.cues[place.cue].start
        if abs(place.found.lag) > most or abs(off) > (codec.frame + 1) // 2 + most:
            moved.append((place, place.found.lag))
        for first, last in place.found.gone:
            missing = f"{ms_from_samples(last - first, rate)} ms of this sentence are missing or damaged"
            gone.append(_at(name, missing, cues[place.cue], place.start + first, rate))
    yield from _several(unlike)
    yield from _several(gone)
    for lag_ms, group in groupby(moved, key=lambda one: round(1000 * one[1] / rate)):
        several = [place for place, _ in group]
        sentences = len({place.cue for place in several})
        what = f"{abs(lag_ms)} ms {'early' if lag_ms < 0 else 'late'}"
        more = f", and {sentences - 1} more behind it" if sentences > 1 else ""
        yield _at(name, f"this sentence is heard {what}{more}", cues[several[0].cue], several[0].start, rate)


def _at(name: str, what: str, cue: Cue, sample: int, rate: int) -> Problem:
    """A problem at a sample, or at the beginning of the cue where that is negative."""
    at = cue.start if sample < 0 else sample
    return Problem(path=name, what=what, at_s=seconds_from_samples(at, rate), utterance=cue.id)
