"""Simple mathematics: 5 × 3 = 15, x² + 1, f(x) = 2x, 10⁻⁹, p < 0.05."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.text.english import NUMBER, claimed, english
from pipeline.text.numerals import cardinal, decimal, digits
from pipeline.text.pattern import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.contracts import Claim

_HIGH = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_POWER = rf"(?:[⁻⁺]?[{_HIGH}]+|ⁿ|\^\(?\{{?[-−]?(?:\d+|[a-z])\}}?\)?)"
_VARIABLE = r"(?:[a-zA-Zα-ωΔΣΩ∞]|mc)"
_CLOSE = rf"(?:[)|]+(?:{_POWER}|(?= ?[-−+=×÷·*/<>≤≥≈≠] ?[\w(−√-])))?"
_TERM = (
    rf"[-−√]?(?:(?:{NUMBER}|\.\d+)(?:[a-zα-ω]{{1,2}}(?!\w))?|(?:sin|cos|tan|log|ln) ?\(?{_VARIABLE}"
    rf"|\|?{_VARIABLE}(?:\({_VARIABLE}\))?)(?:[₀-₉]+)?(?:{_POWER})?{_CLOSE}(?!\w)"
)
_OPERATOR = {
    "+": "plus", "-": "minus", "−": "minus", "–": "minus", "×": "times", "*": "times", "·": "times", "÷": "divided by",
    "/": "divided by", "=": "equals", "≈": "is about", "≠": "is not equal to", "<": "is less than",
    ">": "is greater than", "≤": "is at most", "≥": "is at least", "±": "plus or minus", "≡": "is identical to",
    "∝": "is proportional to", "→": "goes to", "∈": "is in", "√": "the square root of", "∞": "infinity",
    "≪": "is much less than", "≫": "is much greater than", "≅": "is about", "~": "is about", "≃": "is about",
}  # fmt: skip
_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma",
    "τ": "tau", "υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega", "Δ": "delta", "Σ": "sigma",
    "Ω": "omega", "Φ": "phi", "Λ": "lambda", "Γ": "gamma", "Θ": "theta", "Ψ": "psi",
}  # fmt: skip
_LETTER = Pattern(rf"(?<![Ͱ-ϿA-Za-z])[{''.join(_GREEK)}](?![Ͱ-Ͽ])")
_FORMULA = Pattern(
    rf"(?<![\w.$£€#@&])(?P<claim>{_TERM}(?: ?(?:[+=×÷*·≈≠<>≤≥±≡∝≪≫≅≃]|[<>]=|(?:[-−–/](?=[^=\n]{{0,40}}[=≈]))|"
    rf"(?<==)[-−/]) ?\(*{_TERM})+)(?![\w%°]|[.,]\d)"
)
_BRACKETED = Pattern(rf"\((?P<sum>{_TERM}(?: ?[-−+×·*/] ?{_TERM})+)\)(?P<e>{_POWER})")
_DIFFERENCE = Pattern(rf"(?<==) ?(?P<claim>{_TERM}(?: ?[-−–/+×] ?\(*{_TERM})+)(?![\w%°]|[.,]\d)")
_QUESTION = Pattern(r"\b(?:solve|calculate|compute|equation|add up|what(?: is|’s|'s)|how much is)\b", re.IGNORECASE)
_ASKED = Pattern(rf"(?<![\w.$£€-])(?P<claim>{NUMBER}(?: [-−+*/] {NUMBER})+)(?![\w%]|[.,]\d)")
_POWER10 = Pattern(rf"(?<![\w.])(?P<a>{NUMBER}) ?[×x·] ?10(?P<e>{_POWER})")
_SCIENTIFIC = Pattern(r"(?<![\w.])(?P<a>\d(?:\.\d+)?)[eE](?P<e>[-−+]\d{1,3})(?!\w)")
_INDEX = Pattern(r"(?<=[^\W\d_])[₀-₉]+")
_RAISED = Pattern(
    rf"(?:(?<!\w)|(?=\)))(?P<base>(?!(?:1[4-9]|20)\d\d(?!\d)){NUMBER}|{_VARIABLE}|\))(?P<e>{_POWER})(?![\w⁺⁻])"
)
_FUNCTION = Pattern(r"(?<!\w)(?P<f>[fghFGP])\((?P<x>[a-zA-Z])\)")
_FACTORIAL = Pattern(r"(?<=[=+×] )(?P<n>\d+)!")
_SAMPLE = Pattern(rf"\b(?P<x>[nNpPrRtzFd]) ?(?P<o>[=<>≤≥]) ?(?P<n>[-−]?(?:{NUMBER}|\.\d+))(?![\w%]|[.,]\d)")
_PIECES = Pattern(
    rf"{_POWER}|[₀-₉]+|{NUMBER}|\.\d+|sin|cos|tan|log|ln|[A-Za-z]\((?=[a-zA-Z]\))|[<>]=|[^\W\d_₀-₉]|[^\s\w]"
)
_FOREIGN = Pattern(r"[Ͱ-Ͽ₀-₉]")
_SUPERS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−⁺", "0123456789--+")
_SUBS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_WORDS = {
    "sin": "sine", "cos": "cosine", "tan": "tangent", "log": "log", "ln": "natural log", "<=": "is at most",
    ">=": "is at least",
}  # fmt: skip
_MARKS = "+=×÷*·≈≠<>≤≥±^√∝≡≪≫≅≃" + _HIGH + "ⁿ"


def claims(sentence: str, *, language: str) -> Iterable[Claim]:
    """Claims formulas, powers, and Greek letters that stand alone."""
    if not english(language):
        return ()
    if not any(c in _MARKS for c in sentence) and (
        not any(sign in sentence for sign in ("e-", "E-")) if sentence.isascii() else not _FOREIGN.search(sentence)
    ):
        return _asked(sentence, language) if any(c.isdecimal() for c in sentence) else ()

    def formula(match: re.Match[str]) -> str | None:
        text = match["claim"]
        if not any(c.isdecimal() or c in f"=<>{_HIGH}√₀₁₂₃₄₅₆₇₈₉" for c in text):
            return None
        if sentence[match.end() : match.end() + 1] == "+" or re.fullmatch(r"[A-Za-z]+ ?[-–−·*] ?[A-Za-z]+", text):
            return None
        if text.count(")") > text.count("(") + (sentence[match.start() - 1 : match.start()] == "("):
            return None
        if re.fullmatch(r"[A-Za-z][<>][A-Za-z]?", text):
            return None
        return _said(text, language)

    def power10(match: re.Match[str]) -> str:
        return f"{decimal(match['a'], language=language)} times ten {power(match['e'], language)}"

    return claimed(
        sentence,
        (
            *(((_ASKED, formula),) if _QUESTION.search(sentence) else ()),
            (_POWER10, power10),
            (_SCIENTIFIC, lambda m: f"{decimal(m['a'])} times ten {power(m['e'].lstrip('+'), language)}"),
            (_BRACKETED, lambda m: f"{_said(m['sum'], language)}, {power(m['e'], language)}"),
            (_FORMULA, formula),
            (_DIFFERENCE, formula),
            (_SAMPLE, lambda m: _said(m[0], language)),
            (_FUNCTION, lambda m: f"{m['f']} of {m['x']}"),
            (_FACTORIAL, lambda m: f"{cardinal(int(m['n']))} factorial"),
            (_RAISED, lambda m: _said(m[0], language)),
            (_INDEX, lambda m: f" {digits(m[0].translate(_SUBS))}"),
            (_LETTER, lambda m: _GREEK[m[0]]),
        ),
    )


def _asked(sentence: str, language: str) -> Iterable[Claim]:
    """What somebody asks to be reckoned, "What is 10 - 3?": elsewhere that would be a range."""
    if not _QUESTION.search(sentence):
        return ()
    return claimed(sentence, ((_ASKED, lambda m: _said(m[0], language)),))


def _said(text: str, language: str) -> str:
    said = []
    for piece in _PIECES.compiled.findall(text):
        if piece[0].isdecimal() or (piece[0] == "." and len(piece) > 1):
            said.append(decimal(piece, language=language))
        elif piece[0] in "₀₁₂₃₄₅₆₇₈₉":
            said.append(digits(piece.translate(_SUBS)))
        elif piece[0] in f"^ⁿ⁻⁺{_HIGH}" and piece != "^":
            said.append(power(piece, language))
        elif len(piece) == 2 and piece[1] == "(":
            said.append(f"{piece[0]} of")
        elif piece not in "()|":
            said.append(_WORDS.get(piece) or _OPERATOR.get(piece) or _GREEK.get(piece) or piece)
    return " ".join(said)


def power(text: str, language: str) -> str:
    """An exponent: "squared", "cubed", "to the power of minus nine"."""
    exponent = text.lstrip("^").strip("{}()").translate(_SUPERS)
    if exponent in ("2", "3"):
        return "squared" if exponent == "2" else "cubed"
    if exponent.lstrip("-+").isdecimal():
        return f"to the power of {cardinal(int(exponent), language=language)}"
    return f"to the power of {'minus ' if exponent[0] == '-' else ''}{exponent.strip('-ⁿ') or 'n'}"
