"""What the containers of a page earn by the text in them: the counting behind `dom_prose`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.text.dom.clutter import is_silent, why_hidden
from pipeline.text.dom.page import is_block_name
from pipeline.text.dom.source import Element, tag, words_of
from pipeline.text.plain_terms import terms

_UNLIKELY = re.compile(
    r"-ad-|ad-break|agegate|ai2html|banner|breadcrumb|combx|comment|community|cookie|cover-wrap|disqus|extra|footer|"
    r"gdpr|header|legends|menu|newsletter|pager|pagination|popup|recommend|related|remark|replies|rss|shoutbox|sidebar|"
    r"skyscraper|social|sponsor|supplemental"
)
_LIKELY = re.compile(r"and|article|body|column|content|main|shadow")
_GOOD = re.compile(r"article|blog|body|content|entry|main|page|post|story|text")
_BAD = re.compile(
    r"-ad-|\bhid\b|hidden|banner|com-|combx|comment|contact|footer|gdpr|masthead|media|meta|outbrain|promo|related|"
    r"scroll|share|shoutbox|shopping|sidebar|skyscraper|sponsor|tags|widget"
)
_NAME = 4
"""Characters from which a name says something."""
_NAMED = 25
"""Points that a good name adds and a bad one costs."""
_ROLES = terms("menu menubar complementary navigation alert alertdialog dialog banner contentinfo search")
_APART = terms("nav aside footer button select textarea head template noscript")
_WHOLE = terms("html body a article main")
"""Elements that are looked into whatever they are named."""
_TEXTS = terms("p pre td h2 h3 h4 h5 h6")
_HOLDERS = terms("div section article main blockquote dd center font form body figure")
_FIRST = {"div": 5, "pre": 3, "td": 3, "blockquote": 3} | dict.fromkeys(
    ("address", "ol", "ul", "dl", "dd", "dt", "li", "form"), -3
)
_COMMA = re.compile("[,،﹐︐﹑⹁⸲、，。।]")
_DENSE = re.compile("[\u3040-\u9fff\uac00-\ud7af]")
"""Characters that say as much as two of an alphabet."""
_SHORTEST = 25
"""Characters from which a piece of text earns points."""
_CELL = 300
"""Characters from which a cell of a table holds a page's text rather than a datum."""
_UP = 5
"""Ancestors that share in a paragraph's points."""


@dataclass(slots=True)
class Sheet:
    """What was counted: characters in and below each element, those of links, and the points of the containers.

    Attributes:
        strict: Whether names are believed.
        letters: Characters.
        linked: Those that belong to links.
        points: What the containers have earned.
    """

    strict: bool
    letters: dict[Element, int] = field(default_factory=dict)
    linked: dict[Element, int] = field(default_factory=dict)
    points: dict[Element, float] = field(default_factory=dict)

    def density(self, element: Element) -> float:
        """Share of the text in ``element`` that belongs to links."""
        letters = self.letters.get(element, 0)
        return self.linked[element] / letters if letters else 0.0


def count(root: Element, *, strict: bool) -> Sheet:
    """Count the page under ``root``, in one pass; ``strict`` as in `dom_prose.prose`."""
    sheet = Sheet(strict=strict)
    runs: dict[Element, list[str]] = {}
    stack = [(root, root, False)]
    order: list[Element] = []
    while stack:
        element, block, link = stack.pop()
        if element is not root and is_apart(element, strict):
            continue
        order.append(element)
        if is_block_name(tag(element)):
            block = element
        link = link or (tag(element) == "a" and not (element.get("href") or "").startswith("#"))
        own = [text for text in (element.text, *(child.tail for child in element)) if text]
        runs.setdefault(block, []).extend(own)
        sheet.letters[element] = sum(len(text.strip()) for text in own)
        sheet.linked[element] = sheet.letters[element] if link else 0
        stack.extend((child, block, link) for child in element if tag(child))
    for element in reversed(order[1:]):
        holder = _above(element)
        sheet.letters[holder] += sheet.letters[element]
        sheet.linked[holder] += sheet.linked[element]
    for element, texts in runs.items():
        _credit(element, " ".join(" ".join(texts).split()), sheet)
    for element in sheet.points:
        sheet.points[element] *= 1 - sheet.density(element)
    return sheet


def _above(element: Element) -> Element:
    return next(element.iterancestors())


def is_apart(element: Element, strict: bool) -> bool:
    """Whether ``element`` is hidden or a menu, or, if ``strict``, named like clutter."""
    name = tag(element)
    if name in _APART or is_silent(element) or why_hidden(element):
        return name != "body"
    if not strict or name in _WHOLE:
        return False
    if words_of(element, "role") & _ROLES:
        return True
    named = _names(element)
    if len(named) < _NAME:
        return False
    return bool(_UNLIKELY.search(named)) and not _LIKELY.search(named)


def _credit(element: Element, text: str, sheet: Sheet) -> None:
    """Give the points of ``text``, which stands directly in ``element``, to the containers around it."""
    length = len(text) + len(_DENSE.findall(text))
    if length < _SHORTEST or not (tag(element) in _TEXTS or tag(element) in _HOLDERS):
        return
    holder: Element | None = element
    if (tag(element) in _TEXTS or is_line(element)) and not (tag(element) == "td" and length > _CELL):
        holder = element.getparent()
    if holder is not None and holder is not element and _wraps_one(holder):
        holder = holder.getparent()
    points = 1 + len(_COMMA.findall(text)) + min(length / 100, 3)
    for level in range(_UP):
        if holder is None or holder not in sheet.letters or holder.getparent() is None:
            return
        if holder not in sheet.points:
            sheet.points[holder] = _FIRST.get(tag(holder), 0) + sheet.strict * weight(holder)
        sheet.points[holder] += points / (1 if level == 0 else 2 if level == 1 else 3 * level)
        holder = holder.getparent()


def _wraps_one(element: Element) -> bool:
    """Whether ``element`` is nothing but a wrapper around one paragraph."""
    if tag(element) != "div" or len(element) != 1 or tag(element[0]) != "p":
        return False
    return not ((element.text or "") + (element[0].tail or "")).strip()


def is_line(element: Element) -> bool:
    """Whether ``element`` holds nothing but a line of text."""
    return not any(is_block_name(tag(child)) for child in element)


def _names(element: Element) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}".lower()


def weight(element: Element) -> int:
    """Points for the names that ``element`` has."""
    names = [name.lower() for attribute in ("class", "id") if (name := element.get(attribute))]
    return _NAMED * sum(bool(_GOOD.search(name)) - bool(_BAD.search(name)) for name in names)


def is_named_apart(element: Element) -> bool:
    """Whether ``element`` is named like clutter in any part of its names."""
    return bool(_UNLIKELY.search(_names(element))) or weight(element) < 0
