"""Headings that begin no chapter: said in one piece, whatever stops they hold; a longer pause follows by their role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model.document import Heading
from pipeline.text.telling import joined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.contracts import Said, Teller

BLOCKS = (Heading,)


def say(block: Heading, teller: Teller) -> Iterator[Said]:
    """One utterance."""
    pieces: list[Said | str] = []
    for said in teller.sentences(block.text, role="subheading", position=block.position):
        pieces += [" ", said] if pieces else [said]
    if pieces:
        yield joined(pieces, role="subheading", position=block.position)
