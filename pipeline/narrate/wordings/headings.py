"""Headings that begin no chapter: said in one piece, whatever stops they hold; a longer pause follows by their role."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.model.document import Heading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.contracts import Said, Teller

BLOCKS = (Heading,)


def say(block: Heading, teller: Teller) -> Iterator[Said]:
    """One utterance."""
    said = tuple(teller.sentences(block.text, role="subheading", position=block.position))
    if said:
        yield replace(said[0], written=" ".join(one.written for one in said))
