"""Numbered paragraphs of a Word file: which list they belong to, and the number that Word shows for them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pipeline.text.docx.names import W, number, value
from pipeline.text.docx.styles import indent_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.text.dom.source import Element

LEVELS = 9
"""Levels of a list."""
_LINKS = 5
"""Lists that a list may be linked to, one behind the other."""
_LONGEST = 100
"""Characters of a mark."""
_MOST = 1_000_000
"""The highest number that is counted to."""
_BOXES = {"☐": False, "☑": True, "☒": True, "\uf06f": False, "\uf0a8": False, "\uf0fe": True, "\uf0fd": True}
"""Bullets that are boxes to tick → whether they are ticked; the last four stand in Wingdings."""
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """How one level of a list is numbered.

    Attributes:
        form: ``"decimal"``, ``"bullet"``, ``"lowerLetter"`` … (``w:numFmt``).
        start: The first number.
        text: The mark as shown, with ``%1`` for the number of the first level and so on.
        style: Id of the paragraph style that stands for this level; or empty.
        indent: Left indent in twentieths of a point; None where it says nothing.
        restart: The level (from 1) whose entries start the count anew; 0: none; -1: every higher one.
    """

    form: str = "decimal"
    start: int = 1
    text: str = ""
    style: str = ""
    indent: int | None = None
    restart: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A paragraph's place in a list.

    Attributes:
        key: The list: paragraphs with the same key count together.
        level: From 0.
        ordered: Whether a number is shown rather than a bullet.
        number: Its number; 0 for a bullet.
        mark: What is shown in front of it: ``"2.1"``, ``"•"``; empty where nothing is.
        checked: Whether the box that is its bullet is ticked; None for all other bullets.
        indent: Left indent that the list gives, in twentieths of a point.
    """

    key: str
    level: int
    ordered: bool
    number: int = 0
    mark: str = ""
    checked: bool | None = None
    indent: int = 0


@dataclass(slots=True)
class _Count:
    """How far one list has counted: the last number of each level, None before the first."""

    last: list[int | None] = field(default_factory=lambda: [None] * LEVELS)
    begun: set[str] = field(default_factory=set)


class Numbering:
    """The lists of a file; it counts, so paragraphs must be given to `entry` in their order."""

    def __init__(self, root: Element | None) -> None:
        """Read the numbering part; without one there are no lists."""
        self._abstract: dict[str, Element] = {}
        self._by_link: dict[str, str] = {}
        self._nums: dict[str, Element] = {}
        self._levels: dict[str, tuple[str, dict[int, Level], dict[int, int]]] = {}
        self._counts: dict[str, _Count] = {}
        for element in root if root is not None else ():
            if element.tag == f"{W}abstractNum":
                name = element.get(f"{W}abstractNumId") or ""
                self._abstract.setdefault(name, element)
                self._by_link.setdefault(value(element.find(f"{W}styleLink")), name)
            elif element.tag == f"{W}num":
                self._nums.setdefault(element.get(f"{W}numId") or "", element)

    def entry(self, num: str, level: int, style: str = "") -> Entry | None:
        """The next entry of the list ``num``.

        Args:
            num: The list's id; ``"0"`` and unknown ones are no list.
            level: From 0; -1: the level that ``style`` stands for, else the first.
            style: Id of the paragraph's style.
        """
        if num not in self._nums:
            return None
        if num not in self._levels:
            self._levels[num] = self._read(self._nums[num])
        key, levels, starts = self._levels[num]
        if level < 0:
            level = next((at for at, one in sorted(levels.items()) if style and one.style == style), 0)
        level = min(level, LEVELS - 1)
        if level not in levels:
            return None
        return self._next(num, key, level, levels, starts)

    def _next(
        self, num: str, key: str, level: int, levels: Mapping[int, Level], starts: Mapping[int, int]
    ) -> Entry | None:
        one = levels[level]
        indent = one.indent or 0
        if one.form == "bullet" or "%" not in one.text:
            shown = one.text.strip()
            checked = _BOXES.get(shown[:1])
            return Entry(key=key, level=level, ordered=False, mark=shown, checked=checked, indent=indent)
        count = self._counts.setdefault(key, _Count())
        if num not in count.begun:
            count.begun.add(num)
            for at, start in starts.items():
                count.last[at] = start - 1
        last = count.last[level]
        count.last[level] = one.start if last is None else min(last + 1, _MOST)
        for deeper in range(level + 1, LEVELS):
            restart = levels[deeper].restart if deeper in levels else -1
            if restart < 0 or level < restart:
                count.last[deeper] = None
        for higher in range(level):
            if count.last[higher] is None:
                count.last[higher] = levels[higher].start if higher in levels else 1
        mark = re.sub(r"%([1-9])", lambda found: _shown(levels, count.last, int(found[1]) - 1), one.text).strip()
        numbered = count.last[level] or 0
        ordered = one.form != "none" and bool(mark)
        return Entry(key=key, level=level, ordered=ordered, number=numbered, mark=mark, indent=indent)

    def _read(self, num: Element) -> tuple[str, dict[int, Level], dict[int, int]]:
        """Key, levels and changed first numbers of a list."""
        key = value(num.find(f"{W}abstractNumId"))
        for _ in range(_LINKS):
            element = self._abstract.get(key)
            link = value(element.find(f"{W}numStyleLink")) if element is not None else ""
            if not link or link not in self._by_link:
                break
            key = self._by_link[link]
        element = self._abstract.get(key)
        found = element.iterchildren(f"{W}lvl") if element is not None else ()
        levels: dict[int, Level] = {}
        for level in found:
            levels.setdefault(_at(level), _level(level))
        starts: dict[int, int] = {}
        for change in num.iterchildren(f"{W}lvlOverride"):
            own, start = change.find(f"{W}lvl"), change.find(f"{W}startOverride")
            at = _at(change)
            if own is not None:
                levels[at] = _level(own)
            if start is not None:
                starts[at] = number(value(start), 1)
                levels[at] = replace(levels.get(at, Level(text=f"%{at + 1}.")), start=starts[at])
        return key, levels, starts


def _at(element: Element) -> int:
    return min(max(number(element.get(f"{W}ilvl") or "0"), 0), LEVELS - 1)


def _level(element: Element) -> Level:
    text = element.find(f"{W}lvlText")
    restart = element.find(f"{W}lvlRestart")
    start = element.find(f"{W}start")
    return Level(
        form=value(element.find(f"{W}numFmt")) or "decimal",
        start=number(value(start), 1) if start is not None else 1,
        text=value(text)[:_LONGEST] if text is not None else f"%{_at(element) + 1}.",
        style=value(element.find(f"{W}pStyle")),
        indent=indent_of(element.find(f"{W}pPr")),
        restart=number(value(restart), -1) if restart is not None else -1,
    )


def _shown(levels: Mapping[int, Level], last: list[int | None], level: int) -> str:
    form = levels[level].form if level in levels else "decimal"
    return written(last[level] or 0, form)


def written(count: int, form: str) -> str:
    """``count`` as a list shows it: ``"lowerRoman"`` 4 is ``iv``, ``"upperLetter"`` 28 is ``BB``."""
    if form in ("lowerLetter", "upperLetter") and 0 < count <= 780:
        text = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return text.upper() if form == "upperLetter" else text
    if form in ("lowerRoman", "upperRoman") and 0 < count < 4000:
        text, rest = "", count
        for size, sign in _ROMAN:
            text += sign * (rest // size)
            rest %= size
        return text.upper() if form == "upperRoman" else text
    if form in ("none", "bullet"):
        return ""
    return f"{count:02}" if form == "decimalZero" else str(count)
