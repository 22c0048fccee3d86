"""What a profile leaves out of an article, and what it moves to the end of a chapter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.model.document import Aside, Break, Code, Figure, Footnote, Heading, List, Omission, Quote, Table, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.model.document import Block
    from pipeline.model.show import Profile


def construct(block: Block) -> str:
    """Which construct of a profile a block is; empty for running text."""
    match block:
        case Aside():
            return "pull_quotes" if block.role == "pullquote" else "asides"
        case List():
            return "definitions" if any(item.terms for item in block.items) else "lists"
        case Figure():
            return "figures" if block.kind == "image" else "embeds"
        case _:
            return _NAMES.get(type(block), "")


_NAMES: dict[type, str] = {
    Heading: "headings",
    Table: "tables",
    Quote: "quotes",
    Code: "code",
    Footnote: "footnotes",
    Break: "breaks",
}
_WHY = {"pull_quotes": "the article says it elsewhere", "code": "code is for the eye"}


def choice(block: Block, profile: Profile) -> str:
    """How a block is said: what the profile has for its construct."""
    name = construct(block)
    return str(getattr(profile, name)) if name else "read"


def trimmed(blocks: Iterable[Block], profile: Profile, omitted: list[Omission]) -> tuple[Block, ...]:
    """``blocks`` without what the profile leaves out, which is reported; headings down to a chapter's level stay.

    Args:
        blocks: Of an article, or of one of its blocks.
        profile: What is said of each construct.
        omitted: Takes the reports.
    """
    kept: list[Block] = []
    for block in blocks:
        if choice(block, profile) == "skip":
            why = _WHY.get(construct(block), f"the profile leaves {construct(block).replace('_', ' ')} out")
            omitted.append(Omission(what=what(block), why=why, position=block.position))
            continue
        match block:
            case List():
                items = (replace(item, blocks=trimmed(item.blocks, profile, omitted)) for item in block.items)
                kept.append(replace(block, items=tuple(items)))
            case Quote() | Footnote() | Aside():
                kept.append(replace(block, blocks=trimmed(block.blocks, profile, omitted)))
            case _:
                kept.append(block)
    return tuple(kept)


def what(block: Block) -> str:
    """A block's name in a report."""
    match block:
        case Heading():
            return f"heading {plain(block.text)!r}"
        case List():
            return f"list of {_count(len(block.items), 'item')}"
        case Table():
            return f"table of {_count(len(block.rows), 'row')}"
        case Figure():
            return f"{block.kind} {block.source}".strip()
        case Code():
            return f"code of {_count(len(block.text.strip(chr(10)).split(chr(10))), 'line')}"
        case Footnote():
            return f"note {block.label}".strip()
        case Aside():
            return "pull quote" if block.role == "pullquote" else block.role
        case _:
            return "quotation" if isinstance(block, Quote) else type(block).__name__.lower()


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'s' * (number != 1)}"
