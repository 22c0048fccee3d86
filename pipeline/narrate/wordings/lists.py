"""Lists: announced with their length, ordered ones with their ordinals, tasks with their state.

"A list of five items." - so that a listener knows how long it will be; one or two items need no announcement.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.contracts import Said
from pipeline.model.document import List
from pipeline.text.words import has_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.contracts import Teller
    from pipeline.model.script import Pause

BLOCKS = (List,)

_ANNOUNCED = 3
"""Items from which a list is announced."""

_OF_ITEMS = {
    "en": "A list of {} items.",
    "de": "Eine Liste mit {} Punkten.",
    "fr": "Une liste de {} points.",
    "es": "Una lista de {} puntos.",
}
_STATE = {
    "en": {True: "Done:", False: "To do:"},
    "de": {True: "Erledigt:", False: "Offen:"},
    "fr": {True: "Fait :", False: "À faire :"},
    "es": {True: "Hecho:", False: "Por hacer:"},
}


def say(block: List, teller: Teller) -> Iterator[Said | Pause]:
    """The announcement, then the items in order."""
    language = teller.language.partition("-")[0].lower()
    told = [tuple(teller.tell(item.blocks, role="item")) for item in block.items]
    length = sum(any(map(_speaks, lines)) for lines in told)
    if length >= _ANNOUNCED and language in _OF_ITEMS:
        yield Said(before=_OF_ITEMS[language].format(length), role="announcement", position=block.position)
    for number, (item, lines) in enumerate(zip(block.items, told, strict=True), block.start):
        fore = f"{number}:" if block.ordered else ""
        if item.checked is not None and language in _STATE:
            fore = f"{fore} {_STATE[language][item.checked]}".strip()
        for line in lines:
            if fore and isinstance(line, Said) and _speaks(line):
                yield replace(line, before=f"{fore} {line.before}".strip())
                fore = ""
            else:
                yield line


def _speaks(line: Said | Pause) -> bool:
    return isinstance(line, Said) and has_words(f"{line.before} {line.written}")
