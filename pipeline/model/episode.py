"""What is handed to the world: renditions, the other files, and the episode that they make."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.model.document import Document
from pipeline.model.script import Script
from pipeline.model.show import Credit
from pipeline.model.timeline import Timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A finished file.

    Attributes:
        path: Name relative to the episode's folder, with forward slashes.
        media_type: IANA media type.
        bytes: Size.
        sha256: Digest of the content, hex.
    """

    path: str
    media_type: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendition:
    """One encoded audio file: what an enclosure needs.

    Attributes:
        timeline: The common timeline on this rendition's own frame grid.
        loudness_lufs: Integrated loudness of the decoded sound (ITU-R BS.1770).
        true_peak_dbtp: True peak of the decoded sound.
    """

    file: File
    timeline: Timeline
    loudness_lufs: float
    true_peak_dbtp: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterTags:
    """What a chapter says about itself beside its title and its time.

    Attributes:
        id: As in `pipeline.model.timeline.ChapterMark`.
        link: Address of the place in the article.
        image: JPEG bytes.
    """

    id: str
    link: str = ""
    image: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    """What an audio file says about itself; each container spells it in its own way, and leaves out what is empty.

    Attributes:
        comment: What the episode is about.
        transcript: What is said, one utterance a line; empty where it is too long for a tag.
        cover: JPEG bytes of a square picture.
        explicit: True, False, or None where nobody said.
        narrator: The voice, said to be synthetic.
        season: From 1; None where the show has none.
        number: Of the episode, from 1.
        chapters: Those that have more than a title, in any order.
    """

    title: str
    show: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    language: str = ""
    genre: str = ""
    comment: str = ""
    link: str = ""
    licence: str = ""
    narrator: str = ""
    explicit: bool | None = None
    transcript: str = ""
    cover: bytes = b""
    season: int | None = None
    number: int | None = None
    chapters: tuple[ChapterTags, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture of the article that lies in a file of its own beside it.

    Attributes:
        source: As the article's figures name it.
        path: Where the file lies.
        media_type: What the file's content is: JPEG, PNG, GIF, WebP or AVIF.
        sha256: Digest of the content, hex.
        width_px: As it is shown: turned the way the file says.
        height_px: Likewise.
        moving: Whether it has more than one frame.
    """

    source: str
    path: Path
    media_type: str
    sha256: str
    width_px: int
    height_px: int
    moving: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """All a sidecar may look at.

    Attributes:
        name: The episode's file name without suffix.
        timeline: The enclosure's: the first rendition's, on its own frame grid.
        tags: As written to the audio.
        renditions: The audio files, the enclosure first; their paths are those that they will have.
        paths: Where these files lie now, in the same order: they are moved when all sidecars are written.
        credits: Recordings that are heard, in order; what nobody told of them is empty.
        pictures: Those of the article that may be shown, each source once, in order.
    """

    name: str
    document: Document
    script: Script
    timeline: Timeline
    tags: Tags
    renditions: tuple[Rendition, ...] = ()
    paths: tuple[Path, ...] = ()
    credits: tuple[Credit, ...] = ()
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """A published episode: identity and files."""

    guid: str
    title: str
    published: str
    explicit: bool | None
    renditions: tuple[Rendition, ...]
    sidecars: tuple[File, ...]
