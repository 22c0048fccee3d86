"""What the walk knows about the page as a whole before it begins."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import urljoin, urlsplit

from pipeline.model.document import Omission, Position
from pipeline.text.dom.math import Formula, find_formulas
from pipeline.text.dom.notes import Notes, find_notes
from pipeline.text.dom.source import Element, line_of, tag
from pipeline.text.plain_terms import terms

LINES = "data-source-lines"
"""Attribute ``first:last`` by which another reader (Markdown) tells the source lines of an element."""
PART = "data-source-part"
"""Attribute by which another reader (EPUB) tells the file of an archive that holds an element and all in it."""

OMIT = "data-source-why"
"""Attribute by which another reader gives the reason why an element is to be left out and reported."""
_GIST = re.compile(r"(?:https?:)?//gist\.github\.com/\S+?\.js(?:\?\S*)?")
_SHOWN = 60
"""Characters by which the report shows what was left out."""

INLINE = terms(
    "a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd label mark math nobr picture q "
    "rb rp rt ruby s samp small source span strike strong sub sup svg time tt u var wbr output meter progress "
    "amp-img button input select textarea script style link meta noscript template track area map"
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
        formulas: What shows a formula, the outermost element of each.
        containers: Inline elements that hold blocks or stand alone, and so are walked like blocks.
        letters: Characters of text in each element, white space apart.
        linked: The same, counting only what belongs to links.
        own: Whether everything under ``root`` is the author's.
        met: Holders of footnotes that the walk has reached; the walk adds to it.
        cited: Ids of footnotes that the text refers to; the walk adds to it.
        omitted: What was left out so far; the walk adds to it.
    """

    root: Element
    language: str
    base: str
    notes: Notes
    formulas: dict[Element, Formula]
    containers: frozenset[Element]
    letters: dict[Element, int]
    linked: dict[Element, int]
    own: bool = False
    met: set[Element] = field(default_factory=set)
    cited: set[str] = field(default_factory=set)
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
            if urlsplit(target).scheme.lower() in ("javascript", "data", "vbscript", "blob"):
                return ""
            return urljoin(self.base, target) if self.base else target
        except ValueError:
            return ""


def position(element: Element) -> Position:
    """Where ``element`` stands in the source: as another reader told, else where the parser met its text."""
    lines, part = element.get(LINES), element.get(PART)
    for ancestor in element.iterancestors():
        if lines is None:
            lines = ancestor.get(LINES)
        if part is None:
            part = ancestor.get(PART)
    first, _, last = (lines or "").partition(":")
    if first.isdecimal() and last.isdecimal():
        return Position(line=int(first[:9]), end_line=int(last[:9]), part=part or "")
    line = line_of(element)
    return Position(line=line, end_line=max(line, _last_line(element)), part=part or "")


def look_at(root: Element, *, language: str, base: str, own: bool) -> Page:
    """Look at the tree under ``root`` once, without recursion and in linear time."""
    names = {element: name for element in root.iter() if (name := tag(element))}
    formulas = find_formulas(names)
    letters: dict[Element, int] = {}
    linked: dict[Element, int] = {}
    for element, name in reversed(names.items()):
        below = [child for child in element if child in names]
        letters[element] = _count(element.text) + sum(_count(child.tail) + letters.get(child, 0) for child in element)
        linked[element] = letters[element] if name == "a" else sum(linked[child] for child in below)
        if name in ("script", "style", "template", "noscript"):
            letters[element] = linked[element] = 0
    return Page(
        root=root,
        language=language,
        base=base,
        notes=find_notes(root),
        formulas=formulas,
        containers=_containers(root, names, formulas),
        letters=letters,
        linked=linked,
        own=own,
    )


def _containers(root: Element, names: dict[Element, str], formulas: dict[Element, Formula]) -> frozenset[Element]:
    found: set[Element] = set()
    for element, name in names.items():
        if element in formulas:
            if not formulas[element].display:
                continue
            found.add(element)
        elif name in INLINE:
            if name != "script" or not is_gist(element):
                continue
            found.add(element)
        for ancestor in element.iterancestors():
            above = names.get(ancestor, "")
            if ancestor in found or above in ("math", "svg") or ancestor in formulas:
                break
            if above in INLINE:
                found.add(ancestor)
            if ancestor is root:
                break
    return frozenset(found)


def is_gist(script: Element) -> bool:
    """Whether a ``<script>`` puts a piece of code from elsewhere (a gist) in its place."""
    return bool(_GIST.fullmatch(script.get("src") or ""))


def is_block_name(name: str) -> bool:
    """Whether elements of this name stand alone rather than in a line of text."""
    return bool(name) and name not in INLINE


def _count(text: str | None) -> int:
    return len("".join(text.split())) if text else 0


def _last_line(element: Element) -> int:
    last = element
    while len(last):
        last = last[-1]
    inner = (last.text or "") if last is element else (last.text or "") + (last.tail or "")
    return line_of(last) + inner.rstrip().count("\n")
