"""Block quotations: "Quote." in front and "End quote." behind, then whose words they are.

Where the show has a voice for quotations, that voice says them, and the narrator says no marks.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.contracts import Said
from pipeline.model.document import Code, Figure, Quote, Table
from pipeline.model.show import QUOTE_VOICE
from pipeline.text.telling import framed, phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.contracts import Teller
    from pipeline.model.script import Pause

BLOCKS = (Quote,)

_NO_WORDS = (Table, Figure, Code)
"""What a block quotation alone does not make a quotation: some pages use one to indent."""

_MARKS = {
    "en": ("Quote.", "End quote.", "Source:", "A quotation."),
    "de": ("Zitat.", "Zitat Ende.", "Quelle:", "Ein Zitat."),
    "fr": ("Citation.", "Fin de citation.", "Source :", "Une citation."),
    "es": ("Cita.", "Fin de la cita.", "Fuente:", "Una cita."),
    "it": ("Citazione.", "Fine della citazione.", "Fonte:", "Una citazione."),
}


def say(block: Quote, teller: Teller) -> Iterator[Said | Pause]:
    """The quotation between the narrator's marks, in the utterances of its first and last sentence."""
    if not block.cite and all(isinstance(inner, _NO_WORDS) for inner in block.blocks):
        yield from teller.tell(block.blocks)  # indented, not quoted
        return
    begin, end, source, alone = phrases(_MARKS, teller.language, ("", "", "", ""))
    if teller.profile.quotes == "announce":
        teller.omit("quotation", "the profile only announces quotations", block.position)
        yield from [Said(before=alone, role="announcement", position=block.position)] if alone else []
    elif teller.profile.quotes == "voice":
        for line in teller.tell(block.blocks, role="quote"):
            # A picture or a table in the quotation is still the narrator's to tell.
            yield replace(line, voice=QUOTE_VOICE) if isinstance(line, Said) and line.role == "quote" else line
    else:
        yield from framed(teller.tell(block.blocks, role="quote"), before=begin, after=end)
    for index, said in enumerate(teller.sentences(block.cite, role="quote", position=block.position)):
        yield replace(said, before="" if index else source)
