"""Images: their address, alternative text and caption, and which of them are there for the eye only."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice

from pipeline.model.document import Figure, Inline, Span
from pipeline.text.dom.embed import embed, is_embed
from pipeline.text.dom.hidden import is_spoken, why_unseen
from pipeline.text.dom.page import Page, position
from pipeline.text.dom.source import Element, one_line, tag, words_of

_CAPTION = re.compile(r"\b(wp-caption-text|thumbcaption|caption|image-caption|photo-caption|caption-text)\b")
IMAGES = frozenset(("img", "amp-img"))
"""Names of elements that are images."""
_ICON_PX = 48
"""Width or height of a drawing up to which it is an icon."""
_LAZY = ("data-src", "data-original", "data-lazy-src", "data-srcset", "srcset")


def figure(image: Element, page: Page, caption: Inline = ()) -> Figure | None:
    """The figure of an ``<img>``; None for a tracking pixel and for what has neither an address nor words."""
    if _is_pixel(image) or why_unseen(image):
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


def shown(element: Element, page: Page, caption: Inline = ()) -> Figure | None:
    """The figure of anything that `is_shown`; what does not belong to the article is reported."""
    if is_embed(element):
        made = why_unseen(element) or embed(element, page, caption)
        if isinstance(made, Figure):
            return made
        page.omit(element, made, element.get("title") or element.get("src") or element.get("data") or "")
        return None
    return drawing(element, caption) if tag(element) == "svg" else figure(element, page, caption)


def is_shown(element: Element) -> bool:
    """Whether ``element`` is an image, a drawing with a name, or an embedding."""
    name = tag(element)
    return name in IMAGES or (name == "svg" and bool(_name_of(element))) or is_embed(element)


def drawing(svg: Element, caption: Inline = ()) -> Figure | None:
    """The figure of an ``<svg>`` that says what it shows; None for one that is an icon or hidden."""
    if why_unseen(svg) or _is_icon(svg):
        return None
    return Figure(source="", alt=_name_of(svg), caption=caption, position=position(svg))


def _name_of(svg: Element) -> str:
    """What a drawing is said to show, by its label or its ``<title>`` and ``<desc>``."""
    parts = [one_line(child) for name in ("title", "desc") for child in svg if tag(child) == name]
    return " ".join((svg.get("aria-label") or "").split()) or ": ".join(filter(None, dict.fromkeys(parts)))


def _is_icon(svg: Element) -> bool:
    """Whether a drawing is a small sign in a line, a link or a button."""
    if next(svg.iterancestors("a", "button", "summary", "label"), None) is not None:
        return True
    size = re.match(r"\s*(\d{1,5})(?:\.\d+)?\s*(px|em|rem)?", svg.get("width") or svg.get("height") or "")
    small = bool(size) and int(size[1]) <= (3 if size[2] in ("em", "rem") else _ICON_PX) if size else False
    return small or any("icon" in word for word in words_of(svg, "class"))


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
    """All that is shown in ``element``, the outermost element of each, without what readers never see."""
    found: list[Element] = []
    inside: set[Element] = set()
    for below in element.iterdescendants():
        if is_shown(below) and not any(
            up in inside or tag(up) in ("noscript", "template") for up in below.iterancestors()
        ):
            found.append(below)
            inside.add(below)
    return found


def is_captioned(element: Element) -> bool:
    """Whether a ``<div>`` is used as a figure: classed so, with an image and a caption of its own."""
    classes = (element.get("class") or "").lower()
    if not re.search(r"caption|thumb|figure|image", classes) or tag(element) not in ("div", "dl", "span"):
        return False
    return sum(1 for _ in islice(element.iter("img"), 2)) == 1 and caption_of(element) is not None


def figures(element: Element, page: Page, label: Element | None, caption: Inline) -> list[Figure]:
    """The figures in ``element``; ``caption``, the text of its part ``label``, goes to the first."""
    inside = frozenset(label.iter()) if label is not None else frozenset()
    found: list[Figure] = []
    for image in images_in(element):
        made = None if image in inside else shown(image, page, caption if not found else ())
        if made is not None:
            found.append(made)
    hidden = (below for below in element.iterdescendants() if is_spoken(below) and below not in inside)
    spoken = " ".join(" ".join(map(one_line, hidden)).split())
    if found and spoken and not found[0].alt:
        found[0] = replace(found[0], alt=spoken, decorative=False)
    return found


def _address(image: Element, page: Page) -> str:
    source = page.address(image.get("src") or "")
    around = next(image.iterancestors("picture"), None)
    if not source and not image.get("srcset") and around is not None:
        choices = (choice.get("srcset") or choice.get("data-srcset") or "" for choice in around.iter("source"))
        return next((page.address(choice.split(",")[0].split()[0]) for choice in choices if choice.strip(" ,")), "")
    for attribute in _LAZY if not source or "placeholder" in source else ():
        value = (image.get(attribute) or "").strip().split(",")[0].split()
        if value and page.address(value[0]):
            return page.address(value[0])
    return source


def _is_pixel(image: Element) -> bool:
    return (image.get("width") or "").strip() in ("0", "1") or (image.get("height") or "").strip() in ("0", "1")
