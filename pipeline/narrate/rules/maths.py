"""Simple mathematics and chemistry: 5 × 3 = 15, x² + 1, 1+1, CO₂, H2O."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.text.english import NUMBER, claimed, english
from pipeline.text.numerals import cardinal, decimal, digits
from pipeline.text.pattern import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.contracts import Claim

_TERM = rf"(?:(?:{NUMBER}|\.\d+)[a-z]?|[a-zA-Z]|π)[²³]?(?![\w])"
_OPERATOR = {
    "+": "plus", "-": "minus", "−": "minus", "–": "minus", "×": "times", "*": "times", "·": "times", "÷": "divided by",
    "/": "over", "=": "equals", "≈": "is about", "≠": "is not equal to", "<": "is less than", ">": "is greater than",
    "≤": "is at most", "≥": "is at least", "±": "plus or minus", "^": "to the power of",
}  # fmt: skip
_FORMULA = Pattern(
    rf"(?<![\w.$£€#@&])(?P<claim>{_TERM}(?: ?(?:[+=×÷*·≈≠<>≤≥±^]|(?:[-−](?=[^=\n]{{0,40}}=))|"
    rf"(?<==)[-−]) ?{_TERM})+)(?![\w%]|[.,]\d)"
)
_QUESTION = Pattern(r"\b(?:solve|calculate|compute|equation|add up|what(?: is|’s|'s)|how much is)\b", re.IGNORECASE)
_ASKED = Pattern(rf"(?<![\w.$£€-])(?P<claim>{NUMBER}(?: [-−+*/] {NUMBER})+)(?![\w%]|[.,]\d)")
_POWER10 = Pattern(rf"(?<![\w.])(?P<a>{NUMBER}) ?[×x] ?10(?P<e>[⁻−]?[⁰¹²³⁴-⁹]+|\^-?\d+)")
_PIECES = Pattern(rf"{NUMBER}|\.\d+|[A-Za-zπ]|[²³]|[^\s\w]")
_SUPERS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−", "0123456789--")
_SUBS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_CHEMICAL = Pattern(r"(?<![\w-])(?:(?:[A-Z][a-z]?)[₀-₉]*)*(?:[A-Z][a-z]?)[₀-₉]+(?:(?:[A-Z][a-z]?)[₀-₉]*)*(?![\w])")
_PLAIN_CHEMICAL = Pattern(r"(?<![\w-])(?:H2O2?|CO2|SO2|NO2|O2|H2|N2|CH4|N2O|NH3|H2SO4|O3|PM2\.5|PM10)(?![\w])")
_ATOMS = Pattern(r"[A-Z]|[a-z]+|\d+(?:\.\d+)?")
_SUBSCRIPT = Pattern(r"(?<=[^\W\d_])[₀-₉]+")


def claims(sentence: str, *, language: str) -> Iterable[Claim]:
    """Claims formulas."""
    if not english(language) or not (
        any(c in sentence for c in "+=×÷*·≈≠<>≤≥±^") or any(c.isdigit() for c in sentence)
    ):
        return ()

    def formula(match: re.Match[str]) -> str | None:
        text = match["claim"]
        if not any(c.isdecimal() or c in "=²³" for c in text):
            return None
        if sentence[match.end() : match.end() + 1] == "+" or re.fullmatch(r"[A-Za-z]+ [-–−] [A-Za-z]+", text):
            return None
        return " ".join(_said(piece, language) for piece in _PIECES.findall(text))

    asked = ((_ASKED, formula),) if _QUESTION.search(sentence) else ()
    return claimed(
        sentence,
        (
            *asked,
            (_POWER10, lambda m: _power(m, language)),
            (_CHEMICAL, lambda m: _chemical(m[0].translate(_SUBS))),
            (_PLAIN_CHEMICAL, lambda m: _chemical(m[0])),
            (_FORMULA, formula),
            (_SUBSCRIPT, lambda m: f" {digits(m[0].translate(_SUBS))}"),
        ),
    )


def _said(piece: str, language: str) -> str:
    if piece in ("²", "³"):
        return "squared" if piece == "²" else "cubed"
    if piece[0].isdecimal() or (piece[0] == "." and len(piece) > 1):
        return decimal(piece, language=language)
    if piece == "π":
        return "pi"
    return _OPERATOR.get(piece, piece)


def _power(match: re.Match[str], language: str) -> str:
    exponent = int(match["e"].lstrip("^").translate(_SUPERS))
    return f"{decimal(match['a'], language=language)} times ten to the power of {cardinal(exponent, language=language)}"


def _chemical(text: str) -> str:
    """Symbols of elements letter by letter, numbers as numbers: "C O two"."""
    return " ".join(decimal(atom) if atom[0].isdecimal() else " ".join(atom.upper()) for atom in _ATOMS.findall(text))
