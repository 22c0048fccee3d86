"""The narration script: what will be said, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.model.document import Meta, Omission, Position

ROLES = ("body", "heading", "subheading", "item", "quote", "caption", "note", "cell", "announcement")
"""What an utterance is, for pauses and sidecars; ``announcement`` marks the narrator's own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanMap:
    """Characters ``written[start:end]`` are said as ``spoken[spoken_start:spoken_end]``."""

    start: int
    end: int
    spoken_start: int
    spoken_end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A piece of an utterance in one voice and language, or with a pronunciation of its own.

    Attributes:
        text: As spoken; blanks at its ends count, so that the texts of all parts make the utterance's ``spoken``.
        voice: Name of a voice, ``"narrator"`` included; ``""`` is the utterance's own, or, in another language, one
            that speaks it.
        language: BCP 47 tag; ``""`` is the script's.
        ipa: How ``text`` is pronounced, in the International Phonetic Alphabet, for engines that take it.
    """

    text: str
    voice: str = ""
    language: str = ""
    ipa: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """One sentence: the unit of speaking, of caching and of every transcript.

    Attributes:
        id: ``u`` and at least eight base-32 digits made from ``written``; unique in the script.
        written: The sentence as the article has it; empty for the narrator's own words.
        spoken: What the voice says.
        spans: How ``written`` maps to ``spoken``, in order; empty where nothing is known.
        parts: The pieces of ``spoken`` in order, none like its neighbour; empty means one piece in ``voice``. Where
            all of it is in another language, it has one part.
        voice: Name of the voice, ``""`` for the narrator.
        rate_percent: Speed against the voice's own (100).
        take: Which take of the voice, from 1; another number asks for another reading of the same words.
        recording: A person's own take of the sentence, a file relative to the script file; ``""`` for a voice's.
        role: One of `ROLES`.
        origin: Place in the article.
    """

    id: str
    written: str
    spoken: str
    spans: tuple[SpanMap, ...] = ()
    parts: tuple[Part, ...] = ()
    voice: str = ""
    rate_percent: int = 100
    take: int = 1
    recording: str = ""
    role: str = "body"
    origin: Position = field(default_factory=Position)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Silence between the utterances around it, instead of the usual one."""

    duration_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """A recording to be heard here; ``path`` is relative to the script file."""

    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bed:
    """Music under what follows, up to a `BedEnd`, another bed, or the end of the chapter.

    Attributes:
        path: The recording, relative to the script file.
        level_db: How much softer than the voices it is while somebody speaks, one of `BED_LEVELS_DB`.
    """

    path: str
    level_db: int = -18


BED_LEVELS_DB = range(-40, 1)
"""Softer than the softest nobody hears it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BedEnd:
    """The music that lies under the sentences ends here."""


Line = Utterance | Pause | Play | Bed | BedEnd


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A chapter of the episode.

    Attributes:
        id: ``c`` and at least eight base-32 digits; unique in the script.
        title: Shown in players; also spoken, unless the first line is an utterance with role ``heading``.
        lines: What is heard after the title.
        level: Depth of the heading (1 for the article's own title).
        take: Which take of the voice says the title.
        recording: A person's own take of the whole chapter, a file relative to the script file; ``""`` for a voice's.
    """

    id: str
    title: str
    lines: tuple[Line, ...] = ()
    level: int = 2
    take: int = 1
    recording: str = ""

    def spoken_lines(self) -> Iterator[Line]:
        """The lines as heard: the title first where no heading utterance says it in other words."""
        first = next((line for line in self.lines if isinstance(line, Utterance)), None)
        if self.title and not (first is not None and first.role == "heading"):
            yield Utterance(id=self.id, written=self.title, spoken=self.title, take=self.take, role="heading")
        yield from self.lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a script comes from: path or address, and the digest of the bytes it was made from."""

    uri: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """Everything that will be said in one episode.

    Attributes:
        omitted: What the narration left unsaid, and why; not written to the script file.
    """

    title: str
    language: str
    chapters: tuple[Chapter, ...]
    authors: tuple[str, ...] = ()
    published: str = ""
    meta: Meta = field(default_factory=Meta)
    source: Source | None = None
    omitted: tuple[Omission, ...] = ()

    def utterances(self) -> Iterator[Utterance]:
        """All utterances in the order of speaking, chapter titles included."""
        for chapter in self.chapters:
            for line in chapter.spoken_lines():
                if isinstance(line, Utterance):
                    yield line
