"""Blocks of code: their text as written, and the programming language that the highlighter's class names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from pipeline.model.document import Code
from pipeline.text.dom_page import position
from pipeline.text.dom_source import tag, words_of
from pipeline.text.plain_terms import terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.text.dom_source import Element

_CLASS = re.compile(r"(?:language|lang|highlight-source|brush|sourcecode|code)[-:_ ]([a-z0-9+#.-]+)")
_BARE = terms(
    "bash c cpp csharp css go haskell html java javascript js json kotlin lua markdown perl php powershell python "
    "r ruby rust scala sh shell sql swift toml ts typescript xml yaml"
)
_GUTTER = re.compile(r"\b(linenos?|line-?numbers?|gutter|lineno|copy|clipboard)\b")


def code(element: Element) -> Code | None:
    """The code in a ``<pre>``; None where it holds nothing but white space."""
    text = "".join(_text(element)).strip("\n").rstrip()
    if not text.strip():
        return None
    return Code(text=text, language=_language(element), position=position(element))


def _text(element: Element) -> Iterator[str]:
    """All text in order, line breaks too, without line numbers and copy buttons."""
    skipped: Element | None = None
    for event, part in etree.iterwalk(element, events=("start", "end")):
        if skipped is None and event == "start":
            if tag(part) == "button" or _GUTTER.search((part.get("class") or "").lower()):
                skipped = part
            elif tag(part) == "br":
                yield "\n"
            else:
                yield part.text or ""
        elif event == "end":
            skipped = None if skipped is part else skipped
            if skipped is None and part is not element:
                yield part.tail or ""


def _language(element: Element) -> str:
    around = element.getparent()
    near = [element, *element.iterchildren(), *([around] if around is not None else [])]
    for part in near:
        given = part.get("data-lang") or part.get("data-language")
        if given:
            return given.strip().lower()
    for part in near:
        classes = words_of(part, "class")
        named = next((found[1] for word in sorted(classes) if (found := _CLASS.fullmatch(word))), "")
        bare = next(iter(sorted(classes & _BARE)), "")
        if named or bare:
            return named or bare
    return ""
