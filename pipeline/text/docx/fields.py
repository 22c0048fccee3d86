"""Fields of a Word file: links, tables of contents, page numbers; what each shows, and where it ends."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.text.docx.names import MC, W

if TYPE_CHECKING:
    from pipeline.text.dom.source import Element

_CONTENTS = ("TOC", "INDEX", "TOA", "RD")
_PAGES = ("PAGE", "NUMPAGES", "SECTIONPAGES")
_ARGUMENT = re.compile(r'\\(?P<switch>[a-z@*#])|"(?P<quoted>[^"]*)"|(?P<bare>[^\s"\\]+)', re.IGNORECASE)
_UNREAD = (f"{MC}Fallback", f"{W}del", f"{W}moveFrom")
_DEEPEST = 50
"""Fields in one another; Word writes three at most, and of a file with more no field is believed."""
_LONGEST = 4000
"""Characters of a field's instruction that are read."""


@dataclass(slots=True)
class Field:
    """One field: what it is told to show, and whether its result has begun."""

    begin: Element
    told: str = ""
    shows: bool = False

    @property
    def name(self) -> str:
        """The instruction's first word: ``HYPERLINK``, ``TOC``, ``PAGE``."""
        return next(iter(self.told.split(None, 1)), "").upper()


@dataclass(slots=True)
class Fields:
    """The fields that are open at the current place of one part.

    Attributes:
        whole: Marks of those fields that both begin and end in the part: all others are not believed.
    """

    whole: frozenset[Element]
    open: list[Field] = field(default_factory=list)

    @property
    def silent(self) -> str:
        """Why nothing is shown here: ``"code"``, ``"contents"`` or ``"page"``; empty where it is."""
        for one in self.open:
            if not one.shows:
                return "code"
            if one.name in _CONTENTS:
                return "contents"
            if one.name in _PAGES:
                return "page"
        return ""

    @property
    def href(self) -> str:
        """The target of the link that this place belongs to; else empty."""
        return next((link_of(one.told) for one in reversed(self.open) if one.shows and one.name == "HYPERLINK"), "")

    def tell(self, text: str) -> None:
        """More of the innermost field's instruction."""
        if self.open and not self.open[-1].shows and len(self.open[-1].told) < _LONGEST:
            self.open[-1].told += text

    def mark(self, element: Element) -> Field | None:
        """Take a ``<w:fldChar>``; the field, where it ends."""
        kind = element.get(f"{W}fldCharType")
        if element not in self.whole:
            return None
        if kind == "begin":
            self.open.append(Field(begin=element))
        elif self.open and kind == "separate":
            self.open[-1].shows = True
        return self.open.pop() if self.open and kind == "end" else None


def fields_in(root: Element) -> Fields:
    """The fields of a part, none of them open; marks that have no partner are not among them."""
    stack: list[list[Element]] = []
    whole: set[Element] = set()
    for mark in root.iter(f"{W}fldChar"):
        kind = mark.get(f"{W}fldCharType")
        if next(mark.iterancestors(*_UNREAD), None) is not None:
            continue
        if kind == "begin":
            stack.append([mark])
            if len(stack) > _DEEPEST:
                return Fields(whole=frozenset())
        elif kind == "separate" and stack and len(stack[-1]) == 1:
            stack[-1].append(mark)
        elif kind == "end" and stack:
            whole.update(stack.pop(), [mark])
    return Fields(whole=frozenset(whole))


def link_of(told: str) -> str:
    r"""The target that ``HYPERLINK "https://example.org" \l "part"`` names; ``#part`` for a place in the file."""
    target, anchor, switch = "", "", ""
    for found in list(_ARGUMENT.finditer(told[:_LONGEST]))[1:]:
        if found["switch"]:
            switch = found["switch"].lower()
            continue
        text = found["quoted"] if found["quoted"] is not None else found["bare"]
        if switch == "l":
            anchor = anchor or text
        elif not switch:
            target = target or text
        switch = ""
    return f"{target}#{anchor}" if anchor else target
