"""MathML without TeX → one line of symbols, with the fractions, powers and roots that bare text would lose."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.text.dom.source import raw_text, tag
from pipeline.text.plain_terms import terms

if TYPE_CHECKING:
    from pipeline.text.dom.source import Element

_SILENT = terms("annotation annotation-xml mphantom mspace maligngroup malignmark")
_INVISIBLE = dict.fromkeys(map(ord, "\u2061\u2062\u2063\u2064\u200b\u00ad"))
_SPACED = re.compile(r"[=<>≤≥≈≠≡∈∉⊂⊆→←⇒⇔↦∼≅∝+±∓−×÷·⋅∪∩∧∨-]|mod")
_RELATED = re.compile(r",\s*([=<>≤≥≈≡→⇔⇒])")
_ACCENTS = frozenset("˙¨¯ˉ‾→⃗^ˆ~˜´`ˇ˘⌢")
_DEEPEST = 60
"""Levels below which a formula is read as bare text, so that no page can exhaust the stack."""


def line_of_math(math: Element) -> str:
    """The formula in ``math`` on one line: ``a/(b + c)``, ``x^2``, ``x_i``, ``√(a + b)``."""
    return " ".join(_line(math, 0).split())


def _line(element: Element, depth: int) -> str:
    name = tag(element)
    if not name or name in _SILENT:
        return ""
    if depth > _DEEPEST:
        return raw_text(element).translate(_INVISIBLE)
    parts = [child for child in element if tag(child) and tag(child) not in _SILENT]
    if not parts:
        text = " ".join(raw_text(element).translate(_INVISIBLE).split())
        return f" {text} " if name == "mo" and _SPACED.fullmatch(text) else text
    pieces = [_line(part, depth + 1) for part in parts]
    inner = [piece.strip() for piece in pieces]
    match name, inner:
        case "mfrac", [above, below] if element.get("linethickness") in ("0", "0px"):
            return f"\\binom{{{above}}}{{{below}}}"
        case "mfrac", [above, below]:
            return f"{held(above)}/{held(below)}"
        case "mover", [base, above] if above in _ACCENTS:
            return base + above
        case "msup" | "mover", [base, above]:
            return f"{held(base)}^{held(above)}"
        case "msub" | "munder", [base, below]:
            return f"{base}_{held(below)}"
        case "msubsup" | "munderover", [base, below, above]:
            return f"{base}_{held(below)}^{held(above)} "
        case "msqrt", _:
            return f"√{held(' '.join(inner))}"
        case "mroot", [base, index]:
            return f"{held(base)}^(1/{held(index)})"
        case "mtable", _:
            return "; ".join(inner)
        case "mtr" | "mlabeledtr", _:
            return _RELATED.sub(r" \1", ", ".join(filter(None, inner)))
        case "semantics", _:
            return inner[0]
        case "mfenced", _:
            return f"{element.get('open') or '('}{', '.join(inner)}{element.get('close') or ')'}"
        case _:
            return "".join(pieces)


def held(text: str) -> str:
    """``text`` in brackets where it is more than one sign, name or number."""
    return text if re.fullmatch(r"\w+|.|\([^()]*\)|\d+[.,]\d+", text) else f"({text})"
