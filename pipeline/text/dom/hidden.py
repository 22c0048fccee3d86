"""What readers do not see or hear, and the few cases in which a hidden text is the one to be read.

Pages hide two kinds of text: from the eye (it is spoken by screen readers only, such as “opens in a new window”) and
from screen readers (it is for the eye only, such as an icon). An article's words are neither, unless one of them
stands for the other: a large first letter for the eye beside the whole word for screen readers.
"""

from __future__ import annotations

import re

from pipeline.text.dom.clutter import why_hidden
from pipeline.text.dom.page import OMIT
from pipeline.text.dom.source import Element, raw_text, tag, words_of
from pipeline.text.plain_terms import terms

_SPOKEN = terms(
    "sr-only visually-hidden visuallyhidden screen-reader-text screenreader-text screen-reader-only offscreen "
    "off-screen a11y-hidden u-visually-hidden sr-text assistive-text element-invisible cdk-visually-hidden "
    "mjx_assistive_mathml"
)
"""Classes of text that is hidden from the eye, but spoken by screen readers."""
_CLIPPED = re.compile(
    r"clip\s*:\s*rect\(\s*(?:0|1px)|clip-path\s*:\s*inset\(\s*(?:50|100)%|(?:left|top|text-indent)\s*:\s*-\d{3,}"
    r"|font-size\s*:\s*0(?:[a-z]*)?\s*(?:;|$)|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)",
    re.IGNORECASE,
)
_GONE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def why_unseen(element: Element) -> str:
    """Why ``element`` is no part of the article's words; empty where it is one."""
    why = element.get(OMIT) or why_hidden(element)
    if not why and _CLIPPED.search(element.get("style") or ""):
        why = "hidden on the page"
    if not why or element.get(OMIT) or element.get("hidden") is not None:
        return why
    if _is_for_eyes(element):
        return "" if _is_glued(element) and not _twins(element) else why
    return "" if is_spoken(element) and any(map(_is_for_eyes, _twins(element))) else why


def is_spoken(element: Element) -> bool:
    """Whether ``element`` is hidden from the eye, but meant to be spoken."""
    style = element.get("style") or ""
    if element.get("hidden") is not None or _GONE.search(style) or _is_for_eyes(element):
        return False
    return bool(_SPOKEN & words_of(element, "class")) or bool(_CLIPPED.search(style))


def has_twin(element: Element) -> bool:
    """Whether ``element`` is for the eye only and its words stand beside it for screen readers, so nothing is lost."""
    return _is_for_eyes(element) and bool(_twins(element))


def label_instead(element: Element) -> str:
    """The label of an element whose letters are all hidden from screen readers, as those of animated titles are."""
    label = " ".join((element.get("aria-label") or "").split())
    if not label or not any(map(_is_for_eyes, element)):
        return ""
    shown = "".join(raw_text(child) for child in element if _is_for_eyes(child))
    return label if _letters(shown) == _letters(label) == _letters(raw_text(element)) else ""


def _is_for_eyes(element: Element) -> bool:
    return (element.get("aria-hidden") or "").lower() == "true" and tag(element) not in ("img", "math")


def _twins(element: Element) -> list[Element]:
    """The element's neighbours, with nothing between, one of which is for the eye and one for screen readers."""
    before, after = element.getprevious(), element.getnext()
    near = [before] if before is not None and not (before.tail or "").strip() else []
    near += [after] if after is not None and not (element.tail or "").strip() else []
    if _is_for_eyes(element):
        return [twin for twin in near if is_spoken(twin)]
    return [twin for twin in near if _letters(raw_text(twin))]


def _is_glued(element: Element) -> bool:
    """Whether ``element`` is the beginning of a word that goes on behind it: a large first letter."""
    text, tail = raw_text(element), element.tail or ""
    return text[-1:].isalpha() and len(text.strip()) < 3 and tail[:1].isalpha()


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
