"""Whether a feed holds the whole of an article, and whether it plainly holds a part only.

A part that is taken for the whole is narrated as such, and nobody notices; a whole that is doubted costs a fetch of its
page. So what is doubtful is not whole; it serves where the page cannot be read, unless it plainly is a part.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.model.document import Break, Figure, Paragraph, plain
from pipeline.text.plain_words import says_something, text_of

if TYPE_CHECKING:
    from pipeline.model.document import Block

_SHORT = 80
"""Words below which a description of an article with a title is a teaser."""
_LONG = 250
"""Words from which a text is no teaser even where the feed's description is as long."""


def is_whole(blocks: tuple[Block, ...], *, summary: str | None, cut: bool, elsewhere: bool) -> bool:
    """Whether ``blocks`` are the whole article.

    Args:
        blocks: What the feed holds of it.
        summary: The feed's description of an article whose content it marks as such; None where ``blocks`` are no
            more than the description.
        cut: Whether it ends in a mark of a text that goes on elsewhere.
        elsewhere: Whether there is a page to read instead.
    """
    if cut or not says_something(blocks):
        return False
    if not elsewhere:
        return True
    if summary is None:
        return False
    words = _words(text_of(blocks))
    return (words > _words(summary) or words >= _LONG) and _ends(blocks)


def is_part(blocks: tuple[Block, ...], *, summary: str | None, cut: bool, titled: bool) -> bool:
    """Whether ``blocks`` are plainly no more than a part of the article: marked as cut, or a short description.

    Args:
        blocks: As for `is_whole`.
        summary: As for `is_whole`.
        cut: As for `is_whole`.
        titled: Whether the entry has a title; notes without one are short.
    """
    if cut or not says_something(blocks):
        return True
    words = _words(text_of(blocks))
    return titled and words < _SHORT and (summary is None or words <= _words(summary))


def _ends(blocks: tuple[Block, ...]) -> bool:
    """Whether the last words are the end of a sentence, or no prose at all."""
    last = next((block for block in reversed(blocks) if not isinstance(block, Figure | Break)), None)
    if not isinstance(last, Paragraph):
        return True
    text = plain(last.text)
    return not text or not (text[-1].isalnum() or text[-1] in ",;-–—(")


def _words(text: str) -> float:
    """Words; a character of a script without blanks counts as half of one."""
    alone = len(re.findall(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]", text))
    return alone / 2 + len(re.findall(r"[^\W\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]+", text))
