"""Whether a feed holds the whole of an article.

A part that is taken for the whole is narrated as such, and nobody notices; a whole that is doubted costs a fetch of its
page. So what is doubtful is not whole.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.model.document import Break, Figure, Paragraph, plain
from pipeline.text.plain_words import says_something, text_of

if TYPE_CHECKING:
    from pipeline.model.document import Block

_SHORT = 80
"""Words below which the text of an article with a title and a page of its own is doubted."""
_LONG = 250
"""Words from which a text is no teaser even where the feed's description is as long."""


def is_whole(blocks: tuple[Block, ...], *, summary: str | None, cut: bool, titled: bool, elsewhere: bool) -> bool:
    """Whether ``blocks`` are the whole article.

    Args:
        blocks: What the feed holds of it.
        summary: The feed's description of an article whose content it marks as such; None where ``blocks`` are no
            more than the description.
        cut: Whether it ends in a mark of a text that goes on elsewhere.
        titled: Whether the entry has a title; notes without one are short.
        elsewhere: Whether there is a page to read instead.
    """
    if cut or not says_something(blocks):
        return False
    if not elsewhere:
        return True
    if summary is None:
        return False
    words, told = _words(text_of(blocks)), _words(summary)
    if (words <= told and words < _LONG) or (titled and words < _SHORT):
        return False
    return _ends(blocks)


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
