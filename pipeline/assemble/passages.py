"""A script as passages: what is encoded as one run of frames.

Most are one utterance. A bed is one passage with all the lines that it lies under, since music breaks the silence
between them; so is a chapter that a person recorded as a whole. What the show plays in every episode stands in no
script: it is put in here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.model.script import Bed, BedEnd, Pause, Play, Utterance
from pipeline.model.show import Recordings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.model.script import Chapter, Line, Script


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A run of frames.

    Attributes:
        key: Id of an utterance; ``play:PATH`` or ``show:PATH`` for a recording, ``bed:…`` or ``take:…`` for several
            lines in one.
        line: What it is.
        chapter: Where it stands.
        place: ``"intro"``, ``"jingle"`` or ``"outro"`` for what the show plays, else empty.
        inside: The lines that a bed lies under, or that a chapter's recording holds, pauses between them included.
    """

    key: str
    line: Utterance | Play | Bed | Chapter
    chapter: Chapter
    place: str = ""
    inside: tuple[Utterance | Play | Pause, ...] = ()


def passages(script: Script, recordings: Recordings | None = None) -> Iterator[Pause | Passage]:
    """All that is heard, in order, and the script's own pauses between.

    Args:
        script: What is said. A bed that nothing is heard over is left out.
        recordings: What the show plays: the jingle in front of each chapter in which something is heard, the first
            one excepted.
    """
    show = recordings or Recordings()
    before: Chapter | None = None
    for chapter in script.chapters:
        opened = False
        for item in _items(chapter):
            if isinstance(item, Passage) and not opened:
                if before is None and show.intro:
                    yield _played(show.intro, "intro", chapter)
                elif before is not None and show.jingle:
                    # to the chapter before, so that whoever jumps to a chapter hears its words
                    yield _played(show.jingle, "jingle", before)
                before, opened = chapter, True
            yield item
    if before is not None and show.outro:
        yield _played(show.outro, "outro", before)


def line_key(line: Utterance | Play) -> str:
    """What a line, and its clip, is known by."""
    return f"play:{line.path}" if isinstance(line, Play) else line.id


def _played(path: str, place: str, chapter: Chapter) -> Passage:
    return Passage(key=f"show:{path}", line=Play(path=path), chapter=chapter, place=place)


def _items(chapter: Chapter) -> Iterator[Pause | Passage]:
    lines = tuple(chapter.spoken_lines())
    if chapter.recording:
        inside = tuple(line for line in lines if isinstance(line, Utterance))
        if inside:
            yield Passage(key=f"take:{chapter.id}", line=chapter, chapter=chapter, inside=inside)
        return
    bed: Bed | None = None
    under: list[Utterance | Play | Pause] = []
    count = 0
    for line in (*lines, BedEnd()):
        if isinstance(line, Bed | BedEnd):
            if bed is not None:
                count += 1
                yield from _covered(bed, under, chapter, count)
            bed, under = (line, []) if isinstance(line, Bed) else (None, [])
        elif bed is not None:
            under.append(line)
        elif isinstance(line, Pause):
            yield line
        else:
            yield Passage(key=line_key(line), line=line, chapter=chapter)


def _covered(
    bed: Bed, lines: Sequence[Utterance | Play | Pause], chapter: Chapter, count: int
) -> Iterator[Pause | Passage]:
    """The bed with its lines; pauses at its ends stand in front of it and behind it, where there is no music."""
    heard = [place for place, line in enumerate(lines) if not isinstance(line, Pause)]
    first, last = (heard[0], heard[-1] + 1) if heard else (len(lines), len(lines))
    yield from _pauses(lines[:first])
    if heard:
        inside = tuple(lines[first:last])
        yield Passage(key=f"bed:{chapter.id}:{count}", line=bed, chapter=chapter, inside=inside)
    yield from _pauses(lines[last:])


def _pauses(lines: Sequence[Line]) -> Iterator[Pause]:
    yield from (line for line in lines if isinstance(line, Pause))
