"""Block quotations: "Quote." in front and "End quote." behind, then whose words they are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.contracts import Said
from pipeline.model.document import Quote
from pipeline.text.words import has_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.contracts import Teller
    from pipeline.model.script import Pause

BLOCKS = (Quote,)

_MARKS = {
    "en": ("Quote.", "End quote.", "Source:"),
    "de": ("Zitat.", "Zitat Ende.", "Quelle:"),
    "fr": ("Citation.", "Fin de citation.", "Source :"),
    "es": ("Cita.", "Fin de la cita.", "Fuente:"),
}


def say(block: Quote, teller: Teller) -> Iterator[Said | Pause]:
    """The quotation between the narrator's marks, in the utterances of its first and last sentence."""
    begin, end, source = _MARKS.get(teller.language.partition("-")[0].lower(), ("", "", ""))
    lines = list(teller.tell(block.blocks, role="quote"))
    spoken = [index for index, line in enumerate(lines) if _speaks(line)]
    if spoken:
        _mark(lines, spoken[0], before=begin)
        _mark(lines, spoken[-1], after=end)
    yield from lines
    cite = tuple(teller.sentences(block.cite, role="quote", position=block.position))
    for index, said in enumerate(cite):
        yield replace(said, before="" if index else source)


def _mark(lines: list[Said | Pause], index: int, *, before: str = "", after: str = "") -> None:
    """Put narrator's words around a line."""
    line = lines[index]
    if isinstance(line, Said):
        lines[index] = replace(line, before=f"{before} {line.before}".strip(), after=f"{line.after} {after}".strip())


def _speaks(line: Said | Pause) -> bool:
    return isinstance(line, Said) and has_words(f"{line.before} {line.written}")
