"""Chapters as the table of contents has them: each of its lines gets one heading, at its place and of its level.

A line at depth d becomes a heading of level d + 2 (the book itself is level 1). Where a heading stands at the place, it
is that one, joined where it is spread over several lines; where a line of text repeats the label, that becomes the
heading; and where nothing does (a title drawn as an image), the label is put in. Headings that the table of contents
does not know go below the one above them. Without a table of contents the headings keep their order of levels.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice, zip_longest
from typing import TYPE_CHECKING

from lxml import etree

from pipeline.text.dom.page import LINES, PART
from pipeline.text.dom.sections import same_text
from pipeline.text.dom.source import Element, line_of, one_line, tag
from pipeline.text.epub.join import join, matching, rename
from pipeline.text.epub.lines import Order, bare, is_heading, is_number, order_of, outermost
from pipeline.text.epub.page import drop

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.text.epub.book import Book
    from pipeline.text.epub.nav import Entry

_TOP = 2
"""Level of a chapter's heading."""
_LOWEST = 6
_ENTRIES = 10_000
"""Lines of a table of contents that are followed; one of all chapters of the Bible has 1,300."""
_FRONT_LETTERS = 1500
"""Letters of text before which a heading that repeats the book's title is that of the title page."""


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the table of contents and where it leads.

    Attributes:
        label: Its words.
        start: The block with which the chapter begins, or the element of the whole file.
        level: Level of its heading.
    """

    label: str
    start: Element
    level: int


def places_of(contents: Iterable[Entry], book: Book, titles: Sequence[str]) -> tuple[Place, ...]:
    """The lines of the table of contents that lead to something; those below the book's own title are raised to it."""
    found: list[tuple[str, Element, int]] = []
    raised = 0
    for entry in islice(contents, _ENTRIES):
        if entry.depth == 0:
            raised = int(is_title(entry.label, titles))
        element = book.at(entry.target) if entry.target else None
        if element is None and entry.target:  # an id that is not there: at least the file is
            element = book.starts.get(entry.target.part)
        if element is not None and any(up is book.root for up in element.iterancestors()):
            found.append((entry.label, outermost(element), max(0, entry.depth - raised)))
    least = min((depth for _, _, depth in found), default=0)
    return tuple(Place(label, start, min(_LOWEST, depth - least + _TOP)) for label, start, depth in found)


def set_chapters(places: Sequence[Place], book: Book, titles: Sequence[str]) -> None:
    """Give every heading of ``book`` its level, put in those that are missing, take out the book's own title.

    Args:
        places: What `places_of` gave.
        book: The merged book.
        titles: The titles of the book.
    """
    order = order_of(book.root)
    groups: dict[Element, list[Place]] = {}
    for place in places:
        if _holds_something(place.start):
            groups.setdefault(place.start, []).append(place)
    levels: dict[Element, int] = {}
    if len(groups) > 1 or sum(map(is_heading, order.elements)) <= 1:
        for start, group in _without_repeats(groups, order):
            lines = order.lines(start, groups.keys() - {start})
            number = order.line_before(start)
            if number is not None and is_number(one_line(number)) and number not in groups.keys() | levels.keys():
                label = group[-1].label
                lines = [number, *lines] if matching(label, lines) or matching(label, [number, *lines]) else lines
            levels |= _headings(start, group, lines)
    for heading in list(_own_titles(book.root, titles)):
        drop(heading)
    _set_levels([element for element in book.root.iter() if tag(element) and is_heading(element)], levels)


def _without_repeats(groups: dict[Element, list[Place]], order: Order) -> Iterator[tuple[Element, list[Place]]]:
    """The groups in order of reading, without a line that says again what the next one at the same place says."""
    starts = sorted(groups, key=order.index.__getitem__)
    for start, after in zip_longest(starts, starts[1:]):
        group = list({bare(place.label): place for place in reversed(groups[start])}.values())[::-1]
        lines = order.lines(start, ())
        if after is not None and lines and _begins_with(lines[0], after):
            known = {bare(place.label) for place in groups[after]}
            group = [place for place in group if bare(place.label) not in known]
        if group:
            yield start, group


def _begins_with(line: Element, start: Element) -> bool:
    return line is start or any(up is start for up in line.iterancestors())


def _headings(start: Element, group: list[Place], lines: list[Element]) -> dict[Element, int]:
    """The headings for lines of the table of contents that lead to the same place, outer ones first."""
    levels: dict[Element, int] = {}
    for place in group:
        count = matching(place.label, lines)
        before = lines[0] if lines else start
        if count:
            levels[join(lines[:count], place.label)] = place.level
            lines = lines[count:]
        elif place is not group[-1] or not lines:
            levels[_insert(place, before)] = place.level
        else:
            levels |= _adopted(place, lines)
    return levels


