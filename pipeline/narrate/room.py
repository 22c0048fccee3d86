"""The room: a document in, the script of its narration out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.contracts import Said
from pipeline.model.script import Chapter, Pause, Script
from pipeline.model.show import Pauses
from pipeline.narrate.ids import Ids
from pipeline.narrate.outline import due, footnotes, same_words, sections
from pipeline.narrate.teller import Telling
from pipeline.narrate.utter import Utterer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.model.document import Document, Footnote, Omission
    from pipeline.model.script import Line
    from pipeline.narrate.outline import Section

_USUAL = Pauses()


def narrate(document: Document, *, language: str, chapter_level: int = 3, pauses: Pauses = _USUAL) -> Script:
    """What a narrator says for ``document``.

    Args:
        document: The article.
        language: BCP 47 tag of the narration.
        chapter_level: Headings down to this level make chapters; deeper ones are said inside them.
        pauses: The usual pauses; only those between blocks are written to the script.
    """
    omitted: list[Omission] = []
    parts = sections(document, chapter_level=chapter_level, omitted=omitted)
    notes: dict[str, Footnote] = {}
    for note in footnotes(document.blocks):
        notes.setdefault(note.id, note)
    told: set[str] = set()
    endnotes = [tuple(due(part, notes, told)) for part in parts]
    telling = Telling(language=language, paragraph_ms=pauses.paragraph_ms, notes=frozenset(told), omitted=omitted)
    utterer = Utterer(language=language, ids=Ids())
    chapters = []
    for index, part in enumerate(parts):
        draft = _Draft(part=part, telling=telling, utterer=utterer, pauses=pauses)
        draft.open()
        draft.add(telling.tell(part.blocks))
        for note in endnotes[index]:
            draft.pause(pauses.paragraph_ms)
            draft.add(telling.say(note))
        chapter = draft.chapter(next_title=parts[index + 1].title if index + 1 < len(parts) else "")
        if chapter.title or chapter.lines:
            chapters.append(chapter)
    return Script(
        title=document.title,
        language=language,
        chapters=tuple(chapters),
        authors=document.authors,
        published=document.published,
        meta=document.meta,
        omitted=(*document.omitted, *omitted),
    )


@dataclass(slots=True, kw_only=True)
class _Draft:
    """A chapter in the making."""

    part: Section
    telling: Telling
    utterer: Utterer
    pauses: Pauses
    lines: list[Line] = field(default_factory=list)
    silence_ms: int = 0
    """The longest pause asked for since the last utterance."""
    last: Said | None = None
    """What was said last below the title."""

    def open(self) -> None:
        """Say the title in other words where it is not said as it is written."""
        title = Said(written=self.part.title, role="heading", position=self.part.position)
        spoken = self.utterer.title(title) if self.part.title else None
        if spoken is not None:
            self.lines.append(spoken)

    def pause(self, duration_ms: int) -> None:
        """Ask for a pause in front of the next utterance."""
        self.silence_ms = max(self.silence_ms, duration_ms)

    def add(self, told: Iterable[Said | Pause]) -> None:
        """Say what a wording tells, save what has just been said by a heading and what cannot be said."""
        for said in told:
            if isinstance(said, Pause):
                self.pause(said.duration_ms)
            elif self._repeats(said):
                self._omit(said, "the heading or the text before it says the same")
            else:
                self._say(said)

    def chapter(self, *, next_title: str) -> Chapter:
        """The chapter; a last line that the next chapter's title repeats is left to that title."""
        last = self.last
        if last is not None and not (last.before or last.after) and same_words(last.written, next_title):
            self._omit(last, "the next heading says the same")
            self.lines.pop()
            if self.lines and isinstance(self.lines[-1], Pause):
                self.lines.pop()
        id = self.utterer.ids.chapter(self.part.title)
        return Chapter(id=id, title=self.part.title, lines=tuple(self.lines), level=self.part.level)

    def _say(self, said: Said) -> None:
        spoken = tuple(self.utterer.utter(said))
        if not spoken and said.written:
            self._omit(said, "it holds no word that can be pronounced")
        elif spoken:
            # After a heading the usual pause is a longer one; a chapter begins without one of its own.
            usual_ms = self.pauses.heading_ms if self.last is None or self.last.role == "subheading" else 0
            if self.lines and self.silence_ms > usual_ms:
                self.lines.append(Pause(duration_ms=self.silence_ms))
            self.silence_ms = 0
            self.lines += spoken
            self.last = said

    def _repeats(self, said: Said) -> bool:
        """Whether a heading, or the text in front of a heading, has just said the same."""
        if said.before or said.after:
            return False
        if self.last is None:
            return same_words(said.written, self.part.title)
        return "subheading" in (said.role, self.last.role) and same_words(said.written, self.last.written)

    def _omit(self, said: Said, why: str) -> None:
        self.telling.omit(said.written, why, said.position)
