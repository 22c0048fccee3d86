"""Pull quotes that only repeat the article's own words."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from pipeline.model.document import Aside, Block, Omission, Quote
from pipeline.text.plain_words import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

_CUT = re.compile(r"\[\s*(?:…|\.{3})\s*\]|…|\.(?:\s?\.){2,}")
_WORD = re.compile(r"[^\W_]+")
_FEWEST = 3
"""Words of a part between two ellipses below which it is found anywhere and proves nothing by itself."""
_SHOWN = 60
"""Characters by which the report shows what was left out."""


def without_repeats(blocks: Iterable[Block]) -> tuple[tuple[Block, ...], tuple[Omission, ...]]:
    """``blocks`` without the pull quotes whose words stand in the text anyway, and a report of these.

    Words are compared without case, punctuation and what an ellipsis stands for; the source that a pull quote names
    does not count.
    """
    every = tuple(blocks)
    pulled = [block for block in every if _is_pulled(block)]
    if not pulled:
        return every, ()
    text = _words(text_of(block for block in every if not _is_pulled(block)))
    again = {id(block) for block in pulled if isinstance(block, Aside) and _repeats(block, text)}
    kept = tuple(block for block in every if id(block) not in again)
    return kept, tuple(_omission(block) for block in pulled if id(block) in again)


def _is_pulled(block: Block) -> bool:
    return isinstance(block, Aside) and block.role == "pullquote"


def _repeats(block: Aside, text: str) -> bool:
    """Whether the parts of a pull quote, cut at its ellipses, stand in ``text`` one behind the other."""
    parts = [words for part in _CUT.split(_said(block)) if (words := _words(part)).strip()]
    if not any(len(part.split()) >= _FEWEST for part in parts) and len(parts) != 1:
        return False
    at = 0
    for part in parts:
        found = text.find(part, at)
        if found < 0:
            return False
        at = found + len(part) - 1
    return bool(parts)


def _said(block: Aside) -> str:
    inner = (part for one in block.blocks for part in (one.blocks if isinstance(one, Quote) else (one,)))
    return text_of(inner)


def _words(text: str) -> str:
    """The words of ``text``, each between blanks."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("'", "").replace("’", "")
    return f" {' '.join(_WORD.findall(folded))} "


def _omission(block: Block) -> Omission:
    text = " ".join(text_of([block]).split())
    short = text if len(text) <= _SHOWN else text[: _SHOWN - 1].rstrip() + "…"
    return Omission(what=short, why="pull quote that repeats the text", position=block.position)
