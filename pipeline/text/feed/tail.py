"""Lines that feeds put around an article: where it appeared first, share links, and the marks of a text cut short."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.model.document import Break, Figure, Heading, Omission, Paragraph, plain
from pipeline.text.feed.phrases import CUT, LINKS, MORE, ORIGIN, WALL
from pipeline.text.plain_words import text_of

if TYPE_CHECKING:
    from pipeline.model.document import Block, Inline

    Blocks = tuple[Block, ...]

_LONGEST = 300
"""Characters of a line of the feed's own."""
_LAST = 3
"""Blocks at the end among which the feed's own lines are looked for."""


def without_own_lines(blocks: Blocks) -> tuple[Blocks, tuple[Omission, ...]]:
    """``blocks`` without lines that are the feed's own: origin at the end, lone links to share or comment."""
    kept: list[Block] = []
    gone: list[Omission] = []
    for at, block in enumerate(blocks):
        line = _line(block)
        at_end = at >= len(blocks) - _LAST
        if at_end and len(line) <= _LONGEST and ORIGIN.fullmatch(line):
            gone.append(_omission(block, "line of the feed"))
        elif isinstance(block, Paragraph) and _is_linked(block.text) and _all_links(block.text):
            gone.append(_omission(block, "link of the feed"))
        else:
            kept.append(block)
    while kept and isinstance(kept[-1], Break):
        kept.pop()
    return tuple(kept), tuple(gone)


def without_more(blocks: Blocks) -> tuple[Blocks, bool]:
    """``blocks`` without the mark of a text cut short at the end, and whether there was one."""
    cut = any(WALL.search(_line(block)) for block in blocks[-_LAST:] if len(_line(block)) <= _LONGEST)
    kept = list(blocks)
    while kept:
        line = _line(kept[-1]).strip(" «»‹›→>|*-–—[]()")
        if isinstance(kept[-1], Paragraph) and len(line) <= _LONGEST and MORE.fullmatch(line):
            if not (_is_linked(kept[-1].text) or len(line) <= 40):
                break
            cut = True
            kept.pop()
        elif isinstance(kept[-1], Break):
            kept.pop()
        else:
            break
    said = [block for block in kept if not isinstance(block, Figure | Break | Heading)]
    if said:
        text = text_of(said[-1:]).rstrip()
        cut = cut or CUT.search(text) is not None or _ends_in_more(said[-1])
    return tuple(kept), cut


def _ends_in_more(block: Block) -> bool:
    """Whether a paragraph's last words are a link such as “Read more”."""
    if not isinstance(block, Paragraph):
        return False
    last: list[str] = []
    for span in reversed(block.text):
        if span.href:
            last.insert(0, span.text)
        elif span.text.strip(" .…»›→>|[]()"):
            break
    text = " ".join("".join(last).split()).strip(" .…«»‹›→>|[]()")
    return bool(text) and MORE.fullmatch(text) is not None


def _all_links(text: Inline) -> bool:
    """Whether each link of a paragraph of links is one to share, subscribe or comment."""
    words = [part for span in text for part in re.split(r"\s*[|•·,/]\s*", span.text.strip(" .!»→>|•·,/\xa0")) if part]
    return bool(words) and all(LINKS.fullmatch(" ".join(part.split())) for part in words)


def _is_linked(text: Inline) -> bool:
    return bool(text) and all(span.href or not span.text.strip(" .|•·,/»→>()[]\xa0") for span in text)


def _line(block: Block) -> str:
    return plain(block.text) if isinstance(block, Paragraph | Heading) else ""


def _omission(block: Block, why: str) -> Omission:
    line = _line(block)
    return Omission(what=line if len(line) <= 60 else line[:59].rstrip() + "…", why=why, position=block.position)
