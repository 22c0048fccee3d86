"""The words of blocks, and whether there are any to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model.document import Figure, Heading, texts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.model.document import Block


def text_of(blocks: Iterable[Block]) -> str:
    """The words of ``blocks``, one text a line, footnote marks and alternative texts left out."""
    return "\n".join(filter(None, texts(blocks)))


def says_something(blocks: Iterable[Block]) -> bool:
    """Whether there is a letter or digit to say, alternative texts included; headings alone are not enough."""
    body = [block for block in blocks if not isinstance(block, Heading)]
    if any(character.isalnum() for text in texts(body) for character in text):
        return True
    return any(isinstance(block, Figure) and block.alt for block in body)
