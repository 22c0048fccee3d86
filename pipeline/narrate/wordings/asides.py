"""Text beside the main line: named in front, and behind where it is long.

A pull quote repeats for the eye what the article says elsewhere: only a profile that reads everything has it read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.contracts import Said
from pipeline.model.document import Aside
from pipeline.text.telling import framed, phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.contracts import Teller
    from pipeline.model.script import Pause

BLOCKS = (Aside,)

_ASIDE = {"en": "Aside:", "de": "Nebenbei:", "fr": "En aparté :", "es": "Inciso:", "it": "A margine:"}
_NAMES = {
    "en": {
        "note": "Note:",
        "tip": "Tip:",
        "hint": "Hint:",
        "important": "Important:",
        "warning": "Warning:",
        "caution": "Caution:",
        "danger": "Danger:",
        "example": "Example:",
        "pullquote": "Pull quote:",
    },
    "de": {
        "note": "Hinweis:",
        "tip": "Tipp:",
        "important": "Wichtig:",
        "warning": "Warnung:",
        "example": "Beispiel:",
        "pullquote": "Hervorgehoben:",
    },
    "fr": {
        "note": "Remarque :",
        "important": "Important :",
        "warning": "Attention :",
        "example": "Exemple :",
        "pullquote": "En exergue :",
    },
    "es": {
        "note": "Nota:",
        "tip": "Consejo:",
        "important": "Importante:",
        "warning": "Aviso:",
        "example": "Ejemplo:",
        "pullquote": "Destacado:",
    },
    "it": {
        "note": "Nota:",
        "tip": "Consiglio:",
        "important": "Importante:",
        "warning": "Attenzione:",
        "example": "Esempio:",
        "pullquote": "In evidenza:",
    },
}
_END = {
    "en": "End of {}.",
    "de": "Zurück zum Text.",
    "fr": "Fin de l'aparté.",
    "es": "Fin del inciso.",
    "it": "Fine dell'inciso.",
}


def say(block: Aside, teller: Teller) -> Iterator[Said | Pause]:
    """The aside's blocks, what it is in the utterance of the first sentence."""
    language = teller.language
    name = phrases(_NAMES, language, {}).get(block.role, phrases(_ASIDE, language, ""))
    if teller.profile.asides == "announce" and block.role != "pullquote":
        teller.omit(block.role, "the profile only announces what stands beside the text", block.position)
        alone = name.rstrip(" :")
        yield from [Said(before=f"{alone}.", role="announcement", position=block.position)] if alone else []
        return
    long = len(block.blocks) > 1 and teller.profile.signposts != "none"
    end = phrases(_END, language, "").format(name.rstrip(" :").lower()) if long else ""
    yield from framed(teller.tell(block.blocks), before=name, after=end)
