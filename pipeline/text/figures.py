"""The figures of an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model.document import Aside, Figure, Footnote, List, Quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.model.document import Block


def figures(blocks: Iterable[Block]) -> Iterator[Figure]:
    """Every figure in ``blocks``, in order, those inside of others included."""
    for block in blocks:
        match block:
            case Figure():
                yield block
            case Quote() | Aside() | Footnote():
                yield from figures(block.blocks)
            case List():
                for item in block.items:
                    yield from figures(item.blocks)
