"""Headings that plain text marks as Markdown does, on purpose or by accident: a line below, hashes in front."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.text.headings_levels import Found
from pipeline.text.plain_looks import HASHES, is_known, looks_technical
from pipeline.text.plain_residue import is_letter_part

if TYPE_CHECKING:
    from pipeline.text.plain_blocks import Chunk

_LONG_SENTENCE = 9
"""Words from which an underlined line with a full stop is the end of a part."""


def marked_headings(blocks: tuple[Chunk, ...]) -> dict[int, Found]:
    """Headings with a line of marks below or with hashes in front, which may be there by accident or on purpose."""
    found: dict[int, Found] = {}
    prompts = 0
    for at, block in enumerate(blocks):
        marks = HASHES.match(block.text) if len(block.lines) == 1 else None
        if block.underline and not looks_technical(block.text) and not _is_sentence(block.text):
            found[at] = Found(index=at, level=1 if block.underline in "=#*" else 2, title=block.text)
        elif marks and marks[2]:
            if _is_command(marks[2]):
                prompts += 1
            else:
                found[at] = Found(index=at, level=len(marks[1]), title=marks[2])
    hashes = [at for at in found if not blocks[at].underline]
    if prompts > len(hashes):  # comments of a program, of which some look like titles
        for at in hashes:
            del found[at]
    return found


def _is_sentence(text: str) -> bool:
    """Whether a line of marks below ``text`` parts it from the next rather than marks it."""
    return (
        text.endswith((",", ";"))
        or is_letter_part(text)
        or (text.endswith(".") and len(text.split()) >= _LONG_SENTENCE)
    )


def _is_command(text: str) -> bool:
    return (
        text[:1].islower()
        or looks_technical(text)
        or (text.endswith((".", ",", ":", ";", "\\")) and not is_known(text))
    )
