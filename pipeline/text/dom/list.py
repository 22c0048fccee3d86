"""Lists: ordered or not, from which number, tasks and their state; definition lists as terms with their meanings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from pipeline.model.document import Block, Inline, Item, List, Paragraph, Span
from pipeline.text.dom.inline import tidy
from pipeline.text.dom.page import position
from pipeline.text.dom.source import Element, tag

_PARTS = ("dt", "dd")
Blocks = Callable[[Element], Iterable[Block]]


def items(element: Element, blocks: Blocks, is_apart: Callable[[Element], bool]) -> Iterator[Block]:
    """The list in a ``<ul>`` or ``<ol>``; one whose numbers jump becomes several.

    One that counts down says its numbers in its entries, since an ordered list of ours counts up.

    Args:
        element: The list.
        blocks: Gives the blocks inside an entry.
        is_apart: Tells children that do not belong to the list, such as footnotes: their blocks stand by themselves.
    """
    entries: list[Item] = []
    number = start = _number(element.get("start"), _length(element) if _is_reversed(element) else 1)
    for child in element:
        if not tag(child):
            continue
        if is_apart(child):
            yield from _made(element, entries, start)
            entries, start = [], number
            yield from blocks(child)
        elif tag(child) == "li":
            given = _number(child.get("value"), number) if tag(element) == "ol" else number
            if given != number and not _is_reversed(element):  # a list of ours counts one by one
                yield from _made(element, entries, start)
                entries = []
            number = given
            start = start if entries else number
            inner = tuple(blocks(child))
            if inner:
                inner = _numbered(inner, number) if _is_reversed(element) else inner
                entries.append(Item(blocks=inner, checked=_checked(child), position=position(child)))
                number += -1 if _is_reversed(element) else 1
        else:  # a list right inside a list, or other content that browsers forgive
            inner = tuple(blocks(child))
            if entries:
                entries[-1] = replace(entries[-1], blocks=entries[-1].blocks + inner)
            elif inner:
                entries.append(Item(blocks=inner, position=position(child)))
                number += 1
    yield from _made(element, entries, start)


def definitions(
    element: Element, blocks: Blocks, line: Callable[[Element], Inline], is_apart: Callable[[Element], bool]
) -> Iterator[Block]:
    """The list in a ``<dl>``: each entry holds the terms that stand together and what they mean.

    A list without terms only indents its text, and one without meanings only sets words apart: both are no lists.

    Args:
        element: The list.
        blocks: Gives the blocks inside a meaning.
        line: Gives the text of a term.
        is_apart: Tells children that do not belong to the list, such as footnotes.
    """
    entries: list[Item] = []
    for child in _parts(element):
        if is_apart(child):
            yield from blocks(child)
        elif tag(child) == "dt":
            following = child.getnext() if not is_misplaced(child) else None
            term = line(child) if following is None or not is_apart(following) else ()
            if term and (not entries or entries[-1].blocks):
                entries.append(Item(blocks=(), terms=(term,), position=position(child)))
            elif term:
                entries[-1] = replace(entries[-1], terms=(*entries[-1].terms, term))
        elif inner := tuple(blocks(child)):
            if entries:
                entries[-1] = replace(entries[-1], blocks=(*entries[-1].blocks, *inner))
            else:
                entries.append(Item(blocks=inner, position=position(child)))
    if not any(item.terms for item in entries):
        yield from (block for item in entries for block in item.blocks)
    elif not any(item.blocks for item in entries):
        for item in entries:
            yield from (Paragraph(text=_strong(term), position=item.position) for term in item.terms)
    else:
        yield List(ordered=False, items=tuple(entries), position=position(element))


def _made(element: Element, entries: list[Item], start: int) -> Iterator[Block]:
    if entries:
        ordered = tag(element) == "ol" and not _is_reversed(element)
        yield List(ordered=ordered, items=tuple(entries), start=start if ordered else 1, position=position(element))


def _numbered(blocks: tuple[Block, ...], number: int) -> tuple[Block, ...]:
    """``blocks`` of an entry with its number in front of the first line."""
    first = blocks[0]
    if isinstance(first, Paragraph):
        return (replace(first, text=tidy((Span(text=f"{number}. "), *first.text))), *blocks[1:])
    return (Paragraph(text=(Span(text=f"{number}."),), position=first.position), *blocks)


def is_misplaced(child: Element) -> bool:
    """Whether a term or meaning lies in another, because the parser overlooked that the end tag may be left out."""
    around = child.getparent()
    return tag(child) in _PARTS and around is not None and tag(around) in _PARTS


def _parts(element: Element) -> Iterator[Element]:
    """Terms and meanings, also those in the groups that HTML allows, and those that the parser put into others."""
    waiting = list(reversed(element))
    while waiting:
        child = waiting.pop()
        inner = [below for below in child if tag(child) == "div" or is_misplaced(below)]
        waiting.extend(reversed(inner))
        if tag(child) and tag(child) != "div":
            yield child


def _strong(text: Inline) -> Inline:
    return tuple(replace(span, emphasis="strong") for span in text)


def _is_reversed(element: Element) -> bool:
    return tag(element) == "ol" and element.get("reversed") is not None


def _length(element: Element) -> int:
    return sum(tag(child) == "li" for child in element)


def _checked(entry: Element) -> bool | None:
    for below in entry.iter("input"):
        if (below.get("type") or "").lower() == "checkbox" and next(below.iterancestors("li"), None) is entry:
            return below.get("checked") is not None
    return None


def _number(value: str | None, default: int) -> int:
    value = (value or "").strip()
    digits = value.removeprefix("-")
    return int(value) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else default
