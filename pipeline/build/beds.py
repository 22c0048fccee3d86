"""Music under speech in the plan: what is mixed, and from which clips."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.assemble import Passage, line_key, under_bed
from pipeline.assemble.recordings import LONGEST_S
from pipeline.build import actions, recorded
from pipeline.build.job import Mix
from pipeline.errors import ScriptError
from pipeline.model.action import Action
from pipeline.model.script import Bed, Pause, Play
from pipeline.units import clock, ms_from_samples, rescale_samples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pipeline.build.job import Job
    from pipeline.build.plan import Setting, Step
    from pipeline.model.clip import Clip

LONG_S = 180
"""An edit under a longer bed is no longer done in a blink: all of it is mixed and encoded again."""
SHORTEST_MUSIC_S = 1.0


def sounds(passage: Passage, bed: Bed) -> Iterator[Passage]:
    """What a bed is mixed from, each as a passage of its own: its music, then the lines that it lies under."""
    music = Play(path=bed.path)
    yield Passage(key=line_key(music), line=music, chapter=passage.chapter)
    for line in passage.inside:
        if not isinstance(line, Pause):
            yield Passage(key=line_key(line), line=line, chapter=passage.chapter)


def step(passage: Passage, bed: Bed, inside: Sequence[Step], setting: Setting) -> Step:
    """The step of a bed.

    Args:
        passage: The bed with its lines.
        bed: The bed.
        inside: Steps of its `sounds`.
        setting: What the episode is rendered with.

    Raises:
        ScriptError: It is too long, or its music too short.
    """
    music, *lines = inside
    made = replace(
        music, id=passage.key, line=bed, passage=passage, inside=tuple(inside), speak=_WAITING, clip=None, file=None
    )
    clips = [one.clip for one in lines if one.clip is not None]
    if music.clip is None or len(clips) < len(lines):
        return made
    starts, length = _laid(made, setting)
    where = recorded.place(setting.script, bed)
    rate_hz = setting.audio.sample_rate_hz
    if length > LONGEST_S * rate_hz:
        raise ScriptError(
            f"the bed lasts {_clock(length, rate_hz)}; it may last {LONGEST_S // 60} minutes: end it with '(bed end)'",
            where,
        )
    if music.clip.length < SHORTEST_MUSIC_S * music.clip.sample_rate_hz:
        raise ScriptError(f"{bed.path} is too short for a bed, which is music of a second and more", where)
    action = actions.mix(
        music.clip,
        [
            (start, clip, actions.gains(one.line, clip, setting.voices, setting.gains_db))
            for start, clip, one in zip(starts, clips, lines, strict=True)
        ],
        level_db=bed.level_db,
        length=length,
        audio=setting.audio,
    )
    return replace(made, speak=action, length=length)


_WAITING = Action(room="mix", schema=actions.MIX_SCHEMA, inputs={})
"""Of a bed whose key cannot be told yet: it is made from sounds that are not there."""


def mix(step: Step, setting: Setting, job: Callable[[Step], Job]) -> Mix:
    """What a worker is told of a bed all of whose sounds are there."""
    assert isinstance(step.line, Bed)
    music, *lines = step.inside
    starts, length = _laid(step, setting)
    return Mix(
        music=job(music),
        level_db=step.line.level_db,
        lines=tuple(zip(starts, map(job, lines), strict=True)),
        length=length,
    )


def warnings(step: Step, setting: Setting) -> Iterator[str]:
    """What a person should know of a bed."""
    rate_hz = setting.audio.sample_rate_hz
    if step.length > LONG_S * rate_hz:
        where = recorded.place(setting.script, step.line)
        yield (
            f"{where}: the bed lasts {_clock(step.length, rate_hz)}: an edit of one sentence under it encodes all of "
            f"it again; up to {LONG_S // 60} minutes that is quick"
        )


def _laid(step: Step, setting: Setting) -> tuple[tuple[int, ...], int]:
    """First sample of each line under a bed, and the length of the whole."""
    rate_hz = setting.audio.sample_rate_hz
    lengths = {one.id: _length(one.clip, rate_hz) for one in step.inside[1:] if one.clip is not None}
    lines, length = under_bed(step.passage.inside, lengths, sample_rate_hz=rate_hz, pauses=setting.pauses)
    return tuple(start for _, start in lines), length


def _length(clip: Clip, sample_rate_hz: int) -> int:
    return rescale_samples(clip.length, clip.sample_rate_hz, sample_rate_hz)


def _clock(length: int, sample_rate_hz: int) -> str:
    return clock(ms_from_samples(length, sample_rate_hz))
