"""What the styles of a Word file mean: by their names, by what they are based on, and by how they look."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pipeline.text.docx.names import W, is_on, number, value
from pipeline.text.docx.style_names import meaning

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.text.docx.style_names import Meaning
    from pipeline.text.dom.source import Element

_DEEPEST = 20
"""Styles that a style may be based on, one behind the other."""
_SCRIPTS = ("val", "eastAsia", "bidi")
"""Attributes of ``w:lang``: for Latin, East Asian and right-to-left letters."""
_MONOSPACE = re.compile(
    r"mono\b|\bmono|courier|consolas|menlo|monaco|typewriter|fixed|andale|inconsolata|source code|fira code|cascadia|"
    r"\bcode\b|terminal",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How characters look; None where nothing is said.

    Attributes:
        shift: ``"sub"``, ``"super"`` or ``""``.
        font: Name of the typeface for Latin letters.
        language: Language tags by script: ``val`` (Latin), ``eastAsia``, ``bidi``.
    """

    bold: bool | None = None
    italic: bool | None = None
    struck: bool | None = None
    hidden: bool | None = None
    shift: str | None = None
    font: str | None = None
    language: Mapping[str, str] = field(default_factory=dict)

    def under(self, other: Look) -> Look:
        """``other``, and this where ``other`` says nothing."""
        if self is PLAIN or other is PLAIN:
            return other if self is PLAIN else self
        return Look(
            bold=self.bold if other.bold is None else other.bold,
            italic=self.italic if other.italic is None else other.italic,
            struck=self.struck if other.struck is None else other.struck,
            hidden=self.hidden if other.hidden is None else other.hidden,
            shift=self.shift if other.shift is None else other.shift,
            font=self.font if other.font is None else other.font,
            language={**self.language, **other.language} if other.language else self.language,
        )


PLAIN = Look()


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """A style with all that it inherits.

    Attributes:
        kind: What it means, as `pipeline.text.docx.style_names.Meaning` says; or empty.
        level: Of a heading, from 1; of a list by its name, from 0.
        words: What else the name says: a programming language, the kind of a box.
        look: How its characters look.
        numbering: ``(numId, level)`` of its list; the level is -1 where the list tells it; None without a list.
        indent: Left indent, in twentieths of a point.
        header_row: Of a table: whether the first row looks different.
        header_column: Whether the first column does.
    """

    kind: str = ""
    level: int = 0
    words: str = ""
    look: Look = PLAIN
    numbering: tuple[str, int] | None = None
    indent: int | None = None
    header_row: bool = False
    header_column: bool = False


NO_STYLE = Style()


class Styles:
    """The styles of a file, by kind (``paragraph``, ``character``, ``table``) and id."""

    def __init__(self, root: Element | None) -> None:
        """Read the styles part; without one every style is known by its id alone."""
        self._elements: dict[tuple[str, str], Element] = {}
        self._known: dict[tuple[str, str], Style] = {}
        self._default: dict[str, str] = {}
        self.look = PLAIN
        """How characters look where no style says anything."""
        if root is None:
            return
        for style in root.iterchildren(f"{W}style"):
            kind, name = style.get(f"{W}type") or "paragraph", style.get(f"{W}styleId") or ""
            self._elements.setdefault((kind, name), style)
            if (style.get(f"{W}default") or "0") in ("1", "true", "on"):
                self._default.setdefault(kind, name)
        self.look = look_of(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))

    def find(self, kind: str, name: str) -> Style:
        """The style ``name``; the default one for an empty name."""
        name = name or self._default.get(kind, "")
        key = (kind, name)
        if key not in self._known:
            self._known[key] = self._made(kind, name)
        return self._known[key]

    def _made(self, kind: str, name: str) -> Style:
        chain: list[Element] = []
        at = name
        while at and len(chain) < _DEEPEST and (kind, at) in self._elements:
            element = self._elements[kind, at]
            if element in chain:
                break
            chain.append(element)
            at = value(element.find(f"{W}basedOn"))
        style = NO_STYLE if chain else _named(NO_STYLE, meaning(kind, name, defined=False))
        for element in reversed(chain):
            style = _inheriting(style, element, kind)
        return style


