"""Blocks of code: their text as written, and the programming language that the highlighter's class names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from pipeline.model.document import Code
from pipeline.text.dom.page import position
from pipeline.text.dom.source import tag, words_of
from pipeline.text.plain_terms import terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.text.dom.source import Element

_CLASS = re.compile(r"(?:language|lang|highlight-source|brush|sourcecode|code)[-:_ ]([a-z0-9+#.-]+)")
_BARE = terms(
    "bash c cpp csharp css go haskell html java javascript js json kotlin lua markdown perl php powershell python "
    "r ruby rust scala sh shell sql swift toml ts typescript xml yaml"
)
_GUTTER = re.compile(
    r"(?:^|[\s_])(?:linenos?|line-?numbers?(?:-rows)?|gutter|lineno|linenodiv|lnt?|hljs-ln-\w*number\w*|hljs-ln-n|blob-num|"
    r"rouge-gutter|crayon-nums?|code-?copy|copy|clipboard|copy-\w+|copybtn)(?:$|[\s_])"
)
_CELLS = terms("code rouge-code blob-code hljs-ln-code crayon-code line-content codehilite-code")
_ROWS = terms("li div tr p")
"""Elements that are lines of code where they stand inside a ``<pre>``."""


def code(element: Element) -> Code | None:
    """The code in a ``<pre>``; None where it holds nothing but white space."""
    text = "".join(_text(element)).strip("\n").rstrip()
    if not text.strip():
        return None
    return Code(text=text, language=_language(element), position=position(element))


def listing(table: Element) -> Code | None:
    """The code in a table that highlighters make, with line numbers in cells of their own; None for other tables."""
    cells = [cell for cell in table.iter("td") if _CELLS & words_of(cell, "class")]
    numbers = [cell for cell in table.iter("td") if is_gutter(cell)]
    if not cells or not numbers or len(cells) + len(numbers) != sum(1 for _ in table.iter("td")):
        return None
    text = "\n".join("".join(_text(cell)).strip("\n") for cell in cells).rstrip()
    languages = (_language(part) for cell in cells for part in (*cell.iter("pre", "code"), cell))
    around = next(filter(None, languages), "") or next(
        filter(None, map(_language, table.iterancestors("div", "figure"))), ""
    )
    return Code(text=text, language=around, position=position(table)) if text.strip() else None


def is_gutter(element: Element) -> bool:
    """Whether ``element`` holds line numbers beside code, or a button to copy it."""
    return tag(element) == "button" or bool(_GUTTER.search((element.get("class") or "").lower()))


def _text(element: Element) -> Iterator[str]:
    """All text in order, line breaks too, without line numbers and copy buttons."""
    skipped: Element | None = None
    last = ""
    for event, part in etree.iterwalk(element, events=("start", "end")):
        piece = ""
        if skipped is None and event == "start":
            if part is not element and tag(part) not in ("pre", "code") and is_gutter(part):
                skipped = part
            else:
                piece = "\n" if tag(part) == "br" else part.text or ""
        elif event == "end":
            skipped = None if skipped is part else skipped
            if skipped is None and part is not element:
                piece = part.tail or ""
                if tag(part) in _ROWS and last[-1:] not in ("", "\n"):
                    piece = "\n" + piece.lstrip(" \t\n") if piece.isspace() else "\n" + piece.removeprefix("\n")
        last = piece or last
        yield piece


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
