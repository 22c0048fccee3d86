"""Where on a page the running text stands: containers are credited with the paragraphs in them.

The method is that of the reading views in browsers (Arc90's Readability, 2009, and its heirs): a paragraph earns points
by its length and its commas, and hands them to its container and, in smaller shares, to what holds that; links, and
names such as ``comment`` or ``sidebar``, cost points. The container with most points is the article, together with
those of its neighbours that carry text of the same kind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.text.dom.points import Sheet, count, is_line, is_named_apart
from pipeline.text.dom.source import Element, raw_text, tag

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONG = 80
"""Characters from which a neighbouring paragraph is taken for text without further signs."""
_PLENTY = 200
"""Characters of a neighbour without links from which half the points are enough."""
_PLAIN = 0.05
"""Share of links up to which a text has none to speak of."""
_LINKY = 0.25
"""Share of links from which text is no longer taken for running text."""
_CLOSE = 0.75
"""Share of the best container's points from which another one is nearly as good."""
_MANY = 200
"""Containers of one class that are looked at."""
_NEIGHBOUR = 0.2
"""Share of the best container's points from which a neighbour belongs to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """The container of the running text.

    Attributes:
        element: The element that holds it.
        parts: Those of its children that belong to the article; empty where all do.
        letters: Characters of text in them.
    """

    element: Element
    parts: tuple[Element, ...] = ()
    letters: int


def prose(root: Element, *, strict: bool = True) -> Prose | None:
    """The container of the running text under ``root``; None where no paragraph is long enough.

    Args:
        root: The page's tree.
        strict: Believe names: leave out what is called a menu or a comment, prefer what is called a text.
    """
    sheet = count(root, strict=strict)
    if not sheet.points:
        return None
    top = _highest(_common(sheet), sheet)
    whole = _pieces(top, sheet)
    if whole is not top:
        return Prose(element=whole, letters=sheet.letters[whole])
    parts = _neighbours(top, sheet)
    holder = top.getparent()
    if len(parts) > 1 and holder is not None:
        return Prose(element=holder, parts=parts, letters=sum(sheet.letters[part] for part in parts))
    return Prose(element=top, letters=sheet.letters[top])


def _common(sheet: Sheet) -> Element:
    """The container with most points, or what holds three and more that have nearly as many."""
    best = sorted(sheet.points, key=lambda element: -sheet.points[element])[:5]
    top = best[0]
    close = [element for element in best[1:] if sheet.points[element] >= _CLOSE * sheet.points[top]]
    if len(close) >= 3:
        above = [set(element.iterancestors()) for element in close]
        for holder in _holders(top):
            if sum(holder in one for one in above) >= 3:
                return holder
    return top


def _highest(top: Element, sheet: Sheet) -> Element:
    """``top``, or what holds it where that has more points still, or nothing else in it."""
    last = sheet.points.get(top, 0.0)
    least = last / 3
    for holder in _holders(top):
        points = sheet.points.get(holder)
        if points is None:
            continue
        if points < least:
            break
        if points > last:
            top = holder
            break
        last = points
    for holder in _holders(top):
        if sum(1 for child in holder if tag(child)) != 1:
            break
        top = holder
    return top


def _pieces(top: Element, sheet: Sheet) -> Element:
    """What holds all the pieces of an article that stands in several containers of one class; else ``top``."""
    name, story = top.get("class"), _story(top)
    least = _NEIGHBOUR * sheet.points.get(top, 0.0)
    if not name:
        return top
    alike = [
        element
        for element, points in sheet.points.items()
        if points >= least and tag(element) == tag(top) and element.get("class") == name
    ]
    above = [
        set(element.iterancestors()) for element in alike[:_MANY] if element is not top and _story(element) is story
    ]
    return next((up for up in _holders(top) if above and all(up in one for one in above)), top)


def _story(element: Element) -> Element | None:
    return next(element.iterancestors("article"), None)


def _neighbours(top: Element, sheet: Sheet) -> tuple[Element, ...]:
    """``top`` and the elements beside it that carry text of the same kind."""
    holder = top.getparent()
    if holder is None or tag(top) == "body":
        return (top,)
    points = sheet.points.get(top, 0.0)
    least = max(10.0, _NEIGHBOUR * points)

    def belongs(element: Element) -> bool:
        if element not in sheet.letters:
            return False
        alike = bool(top.get("class")) and element.get("class") == top.get("class")
        if element in sheet.points and sheet.points[element] + alike * _NEIGHBOUR * points >= least:
            return True
        letters, density = sheet.letters[element], sheet.density(element)
        plain = letters > _PLENTY and density < _PLAIN and not is_named_apart(element)
        if plain and sheet.points.get(element, 0.0) >= least / 2:
            return True
        if not letters or not (tag(element) == "p" or (tag(element) == "div" and is_line(element))):
            return False
        return density < _LINKY if letters > _LONG else not density and bool(re.search(r"[.。]\s*$", raw_text(element)))

    children = list(holder)
    found = {number for number, element in enumerate(children) if element is top or belongs(element)}
    between = range(min(found), max(found))
    return tuple(
        element
        for number, element in enumerate(children)
        if number in found or (number in between and _is_between(element, sheet))
    )


def _is_between(element: Element, sheet: Sheet) -> bool:
    """Whether what stands between two parts of the article, such as a heading or a picture, is one as well."""
    if element not in sheet.letters or is_named_apart(element):
        return False
    return sheet.density(element) < _LINKY or tag(element) == "figure"


def _holders(element: Element) -> Iterator[Element]:
    """What holds ``element``, from the inside out, up to the page's body."""
    for holder in element.iterancestors():
        if tag(holder) in ("body", "html"):
            return
        yield holder
