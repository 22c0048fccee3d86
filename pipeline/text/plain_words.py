"""The words of blocks: all their inline texts in order, their letters, and whether there is anything to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model.document import Aside, Code, Figure, Footnote, Heading, List, Paragraph, Quote, Table, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.model.document import Block, Inline


def inlines(blocks: Iterable[Block]) -> Iterator[Inline]:
    """Every text of ``blocks`` in order: captions, cells and notes are in, alternative texts and code are not."""
    for block in blocks:
        if isinstance(block, Heading | Paragraph):
            yield block.text
        elif isinstance(block, List):
            for item in block.items:
                yield from inlines(item.blocks)
        elif isinstance(block, Quote):
            yield from inlines(block.blocks)
            yield block.cite
        elif isinstance(block, Table):
            yield block.caption
            for row in (block.header, *block.rows):
                yield from row
        elif isinstance(block, Figure):
            yield block.caption
        elif isinstance(block, Footnote | Aside):
            yield from inlines(block.blocks)


def text_of(blocks: Iterable[Block]) -> str:
    """The words of ``blocks``, one text a line, footnote marks left out."""
    return "\n".join(filter(None, map(plain, inlines(blocks))))


def count_words(blocks: Iterable[Block]) -> int:
    """Words as an editor counts them: captions, cells, notes and code are in, alternative texts are not."""
    held = tuple(blocks)
    return len(text_of(held).split()) + sum(len(text.split()) for text in _codes(held))


def _codes(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Code):
            yield block.text
        elif isinstance(block, List):
            for item in block.items:
                yield from _codes(item.blocks)
        elif isinstance(block, Quote | Footnote | Aside):
            yield from _codes(block.blocks)


def says_something(blocks: Iterable[Block]) -> bool:
    """Whether there is a letter or digit to say, alternative texts and code included; headings alone are not enough."""
    body = [block for block in blocks if not isinstance(block, Heading)]
    if any(character.isalnum() for text in inlines(body) for span in text for character in span.text):
        return True
    return any((isinstance(block, Figure) and block.alt) or isinstance(block, Code) for block in body)