def _adopted(place: Place, lines: list[Element]) -> dict[Element, int]:
    """The heading among ``lines`` that ``place`` means though its label says something else, or a new one."""
    exact = next((at for at in range(len(lines)) if matching(place.label, lines[at:])), None)
    at = exact if exact is not None else next((at for at, line in enumerate(lines) if is_heading(line)), None)
    if at is None:
        wanted, first = bare(place.label), bare(one_line(lines[0]))
        if is_number(one_line(lines[0])) and first in (wanted[: len(first)], wanted[-len(first) :]):
            return {rename(lines[0], place.label): place.level}
        return {_insert(place, lines[0]): place.level}
    count = matching(place.label, lines[at:]) or 1
    before, heading, rest = lines[:at], lines[at : at + count], lines[at + count :]
    if before and all(is_number(one_line(line)) for line in before):
        return {join(before + heading, place.label): place.level}
    if exact is None and before and bare(one_line(heading[0])) not in bare(place.label):
        return {_insert(place, lines[0]): place.level}
    if exact is None and is_number(one_line(heading[0])):
        if rest and is_heading(rest[0]):
            return {join([*heading, rest[0]], place.label): place.level}
        if bare(place.label).startswith(bare(one_line(heading[0]))):
            return {rename(heading[0], place.label): place.level}
    if any(map(is_heading, before)):  # such as a part that is not in the table of contents
        title = next(line for line in before if is_heading(line))
        return {title: place.level, join(heading, place.label): place.level}
    made = join(heading, place.label)
    if before:  # an author's name above an essay's title belongs to the essay, not to the chapter before
        drop(made)
        before[0].addprevious(made)
    return {made: place.level}


def _insert(place: Place, before: Element) -> Element:
    heading = etree.Element("h2")
    heading.text = place.label
    picture = next(place.start.iter("img"), None)
    if picture is not None and bare(picture.get("alt") or "") == bare(place.label):
        picture.set("alt", "")  # a title drawn as an image: its words are the heading now
    line = line_of(before)
    heading.set(LINES, f"{line}:{line}")
    if before.tag == "section" and before is place.start and before.get("id") is not None and _is_file(before):
        heading.tail, before.text = before.text, None
        before.insert(0, heading)
    else:
        before.addprevious(heading)
    return heading


def _is_file(element: Element) -> bool:
    parent = element.getparent()
    return parent is not None and parent.getparent() is None


def _holds_something(start: Element) -> bool:
    return not _is_file(start) or bool(one_line(start)) or any(True for _ in start.iter("img", "svg", "math"))


def _own_titles(root: Element, titles: Sequence[str]) -> Iterator[Element]:
    """The first headings of the book that only repeat its title."""
    letters = 0
    inside: Element | None = None
    for element in root.iter():
        if inside is not None and any(up is inside for up in element.iterancestors()):
            continue
        if is_heading(element):
            if not is_title(one_line(element), titles):
                return
            inside = element
            yield element
        else:
            letters += len(bare(element.text or ""))
            if letters > _FRONT_LETTERS:
                return


def is_title(text: str, titles: Sequence[str]) -> bool:
    """Whether ``text`` is one of the book's titles."""
    return any(same_text(text, title) for title in titles)


def _set_levels(headings: list[Element], levels: dict[Element, int]) -> None:
    """Give each heading its level; ``levels`` are those of the table of contents, below which the others go.

    A file of which the table of contents knows nothing goes below the heading with which the file before it begins, not
    below the last of its sections.
    """
    shift = 0 if levels else _TOP - min(map(_own_level, headings), default=_TOP)
    level = outer = _TOP - 1
    above: list[int] = []
    file = ""
    for heading in headings:
        own, new_file = _own_level(heading), _file_of(heading)
        if heading in levels:
            level, above = levels[heading], []
            outer = level if new_file != file else outer
            new = level
        elif levels:
            level, above = (outer, []) if new_file != file else (level, above)
            while above and above[-1] >= own:
                above.pop()
            above.append(own)
            new = level + len(above)
        else:
            new = own + shift
        file = new_file
        heading.tag = f"h{min(_LOWEST, new)}"


def _file_of(element: Element) -> str:
    return next((part for up in element.iterancestors() if (part := up.get(PART))), "")


def _own_level(heading: Element) -> int:
    given = tag(heading)[1:] if re.fullmatch("h[1-6]", tag(heading)) else heading.get("aria-level") or ""
    return int(given) if given in tuple("123456") else _TOP
