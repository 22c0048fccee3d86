"""Utterances, words and chapters laid on one time axis, in samples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model.clip import Word, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One utterance at its place.

    Attributes:
        id: The utterance's id (a chapter's id for a title that is spoken as it stands).
        chapter: Index into `Timeline.chapters`.
        start: First sample of the speech (not of the silence in front of it).
        length: Samples of speech.
        written, spoken, voice, role: As in the utterance.
        words: Words with times relative to ``start``, at the timeline's rate; held as `Words`.
        timing: ``"engine"`` or ``"estimated"``; ``"recording"`` for what a person recorded.
    """

    id: str
    chapter: int
    start: int
    length: int
    written: str
    spoken: str
    voice: str
    role: str
    words: Sequence[Word]
    timing: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", Words.of(self.words))

    @property
    def end(self) -> int:
        """Sample after the last one."""
        return self.start + self.length


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterMark:
    """A chapter on the time axis: from its first cue (0 for the first) to the next mark or the end."""

    id: str
    title: str
    level: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The episode in time; ``length`` counts samples of the whole, closing silence included."""

    sample_rate_hz: int
    length: int
    cues: tuple[Cue, ...]
    chapters: tuple[ChapterMark, ...]
