"""Lists: announced with their length, ordered ones with their ordinals, tasks with their state, terms in front.

"A list of five items." - so that a listener knows how long it will be. One or two items need no announcement, and
neither does a list that the sentence in front of it introduces, unless the profile wants every signpost. Lists in
lists then have a beginning and an end, both or none: where several end at once, the end of the outermost is said.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.contracts import Said
from pipeline.model.document import List, Paragraph
from pipeline.model.script import Pause
from pipeline.text.telling import framed, phrases, speaks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.contracts import Teller
    from pipeline.model.document import Block, Item

BLOCKS = (List,)

PAUSE_MS = 650
"""Between two terms of a list of definitions, and behind a list in a list: usual between paragraphs."""
_ANNOUNCED = 3
"""Items from which a list is announced."""
_NESTED = 2
"""Items from which a list in a list, or around one, is announced where every signpost is wanted."""

_OF_ITEMS = {
    "en": ("A list of one item.", "A list of {} items."),
    "de": ("Eine Liste mit einem Punkt.", "Eine Liste mit {} Punkten."),
    "fr": ("Une liste d'un point.", "Une liste de {} points."),
    "es": ("Una lista de un punto.", "Una lista de {} puntos."),
    "it": ("Un elenco di un punto.", "Un elenco di {} punti."),
}
_OF_TERMS = {
    "en": ("A list of one term.", "A list of {} terms."),
    "de": ("Eine Liste mit einem Begriff.", "Eine Liste mit {} Begriffen."),
    "fr": ("Une liste d'un terme.", "Une liste de {} termes."),
    "es": ("Una lista de un término.", "Una lista de {} términos."),
    "it": ("Un elenco di un termine.", "Un elenco di {} termini."),
}
_STATE = {
    "en": {True: "Done:", False: "To do:"},
    "de": {True: "Erledigt:", False: "Offen:"},
    "fr": {True: "Fait :", False: "À faire :"},
    "es": {True: "Hecho:", False: "Por hacer:"},
    "it": {True: "Fatto:", False: "Da fare:"},
}
_ENDS = {
    "en": ("End of the list.", "End of the inner list."),
    "de": ("Ende der Liste.", "Ende der inneren Liste."),
    "fr": ("Fin de la liste.", "Fin de la sous-liste."),
    "es": ("Fin de la lista.", "Fin de la lista interior."),
    "it": ("Fine dell'elenco.", "Fine dell'elenco interno."),
}


def say(block: List, teller: Teller) -> Iterator[Said | Pause]:
    """The announcement, then the items in order."""
    yield from _say(block, teller, outer="")


def _say(block: List, teller: Teller, *, outer: str, inner: bool = False) -> Iterator[Said | Pause]:
    """A list; ``outer`` are the ordinals of the items around it: step "2, 1" is the first of the second."""
    defining = any(item.terms for item in block.items)
    choice = teller.profile.definitions if defining else teller.profile.lists
    one, many = phrases(_OF_TERMS if defining else _OF_ITEMS, teller.language, ("", ""))
    introduced = teller.introduced
    if choice == "announce":
        length = len(block.items)
        teller.omit(f"list of {length} item{'s' * (length != 1)}", "the profile only announces lists", block.position)
        told = (one if length == 1 else many).format(length)
        yield from [Said(before=told, role="announcement", position=block.position)] if told else []
        return
    numbers = [f"{outer}{number}" if block.ordered else "" for number, _ in enumerate(block.items, block.start)]
    items = [tuple(_lines(item, teller, number)) for item, number in zip(block.items, numbers, strict=True)]
    length = sum(any(map(speaks, lines)) for lines in items)
    signposts = teller.profile.signposts
    nested = signposts == "all" and (inner or any(isinstance(one, List) for item in block.items for one in item.blocks))
    enough = length >= (_NESTED if nested else _ANNOUNCED)
    announced = enough and many and (signposts == "all" or (signposts == "few" and not introduced))
    if announced:
        yield Said(before=many.format(length), role="announcement", position=block.position)
    lines = _items(block, items, numbers, teller)
    ends = phrases(_ENDS, teller.language, ("", ""))
    yield from _ended(lines, ends[inner], ends) if announced and nested else lines


def _items(
    block: List, items: list[tuple[Said | Pause, ...]], numbers: list[str], teller: Teller
) -> Iterator[Said | Pause]:
    """The lines of all items, with ordinals and states in front."""
    defining = any(item.terms for item in block.items)
    spoken = False
    for item, number, lines in zip(block.items, numbers, items, strict=True):
        fore = f"{number}:" if number else ""
        if item.checked is not None:
            fore = f"{fore} {phrases(_STATE, teller.language, {True: '', False: ''})[item.checked]}".strip()
        if defining and spoken and any(map(speaks, lines)):
            yield Pause(duration_ms=PAUSE_MS)
        spoken = spoken or any(map(speaks, lines))
        yield from framed(lines, before=fore)


def _ended(lines: Iterable[Said | Pause], end: str, ends: tuple[str, ...]) -> list[Said | Pause]:
    """``lines`` with ``end`` behind the last that speaks; it takes the place of the end of a list in the list."""
    found = list(lines)
    last = max((index for index, line in enumerate(found) if speaks(line)), default=-1)
    line = found[last] if found else None
    if isinstance(line, Said) and line.after in ends:
        found[last] = replace(line, after="")
    return framed(found, after=end)


def _lines(item: Item, teller: Teller, number: str) -> Iterator[Said | Pause]:
    """What an item says: its terms, its blocks, and lists in it with its own ordinal in front of theirs."""
    for term in item.terms:
        yield from teller.tell((Paragraph(text=term, position=item.position),), role="item")
    waiting: list[Block] = []
    parted = False
    ends: tuple[Block | None, ...] = (*item.blocks, None)
    for block in ends:
        if block is not None and not isinstance(block, List):
            waiting.append(block)
            continue
        for line in teller.tell(tuple(waiting), role="item"):
            if parted:
                yield Pause(duration_ms=PAUSE_MS)
            parted = False
            yield line
        waiting.clear()
        if block is not None:
            yield from _say(block, teller, outer=f"{number}, " if number else "", inner=True)
            parted = True
    if parted:
        yield Pause(duration_ms=PAUSE_MS)
