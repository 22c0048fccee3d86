"""Images: their address, alternative text and caption, and which of them are there for the eye only."""

from __future__ import annotations

import re
from itertools import islice

from pipeline.model.document import Figure, Inline, Span
from pipeline.text.dom_clutter import why_hidden
from pipeline.text.dom_page import Page, position
from pipeline.text.dom_source import Element, tag, words_of

_CAPTION = re.compile(r"\b(wp-caption-text|thumbcaption|caption|image-caption|photo-caption|caption-text)\b")
_LAZY = ("data-src", "data-original", "data-lazy-src", "data-srcset", "srcset")


def figure(image: Element, page: Page, caption: Inline = ()) -> Figure | None:
    """The figure of an ``<img>``; None for a tracking pixel and for what has neither an address nor words."""
    if _is_pixel(image) or why_hidden(image):
        return None
    given = image.get("alt")
    alt = " ".join((given or image.get("aria-label") or "").split())
    source = _address(image, page)
    if not source and not alt:
        return None
    eyes_only = words_of(image, "role") & {"presentation", "none"} or image.get("aria-hidden", "").lower() == "true"
    decorative = not alt and not caption and (given is not None or bool(eyes_only))
    title = " ".join((image.get("title") or "").split())
    if not caption and title and title.casefold() != alt.casefold() and not decorative:
        caption = (Span(text=title),)
    return Figure(source=source, alt=alt, caption=caption, decorative=decorative, position=position(image))


def caption_of(element: Element) -> Element | None:
    """The ``<figcaption>`` of a figure, or what a classed ``<div>`` has in its place."""
    for below in element.iterdescendants():
        if tag(below) == "figcaption":
            return below
    for below in element.iterdescendants():
        if tag(below) in ("p", "div", "span", "dd", "em", "small") and _CAPTION.search(
            (below.get("class") or "").lower()
        ):
            return below
    return None


def images_in(element: Element) -> list[Element]:
    """All ``<img>`` in ``element`` that are not part of what readers never see."""
    return [image for image in element.iter("img") if next(image.iterancestors("noscript", "template"), None) is None]


def is_captioned(element: Element) -> bool:
    """Whether a ``<div>`` is used as a figure: classed so, with an image and a caption of its own."""
    classes = (element.get("class") or "").lower()
    if not re.search(r"caption|thumb|figure|image", classes) or tag(element) not in ("div", "dl", "span"):
        return False
    return sum(1 for _ in islice(element.iter("img"), 2)) == 1 and caption_of(element) is not None


def figures(element: Element, page: Page, label: Element | None, caption: Inline) -> list[Figure]:
    """The figures in ``element``; ``caption``, the text of its part ``label``, goes to the first."""
    inside = frozenset(label.iter("img")) if label is not None else frozenset()
    found: list[Figure] = []
    for image in images_in(element):
        made = None if image in inside else figure(image, page, caption if not found else ())
        if made is not None:
            found.append(made)
    return found


def _address(image: Element, page: Page) -> str:
    source = page.address(image.get("src") or "")
    for attribute in _LAZY if not source or "placeholder" in source else ():
        value = (image.get(attribute) or "").strip().split(",")[0].split()
        if value and page.address(value[0]):
            return page.address(value[0])
    return source


def _is_pixel(image: Element) -> bool:
    return (image.get("width") or "").strip() in ("0", "1") or (image.get("height") or "").strip() in ("0", "1")
