"""Script and lengths of clips in, timeline out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.errors import SpeakError
from pipeline.model.script import Pause, Play
from pipeline.model.timeline import ChapterMark, Cue, Timeline
from pipeline.units import samples_from_ms

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.model.clip import Word
    from pipeline.model.script import Chapter, Script, Utterance
    from pipeline.model.show import Pauses

SHORTEST_PAUSE_MS = 200
"""Silence between two clips, at least: their encoded frames meet in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """What the time axis must know of a clip, at the timeline's rate.

    Attributes:
        length: Samples.
        words: Words with times relative to the clip's first sample.
        timing: ``"engine"``, ``"estimated"`` or ``"recording"``.
        voice: Name of the voice, ``""`` for the narrator.
    """

    length: int
    words: tuple[Word, ...]
    timing: str
    voice: str


def assemble(script: Script, lengths: Mapping[str, Placed], *, sample_rate_hz: int, pauses: Pauses) -> Timeline:
    """The timeline of ``script``.

    Between two lines stand the script's own pauses, added up, or else the usual one: ``chapter_ms`` in front of a
    chapter, ``heading_ms`` behind a heading, ``sentence_ms`` elsewhere. At the beginning and at the end the script's
    own pauses can make the usual silence longer, not shorter. No silence is shorter than `SHORTEST_PAUSE_MS`.

    Args:
        script: What is said; a chapter in which nothing is heard gets no mark.
        lengths: By id of the utterance (of the chapter, for a title spoken as it stands); ``play:PATH`` for what
            the script plays.
        sample_rate_hz: Of the timeline and of everything in ``lengths``.
        pauses: The usual ones.

    Raises:
        SpeakError: Something in the script has no length; names all that have none.
    """
    cues: list[Cue] = []
    marks: list[tuple[Chapter, int]] = []
    missing: dict[str, None] = {}
    place = 0  # the sample after the last cue
    asked_ms: int | None = None  # the script's own silence since then
    for chapter in script.chapters:
        opened = False
        for line in chapter.spoken_lines():
            if isinstance(line, Pause):
                asked_ms = (asked_ms or 0) + line.duration_ms
                continue
            key = f"play:{line.path}" if isinstance(line, Play) else line.id
            placed = lengths.get(key)
            if placed is None:
                missing[key] = None
                continue
            gap_ms = _gap_ms(asked_ms, cues[-1] if cues else None, pauses, opens_chapter=not opened)
            start = place + samples_from_ms(gap_ms, sample_rate_hz)
            if not opened:
                marks.append((chapter, start if marks else 0))
                opened = True
            cues.append(_cue(line, key, placed, chapter=len(marks) - 1, start=start))
            place, asked_ms = cues[-1].end, None
    if missing:
        raise SpeakError(f"no clip for {', '.join(missing)}", script.title, tuple(missing))
    close_ms = max(pauses.close_ms, asked_ms or 0, SHORTEST_PAUSE_MS)
    length = place + samples_from_ms(close_ms, sample_rate_hz)
    return Timeline(
        sample_rate_hz=sample_rate_hz, length=length, cues=tuple(cues), chapters=_chapters(script, marks, length)
    )


def _gap_ms(asked_ms: int | None, before: Cue | None, pauses: Pauses, *, opens_chapter: bool) -> int:
    """Silence in front of a line."""
    if before is None:
        wanted_ms = max(pauses.lead_ms, asked_ms or 0)
    elif asked_ms is not None:
        wanted_ms = asked_ms
    elif opens_chapter:
        wanted_ms = pauses.chapter_ms
    elif before.role in {"heading", "subheading"}:
        wanted_ms = pauses.heading_ms
    else:
        wanted_ms = pauses.sentence_ms
    return max(wanted_ms, SHORTEST_PAUSE_MS)


def _cue(line: Utterance | Play, key: str, placed: Placed, *, chapter: int, start: int) -> Cue:
    said = None if isinstance(line, Play) else line
    return Cue(
        id=key,
        chapter=chapter,
        start=start,
        length=placed.length,
        written=said.written if said else "",
        spoken=said.spoken if said else "",
        voice=placed.voice,
        role=said.role if said else "recording",
        words=placed.words if said else (),
        timing=placed.timing if said else "recording",
    )


def _chapters(script: Script, marks: list[tuple[Chapter, int]], length: int) -> tuple[ChapterMark, ...]:
    """Each mark reaches to the next, the last one to the end; one without a title bears the episode's."""
    ends = [*(start for _, start in marks[1:]), length]
    return tuple(
        ChapterMark(
            id=chapter.id,
            title=" ".join((chapter.title or script.title).split()),
            level=chapter.level,
            start=start,
            end=end,
        )
        for (chapter, start), end in zip(marks, ends, strict=False)  # without marks there is an end too many
    )
