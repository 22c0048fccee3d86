"""The text of a footnote, without the mark that its label already gives."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.model.document import Block, Paragraph
from pipeline.text.dom.inline import tidy

if TYPE_CHECKING:
    from collections.abc import Iterable

_BEHIND = re.compile(r"[\]).:]{0,2}(?:\s+|$)")
_REST = re.compile(r"(?:\[\s*\]|[\]).:^↑]+)(?:\s+|$)")


def unlabelled(blocks: Iterable[Block], label: str) -> tuple[Block, ...]:
    """``blocks`` of a note without ``label`` in front: ``[3] See below.`` becomes ``See below.``, for label 3."""
    held = tuple(blocks)
    first = held[0] if held else None
    if not isinstance(first, Paragraph):
        return held
    head = first.text[0]
    rest = _without(head.text, label)
    if rest is None:
        return held
    text = tidy((replace(head, text=rest), *first.text[1:]))
    return (replace(first, text=text), *held[1:]) if text else held[1:]


def _without(text: str, label: str) -> str | None:
    """``text`` behind the label, or behind the brackets and arrows that are left of a link back; None without them."""
    start = text.lstrip()
    bare = start[1:] if start[:1] in ("[", "(") else start
    found = _BEHIND.match(bare.removeprefix(label)) if label and bare.startswith(label) else _REST.match(start)
    return found.string[found.end() :] if found else None
