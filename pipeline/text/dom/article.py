"""Where on a page the article stands.

Where its running text is dense (`dom_prose`), within the page's own ``<article>`` or ``<main>`` where it has just one;
trafilatura is asked about pages on which too little text is found that way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.text.dom.oracle import found
from pipeline.text.dom.points import is_apart
from pipeline.text.dom.prose import Prose, prose
from pipeline.text.dom.source import one_line, tag, words_of
from pipeline.text.plain_terms import terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.text.dom.source import Element

_APART = terms("a nav aside footer form button select script style noscript template head svg")
_ENOUGH = 250
"""Letters outside links and boxes from which an ``<article>`` is believed to be one."""
_SOME = 100
"""Characters of running text from which its place is believed."""
_STANDFIRST = terms("standfirst subtitle dek deck chapo lead lede intro summary teaser vorspann einleitung entradilla")
_SENTENCE = 40
"""Characters from which a line before the text is a standfirst."""
_PARAGRAPH = 80
"""Characters from which a paragraph between the title and the text belongs to it."""
_OPENING = 4
"""Pictures and paragraphs that an article may have before its text."""
_LITTLE = 300
"""Characters of running text below which it is also looked for in what is named like clutter."""
_BODY = frozenset(("articlebody", "schema:articlebody"))
_MOST = 0.6
"""Share of all such letters of the page (or of ``<main>``) that the single ``<article>`` must hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the article stands.

    Attributes:
        element: The element that holds its text.
        mark: The page's own ``<article>`` or ``<main>`` around that; the same element where it has none.
        parts: The children of ``element`` that belong to the article; empty where all do.
        lead: What belongs to the article and stands between its title and that: its first picture, its standfirst.
        extra: What trafilatura said about the page, where it was asked; else None.
    """

    element: Element
    mark: Element
    parts: tuple[Element, ...] = ()
    lead: tuple[Element, ...] = ()
    extra: Any = None


def place(root: Element) -> Place:
    """Where the article of the page ``root`` stands; the page's body where nothing points to a place."""
    mark, dense = marked(root), _dense(root)
    if mark is not None and (dense is None or not is_inside(dense.element, mark)):
        return Place(element=mark, mark=mark)
    if dense is not None and dense.letters >= _SOME:
        here = dense.element
        return Place(
            element=here,
            mark=here if mark is None else mark,
            parts=dense.parts,
            lead=tuple(_lead(dense.parts[0] if dense.parts else here, mark)),
        )
    element, extra = found(root)
    if element is None:
        element = next(root.iter("body"), root)
    return Place(element=element, mark=element, extra=extra)


def beside(here: Place) -> Iterator[Element]:
    """What stands within the article's own mark or element, but not in the article, in the order of the page."""
    kept = {*here.parts, *here.lead}
    if here.parts:
        yield from (child for child in here.element if tag(child) and child not in kept)
    inner = here.element
    for outer in (here.element, *here.element.iterancestors()):
        if outer is not inner:
            yield from (child for child in outer if tag(child) and child is not inner and child not in kept)
        inner = outer
        if outer is here.mark:
            return


def _lead(first: Element, mark: Element | None) -> Iterator[Element]:
    """Pictures with words to them, standfirsts and long paragraphs between the article's title and ``first``."""
    above = set(first.iterancestors())
    outer = mark
    if outer is None:
        outer = next((up for up in first.iterancestors() if next(up.iter("h1"), None) is not None), None)
    found: list[Element] = []
    stack = [] if outer is None or outer is first else [outer]
    while stack:
        element = stack.pop()
        if element is first:
            break
        if not tag(element) or (element not in above and is_apart(element, strict=True)):
            continue
        if tag(element) == "h1":
            found.clear()
        elif _is_opening(element):
            found.append(element)
        else:
            stack.extend(reversed(element))
    yield from found[:_OPENING]


def _is_opening(element: Element) -> bool:
    if tag(element) == "figure":
        return next(element.iter("figcaption"), None) is not None
    if _STANDFIRST & set(re.split(r"[^a-z]+", (element.get("class") or "").lower())) and _is_line(element):
        return True
    text = one_line(element) if tag(element) == "p" else ""
    linked = sum(len(one_line(link)) for link in element.iter("a")) if text else 0
    return len(text) >= _PARAGRAPH and linked < len(text) / 4 and text[-1] in '.!?…。”"'


def _is_line(element: Element) -> bool:
    return tag(element) in ("p", "div", "h2") and not len(element) and len(element.text or "") >= _SENTENCE


def _dense(root: Element) -> Prose | None:
    """Where the running text is dense; looked for once more in what is named like clutter where there is little."""
    first = prose(root)
    if first is not None and first.letters >= _LITTLE:
        return first
    second = prose(root, strict=False)
    if first is None or (second is not None and second.letters > 3 * first.letters):
        return second
    return first


def is_inside(element: Element, outer: Element) -> bool:
    """Whether ``element`` is ``outer`` or stands in it."""
    return element is outer or any(up is outer for up in element.iterancestors())


def marked(root: Element) -> Element | None:
    """The one ``<article>`` or ``<main>`` that holds the page's text; None where none or several do."""
    mains, articles = _named(root, "main"), _named(root, "article")
    bodies = [
        element
        for element in _select(root, "//*[@itemprop or @property]")
        if _BODY & (words_of(element, "itemprop") | words_of(element, "property"))
    ]
    if not (mains or articles or bodies):
        return None
    letters = _letters(root)
    main = _single(mains, letters)
    around = root if main is None else main
    article = _single([element for element in articles if is_inside(element, around)], letters)
    if article is not None and letters[article] >= _MOST * letters[around]:
        return article
    if len(bodies) == 1 and letters[bodies[0]] >= _MOST * letters[root]:
        return bodies[0]
    if main is not None and letters[main] >= _MOST * letters[root]:
        return main
    return None


def _named(root: Element, name: str) -> list[Element]:
    """The elements of the name, or of the role."""
    marks = _select(root, "//article | //main | //*[@role]")
    return [element for element in marks if tag(element) == name or name in words_of(element, "role")]


def _select(root: Element, path: str) -> list[Element]:
    found: Any = root.xpath(path)
    return list(found)


def _single(elements: list[Element], letters: dict[Element, int]) -> Element | None:
    """The only one of ``elements`` that has enough text."""
    enough = [element for element in elements if letters[element] >= _ENOUGH]
    return enough[0] if len(enough) == 1 else None


def _letters(root: Element) -> dict[Element, int]:
    """Letters of each element that stand outside links and boxes, in one pass."""
    count: dict[Element, int] = {}
    order = [(element, name) for element in root.iter() if (name := tag(element))]
    for element, name in reversed(order):
        if name in _APART:
            count[element] = 0
        else:
            count[element] = len("".join((element.text or "").split())) + sum(
                count.get(child, 0) + (len("".join(child.tail.split())) if child.tail else 0) for child in element
            )
    return count
