"""A finished audio file read back by others: mutagen for what it says, ffmpeg's library for what it is made of.

Neither of them wrote it: containers are made in this house, and so is most of what stands in them.
"""

from __future__ import annotations

import base64
import hashlib
import importlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pipeline.audio import container
from pipeline.errors import ReadError
from pipeline.publish.languages import iso_639_2
from pipeline.publish.tags import TABLE
from pipeline.units import clock, ms_from_samples, seconds_from_samples

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pipeline.contracts import Codec
    from pipeline.model.episode import Tags
    from pipeline.model.timeline import Timeline

CHAPTER_MS = 1
"""Chapter times are kept in milliseconds, or finer."""
_COLUMNS = {"id3": "id3", "mp4": "mp4", "opus": "vorbis", "flac": "vorbis"}
"""`pipeline.contracts.Encoder.TAGS` → column of the table of tags."""
_FRAMES = ("TIT2", "TALB", "TPE1", "TLAN", "TXXX", "APIC", "CHAP")
"""All that is read of an ID3 tag."""
_COMPARED = ("title", "show", "authors", "language", "explicit")
_MOST_CHAPTERS = {"mp4": 255, "vorbis": 999}
"""What mutagen can find there: the list of an MP4 has no room for more, nor have Vorbis comments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something about a finished file that is not as it should be.

    Attributes:
        path: The file, relative to the episode's folder.
        what: In words.
        at_s: Where in the sound; None for the whole.
        utterance: Id of the sentence there; empty for none.
        line: Its line in the script; 0 where that is not known.
    """

    path: str
    what: str
    at_s: float | None = None
    utterance: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What an episode's audio files must say about it.

    Attributes:
        texts: Field of `Tags` → what stands there, for those that are compared.
        cover: sha256 of the picture, hex; empty for none.
    """

    texts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    cover: str = ""


def said(tags: Tags) -> Said:
    """What files with these tags must say."""
    texts = {
        "title": (tags.title,),
        "show": (tags.show,),
        "authors": tags.authors,
        "language": (iso_639_2(tags.language),),
        "explicit": ({True: "1", False: "2", None: ""}[tags.explicit],),
    }
    texts = {name: tuple(filter(None, map(_plain, values))) for name, values in texts.items()}
    return Said(texts=texts, cover=hashlib.sha256(tags.cover).hexdigest() if tags.cover else "")


def problems(
    path: Path,
    name: str,
    timeline: Timeline,
    codec: Codec,
    spelling: str,
    meant: Said | None,
    *,
    count: bool = False,
    twice: bool = True,
) -> Iterator[Problem]:
    """What is not right about the container and its tags.

    Args:
        path: The file.
        name: What it is called in the answers.
        timeline: The rendition's own, on its frame grid.
        codec: What it was encoded with.
        spelling: `pipeline.contracts.Encoder.TAGS` of the format.
        meant: What the tags must say; None where that is not known.
        count: Whether all packets are read.
        twice: Whether ffmpeg's library reads it too, which takes long to load.
    """
    try:
        seen = container.head(path, count=count) if twice or not spelling else None
        read = _read(path, spelling) if spelling else None
    except ReadError as error:
        yield Problem(path=name, what=error.message)
        return
    length_s = seconds_from_samples(timeline.length, timeline.sample_rate_hz)
    frame_s = max(codec.frame / codec.sample_rate_hz, CHAPTER_MS / 1000)
    durations = [("ffmpeg's library", seen.duration_s, frame_s)] if seen is not None else []
    if read is not None:
        # an MP4's own length counts the encoder's priming, which its edit list then leaves out
        durations.append(("mutagen", read.duration_s, 2 * frame_s if spelling == "mp4" else frame_s))
    for reader, duration_s, allowed_s in durations:
        if abs(duration_s - length_s) > allowed_s:
            yield Problem(
                path=name, what=f"lasts {duration_s:.3f} s as {reader} reads it; its timeline {length_s:.3f} s"
            )
    if seen is not None and count and codec.frame > 1:
        due = -(-(timeline.length + codec.delay) // codec.frame)
        if abs(seen.packets - due) > 2:  # its info frame and the closing one may or may not be counted
            yield Problem(path=name, what=f"holds {seen.packets:,} packets of sound; its timeline needs {due:,}")
    if read is None:
        return
    most = _MOST_CHAPTERS.get(_COLUMNS[spelling], len(timeline.chapters))
    if seen is not None:
        yield from _chapters(name, timeline, "ffmpeg's library", seen.chapters, len(timeline.chapters), most)
    yield from _chapters(name, timeline, "mutagen", read.chapters, most, most)
    if meant is not None:
        yield from _tags(name, read, meant)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    duration_s: float
    texts: Mapping[str, tuple[str, ...]]
    cover: bytes
    chapters: tuple[tuple[float, str], ...]


def _chapters(
    name: str, timeline: Timeline, reader: str, found: tuple[tuple[float, str], ...], whole: int, least: int
) -> Iterator[Problem]:
    """The chapters that a reader finds against those of the timeline."""
    marks = timeline.chapters
    if len(found) not in {whole, min(least, len(marks))}:
        yield Problem(path=name, what=f"{len(found)} chapters as {reader} reads it, not {len(marks)}")
    if [one[0] for one in found] != sorted(one[0] for one in found):
        yield Problem(path=name, what=f"its chapters do not lie in time order, as {reader} reads it")
        found = tuple(sorted(found))
    for number, ((start_s, title), mark) in enumerate(zip(found, marks, strict=False), start=1):
        due_ms = ms_from_samples(mark.start, timeline.sample_rate_hz)
        off_ms = round(1000 * start_s) - due_ms
        if abs(off_ms) > CHAPTER_MS:
            early = "early" if off_ms < 0 else "late"
            yield Problem(
                path=name,
                what=f"chapter {number}, “{mark.title}”, is {abs(off_ms)} ms {early} as {reader} reads it",
                at_s=due_ms / 1000,
                utterance=next((cue.id for cue in timeline.cues if marks[cue.chapter] is mark), ""),
            )
        if _plain(title) != _plain(mark.title)[: max(1, len(_plain(title)))] or (mark.title and not title):
            yield Problem(
                path=name,
                what=f"chapter {number} ({clock(due_ms)}) is called “{title}” as {reader} reads it, not “{mark.title}”",
            )


def _tags(name: str, read: _Read, meant: Said) -> Iterator[Problem]:
    for field_name in _COMPARED:
        due = meant.texts.get(field_name, ())
        there = ", ".join(read.texts.get(field_name, ()))
        wanting = [text for text in due if text not in there]
        if wanting or (there and not due):
            wanted = f"“{', '.join(due)}”" if due else "nothing"
            yield Problem(path=name, what=f"its tag {field_name} says “{there}”, not {wanted}")
    cover = hashlib.sha256(read.cover).hexdigest() if read.cover else ""
    if cover != meant.cover:
        yield Problem(path=name, what="its cover is another picture" if cover and meant.cover else "its cover is gone")


def _read(path: Path, spelling: str) -> _Read:
    """What mutagen finds in a file.

    Raises:
        ReadError: It finds no such file there.
    """
    import mutagen

    column = _COLUMNS[spelling]
    try:
        file = _opened(path, spelling)
    except (mutagen.MutagenError, OSError, ValueError) as error:
        raise ReadError(f"its tags cannot be read: {error}", str(path)) from error
    tags = file.tags if file.tags is not None else {}
    texts = {name: _texts(tags, TABLE[name][column][0]) for name in _COMPARED}
    return _Read(
        duration_s=float(file.info.length),
        texts=texts,
        cover=_cover(file, tags, spelling),
        chapters=tuple(_marks(file, tags, column)),
    )


def _opened(path: Path, spelling: str) -> Any:
    """The file as mutagen sees it, by the class that its format has there."""
    if spelling == "id3":
        with path.open("rb") as start:
            spelling = "wave" if start.read(4) == b"RIFF" else "mp3"
    names = {"mp4": "MP4", "opus": "OggOpus", "flac": "FLAC", "wave": "WAVE", "mp3": "MP3"}
    module = "oggopus" if spelling == "opus" else spelling
    more: dict[str, Any] = {}
    if spelling in {"mp3", "wave"}:  # mutagen takes UTF-16 letter by letter: a transcript costs more than all the rest
        frames = _mutagen("id3").Frames
        more["known_frames"] = {name: frames[name] for name in _FRAMES}
    return getattr(_mutagen(module), names[spelling])(path, **more)


def _mutagen(module: str) -> Any:
    """A module of mutagen, which has no types: it comes in through one door."""
    return importlib.import_module(f"mutagen.{module}")


def _texts(tags: Any, name: str) -> tuple[str, ...]:
    values = tags.get(name.replace("----:", "----:com.apple.iTunes:"), ())
    values = getattr(values, "text", values)
    return tuple(_plain(value.decode(errors="replace") if isinstance(value, bytes) else str(value)) for value in values)


def _cover(file: Any, tags: Any, spelling: str) -> bytes:
    """The picture as it lies in the file."""
    if spelling == "mp4":
        return bytes(next(iter(tags.get("covr", ())), b""))
    if spelling == "flac":
        return bytes(next((one.data for one in file.pictures), b""))
    if spelling == "opus":
        block = next(iter(tags.get("METADATA_BLOCK_PICTURE", ())), "")
        return bytes(_mutagen("flac").Picture(base64.b64decode(block)).data) if block else b""
    return bytes(next((one.data for one in tags.getall("APIC")), b"")) if tags else b""


def _marks(file: Any, tags: Any, column: str) -> Iterator[tuple[float, str]]:
    """(start in seconds, title) of each chapter, in time order."""
    if column == "mp4":
        for one in file.chapters or ():
            yield float(one.start), str(one.title)
    elif column == "vorbis":
        for number in range(1, 1000):
            name = f"CHAPTER{number:03}"
            if name not in tags:
                return
            hours, minutes, seconds = tags[name][0].split(":")
            yield 3600 * int(hours) + 60 * int(minutes) + float(seconds), next(iter(tags.get(f"{name}NAME", ())), "")
    elif tags:
        for one in sorted(tags.getall("CHAP"), key=lambda frame: (frame.start_time, frame.element_id)):
            titles = [str(frame) for frame in one.sub_frames.values() if frame.FrameID == "TIT2"]
            yield one.start_time / 1000, next(iter(titles), "")


def _plain(text: str) -> str:
    """``text`` on one line, without what containers do not take."""
    return " ".join("".join(one for one in text if one.isprintable() or one.isspace()).split())
