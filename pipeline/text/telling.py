"""What wordings do with the sentences that they tell: put the narrator's words around them, join them, cut them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from pipeline.contracts import Said
from pipeline.model.document import Span
from pipeline.text.lay import piece
from pipeline.text.spans import within
from pipeline.text.words import has_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pipeline.contracts import Claim
    from pipeline.model.document import Position
    from pipeline.model.script import Pause

T = TypeVar("T")


def phrases(by_language: Mapping[str, T], language: str, missing: T) -> T:
    """What a wording says in ``language`` (a BCP 47 tag), or ``missing`` where it has no words."""
    return by_language.get(language.partition("-")[0].lower(), missing)


def speaks(line: Said | Pause) -> bool:
    """Whether anything of ``line`` can be pronounced."""
    return isinstance(line, Said) and has_words(f"{line.before} {line.written}")


def framed(lines: Iterable[Said | Pause], *, before: str = "", after: str = "") -> list[Said | Pause]:
    """``lines`` with narrator's words in front of the first and behind the last that speaks."""
    found = list(lines)
    spoken = [index for index, line in enumerate(found) if speaks(line)]
    for index, fore, aft in ((spoken[0], before, ""), (spoken[-1], "", after)) if spoken else ():
        line = found[index]
        if isinstance(line, Said):
            found[index] = replace(line, before=f"{fore} {line.before}".strip(), after=f"{line.after} {aft}".strip())
    return found


def joined(pieces: Sequence[Said | str], *, role: str, position: Position) -> Said:
    """Sentences, and the signs between them, as one: their words, marks and claims, not the narrator's words."""
    written = ""
    text: list[Span] = []
    claims: list[Claim] = []
    for one in pieces:
        if isinstance(one, str):
            text.append(Span(text=one))
            written += one
            continue
        text += one.text or (Span(text=one.written),)
        at = len(written)
        claims += (replace(claim, start=claim.start + at, end=claim.end + at) for claim in one.claims)
        written += one.written
    return Said(written=written, text=tuple(text), claims=tuple(claims), role=role, position=position)


def without_stop(said: Said) -> Said:
    """``said`` without the signs that end a sentence."""
    end = len(said.written.rstrip(" .,;:"))
    return replace(said, written=said.written[:end], text=piece(said.text, 0, end), claims=within(said.claims, 0, end))
