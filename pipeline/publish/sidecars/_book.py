"""An edition as a talking book: a sound file for each chapter, and what the book says about itself.

Clips follow each other without a gap, so that players run on through the pauses instead of jumping over them: a clip
ends where the next one begins, the first begins with its chapter's sound, and the last ends with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from pipeline.audio.cut import cut
from pipeline.errors import UsageError
from pipeline.publish.sidecars._page_words import synthetic
from pipeline.units import ms_from_samples

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pipeline.audio.cut import Piece
    from pipeline.model.episode import Edition
    from pipeline.model.timeline import Cue

MP3 = "audio/mpeg"
_NO_DATE = "1980-01-01"
"""Of a book that tells none: the first that a zip can hold."""
_UNFIT = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]")
"""What XML or HTML forbids."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """What a player plays while a cue is marked.

    Attributes:
        stem: Of the sound file.
        begin_ms: In that file.
        end_ms: Where the next clip begins, or the file ends.
    """

    cue: Cue
    stem: str
    begin_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """What is heard of a chapter.

    Attributes:
        stem: What its files are called; they sort in reading order.
        chapter: Index into the timeline's chapters.
        clips: One a cue, in order; never empty.
        duration_ms: Rounded down, so that no clip ends behind it; what all clips last together.
        data: An MP3 file.
    """

    stem: str
    chapter: int
    clips: tuple[Clip, ...]
    duration_ms: int
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a book must say about itself; nothing of it is empty.

    Attributes:
        identifier: A URN, the same for every version of the episode.
        date: ``YYYY-MM-DD``.
        language: BCP 47, ``und`` where nobody said.
    """

    identifier: str
    title: str
    date: str
    language: str
    authors: tuple[str, ...]
    publisher: str


def facts(edition: Edition) -> Facts:
    """What the tags say, with something in every place that a book may not leave empty."""
    tags = edition.tags
    title = clean(tags.title) or edition.name
    date = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?!\d)", tags.date)
    authors = tuple(filter(None, map(clean, tags.authors)))
    publisher = clean(tags.show) or (authors[0] if authors else title)
    language = tags.language if re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", tags.language) else "und"
    return Facts(
        identifier=uuid5(NAMESPACE_URL, f"articlecast:{tags.show}\n{tags.link}\n{edition.name}").urn,
        title=title,
        date="-".join((date[1], date[2] or "01", date[3] or "01")) if date else _NO_DATE,
        language=language,
        authors=authors or (publisher,),
        publisher=publisher,
    )


def on_mp3(edition: Edition, *, sidecar: str) -> tuple[Edition, Path]:
    """The edition with the timeline of its MP3, and where that lies.

    Raises:
        UsageError: The episode has no MP3, or says nothing.
    """
    for rendition, path in zip(edition.renditions, edition.paths, strict=True):
        if rendition.file.media_type == MP3:
            if not rendition.timeline.cues:
                raise UsageError(f"the sidecar {sidecar!r} needs something that is said", edition.name)
            return replace(edition, timeline=rendition.timeline), path
    raise UsageError(f'the sidecar {sidecar!r} is made from the MP3: add "mp3" to `formats`', edition.name)


def sounds(edition: Edition, path: Path) -> Iterator[Sound]:
    """What is heard of each chapter, in order; one is held at a time.

    Args:
        edition: As `on_mp3` gives it.
        path: Where the MP3 lies.

    Raises:
        EncodeError: The MP3 cannot be cut.
    """
    by_chapter: dict[int, list[Cue]] = {}
    for cue in edition.timeline.cues:
        by_chapter.setdefault(cue.chapter, []).append(cue)
    chapters = sorted(by_chapter.items())
    pieces = cut(path, [cues[0].start for _, cues in chapters])
    for (chapter, cues), piece in zip(chapters, pieces, strict=True):
        stem = stem_of(chapter)
        yield Sound(
            stem=stem,
            chapter=chapter,
            clips=tuple(_clips(cues, piece, stem)),
            duration_ms=_duration_ms(piece),
            data=piece.data,
        )


def stem_of(chapter: int) -> str:
    """What the files of a chapter are called."""
    return f"part{chapter + 1:04}"


def title_of(edition: Edition, chapter: int) -> str:
    """The title of a chapter; that of the episode where it has none and is the first, and else its number."""
    marks = edition.timeline.chapters
    title = clean(marks[chapter].title) if chapter < len(marks) else ""
    return title or (clean(edition.tags.title) if not chapter else "") or str(chapter + 1)


def level_of(edition: Edition, chapter: int) -> int:
    """The level of a chapter's heading in the article, from 1."""
    marks = edition.timeline.chapters
    return max(1, marks[chapter].level) if chapter < len(marks) else 1


def clean(text: str) -> str:
    """``text`` on one line, without characters that XML or HTML does not have."""
    return " ".join(_UNFIT.sub("", text).split())


def recordings(edition: Edition) -> bool:
    """Whether something is heard that is not speech."""
    return bool(edition.credits) or any(not clean(cue.spoken) for cue in edition.timeline.cues)


def reader(edition: Edition) -> str:
    """Who reads, in a sentence: the voices by name, and a person where there are none."""
    return clean(edition.tags.narrator) or ("a synthetic voice" if synthetic(edition) else "a person")


def hazards(*, recordings: bool, moving: bool) -> tuple[str, ...]:
    """What may harm a reader, in words of schema.org.

    Args:
        recordings: Whether something is heard that is not speech: nobody knows how loud it is.
        moving: Whether a picture moves: nobody knows how.
    """
    if not (recordings or moving):
        return ("none",)
    seen = "unknown" if moving else "no"
    return (
        f"{seen}FlashingHazard",
        f"{seen}MotionSimulationHazard",
        "unknownSoundHazard" if recordings else "noSoundHazard",
    )


def sufficient(*, complete: bool, pictures: bool, undescribed: bool) -> tuple[tuple[str, ...], ...]:
    """Which sets of senses suffice to have all of a book.

    Args:
        complete: Whether all words are heard.
        pictures: Whether any are shown.
        undescribed: Whether one of them tells something that no words say.
    """
    if undescribed:
        return (("textual", "visual"),)
    alone = (("textual",), ("auditory",)) if complete else (("textual",),)
    return (("textual", "visual"), *alone) if pictures else alone


def nested(levels: Sequence[int]) -> Iterator[int]:
    """``levels`` of headings, from 1 to 6, none more than one deeper than the heading before it."""
    above: list[int] = []
    for level in levels:
        while above and above[-1] >= level:
            above.pop()
        above.append(level)
        yield min(len(above), 6)


def _clips(cues: Sequence[Cue], piece: Piece, stem: str) -> Iterator[Clip]:
    begins = [ms_from_samples(cue.start - piece.start, piece.sample_rate_hz) if i else 0 for i, cue in enumerate(cues)]
    for cue, begin, end in zip(cues, begins, (*begins[1:], _duration_ms(piece)), strict=True):
        yield Clip(cue=cue, stem=stem, begin_ms=begin, end_ms=end)


def _duration_ms(piece: Piece) -> int:
    return piece.length * 1000 // piece.sample_rate_hz
