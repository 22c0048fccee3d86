"""The lines that stand first at a place in a book: where its heading is, in whatever elements."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from pipeline.text.dom.page import is_block_name
from pipeline.text.dom.source import Element, one_line, tag
from pipeline.text.plain_terms import terms

if TYPE_CHECKING:
    from collections.abc import Collection

SHORT = 200
"""Characters of a line up to which it may be part of a heading."""
_LINES = 4
"""Lines over which a heading may be spread."""
_NEAR = 60
"""Elements after a place among which its heading is looked for."""
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_PLAIN = frozenset(("p", "div", "center", "header", "hgroup"))
"""Blocks that may be styled as a heading."""
_CARRIERS = terms("ul ol dl table blockquote figure pre aside")
"""Blocks before which, not in which, a heading stands."""
_OTHER = frozenset(("table", "pre", "ul", "ol", "dl", "math"))
"""Elements that are never a line, whatever is in them."""
_NUMBER = re.compile(
    r"(?:(?:chapter|part|book|section|volume|act|scene|letter|lesson|lecture|canto|appendix|kapitel|teil|buch|abschnitt|"
    r"band|brief|chapitre|partie|livre|tome|acte|cap[íi]tulo|parte|libro|capitolo|hoofdstuk|deel|del|rozdział|kapitola|"
    r"глава|часть|книга)\b[\s.:]*)?(?:the\s+)?(?:\d{1,4}(?:\.\d{1,3})*|[ivxlcdm]{1,8}|[a-z]|(?:\w+[\s-])?(?:one|two|three|"
    r"four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen(?:th)?|\w+ty|first|"
    r"second|third|(?:four|fif|six|seven|eigh|nin|ten|eleven|twelf)th))?[\s.:—–-]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Order:
    """All elements of a tree in the order of reading.

    Attributes:
        elements: The elements.
        index: Their places among ``elements``.
    """

    elements: tuple[Element, ...]
    index: dict[Element, int]

    def lines(self, start: Element, stops: Collection[Element]) -> list[Element]:
        """The blocks of one short line each that follow from ``start``, at most four, as long as nothing else comes.

        Args:
            start: Where to begin.
            stops: Where to end at the latest, such as the next line of the table of contents.
        """
        found: list[Element] = []
        first = self.index[start]
        for at in range(first, min(first + _NEAR, len(self.elements))):
            element = self.elements[at]
            if found and any(up is found[-1] for up in element.iterancestors()):
                continue
            before = element.getprevious()
            loose = element is not start and before is not None and (before.tail or "").strip()
            if loose or len(found) == _LINES or (element in stops and element is not start):
                break
            if is_heading(element) or _is_line(element):
                found += [element] if one_line(element) else []
            elif (element.text or "").strip() or tag(element) in _OTHER:
                break
        return found

    def line_before(self, start: Element) -> Element | None:
        """The line that stands directly before ``start``, beside it in the tree."""
        before = start.getprevious()
        if before is None or (before.tail or "").strip() or before not in self.index:
            return None
        return before if one_line(before) and (is_heading(before) or _is_line(before)) else None


def order_of(root: Element) -> Order:
    """The order of the elements under ``root``."""
    elements = tuple(element for element in root.iter() if tag(element))
    return Order(elements, {element: at for at, element in enumerate(elements)})


def is_heading(element: Element) -> bool:
    """Whether ``element`` is marked as a heading."""
    return tag(element) in _HEADINGS or element.get("role") == "heading"


def outermost(element: Element) -> Element:
    """The block that a place marked by ``element`` belongs to: its heading, its line, its list as a whole."""
    best = element
    for up in element.iterancestors():
        if tag(up) in _CARRIERS or is_heading(up) or _is_line(up):
            best = up
    return best


def is_number(text: str) -> bool:
    """Whether a line only counts: ``Chapter 3``, ``IV``, ``Part Two``."""
    return bool(text) and len(text) <= 40 and bool(_NUMBER.fullmatch(text))


def bare(text: str) -> str:
    """The letters and digits of ``text``, case and compatibility forms folded."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def _is_line(element: Element) -> bool:
    """Whether ``element`` is a plain block that holds a line of text and no other block."""
    if tag(element) not in _PLAIN:
        return False
    inside = list(islice(element.iterdescendants(), _NEAR))
    if len(inside) == _NEAR or any(is_block_name(tag(below)) or tag(below) in ("img", "math") for below in inside):
        return False
    return sum(len(text) for text in islice(element.itertext(), SHORT)) <= 2 * SHORT and len(one_line(element)) <= SHORT
