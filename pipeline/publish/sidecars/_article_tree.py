"""The article as a tree of elements whose leaves are lines: what can be searched before it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.model.document import Aside, Footnote, List, Position, Quote

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.model.document import Block
    from pipeline.publish.sidecars._article_places import Line, Row

_HOST = r"(?:[\w.~!$&'()*+,;=:%-]*@)?(?:[\w.-]+|\[[0-9a-f:.]+\])"
_WEB = re.compile(rf"(https?://{_HOST}(?::(\d{{1,5}}))?)([/?#]\S*)?", re.IGNORECASE)
_MAIL = re.compile(r"(mailto:)()(\S+)", re.IGNORECASE)
_LAST_PORT = 65535
_UNWRITTEN = re.compile(r"[\"<>\[\\\]^`{|}\x00-\x20\x7f]|%(?![0-9A-Fa-f]{2})")
"""What no address may hold behind its host, though browsers put up with it."""


@dataclass(slots=True, kw_only=True, eq=False)
class Element:
    """An element.

    Attributes:
        block: Whether it is a block of the article, so that a paragraph may stand in front of it.
        row: Of a table: the element bears the sound of its cells.
    """

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    inside: list[Element | Line | str] = field(default_factory=list)
    parent: Element | None = None
    block: bool = False
    row: Row | None = None


@dataclass(slots=True, kw_only=True, eq=False)
class Tree:
    """The article.

    Attributes:
        root: Holds one element a block; the first is the title.
        lines: All lines in order.
        homes: The element of each line, by the line's identity.
        blocks: The first element of each place in the source.
        notes: Number of each footnote that is in the article, from 1.
        referred: How often each note was referred to: only the first mark can be come back to.
    """

    root: Element
    lines: list[Line] = field(default_factory=list)
    homes: dict[int, Element] = field(default_factory=dict)
    blocks: dict[Position, Element] = field(default_factory=dict)
    notes: dict[str, int] = field(default_factory=dict)


def safe(address: str) -> str:
    """``address`` where a page may lead there (http, https, mailto), else nothing.

    Characters that an address may not hold are written as browsers would send them: ``|`` as ``%7C``.
    """
    found = _WEB.fullmatch(address) or _MAIL.fullmatch(address)
    if found is None or int(found[2] or 0) > _LAST_PORT:
        return ""
    path, mark, fragment = (found[3] or "").partition("#")
    rest = path + mark + fragment.replace("#", "%23")
    return found[1] + _UNWRITTEN.sub(lambda one: f"%{ord(one[0]):02X}", rest)


def notes_in(blocks: Iterable[Block]) -> Iterable[Footnote]:
    """Every footnote in ``blocks``, in order."""
    for block in blocks:
        match block:
            case Footnote():
                yield block
                yield from notes_in(block.blocks)
            case Quote() | Aside():
                yield from notes_in(block.blocks)
            case List():
                for item in block.items:
                    yield from notes_in(item.blocks)
