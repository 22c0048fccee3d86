"""The transcript as plain text: chapters with their times, paragraphs as they are spoken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.contracts import Written
from pipeline.model.script import Pause
from pipeline.publish.sidecars._subtitles import MUSIC, subtitles
from pipeline.units import clock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.model.episode import Edition
    from pipeline.publish.sidecars._subtitles import Subtitle

MEDIA_TYPE = "text/plain"
_PARAGRAPH_MS = 600
"""A pause of the script from which a new paragraph begins."""


def write(edition: Edition, out: Path) -> tuple[Written, ...]:
    """Write ``NAME.transcript.txt``: what is said, without line breaks inside a paragraph."""
    name = f"{edition.name}.transcript.txt"
    (out / name).write_text("\n\n".join(_paragraphs(edition)) + "\n", encoding="utf-8", newline="\n")
    return (Written(path=name, media_type=MEDIA_TYPE),)


def _paragraphs(edition: Edition) -> Iterator[str]:
    begins = _beginnings(edition)
    chapter = -1
    titled = False  # whether nothing but music was heard since the chapter's title was told
    sentences: list[str] = []
    voice = ""
    for one in subtitles(edition.timeline):
        opens = one.cue.chapter != chapter
        if sentences and (opens or one.cue.id in begins or one.voice != voice or MUSIC in (one.text, sentences[-1])):
            yield " ".join(sentences)
            sentences = []
        if opens:
            chapter, titled = one.cue.chapter, True
            yield _title(edition, chapter, one)
        elif one.voice != voice and one.voice:
            sentences.append(f"{one.voice}:")
        voice = one.voice
        if not (titled and one.cue.role == "heading"):
            sentences.append(one.text)
        titled = titled and one.text == MUSIC
    if sentences:
        yield " ".join(sentences)


def _beginnings(edition: Edition) -> set[str]:
    """Ids of what follows a pause or a heading."""
    begins = set()
    for chapter in edition.script.chapters:
        parted = False
        for line in chapter.spoken_lines():
            if isinstance(line, Pause):
                parted = parted or line.duration_ms >= _PARAGRAPH_MS
                continue
            id = getattr(line, "id", "")
            heads = getattr(line, "role", "") in ("heading", "subheading")
            if parted or heads:
                begins.add(id)
            parted = heads
    return begins


def _title(edition: Edition, chapter: int, first: Subtitle) -> str:
    marks = edition.timeline.chapters
    title = marks[chapter].title if chapter < len(marks) else edition.script.title
    return f"{title} [{clock(first.start_ms)}]"
