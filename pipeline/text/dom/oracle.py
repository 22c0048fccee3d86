"""What trafilatura takes for a page's article: asked where the page's own structure does not tell."""

from __future__ import annotations

import logging
import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from lxml import etree

from pipeline.text.dom.source import tag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.text.dom.source import Element

_ELEMENTS = 30_000
"""Elements of a page beyond which trafilatura is not asked."""
_FEWEST = 4
"""Elements of a page, its head and body included, up to which it has no parts to choose from."""
_COVER = 0.9
"""Share of the text found by trafilatura that the article's element must hold."""
_GRAM = 4
"""Words that must agree in a row for a text node to count as found."""


def found(root: Element) -> tuple[Element | None, Any]:
    """The smallest element that holds nearly all of the text that trafilatura takes for the article, and its metadata.

    Both are None where it finds nothing.
    """
    if not _is_usual(root):
        return None, None
    import trafilatura  # half a second: only for pages that do not mark their article

    page = etree.tostring(root, encoding="unicode", method="html")
    logger = logging.getLogger("trafilatura")
    before, logger.disabled = logger.disabled, True
    logging.getLogger("htmldate").addHandler(logging.NullHandler())
    try:
        result = trafilatura.bare_extraction(page, include_comments=False, include_tables=True, with_metadata=True)
    except Exception:  # third-party code on arbitrary pages: whatever it stumbles over, the page itself can be read
        result = None
    finally:
        logger.disabled = before
    text = getattr(result, "text", None) or ""
    if not text.strip():
        return None, None
    return _cover(root, text), result


def _is_usual(root: Element) -> bool:
    """Whether the page has parts, and few enough: the time that trafilatura takes grows faster than they do."""
    count = sum(1 for _ in islice(root.iter(), _ELEMENTS + 1))
    if not _FEWEST < count <= _ELEMENTS:
        return False
    spans = (cell.get(name) or "" for cell in root.iter("td", "th") for name in ("colspan", "rowspan"))
    return all(len(span.strip()) <= 2 for span in spans)


def _cover(root: Element, text: str) -> Element | None:
    words = _words(text)
    grams = {tuple(words[at : at + _GRAM]) for at in range(len(words) - _GRAM + 1)} or {tuple(words)}
    credit: dict[Element, int] = {}
    order = [element for element in root.iter() if tag(element)]
    for element in reversed(order):
        own = sum(_agree(part, grams) for part in _texts(element))
        credit[element] = own + sum(credit.get(child, 0) for child in element)
    total = credit[root]
    if not total:
        return None
    here = root
    while True:
        inner = next((child for child in here if credit.get(child, 0) >= _COVER * total), None)
        if inner is None or not re.fullmatch(
            r"body|div|section|article|main|td|tr|table|tbody|center|font|form", tag(inner)
        ):
            return here
        here = inner


def _texts(element: Element) -> Iterator[str]:
    if tag(element) in ("script", "style", "noscript", "template"):
        return
    yield element.text or ""
    for child in element:
        yield child.tail or ""


def _agree(text: str, grams: set[tuple[str, ...]]) -> int:
    words = _words(text)
    hits = sum(tuple(words[at : at + _GRAM]) in grams for at in range(len(words) - _GRAM + 1))
    return hits + _GRAM - 1 if hits else 0


def _words(text: str) -> list[str]:
    """Words, lower case; scripts written without blanks count every character."""
    return re.findall(r"[\u0e00-\u0eff\u3040-\u9fff\uac00-\ud7af]|\w+", text.lower())
