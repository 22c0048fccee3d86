"""The text of a footnote, without the mark that its label already gives."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.model.document import Block, Paragraph
from pipeline.text.dom_inline import tidy

if TYPE_CHECKING:
    from collections.abc import Iterable


def unlabelled(blocks: Iterable[Block], label: str) -> tuple[Block, ...]:
    """``blocks`` of a note without ``label`` in front: ``[3] See below.`` becomes ``See below.``, for label 3."""
    held = tuple(blocks)
    first = held[0] if held else None
    if not isinstance(first, Paragraph):
        return held
    head = first.text[0]
    mark = re.match(rf"\s*(?:[\[(]?{re.escape(label)}[\]).:]{{0,2}}|[\]).:^]+)(?:\s+|$)", head.text)
    if not mark:
        return held
    text = tidy((replace(head, text=head.text[mark.end() :]), *first.text[1:]))
    return (replace(first, text=text), *held[1:]) if text else held[1:]
