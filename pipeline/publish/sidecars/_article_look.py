"""How an article is written: what the sidecars ask of the page, and how any text is made fit for it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pipeline.model.document import Span
    from pipeline.model.timeline import Cue

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Characters that XML or HTML forbids."""
_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_RIGHT_TO_LEFT = {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"}
_RIGHT_TO_LEFT_SCRIPTS = {"adlm", "arab", "aran", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"}

_SHIFTS = {"sub": "sub", "super": "sup"}
_EMPHASIS = {"emphasis": "em", "strong": "strong"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A picture as a page shows it: its address, relative to the page, and its size."""

    address: str
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How the article is written.

    Attributes:
        xml: XHTML with ``xml:lang`` and ``epub:type`` (its root must bind the prefix), else HTML.
        words: Whether each word that is heard has an element.
        times: Whether elements bear their times.
        moment: Gives the address of a cue's moment: the sentence is then a link to it, beside its own links.
        images: By source of a figure its picture; other pictures are addresses in words.
        undescribed: What is said of a picture of which the article says nothing.
        direction: Of the article's own language; a passage that is written the other way says so.
    """

    xml: bool = False
    words: bool = False
    times: bool = False
    moment: Callable[[Cue], str] | None = None
    images: Mapping[str, Shown] = field(default_factory=dict)
    undescribed: str = ""
    direction: str = "ltr"

    def tongue(self, language: str) -> dict[str, str]:
        """The attributes that tell the language of an element; none for what is no language tag."""
        if not _TAG.fullmatch(language):
            return {}
        given = {"lang": language, "xml:lang": language} if self.xml else {"lang": language}
        way = direction(language)
        return given if way == self.direction else given | {"dir": way}


def direction(language: str) -> str:
    """``"rtl"`` or ``"ltr"``, as a language is written: by the script that its tag names, else the usual one."""
    name, *parts = language.lower().split("-")
    script = next((one for one in parts if len(one) == 4 and one.isalpha()), "")
    return "rtl" if (script in _RIGHT_TO_LEFT_SCRIPTS if script else name in _RIGHT_TO_LEFT) else "ltr"


def escape(text: str) -> str:
    """``text`` fit for an element or a quoted attribute; characters that XML forbids are gone."""
    text = _UNFIT.sub("", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def opening(tag: str, attributes: Mapping[str, str]) -> str:
    """A start tag without its end: ``<tag name="value"``."""
    return f"<{tag}" + "".join(f' {name}="{escape(text)}"' for name, text in attributes.items())


def marked(shown: str, span: Span) -> str:
    """``shown`` in the elements that say what ``span`` is: code, an index, emphasis, an abbreviation."""
    for tag in (
        "code" if span.code or span.formula else "",
        _SHIFTS.get(span.shift, ""),
        _EMPHASIS.get(span.emphasis, ""),
    ):
        shown = f"<{tag}>{shown}</{tag}>" if tag else shown
    return f"{opening('abbr', {'title': span.expansion})}>{shown}</abbr>" if span.expansion else shown
