"""The room: a document in, the script of its narration out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pipeline.contracts import Said
from pipeline.model.document import Footnote, Omission, Span
from pipeline.model.script import Chapter, Pause, Script
from pipeline.model.show import PROFILE, PROFILES, Pauses
from pipeline.narrate.announcements import closing, opening
from pipeline.narrate.ids import Ids
from pipeline.narrate.languages import believed
from pipeline.narrate.memo import Memo
from pipeline.narrate.outline import begins_with, due, footnotes, marks, same_words, sections
from pipeline.narrate.teller import Telling
from pipeline.narrate.trim import choice, trimmed, what
from pipeline.narrate.utter import Utterer
from pipeline.text.lexicon_match import Matcher
from pipeline.text.plain_words import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.model.document import Document
    from pipeline.model.script import Line
    from pipeline.model.show import Profile
    from pipeline.narrate.outline import Section
    from pipeline.text.lexicon import Entry

_USUAL = Pauses()


def narrate(
    document: Document,
    *,
    language: str,
    chapter_level: int = 3,
    pauses: Pauses = _USUAL,
    profile: Profile = PROFILES[PROFILE],
    lexicon: Sequence[Entry] = (),
    memo: Memo | None = None,
) -> Script:
    """What a narrator says for ``document``.

    Args:
        document: The article.
        language: BCP 47 tag of the narration.
        chapter_level: Headings down to this level make chapters; deeper ones are said inside them.
        pauses: The usual pauses; only those between blocks are written to the script.
        profile: What is said of each construct, and how.
        lexicon: Words that are said in their own way, in order of precedence.
        memo: Of an earlier narration by the same rules and lexicon; it changes nothing but the time.
    """
    memo = memo or Memo()
    omitted: list[Omission] = []
    parts = sections(document, chapter_level=chapter_level, omitted=omitted)
    for part in parts:
        part.blocks = list(trimmed(part.blocks, profile, omitted))
    notes: dict[str, Footnote] = {}
    for note in footnotes(tuple(block for part in parts for block in part.blocks)):
        notes.setdefault(note.id, note)
    told: set[str] = set()
    endnotes = [tuple(due(part, notes, told, profile)) for part in parts]
    elsewhere = {id: notes[id] for id in notes if id in told}
    everywhere = (*marks(document.blocks), *(id for note in notes.values() for id in marks(note.blocks)))
    for id in everywhere:
        if id in notes and id not in elsewhere:
            elsewhere[id] = notes[id]
            omitted.append(Omission(what=what(notes[id]), why="what refers to it is not said"))
    telling = Telling(
        language=language,
        paragraph_ms=pauses.paragraph_ms,
        guess=believed(text_of(document.blocks), language),
        profile=profile,
        notes=elsewhere,
        omitted=omitted,
        memo=memo,
    )
    utterer = Utterer(language=language, ids=Ids(), lexicon=Matcher(lexicon), memo=memo)
    chapters = []
    for index, part in enumerate(parts):
        draft = _Draft(part=part, telling=telling, utterer=utterer, pauses=pauses)
        draft.open(*(opening(document, profile, language=language) if part is parts[0] else ("", False)))
        telling.introduced = False
        late = [block for block in part.blocks if choice(block, profile) == "end" and not isinstance(block, Footnote)]
        draft.add(telling.tell(block for block in part.blocks if block not in late))
        for note in endnotes[index]:
            if note.id not in telling.said:
                draft.pause(pauses.paragraph_ms)
                draft.add(telling.say(note))
        for block in late:
            draft.pause(pauses.paragraph_ms)
            draft.add(telling.tell((block,)))
        if part is parts[-1]:
            draft.close(closing(document, profile, language=language))
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
    announced: bool = False
    """Whether an announcement stands between the title and the text."""

    def open(self, opening: str, names_it: bool) -> None:
        """Say the title in other words where it is not said as it is written, then the announcement.

        Args:
            opening: The announcement; empty for none.
            names_it: Whether it says the title, and so takes its place.
        """
        text = self.part.heading or (Span(text=self.part.title),)
        title = self.telling.line(text, role="heading", position=self.part.position)
        spoken = self.utterer.title(title) if self.part.title and not names_it else None
        if spoken is not None:
            self.lines.append(spoken)
        self._announce(opening, "heading" if names_it else "announcement")
        self.announced = bool(opening) and not names_it
        self.silence_ms = self.pauses.heading_ms if self.announced else 0

    def close(self, closing: str) -> None:
        """Say the announcement at the end; empty for none."""
        if self.lines and closing:
            self.lines.append(Pause(duration_ms=self.pauses.heading_ms))
        self._announce(closing, "announcement")

    def _announce(self, text: str, role: str) -> None:
        said = Said(before=text, role=role, position=self.part.position)
        self.lines += self.utterer.utter(said) if text else ()

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
            elif self._holds_title(said):
                self.lines.clear()
                self._say(replace(said, role="heading"))
            elif self._holds_subheading(said):
                self._leave_subheading()
                self._say(said)
            else:
                self._say(said)

    def _holds_title(self, said: Said) -> bool:
        """Whether a chapter's first sentence begins with its title, which then is not said twice."""
        first = self.last is None and said.role == "body" and not (said.before or self.announced)
        return first and bool(self.part.heading) and begins_with(said.written, self.part.title)

    def _holds_subheading(self, said: Said) -> bool:
        """Whether a sentence begins with the heading inside the chapter that has just been said."""
        last = self.last
        headed = last is not None and last.role == "subheading" and said.role == "body" and not said.before
        return headed and last is not None and begins_with(said.written, last.written)

    def _leave_subheading(self) -> None:
        """Take back the heading that was said last; the pause in front of it stays."""
        if self.last is not None:
            self._omit(self.last, "the next sentence begins with it")
            self.lines.pop()
            self.silence_ms = 0

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
            headed = self.last.role in ("heading", "subheading") if self.last else not self.announced
            usual_ms = self.pauses.heading_ms if headed else 0
            if self.lines and self.silence_ms > usual_ms:
                self.lines.append(Pause(duration_ms=self.silence_ms))
            self.silence_ms = 0
            # Of a title that is a long sentence only the first breath is the heading.
            rest = (replace(one, role="body") for one in spoken[1:])
            self.lines += (spoken[0], *rest) if said.role == "heading" else spoken
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