def look_of(properties: Element | None) -> Look:
    """What the run properties ``properties`` say."""
    said = {child.tag: child for child in properties} if properties is not None else {}
    if not said:
        return PLAIN
    shift, fonts, language = said.get(f"{W}vertAlign"), said.get(f"{W}rFonts"), said.get(f"{W}lang")
    strikes = [is_on(said[name]) for name in (f"{W}strike", f"{W}dstrike") if name in said]
    bold, italic, hidden = (said.get(name) for name in (f"{W}b", f"{W}i", f"{W}vanish"))
    return Look(
        bold=None if bold is None else is_on(bold),
        italic=None if italic is None else is_on(italic),
        struck=any(strikes) if strikes else None,
        hidden=None if hidden is None else is_on(hidden),
        shift={"subscript": "sub", "superscript": "super"}.get(value(shift), "") if shift is not None else None,
        font=(fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi")) if fonts is not None else None,
        language={name: tag for name in _SCRIPTS if (tag := language.get(W + name))} if language is not None else {},
    )


def is_monospace(font: str | None) -> bool:
    """Whether a typeface of this name gives all letters the same width."""
    return bool(font and _MONOSPACE.search(font))


def outline_level(properties: Element | None) -> int | None:
    """The level from 1 that paragraph properties give a heading; 0 for body text; None where they say nothing."""
    found = properties.find(f"{W}outlineLvl") if properties is not None else None
    if found is None:
        return None
    level = number(value(found), 9)
    return level + 1 if 0 <= level <= 8 else 0


def indent_of(properties: Element | None) -> int | None:
    """The left indent in twentieths of a point; None where nothing is said."""
    found = properties.find(f"{W}ind") if properties is not None else None
    said = (found.get(f"{W}left") or found.get(f"{W}start")) if found is not None else None
    return number(said) if said else None


def numbering_of(properties: Element | None) -> tuple[str, int] | None:
    """``(numId, level)`` of the list that paragraph properties name; the level is -1 where they leave it open."""
    found = properties.find(f"{W}numPr") if properties is not None else None
    if found is None:
        return None
    level = found.find(f"{W}ilvl")
    name = found.find(f"{W}numId")
    return (value(name), number(value(level)) if level is not None else -1) if name is not None else None


def _inheriting(style: Style, element: Element, kind: str) -> Style:
    """``style`` as ``element``, which is based on it, changes it."""
    style = _named(style, meaning(kind, value(element.find(f"{W}name"))))
    paragraph = element.find(f"{W}pPr")
    level = outline_level(paragraph)
    if kind == "paragraph" and level is not None and style.kind in ("", "heading"):
        style = replace(style, kind="heading" if level else "", level=level)
    list_, indent = numbering_of(paragraph), indent_of(paragraph)
    if list_ is not None and not list_[0] and style.numbering is not None:
        list_ = (style.numbering[0], list_[1])
    parts = {part.get(f"{W}type") for part in element.iterchildren(f"{W}tblStylePr") if len(part)}
    return replace(
        style,
        look=style.look.under(look_of(element.find(f"{W}rPr"))),
        numbering=style.numbering if list_ is None else list_,
        indent=style.indent if indent is None else indent,
        header_row=style.header_row or "firstRow" in parts,
        header_column=style.header_column or "firstCol" in parts,
    )


def _named(style: Style, meant: Meaning | None) -> Style:
    """``style`` as the meaning of a name changes it."""
    if meant is None:
        return style
    if meant.kind in ("strong", "emphasis"):
        return replace(style, look=Look(bold=meant.kind == "strong" or None, italic=meant.kind == "emphasis" or None))
    return replace(style, kind=meant.kind, level=meant.level, words=meant.words)
