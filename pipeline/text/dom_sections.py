"""What a page's article still carries after the walk and does not belong: repeated title, byline, closing boxes."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from pipeline.model.document import Aside, Block, Break, Figure, Footnote, Heading, List, Omission, Paragraph, plain
from pipeline.text.plain_terms import terms
from pipeline.text.plain_words import text_of

if TYPE_CHECKING:
    from collections.abc import Callable

Blocks = tuple[Block, ...]

_BOXES = terms(
    "related|related articles|related stories|related posts|related content|related topics|related links|"
    "read more|read next|read also|more stories|more from|more on this story|more on this|you may also like|"
    "you might also like|recommended|recommended for you|most read|most popular|popular|trending|latest news|"
    "latest posts|share|share this|share this article|share this story|share this post|follow us|newsletter|"
    "subscribe|sign up|sign up for our newsletter|comments|leave a comment|leave a reply|post a comment|"
    "join the conversation|tags|topics|about the author|navigation menu|zum thema|mehr zum thema|"
    "das könnte sie auch interessieren|kommentare|lire aussi|à lire aussi|sur le même sujet|commentaires|"
    "noticias relacionadas|comentarios|leggi anche|commenti|lees ook|reacties",
    "|",
)
_SHORT = 220
"""Characters of a paragraph up to which it may be part of a box of links."""
_BYLINE = re.compile(
    r"(?:(?:written |posted |published )?by\s+\S+(?:\s+\S+){0,9}"
    r"|(?:last |first )?(?:published|updated|posted|modified)\b.{0,80}"
    r"|\d{1,3}[- ]min(?:ute)?s?(?: read)?"
    r"|(?:\w{3,9}\.?,?\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+\w{3,9}\.?,?|\w{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?)\s+\d{4}"
    r"(?:[,\s|·•-]+(?:at\s+)?[\d:.]{4,8}\s*\w{0,4})?"
    r"|\d{4}-\d\d-\d\d)",
    re.IGNORECASE,
)
_HEAD = 8
"""Blocks at the beginning among which the title and the byline are looked for."""


def same_text(one: str, other: str) -> bool:
    """Whether two titles are the same but for case, quotation marks, dashes and punctuation around them."""
    return _bare(one) == _bare(other)


def without_title(blocks: Blocks, title: str) -> Blocks:
    """``blocks`` without the headings near the beginning, or of level 1, that only repeat ``title``."""
    return tuple(
        block
        for at, block in enumerate(blocks)
        if not (isinstance(block, Heading) and (at < _HEAD or block.level == 1) and same_text(plain(block.text), title))
    )


def without_byline(blocks: Blocks, authors: tuple[str, ...]) -> tuple[Blocks, tuple[Omission, ...]]:
    """``blocks`` without the lines in front that only name the authors or the date."""
    names = {_bare(name) for name in authors}

    def is_byline(block: Block) -> bool:
        text = plain(block.text) if isinstance(block, Paragraph | Heading) else ""
        return bool(text) and len(text) <= 120 and (bool(_BYLINE.fullmatch(text)) or _bare(text) in names)

    kept = tuple(block for at, block in enumerate(blocks) if at >= _HEAD or not is_byline(block))
    gone = [block for block in blocks[:_HEAD] if is_byline(block)]
    return kept, tuple(_omission(block, "byline") for block in gone)


def without_boxes(blocks: Blocks) -> tuple[Blocks, tuple[Omission, ...]]:
    """``blocks`` without sections such as “Related articles” that hold links and short lines only.

    Headings at the very end, with nothing under them, go too.
    """
    kept: list[Block] = []
    gone: list[Omission] = []
    at = 0
    while at < len(blocks):
        block = blocks[at]
        end = _section_end(blocks, at) if isinstance(block, Heading) and _is_box(block) else at
        if end > at and all(map(_is_boxy, blocks[at + 1 : end])):
            gone.append(_omission(block, "box of links or forms"))
            at = end
        else:
            kept.append(block)
            at += 1
    while kept and isinstance(kept[-1], Heading | Break):
        last = kept.pop()
        gone.extend([_omission(last, "heading without a text")] if isinstance(last, Heading) else [])
    return tuple(kept), tuple(gone)


def without_repeats(blocks: Blocks) -> tuple[Blocks, tuple[Omission, ...]]:
    """``blocks`` without pull quotes whose words stand in the text anyway."""
    is_pull: Callable[[Block], bool] = lambda block: isinstance(block, Aside) and block.role == "pullquote"  # noqa: E731
    text = _bare(text_of(block for block in blocks if not is_pull(block)))
    again = [block for block in blocks if is_pull(block) and _bare(text_of([block])) in text]
    kept = tuple(block for block in blocks if not any(block is other for other in again))
    return kept, tuple(_omission(block, "pull quote that repeats the text") for block in again)


def _section_end(blocks: Blocks, at: int) -> int:
    """Index of the next heading that is not below the one at ``at``, or of the end."""
    first = blocks[at]
    level = first.level if isinstance(first, Heading) else 0
    for later in range(at + 1, len(blocks)):
        block = blocks[later]
        if isinstance(block, Heading) and block.level <= level:
            return later
    return len(blocks)


def _is_box(heading: Heading) -> bool:
    text = _bare(plain(heading.text))
    return text in _BOXES or bool(re.fullmatch(r"(?:\d+|no) (?:comments?|responses?|repl(?:y|ies)|kommentare?)", text))


def _is_boxy(block: Block) -> bool:
    if isinstance(block, Paragraph):
        return len(plain(block.text)) <= _SHORT
    if isinstance(block, List):
        return all(len(text_of(item.blocks)) <= _SHORT for item in block.items)
    return isinstance(block, Figure | Break | Heading) and not isinstance(block, Footnote)


def _omission(block: Block, why: str) -> Omission:
    text = plain(block.text) if isinstance(block, Heading | Paragraph) else text_of([block])
    short = text if len(text) <= 60 else text[:59].rstrip() + "…"
    return Omission(what=" ".join(short.split()), why=why, position=block.position)


def _bare(text: str) -> str:
    """``text`` folded for comparison: case, compatibility forms, quotation marks, dashes and blanks."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = re.sub(r"[‘’‚‛′`´\"“”„«»″']", "'", text)
    text = re.sub(r"[‐-―−]", "-", text)
    return " ".join(text.split()).strip(" .:¶#|-!'")
