"""The words of blocks, and whether there are any to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model.document import Figure, Heading, spans, texts
from pipeline.text.words import words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from pipeline.model.document import Block


def text_of(blocks: Iterable[Block]) -> str:
    """The words of ``blocks``, one text a line, footnote marks and alternative texts left out."""
    return "\n".join(filter(None, texts(blocks)))


def count_words(blocks: Collection[Block]) -> int:
    """How many words ``blocks`` hold, alternative texts left out; a formula is one word, however long its TeX."""
    count = sum(len(words(text)) for text in texts(blocks))
    return count - sum(len(words(span.text)) - 1 for span in spans(blocks) if span.formula)


def says_something(blocks: Iterable[Block]) -> bool:
    """Whether there is a letter or digit to say, alternative texts included; headings alone are not enough."""
    body = [block for block in blocks if not isinstance(block, Heading)]
    if any(character.isalnum() for text in texts(body) for character in text):
        return True
    return any(isinstance(block, Figure) and block.alt for block in body)
