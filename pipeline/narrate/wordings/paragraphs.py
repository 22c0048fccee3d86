"""Paragraphs: their sentences, as they stand; links are their text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model.document import Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.contracts import Said, Teller

BLOCKS = (Paragraph,)


def say(block: Paragraph, teller: Teller) -> Iterator[Said]:
    """One `Said` a sentence."""
    yield from teller.sentences(block.text, role="body", position=block.position)
