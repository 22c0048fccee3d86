"""Footnotes: "Note 1:" and their text, after the chapter that refers to them; the marks in the text are silent."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.contracts import Said
from pipeline.model.document import Footnote
from pipeline.text.words import has_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.contracts import Teller
    from pipeline.model.script import Pause

BLOCKS = (Footnote,)

_NOTE = {"en": ("Note", ":"), "de": ("Anmerkung", ":"), "fr": ("Note", " :"), "es": ("Nota", ":")}


def say(block: Footnote, teller: Teller) -> Iterator[Said | Pause]:
    """The note's blocks, the announcement in the utterance of the first sentence."""
    word, colon = _NOTE.get(teller.language.partition("-")[0].lower(), ("", ""))
    label = block.label.strip("[]() .")
    # A star or a dagger says nothing to the ear.
    fore = f"{word} {label}".strip() + colon if word and has_words(label) else word + colon
    for line in teller.tell(block.blocks, role="note"):
        if fore and isinstance(line, Said) and has_words(f"{line.before} {line.written}"):
            line, fore = replace(line, before=f"{fore} {line.before}".strip()), ""
        yield line
