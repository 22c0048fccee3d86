"""Footnotes: "Note 1:" and their text, behind the chapter or the sentence that refers to them; their marks are silent.

Behind a sentence the end of the note is told too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model.document import Footnote
from pipeline.text.telling import framed, phrases
from pipeline.text.words import has_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.contracts import Said, Teller
    from pipeline.model.script import Pause

BLOCKS = (Footnote,)

_NOTE = {
    "en": ("Note", ":", "End of note."),
    "de": ("Anmerkung", ":", "Ende der Anmerkung."),
    "fr": ("Note", " :", "Fin de la note."),
    "es": ("Nota", ":", "Fin de la nota."),
    "it": ("Nota", ":", "Fine della nota."),
}


def say(block: Footnote, teller: Teller) -> Iterator[Said | Pause]:
    """The note's blocks, the announcement in the utterance of the first sentence."""
    word, colon, end = phrases(_NOTE, teller.language, ("", "", ""))
    label = block.label.strip("[]() .")
    # A star or a dagger says nothing to the ear.
    fore = f"{word} {label}".strip() + colon if word and has_words(label) else word + colon
    after = end if teller.profile.footnotes == "here" else ""
    yield from framed(teller.tell(block.blocks, role="note"), before=fore, after=after)
