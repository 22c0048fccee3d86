"""Transcript and chapter file read back: do their times say what the audio file's do?"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from pipeline.publish.inspect import CHAPTER_MS, Problem
from pipeline.units import ms_from_samples

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.model.timeline import Timeline

_CUE = re.compile(r"^(\S[^\n]*)\n(\d+):(\d\d):(\d\d)\.(\d{3}) --> (\d+):(\d\d):(\d\d)\.(\d{3})", re.MULTILINE)


def problems(path: Path, name: str, media_type: str, timeline: Timeline) -> Iterator[Problem]:
    """What of a sidecar does not agree with the timeline of the first audio file; nothing for kinds that have no times.

    Args:
        path: The file.
        name: What it is called in the answers.
        media_type: What the last render wrote there.
        timeline: The enclosure's.
    """
    try:
        if media_type == "text/vtt":
            yield from _transcript(path.read_text(encoding="utf-8"), name, timeline)
        elif media_type == "application/json+chapters":
            yield from _chapters(path.read_text(encoding="utf-8"), name, timeline)
    except (OSError, ValueError, KeyError, TypeError) as error:
        yield Problem(path=name, what=f"cannot be read: {error}")


def _transcript(text: str, name: str, timeline: Timeline) -> Iterator[Problem]:
    if not text.startswith("WEBVTT"):
        yield Problem(path=name, what="is no WebVTT")
        return
    found = {parts[0]: (_ms(parts[1:5]), _ms(parts[5:9])) for parts in _CUE.findall(text)}
    off: list[tuple[str, int, int]] = []
    music_ms = [ms_from_samples(cue.start, timeline.sample_rate_hz) for cue in timeline.cues if not cue.spoken]
    for cue in timeline.cues:
        if not cue.spoken:
            continue  # a recording
        start_ms, end_ms = (ms_from_samples(one, timeline.sample_rate_hz) for one in (cue.start, cue.end))
        times = found.pop(cue.id, None)
        if times is None:
            yield Problem(path=name, what="does not have this sentence", at_s=start_ms / 1000, utterance=cue.id)
        elif max(abs(times[0] - start_ms), abs(times[1] - end_ms)) > CHAPTER_MS:
            off.append((cue.id, start_ms, max(abs(times[0] - start_ms), abs(times[1] - end_ms))))
    if off:
        id, start_ms, off_ms = off[0]
        more = f", and {len(off) - 1} more, up to {max(one[2] for one in off)} ms" if len(off) > 1 else ""
        yield Problem(path=name, what=f"has this sentence {off_ms} ms off{more}", at_s=start_ms / 1000, utterance=id)
    for id, (start_ms, _) in found.items():
        if not any(abs(start_ms - one) <= CHAPTER_MS for one in music_ms):
            yield Problem(path=name, what=f"has a cue {id} that nobody says", at_s=start_ms / 1000)


def _chapters(text: str, name: str, timeline: Timeline) -> Iterator[Problem]:
    found = json.loads(text)["chapters"]
    marks = timeline.chapters
    if len(found) != len(marks):
        yield Problem(path=name, what=f"has {len(found)} chapters, not {len(marks)}")
    for number, (one, mark) in enumerate(zip(found, marks, strict=False), start=1):
        due_ms = ms_from_samples(mark.start, timeline.sample_rate_hz)
        off_ms = round(1000 * one["startTime"]) - due_ms
        if abs(off_ms) > CHAPTER_MS:
            late = "late" if off_ms > 0 else "early"
            yield Problem(path=name, what=f"chapter {number} is {abs(off_ms)} ms {late}", at_s=due_ms / 1000)
        if one.get("title", "") != mark.title:
            yield Problem(path=name, what=f"chapter {number} is called “{one.get('title', '')}”, not “{mark.title}”")


def _ms(parts: tuple[str, ...] | list[str]) -> int:
    hours, minutes, seconds, ms = map(int, parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms
