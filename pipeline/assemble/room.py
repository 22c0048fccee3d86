"""Script and lengths of clips in, timeline out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.assemble.inside import (
    SHORTEST_PAUSE_MS,
    estimated,
    in_recording,
    role_of,
    under_bed,
    usual_gap_ms,
)
from pipeline.assemble.passages import line_key, passages
from pipeline.errors import SpeakError
from pipeline.model.script import Bed, Pause, Utterance
from pipeline.model.timeline import ChapterMark, Cue, Timeline
from pipeline.units import samples_from_ms

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.assemble.passages import Passage
    from pipeline.model.clip import Word
    from pipeline.model.script import Chapter, Script
    from pipeline.model.show import Pauses, Recordings


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
    words: Sequence[Word]
    timing: str
    voice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """What is encoded, on the time axis.

    Attributes:
        runs: A cue for each run of frames: an utterance, a recording, a bed or a chapter with all that is said in it.
        inside: By id of a run that holds several cues, those cues, with times relative to its first sample and
            without a chapter.
    """

    runs: Timeline
    inside: Mapping[str, tuple[Cue, ...]]

    def cues(self, runs: Timeline | None = None) -> Timeline:
        """All cues, with each run where it is in ``runs``: on a rendition's own grid, or the common timeline.

        A bed has a cue of its own for its music before the first sentence under it.
        """
        runs = runs or self.runs
        return replace(runs, cues=tuple(self._cues(runs)))

    def _cues(self, runs: Timeline) -> Iterator[Cue]:
        for run in runs.cues:
            if run.id not in self.inside:
                yield run
                continue
            first = self.inside[run.id][0].start
            if run.role == "recording" and first:
                yield replace(run, length=first)
            for cue in self.inside[run.id]:
                yield replace(cue, chapter=run.chapter, start=run.start + cue.start)


def assemble(
    script: Script,
    lengths: Mapping[str, Placed],
    *,
    sample_rate_hz: int,
    pauses: Pauses,
    recordings: Recordings | None = None,
) -> Timeline:
    """The timeline of ``script``: all cues of what `lay` lays out, with the same arguments."""
    return lay(script, lengths, sample_rate_hz=sample_rate_hz, pauses=pauses, recordings=recordings).cues()


def lay(
    script: Script,
    lengths: Mapping[str, Placed],
    *,
    sample_rate_hz: int,
    pauses: Pauses,
    recordings: Recordings | None = None,
) -> Laid:
    """Where everything is.

    Between two lines stand the script's own pauses, added up, or else the usual one: ``chapter_ms`` in front of a
    chapter, of a jingle and of what ends the show; ``heading_ms`` behind a heading, a jingle and what opens the show;
    ``sentence_ms`` elsewhere. At the beginning and at the end the script's own pauses can make the usual silence
    longer, not shorter. No silence is shorter than `SHORTEST_PAUSE_MS`.

    Args:
        script: What is said; a chapter in which nothing is heard gets no mark.
        lengths: By the keys of `passages` and, under a bed, of its lines.
        sample_rate_hz: Of the timeline and of everything in ``lengths``.
        pauses: The usual ones.
        recordings: What the show plays.

    Raises:
        SpeakError: Something in the script has no length; names all that have none.
    """
    cues: list[Cue] = []
    inside: dict[str, tuple[Cue, ...]] = {}
    marks: list[tuple[Chapter, int]] = []
    missing: dict[str, None] = {}
    place = 0  # the sample after the last cue
    asked_ms: int | None = None  # the script's own silence since then
    before = ""  # what the last cue is for the silence behind it
    for item in passages(script, recordings):
        if isinstance(item, Pause):
            asked_ms = (asked_ms or 0) + item.duration_ms
            continue
        placed = lengths.get(item.key)
        lacking = [key for key in (item.key, *_keys_under(item)) if key not in lengths]
        if placed is None or lacking:
            missing.update(dict.fromkeys(lacking))
            continue
        opens = not marks or marks[-1][0] is not item.chapter
        gap_ms = _gap_ms(asked_ms, before if cues else None, item, pauses, opens_chapter=opens)
        start = place + samples_from_ms(gap_ms, sample_rate_hz)
        if opens:
            marks.append((item.chapter, start if marks else 0))
        cues.append(_run(item, placed, chapter=len(marks) - 1, start=start))
        if item.inside:
            inside[item.key] = tuple(_cues_inside(item, placed, lengths, sample_rate_hz, pauses))
        place, asked_ms = cues[-1].end, None
        before = item.place or cues[-1].role
    if missing:
        raise SpeakError(f"no clip for {', '.join(missing)}", script.title, tuple(missing))
    close_ms = max(pauses.close_ms, asked_ms or 0, SHORTEST_PAUSE_MS)
    length = place + samples_from_ms(close_ms, sample_rate_hz)
    chapters = _chapters(script, marks, length)
    runs = Timeline(sample_rate_hz=sample_rate_hz, length=length, cues=tuple(cues), chapters=chapters)
    return Laid(runs=runs, inside=inside)


def _keys_under(item: Passage) -> Iterator[str]:
    """The keys of the clips that are mixed into a bed."""
    if isinstance(item.line, Bed):
        yield from (line_key(line) for line in item.inside if not isinstance(line, Pause))


def _gap_ms(asked_ms: int | None, before: str | None, item: Passage, pauses: Pauses, *, opens_chapter: bool) -> int:
    """Silence in front of a passage."""
    if before is None:
        wanted_ms = max(pauses.lead_ms, asked_ms or 0)
    elif asked_ms is not None:
        wanted_ms = asked_ms
    elif before in {"intro", "jingle"}:
        wanted_ms = pauses.heading_ms
    elif opens_chapter or item.place:
        wanted_ms = pauses.chapter_ms
    else:
        wanted_ms = usual_gap_ms(before, pauses)
    return max(wanted_ms, SHORTEST_PAUSE_MS)


def _run(item: Passage, placed: Placed, *, chapter: int, start: int) -> Cue:
    line = item.line
    if not isinstance(line, Utterance):
        return _cue(None, item.key, placed, chapter=chapter, start=start)
    return _cue(line, item.key, placed, chapter=chapter, start=start)


def _cues_inside(
    item: Passage, placed: Placed, lengths: Mapping[str, Placed], sample_rate_hz: int, pauses: Pauses
) -> Iterator[Cue]:
    """The cues of a passage of several lines, with times relative to its first sample."""
    if isinstance(item.line, Bed):
        samples = {key: lengths[key].length for key in _keys_under(item)}
        for line, start in under_bed(item.inside, samples, sample_rate_hz=sample_rate_hz, pauses=pauses)[0]:
            key = line_key(line)
            said = line if isinstance(line, Utterance) else None
            yield _cue(said, key, lengths[key], chapter=0, start=start)
        return
    lines = tuple(line for line in item.inside if isinstance(line, Utterance))
    for line, start, length in in_recording(lines, placed.length, pauses):
        part = Placed(length=length, words=(), timing="recording", voice=line.voice)
        yield _cue(line, line.id, part, chapter=0, start=start)


def _cue(said: Utterance | None, key: str, placed: Placed, *, chapter: int, start: int) -> Cue:
    recorded = said is not None and placed.timing == "recording"
    return Cue(
        id=key,
        chapter=chapter,
        start=start,
        length=placed.length,
        written=said.written if said else "",
        spoken=said.spoken if said else "",
        voice=placed.voice,
        role=role_of(said) if said else "recording",
        words=estimated(said.spoken, placed.length) if said and recorded else placed.words if said else (),
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
