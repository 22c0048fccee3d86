"""What the walk knows about the page as a whole before it begins."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from pipeline.model.document import Omission, Position
from pipeline.text.dom_notes import Notes, find_notes
from pipeline.text.dom_source import Element, line_of, tag
from pipeline.text.plain_terms import terms

if TYPE_CHECKING:
    from collections.abc import Iterator

LINES = "data-source-lines"
"""Attribute ``first:last`` by which another reader (Markdown) tells the source lines of an element."""

_SHOWN = 60
"""Characters by which the report shows what was left out."""

INLINE = terms(
    "a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd label mark math nobr picture q "
    "rb rp rt ruby s samp small source span strike strong sub sup svg time tt u var wbr output meter progress "
    "button input select textarea script style link meta noscript template track area map"
)
"""Elements that stand in a line of text; every other one, unknown ones with a hyphen included, is a block."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The tree under ``root``, looked at once.

    Attributes:
        root: The element that holds the article.
        language: BCP 47 tag of the document, or ``"und"``.
        base: Address that relative links are joined to; empty leaves them alone.
        notes: Footnotes and the links to them.
        containers: Inline elements that hold blocks, and so are walked like blocks.
        letters: Characters of text in each element, white space apart.
        linked: The same, counting only what belongs to links.
        own: Whether everything under ``root`` is the author's.
        met: Holders of footnotes that the walk has reached; the walk adds to it.
        omitted: What was left out so far; the walk adds to it.
    """

    root: Element
    language: str
    base: str
    notes: Notes
    containers: frozenset[Element]
    letters: dict[Element, int]
    linked: dict[Element, int]
    own: bool = False
    met: set[Element] = field(default_factory=set)
    omitted: list[Omission] = field(default_factory=list)

    def omit(self, element: Element, why: str, what: str = "") -> None:
        """Report that ``element``, known by its first words or by ``what``, is not part of the document."""
        what = what or " ".join(" ".join(map(str, islice(element.itertext(), 50))).split())
        if what:
            what = what if len(what) <= _SHOWN else what[: _SHOWN - 1].rstrip() + "…"
            self.omitted.append(Omission(what=what, why=why, position=position(element)))

    def address(self, target: str) -> str:
        """``target`` joined to the page's address; scripts and data addresses become empty."""
        target = target.strip()
        try:
            if urlsplit(target).scheme.lower() in ("javascript", "data", "vbscript"):
                return ""
            return urljoin(self.base, target) if self.base else target
        except ValueError:
            return ""


def position(element: Element) -> Position:
    """Where ``element`` stands in the source: as another reader told, else where the parser met its text."""
    first, _, last = (element.get(LINES) or "").partition(":")
    if first.isdecimal() and last.isdecimal():
        return Position(line=int(first[:9]), end_line=int(last[:9]))
    for ancestor in element.iterancestors():
        first, _, last = (ancestor.get(LINES) or "").partition(":")
        if first.isdecimal() and last.isdecimal():
            return Position(line=int(first[:9]), end_line=int(last[:9]))
    line = line_of(element)
    return Position(line=line, end_line=max(line, _last_line(element)))


def look_at(root: Element, *, language: str, base: str, own: bool) -> Page:
    """Look at the tree under ``root`` once, without recursion and in linear time."""
    order = [element for element in root.iter() if tag(element)]
    containers: set[Element] = set()
    for element in order:
        if is_block_name(tag(element)):
            for ancestor in element.iterancestors():
                if ancestor in containers or tag(ancestor) in ("math", "svg"):
                    break
                if not is_block_name(tag(ancestor)):
                    containers.add(ancestor)
                if ancestor is root:
                    break
    letters: dict[Element, int] = {}
    linked: dict[Element, int] = {}
    for element in reversed(order):
        here = _count(element.text) + sum(_count(child.tail) for child in element)
        below = list(_children(element))
        letters[element] = here + sum(letters[child] for child in below)
        linked[element] = letters[element] if tag(element) == "a" else sum(linked[child] for child in below)
        if tag(element) in ("script", "style", "template", "noscript"):
            letters[element] = linked[element] = 0
    return Page(
        root=root,
        language=language,
        base=base,
        notes=find_notes(root),
        containers=frozenset(containers),
        letters=letters,
        linked=linked,
        own=own,
    )


def is_block_name(name: str) -> bool:
    """Whether elements of this name stand alone rather than in a line of text."""
    return bool(name) and name not in INLINE


def _children(element: Element) -> Iterator[Element]:
    return (child for child in element if tag(child))


def _count(text: str | None) -> int:
    return len("".join(text.split())) if text else 0


def _last_line(element: Element) -> int:
    last = element
    while len(last):
        last = last[-1]
    inner = (last.text or "") if last is element else (last.text or "") + (last.tail or "")
    return line_of(last) + inner.rstrip().count("\n")
