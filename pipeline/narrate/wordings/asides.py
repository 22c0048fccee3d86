"""Text beside the main line: named in front, and behind where it is long; a pull quote is silent and reported."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.contracts import Said
from pipeline.model.document import Aside
from pipeline.text.words import has_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.contracts import Teller
    from pipeline.model.script import Pause

BLOCKS = (Aside,)

_ASIDE = {"en": "Aside:", "de": "Nebenbei:", "fr": "En aparté :", "es": "Inciso:"}
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
    },
    "de": {"note": "Hinweis:", "tip": "Tipp:", "important": "Wichtig:", "warning": "Warnung:", "example": "Beispiel:"},
    "fr": {"note": "Remarque :", "important": "Important :", "warning": "Attention :", "example": "Exemple :"},
    "es": {"note": "Nota:", "tip": "Consejo:", "important": "Importante:", "warning": "Aviso:", "example": "Ejemplo:"},
}
_END = {"en": "End of {}.", "de": "Zurück zum Text.", "fr": "Fin de l'aparté.", "es": "Fin del inciso."}


def say(block: Aside, teller: Teller) -> Iterator[Said | Pause]:
    """The aside's blocks, what it is in the utterance of the first sentence."""
    if block.role == "pullquote":
        teller.omit("pull quote", "the article says it elsewhere", block.position)
        return
    language = teller.language.partition("-")[0].lower()
    lines = list(teller.tell(block.blocks))
    spoken = [index for index, line in enumerate(lines) if _speaks(line)]
    if spoken:
        name = _NAMES.get(language, {}).get(block.role, _ASIDE.get(language, ""))
        _mark(lines, spoken[0], before=name)
        if len(block.blocks) > 1:
            _mark(lines, spoken[-1], after=_END.get(language, "").format(name.rstrip(" :").lower()))
    yield from lines


def _mark(lines: list[Said | Pause], index: int, *, before: str = "", after: str = "") -> None:
    """Put narrator's words around a line."""
    line = lines[index]
    if isinstance(line, Said):
        lines[index] = replace(line, before=f"{before} {line.before}".strip(), after=f"{line.after} {after}".strip())


def _speaks(line: Said | Pause) -> bool:
    return isinstance(line, Said) and has_words(f"{line.before} {line.written}")
