"""Contents pages that nobody marked: lists of links to the chapters.

A list of links is only taken for one where it is called so, where it is all that a file holds beside headings, where it
stands in front of the first chapter, or where it names most of the main chapters; in the middle of a text such a list
says something.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from pipeline.text.dom.page import is_block_name
from pipeline.text.dom.source import Element, one_line, tag
from pipeline.text.epub.front import report
from pipeline.text.epub.lines import Order, bare, is_heading, order_of, outermost
from pipeline.text.epub.page import drop, kinds
from pipeline.text.plain_terms import terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.text.epub.book import Book
    from pipeline.text.epub.chapters import Place

_FEWEST = 3
"""Links from which a list of them is a table of contents."""
_SHARE = 0.6
"""Part of the letters of a table of contents that belongs to its links; the rest is page numbers and the like."""
_LOOSE = 40
"""Letters in one line of a table of contents that belong to no link, at most."""
_MOST = 0.5
"""Part of the main chapters from which a list of links to them is the book's table of contents."""
_TITLES = terms(
    "contents|tableofcontents|detailedcontents|briefcontents|inhalt|inhaltsverzeichnis|inhaltsübersicht|sommaire|"
    "tabledesmatières|índice|indice|contenido|sumario|sommario|sumário|inhoud|inhoudsopgave|innehåll|indhold|innhold|"
    "sisällys|spistreści|obsah|tartalom|cuprins|içindekiler|содержание|оглавление|зміст|περιεχόμενα|目次|目录|目錄|차례",
    "|",
)
"""What such a page is called, letters only."""


def without_contents(book: Book, places: Sequence[Place]) -> None:
    """Take contents pages out of ``book`` and report them.

    Args:
        book: The merged book.
        places: Where the lines of the table of contents lead, without the one that is the book's title.
    """
    order = order_of(book.root)
    known = _targets(book, order, [place.start for place in places])
    if len(known) < _FEWEST:
        return
    count = _Count(order, known)
    top = min((place.level for place in places), default=0)
    main = {place.start for place in places if place.level == top}
    first = min((order.index[place.start] for place in places), default=0)
    stack = [(section, section) for section in book.root]
    while stack:
        element, section = stack.pop()
        for run in _runs(element, count):
            alone = count.text[section] <= sum(count.text[part] for part in run)
            before = order.index[run[-1]] < first
            named = {
                known[link.get("href", "")[1:]] for part in run for link in part.iter("a") if count.links.get(link)
            }
            whole = bool(main) and len(named & main) >= max(_FEWEST, _MOST * len(main))
            if count.is_contents(run) and (alone or before or whole or _title_of(run[0]) is not None):
                _take_out(run, book)
            else:
                stack += [(part, section) for part in run if count.links.get(part)]


def _runs(element: Element, count: _Count) -> list[list[Element]]:
    """The children of ``element`` that hold links: neighbours that are lists of them together, the others alone."""
    runs: list[list[Element]] = [[]]
    for child in element:
        if count.is_list(child) or (runs[-1] and not count.letters.get(child)):
            runs[-1].append(child)
        else:
            runs += [[child], []] if count.links.get(child) else [[]]
    return [run for run in runs if run]


def _title_of(element: Element) -> Element | None:
    """What stands in front of ``element``, or first in it, and calls it contents."""
    before = element.getprevious()
    inside = next((child for child in element if tag(child) and one_line(child)), None)
    if before is not None and not (before.tail or "").strip() and _names_contents(before):
        return before
    return inside if inside is not None and _names_contents(inside) else None


def _take_out(run: list[Element], book: Book) -> None:
    title = _title_of(run[0])
    report(run[0], "table of contents", book)
    for element in (*run, *([title] if title is not None else [])):
        drop(element)


class _Count:
    """What each element holds: letters, letters of links to chapters, such links, headings of chapters.

    Attributes:
        letters: Letters in all.
        text: Letters that are in no heading.
        links: Links to chapters.
    """

    def __init__(self, order: Order, known: dict[str, Element]) -> None:
        self.letters: dict[Element, int] = {}
        self.text: dict[Element, int] = {}
        self.links: dict[Element, int] = {}
        self._linked: dict[Element, int] = {}
        self._loose: dict[Element, int] = {}
        self._chapters: dict[Element, int] = {}
        chapters = frozenset(known.values())
        for element in reversed(order.elements):
            below = [child for child in element if child in self.letters]
            own = _length(element.text) + sum(_length(child.tail) for child in element)
            letters = own + sum(self.letters[child] for child in below)
            is_link = tag(element) == "a" and (element.get("href") or "").removeprefix("#") in known
            self.letters[element] = letters
            self.text[element] = 0 if is_heading(element) else own + sum(self.text[child] for child in below)
            self.links[element] = 1 if is_link else sum(self.links[child] for child in below)
            self._linked[element] = letters if is_link else sum(self._linked[child] for child in below)
            blocks = [child for child in below if is_block_name(tag(child))]
            loose = letters - self._linked[element] - sum(self.letters[c] - self._linked[c] for c in blocks)
            self._loose[element] = max([loose, *(self._loose[child] for child in blocks)])
            is_chapter = is_heading(element) and element in chapters and not _names_contents(element)
            self._chapters[element] = is_chapter + sum(self._chapters[child] for child in below)

    def is_list(self, element: Element) -> bool:
        """Whether ``element`` holds links to chapters and hardly anything else, a title apart."""
        if not self.links.get(element):
            return False
        title = next((child for child in element if self.letters.get(child)), None)
        ignored = self.letters[title] if title is not None and _names_contents(title) else 0
        share = self._linked[element] >= _SHARE * (self.letters[element] - ignored)
        return share and self._loose[element] <= _LOOSE

    def is_contents(self, run: list[Element]) -> bool:
        """Whether neighbours are contents together: a lone line of text is not, nor is what holds a chapter."""
        if not all(self.is_list(element) or not self.letters[element] for element in run):
            return False
        lone = len(run) == 1 and tag(run[0]) in ("p", "li", "td")
        chapters = sum(self._chapters[element] for element in run)
        return not lone and not chapters and sum(self.links[element] for element in run) >= _FEWEST


def _length(text: str | None) -> int:
    return len("".join(text.split())) if text else 0


def _names_contents(element: Element) -> bool:
    return bare("".join(map(str, islice(element.itertext(), 20)))[:80]) in _TITLES


def _targets(book: Book, order: Order, starts: Iterable[Element]) -> dict[str, Element]:
    """Ids that links lead to and at which a file, a chapter or a heading begins → that beginning."""
    beginnings = frozenset((*book.starts.values(), *starts))
    by_id = {element.get("id"): element for element in order.elements if element.get("id")}
    found: dict[str, Element] = {}
    for name in frozenset(_links(order)):
        element = by_id.get(name)
        block = outermost(element) if element is not None else None
        lines = order.lines(block, ()) if block is not None else []
        if block is not None and block in beginnings:
            found[name] = block
        elif lines and is_heading(lines[0]):
            found[name] = lines[0]
    return found


def _links(order: Order) -> Iterator[str]:
    """Ids to which links lead, references to notes left out."""
    for element in order.elements:
        if tag(element) == "a" and (element.get("href") or "").startswith("#"):
            raised = [near for near in (element.getparent(), *element) if near is not None and tag(near) == "sup"]
            if not raised and not kinds(element) & {"noteref", "doc-noteref"}:
                yield (element.get("href") or "")[1:]
