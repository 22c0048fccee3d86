"""Lists: ordered or not, from which number, tasks and their state; definition lists as terms with what they mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from pipeline.model.document import Block, Item, List, Paragraph
from pipeline.text.dom_page import position
from pipeline.text.dom_source import Element, tag

Blocks = Callable[[Element], Iterable[Block]]


def items(element: Element, blocks: Blocks, is_apart: Callable[[Element], bool]) -> Iterator[Block]:
    """The list in a ``<ul>`` or ``<ol>``.

    Args:
        element: The list.
        blocks: Gives the blocks inside an entry.
        is_apart: Tells children that do not belong to the list, such as footnotes: their blocks stand by themselves.
    """
    entries: list[Item] = []
    start = _number(element.get("start"), 1)
    for child in element:
        if not tag(child):
            continue
        if is_apart(child):
            yield from _made(element, entries, start)
            entries = []
            yield from blocks(child)
        elif tag(child) == "li":
            if not entries:
                start = _number(child.get("value"), start)
            inner = tuple(blocks(child))
            if inner:
                entries.append(Item(blocks=inner, checked=_checked(child), position=position(child)))
        else:  # a list right inside a list, or other content that browsers forgive
            inner = tuple(blocks(child))
            if entries:
                entries[-1] = replace(entries[-1], blocks=entries[-1].blocks + inner)
            elif inner:
                entries.append(Item(blocks=inner, position=position(child)))
    yield from _made(element, entries, start)


def definitions(element: Element, blocks: Blocks, is_apart: Callable[[Element], bool]) -> Iterator[Block]:
    """The list in a ``<dl>``: one entry for each term, the term in strong letters, its meanings behind it."""
    groups: list[tuple[Element, list[Block]]] = []
    for child in _parts(element):
        if is_apart(child):
            yield from blocks(child)
            continue
        name, inner = tag(child), list(blocks(child))
        if name == "dt":
            inner = [_strong(block) for block in inner]
        if name == "dt" or not groups:
            groups.append((child, inner))
        else:
            groups[-1][1].extend(inner)
    entries = tuple(Item(blocks=tuple(inner), position=position(first)) for first, inner in groups if inner)
    if entries:
        yield List(ordered=False, items=entries, position=position(element))


def _made(element: Element, entries: list[Item], start: int) -> Iterator[Block]:
    if entries:
        ordered = tag(element) == "ol"
        yield List(ordered=ordered, items=tuple(entries), start=start if ordered else 1, position=position(element))


def _parts(element: Element) -> Iterator[Element]:
    """Terms and meanings, also those in the groups that HTML allows."""
    for child in element:
        if tag(child) == "div":
            yield from (below for below in child if tag(below))
        elif tag(child):
            yield child


def _strong(block: Block) -> Block:
    if not isinstance(block, Paragraph):
        return block
    return replace(block, text=tuple(replace(span, emphasis="strong") for span in block.text))


def _checked(entry: Element) -> bool | None:
    for below in entry.iter("input"):
        if (below.get("type") or "").lower() == "checkbox" and next(below.iterancestors("li"), None) is entry:
            return below.get("checked") is not None
    return None


def _number(value: str | None, default: int) -> int:
    value = (value or "").strip()
    digits = value.removeprefix("-")
    return int(value) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else default
