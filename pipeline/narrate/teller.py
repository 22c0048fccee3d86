"""Blocks told one after the other, each in its own wording: what a wording may ask of the narration."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pipeline import plugins
from pipeline.contracts import Said
from pipeline.model.document import Footnote, List, Omission
from pipeline.model.script import Pause
from pipeline.text.sentences import split

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.contracts import Wording
    from pipeline.model.document import Block, Inline, Position

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

_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")


def written(text: Inline) -> str:
    """The words of ``text`` as a line: marks of notes are silent, raised digits stay raised (10² is not 102)."""
    shown = (
        span.text.translate(_RAISED)
        if span.shift == "super" and not span.text.translate(_RAISED).isascii()
        else span.text
        for span in text
        if not span.note
    )
    return " ".join("".join(shown).split())


@dataclass(slots=True, kw_only=True)
class Telling:
    """The `pipeline.contracts.Teller` of one narration.

    Attributes:
        language: BCP 47 tag of what is said.
        paragraph_ms: Pause between two blocks.
        wordings: Names of wording plug-ins.
        notes: Ids of the notes that are said elsewhere: after the chapter that refers to them.
        omitted: What was reported as not said.
    """

    language: str
    paragraph_ms: int
    wordings: Sequence[str] = DEFAULT_WORDINGS
    notes: frozenset[str] = frozenset()
    omitted: list[Omission] = field(default_factory=list)

    def sentences(self, text: Inline, *, role: str, position: Position) -> Iterator[Said]:
        """``text`` as one `Said` a sentence."""
        for sentence in split(written(text), language=self.language):
            yield Said(written=sentence, role=role, position=position)

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
                else:
                    yield said

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
