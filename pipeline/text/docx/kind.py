"""What a Word paragraph is: by its style, its own properties, its place in a list, and its words."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.text.docx.found import Line
from pipeline.text.docx.names import W, value
from pipeline.text.docx.numbering import Entry
from pipeline.text.docx.styles import Style, indent_of, numbering_of, outline_level

if TYPE_CHECKING:
    from pipeline.text.dom.source import Element

_STARS = re.compile(r"(?:[*•·∙⁎＊] ?){3,}|[-–—_=~]{3,}|[⁂❦❧☙]")
"""Paragraphs that stand for a line between two scenes."""
_LOOKS_ONLY = ("heading", "typed", "code", "break", "table heading")
"""Kinds that other signs have overruled by the time they are looked at."""


def line_of(
    properties: Element | None,
    style: Style,
    entry: Entry | None,
    *,
    text: str | None,
    rule: bool = False,
    ticked: bool | None = None,
) -> Line:
    """What a paragraph is; its number and its text box are not known here.

    Args:
        properties: Its ``<w:pPr>``.
        style: Its style.
        entry: Its place in a list, by number or bullet.
        text: Its words; None where there is nothing in it to see.
        rule: Whether a line is drawn in it.
        ticked: Whether the box in front of its words is ticked.
    """
    own = outline_level(properties)
    level = own if own is not None and style.kind in ("", "heading") and (own or not style.kind) else style.level
    heading = level if style.kind in ("", "heading") else 0
    indents = (indent_of(properties), entry.indent if entry is not None else None, style.indent)
    line = Line(
        number=0,
        kind=style.kind,
        words=style.words,
        indent=next((indent for indent in indents if indent is not None), 0),
    )
    if text is None and (rule or style.kind == "break" or _is_ruled(properties)):
        return replace(line, kind="break")
    if heading:
        return replace(line, kind="heading", level=heading)
    if entry is not None and entry.mark:
        deep = style.level if style.kind.startswith("list ") else 0  # “List Bullet 2” is a list of its own at level 1
        placed = replace(entry, level=max(entry.level, deep))
        return replace(line, kind="entry", entry=placed, checked=entry.checked if ticked is None else ticked)
    if entry is not None:
        return replace(line, inside=entry.level + 1, kind="" if style.kind in _LOOKS_ONLY else style.kind)
    if style.kind.startswith("list ") and numbering_of(properties) is None:
        return _listed(line, style, ticked)
    if ticked is not None and text is not None:
        return replace(line, kind="entry", entry=Entry(key="tasks", level=0, ordered=False, mark="☐"), checked=ticked)
    if text is not None and _STARS.fullmatch(text):
        return replace(line, kind="break")
    return replace(line, kind="") if style.kind in _LOOKS_ONLY or style.kind.startswith("list ") else line


def _listed(line: Line, style: Style, ticked: bool | None) -> Line:
    """An entry of a list that only the name of its style makes one."""
    kind = style.kind.removeprefix("list ")
    if kind == "continue":
        return replace(line, kind="", inside=style.level + 1)
    entry = Entry(key=kind, level=style.level, ordered=kind == "number", mark=kind)
    return replace(line, kind="entry", entry=entry, checked=ticked)


def _is_ruled(properties: Element | None) -> bool:
    """Whether a line is drawn above or below."""
    lines = properties.find(f"{W}pBdr") if properties is not None else None
    drawn = (lines.find(W + side) for side in ("bottom", "top", "between")) if lines is not None else ()
    return any(line is not None and value(line) not in ("", "none", "nil") for line in drawn)
