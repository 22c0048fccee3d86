"""Blocks told one after the other, each in its own wording: what a wording may ask of the narration."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pipeline import plugins
from pipeline.contracts import Said
from pipeline.model.document import Footnote, List, Omission
from pipeline.model.script import Pause
from pipeline.model.show import PROFILE, PROFILES
from pipeline.narrate.languages import Told, declared, whole, within
from pipeline.narrate.markup import Markup
from pipeline.narrate.memo import Memo
from pipeline.text.lay import laid, piece
from pipeline.text.sentences import split

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pipeline.contracts import Wording
    from pipeline.model.document import Block, Inline, Position
    from pipeline.model.show import Profile

DEFAULT_WORDINGS = (
    "paragraphs",
    "headings",
    "lists",
    "quotes",
    "figures",
    "tables",
    "code",
    "notes",
    "asides",
    "breaks",
)
"""Names of the wordings; the first that speaks for a kind of block is asked."""


def written(text: Inline) -> str:
    """The words of ``text`` as a line: marks of notes are silent, raised digits stay raised (10² is not 102)."""
    return laid(text)[0]


@dataclass(slots=True, kw_only=True)
class Telling:
    """The `pipeline.contracts.Teller` of one narration.

    Attributes:
        language: BCP 47 tag of what is said.
        paragraph_ms: Pause between two blocks.
        guess: Whether a block in another language is known by its words where nothing is declared.
        profile: What is said of each construct, and how.
        wordings: Names of wording plug-ins.
        notes: The notes that are said elsewhere, by id: after the sentence or the chapter that refers to them.
        omitted: What was reported as not said.
        said: Ids of the notes that were said after the sentence that refers to them.
        introduced: Whether the last sentence ends in a colon, and so says what comes.
        memo: Blocks whose languages were guessed before.
    """

    language: str
    paragraph_ms: int
    guess: bool = False
    wordings: Sequence[str] = DEFAULT_WORDINGS
    profile: Profile = PROFILES[PROFILE]
    notes: Mapping[str, Footnote] = field(default_factory=dict)
    omitted: list[Omission] = field(default_factory=list)
    said: set[str] = field(default_factory=set)
    introduced: bool = False
    memo: Memo = field(default_factory=Memo)
    explained: set[str] = field(default_factory=set)
    """Abbreviations that have been explained."""

    def sentences(self, text: Inline, *, role: str, position: Position) -> Iterator[Said]:
        """``text`` as one `Said` a sentence, each with its languages and what its marks say."""
        block = self.line(text, role=role, position=position)
        language = whole(block.sentence, block.tongues) or self.language
        markup = Markup(
            language=self.language,
            profile=self.profile,
            omit=lambda what, why: self.omit(what, why, position),
            explained=self.explained,
        )
        masked = _masked(block.text)
        place = 0
        for sentence in split(masked, language=language):
            start = masked.find(sentence, place)
            if start < 0:  # the splitter has put a slip right
                yield Said(written=sentence, role=role, position=position)
                continue
            place = start + len(sentence)
            line, marked = block.written[start:place], piece(block.text, start, place)
            found = within(block.tongues, start, place)
            claims = tuple(markup.claims(marked))
            yield replace(block, written=line, sentence=line, tongues=found, text=marked, claims=claims)

    def line(self, text: Inline, *, role: str, position: Position) -> Told:
        """``text`` in one piece."""
        line, spans = laid(text)
        found = self.memo.tongues(line, declared(spans), narration=self.language, guess=self.guess)
        return Told(written=line, sentence=line, tongues=found, text=spans, role=role, position=position)

    def tell(self, blocks: Iterable[Block], *, role: str = "") -> Iterator[Said | Pause]:
        """``blocks`` in their own wordings, ``role`` given to what would be ``body``.

        A pause parts two blocks; a list inside another block is not parted from what introduces it.
        """
        spoken = False
        for block in blocks:
            if isinstance(block, Footnote) and block.id in self.notes:
                continue
            parted = spoken and not (role and isinstance(block, List))
            for said in self.say(block):
                if isinstance(said, Said):
                    if parted:
                        yield Pause(duration_ms=self.paragraph_ms)
                    parted, spoken = False, True
                    yield replace(said, role=role) if role and said.role == "body" else said
                    self.introduced = f"{said.written} {said.after}".rstrip().endswith(":")
                    yield from self._notes_of(said)
                else:
                    yield said

    def _notes_of(self, said: Said) -> Iterator[Said | Pause]:
        """The notes that a sentence refers to, where they are said in place."""
        if self.profile.footnotes != "here":
            return
        for span in said.text:
            if span.note in self.notes and span.note not in self.said:
                self.said.add(span.note)
                yield from self.say(self.notes[span.note])

    def say(self, block: Block) -> Iterator[Said | Pause]:
        """One block in its wording."""
        for name in self.wordings:
            wording: Wording = plugins.load("wordings", name)
            if isinstance(block, wording.BLOCKS):
                yield from wording.say(block, self)
                return
        self.omit(type(block).__name__.lower(), "no wording speaks for it", block.position)

    def omit(self, what: str, why: str, position: Position) -> None:
        """Report something that is not said."""
        self.omitted.append(Omission(what=what, why=why, position=position))


def _masked(text: Inline) -> str:
    """The line with formulas as words of the same length: a stop inside one ends no sentence."""
    return "".join(
        re.sub(r"\S+", lambda word: "X"[: len(word[0]) > 2] + "x" * (len(word[0]) - (len(word[0]) > 2)), span.text)
        if span.formula
        else span.text
        for span in text
        if not span.note
    )
