"""TeX in texts: what looks like a formula, its delimiters, and formulas that a script would typeset in place."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.text.plain_terms import terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.model.document import Span

SIGNS = re.compile(r"[\\^_{}=<>≤≥≈≠∑∫√±×÷∞∂∇∈→]")
"""Signs that words do not hold."""
_FUNCTIONS = terms("sin cos tan cot sec csc sinh cosh tanh log ln exp lim min max det dim gcd mod arg sup inf")
_IN_TEXT = re.compile(
    r"\\\((?=\s*[^\s\\]).{1,2000}?\\\)|\\\[(?=\s*[^\s]).{1,2000}?\\\]|\$\$[^$]{0,2000}[\\^_=+][^$]{0,2000}\$\$"
)
DELIMITED = re.compile(r"\\\((?P<a>.+?)\\\)|\\\[(?P<b>.+?)\\\]|\$\$(?P<c>[^$]*[\\^_={][^$]*)\$\$|\$(?P<d>[^$]+)\$")
"""TeX and the delimiters around it, the groups being what is between."""


def is_tex(text: str) -> bool:
    """Whether alternative text of a formula is a formula itself rather than words such as ``a squared``."""
    if SIGNS.search(text):
        return True
    pieces = text.replace(",", " ").replace("-", " ").split()
    known = [piece for piece in pieces if len(piece) > 2 and piece.isalpha() and piece not in _FUNCTIONS]
    return len(pieces) < 2 or not known


def may_hold_tex(span: Span) -> bool:
    """A quick look whether there is TeX between delimiters in a text, for a script to typeset."""
    return ("\\" in span.text or "$$" in span.text) and not span.code and not span.formula


def with_formulas(line: Iterable[Span]) -> Iterator[Span]:
    r"""``line`` with TeX between ``\(…\)``, ``\[…\]`` or ``$$…$$`` as spans of their own."""
    for span in line:
        at = 0
        for found in _IN_TEXT.finditer(span.text) if may_hold_tex(span) else ():
            if found.start() > at:
                yield replace(span, text=span.text[at : found.start()])
            yield replace(span, text=bare_tex(found[0]), formula=True)
            at = found.end()
        if at < len(span.text):
            yield replace(span, text=span.text[at:])


def bare_tex(text: str) -> str:
    """TeX on one line, without the delimiters or the wrapper that typesetters put around it."""
    text = " ".join(text.split())
    delimited = DELIMITED.fullmatch(text)
    text = (delimited[str(delimited.lastgroup)] if delimited else text).strip()
    wrapped = re.fullmatch(r"\{\\(?:displaystyle|textstyle|scriptstyle) (.*)\}", text)
    return wrapped[1].strip() if wrapped else text
