r"""Formulas in words: ``\frac{a}{b}`` is "a over b", ``x^2`` is "x squared".

Takes simple TeX and the one line of symbols that readers make of MathML. What is too complex to follow by ear -
matrices, cases, commands that are not known, more than some forty words - has no words here.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from pipeline.narrate.formula_words import WORDS
from pipeline.text.plain_terms import terms

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.narrate.formula_words import Words

LONGEST = 40
"""Words that an ear can follow."""
DEEPEST = 6
"""Groups within groups that are read; what is deeper is too complex."""

_TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\.|\d+(?:[.,]\d+)*|\S")
_SIGN = {
    "*": "×",
    "⋅": "×",
    "·": "×",
    "-": "−",
    "–": "−",
    "≃": "≈",
    "≅": "≈",
    "~": "∼",
    "⊆": "⊂",
    "↦": "→",
    "⟶": "→",
    "⟹": "⇒",
    "⋯": "…",
    "∘": "°",
    "∣": "|",
    "\\cdot": "×",
    "\\times": "×",
    "\\div": "÷",
    "\\pm": "±",
    "\\neq": "≠",
    "\\ne": "≠",
    "\\leq": "≤",
    "\\le": "≤",
    "\\geq": "≥",
    "\\ge": "≥",
    "\\lt": "<",
    "\\gt": ">",
    "\\approx": "≈",
    "\\simeq": "≈",
    "\\cong": "≈",
    "\\equiv": "≡",
    "\\sim": "∼",
    "\\propto": "∝",
    "\\in": "∈",
    "\\notin": "∉",
    "\\subset": "⊂",
    "\\subseteq": "⊂",
    "\\cup": "∪",
    "\\cap": "∩",
    "\\to": "→",
    "\\rightarrow": "→",
    "\\longrightarrow": "→",
    "\\mapsto": "→",
    "\\Rightarrow": "⇒",
    "\\implies": "⇒",
    "\\Leftrightarrow": "⇔",
    "\\iff": "⇔",
    "\\infty": "∞",
    "\\partial": "∂",
    "\\nabla": "∇",
    "\\forall": "∀",
    "\\exists": "∃",
    "\\neg": "¬",
    "\\land": "∧",
    "\\wedge": "∧",
    "\\lor": "∨",
    "\\vee": "∨",
    "\\emptyset": "∅",
    "\\circ": "°",
    "\\degree": "°",
    "\\%": "%",
    "\\ldots": "…",
    "\\cdots": "…",
    "\\dots": "…",
    "\\mid": "|",
}
_SUMS = {"∑": "sum", "∏": "prod", "∫": "int", "∮": "oint"}
_SILENT = re.compile(
    r"\\(?:left|right|[bB]igg?[lrm]?|quad|qquad|displaystyle|textstyle|limits|nolimits|thinspace)(?![A-Za-z])"
    r"|\\[,;:! >\\]"
)
_WRAPPERS = ("mathrm", "mathbf", "mathit", "mathsf", "mathcal", "mathbb", "boldsymbol", "bm", "text", "textrm")
_TEXTS = re.compile(r"\\(?:text|textrm|mathrm|operatorname\*?|mbox)\{([^{}\\$]*)\}")
_GREEK = terms(
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi"
    " psi omega"
)
_CALLED = re.compile(r"[fghFGHPp]|[φψΦΨ]")
_ACCENTS = {"˙": "dot", "\u0307": "dot", "¯": "bar", "\u0304": "bar", "ˆ": "hat", "\u0302": "hat", "˜": "tilde"}
_ROOTS = {"√": "2", "∛": "3", "∜": "4"}
_COMMAS = {",": ",", ";": ",", ".": ""}
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ", "0123456789+-n")
_LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")


class _TooComplexError(Exception):
    pass


def unread(language: str) -> str:
    """What is said instead of a formula without words; empty where the language is not known."""
    words = WORDS.get(language.partition("-")[0].lower())
    return words.unread if words else ""


def said(formula: str, *, language: str, number: Callable[[str], str]) -> str | None:
    """``formula`` in words; None where it is too complex, or its language is not known.

    Args:
        formula: TeX without delimiters, or one line of symbols.
        language: BCP 47 tag.
        number: Says a number that is written in digits.
    """
    words = WORDS.get(language.partition("-")[0].lower())
    if words is None:
        return None
    named: list[str] = []
    # Words in a formula stand in it as one token each: a private character and its place.
    text = _TEXTS.sub(lambda match: f" {chr(0xE000 + _kept(named, match[1]))} ", formula)
    text = re.sub(r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ]+", lambda match: f"^{{{match[0].translate(_RAISED)}}}", text)
    text = re.sub(r"[₀-₉]+", lambda match: f"_{{{match[0].translate(_LOWERED)}}}", text)
    tokens = _TOKEN.findall(_SILENT.sub(" ", text))
    try:
        reading = _Reading(tokens=tokens, words=words, number=number, named=named)
        spoken = reading.all().rstrip(" ,")
    except _TooComplexError:
        return None
    return spoken if spoken and len(spoken.split()) <= LONGEST else None


def _kept(named: list[str], text: str) -> int:
    named.append(" ".join(text.split()))
    return len(named) - 1


class _Reading:
    """A formula being read from left to right."""

    def __init__(self, *, tokens: list[str], words: Words, number: Callable[[str], str], named: list[str]) -> None:
        self.tokens = tokens
        self.words = words
        self.number = number
        self.named = named
        self.at = 0
        self.depth = 0

    def all(self) -> str:
        spoken = self.row("")
        if self.at < len(self.tokens):
            raise _TooComplexError
        return spoken

    def next(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        token = self.next()
        if not token:
            raise _TooComplexError
        self.at += 1
        return token

    def row(self, end: str) -> str:
        """What stands in front of the token ``end``, or of the end."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise _TooComplexError
        parts: list[str] = []
        while self.next() and self.next() != end and self.next() not in ("}", ")", "]"):
            parts.append(self.term())
        self.depth -= 1
        return " ".join(filter(None, parts)).replace(" ,", ",")

    def term(self) -> str:
        """One thing with what is raised, lowered or primed behind it, and what it is over."""
        start = self.at
        base = self.atom()
        spoken = self.scripts(base)
        if self.next() == "/":
            above = self.tokens[start : self.at]
            self.take()
            start = self.at
            below = self.scripts(self.atom())
            return self.fraction(spoken, below, above, self.tokens[start : self.at])
        return spoken

    def scripts(self, base: str) -> str:
        spoken = base
        while True:
            match self.next():
                case "_":
                    self.take()
                    spoken = f"{spoken} {self.words.sub.format(self.operand()[0])}"
                case "^":
                    self.take()
                    spoken = f"{spoken} {self.exponent()}"
                case "'" | "′" | "’" | "\\prime":
                    self.take()
                    spoken = f"{spoken} {self.words.prime}"
                case mark if mark in _ACCENTS:
                    self.take()
                    spoken = self.words.accents[_ACCENTS[mark]].format(spoken)
                case "!":
                    self.take()
                    spoken = f"{spoken} {self.words.signs['!']}"
                case _:
                    return spoken

    def exponent(self) -> str:
        spoken, tokens = self.operand()
        power = "".join(tokens).strip("{}() ")
        if power in ("\\circ", "∘", "°"):
            return self.words.signs["°"]
        if power in ("\\prime", "'", "′"):
            return self.words.prime
        return self.words.powers.get(power) or self.words.power.format(spoken)

    def operand(self) -> tuple[str, list[str]]:
        """A group in braces or brackets, or one token; and its tokens."""
        start = self.at
        if self.next() in "{(" and self.next():
            end = "}" if self.take() == "{" else ")"
            spoken = self.row(end)
            self.expect(end)
        elif self.next() in ("-", "−", "+"):
            sign = self.words.signs["+" if self.take() == "+" else "−"]
            spoken = f"{sign} {self.atom()}"
        else:
            spoken = self.atom()
        return spoken, self.tokens[start : self.at]

    def expect(self, token: str) -> None:
        if self.take() != token:
            raise _TooComplexError

    def atom(self) -> str:
        token = self.take()
        if token[0].isdigit():
            return self.number(token)
        if "\ue000" <= token <= "\uf8ff" and len(token) == 1:
            return self.named[ord(token) - 0xE000]
        if token in ("{", "("):
            return self.group(token)
        if token in ("|", "\\vert", "\\lvert"):
            return self.absolute()
        if token in _ROOTS:
            return self.root(_ROOTS[token])
        if token in _SUMS:
            return self.sum(_SUMS[token])
        if token.startswith("\\") and token[1:].isalpha() and token not in _SIGN:
            return self.command(token[1:])
        if token in _COMMAS:
            return _COMMAS[token]
        sign = self.words.signs.get(_SIGN.get(token, token))
        if sign is not None:
            return sign
        return self.letter(token)

    def letter(self, token: str) -> str:
        """A letter, Greek ones by their names; ``f(x)`` is "f of x"."""
        name = unicodedata.name(token, "") if len(token) == 1 else ""
        if "GREEK" in name and "LETTER" in name:
            greek = name.split("LETTER ")[1].split(" ")[0].lower().replace("lamda", "lambda")
            spoken = self.words.names.get(greek, greek)
        elif len(token) == 1 and token.isalpha():
            spoken = unicodedata.normalize("NFKC", token)
        else:
            raise _TooComplexError
        if _CALLED.fullmatch(token) and self.next() == "(":
            return f"{spoken} {self.words.of} {self.operand()[0]}"
        return spoken

    def group(self, opening: str) -> str:
        """Braces are silent; brackets are said where they hold more than one thing."""
        start = self.at
        end = "}" if opening == "{" else ")"
        spoken = self.row(end)
        inner = self.at - start
        self.expect(end)
        if opening == "{" or inner <= 1:
            return spoken
        return f"{self.words.brackets[0]}, {spoken}, {self.words.brackets[1]},"

    def absolute(self) -> str:
        """What stands between two bars; a bar alone is "given"."""
        bars = ("|", "\\vert", "\\rvert")
        if not any(token in bars for token in self.tokens[self.at :]):
            return self.words.signs["|"]
        end = next(token for token in self.tokens[self.at :] if token in bars)
        spoken = self.row(end)
        self.expect(end)
        return self.words.absolute.format(spoken)

    def command(self, name: str) -> str:
        words = self.words
        match name:
            case "frac" | "dfrac" | "tfrac" | "cfrac":
                if self.next().isdigit():  # one digit above, one below: \frac12
                    self.tokens[self.at : self.at + 1] = list(self.next())
                above, above_tokens = self.operand()
                below, below_tokens = self.operand()
                return self.fraction(above, below, above_tokens, below_tokens)
            case "binom" | "dbinom" | "tbinom":
                above = self.operand()[0]
                return words.choose.format(above, self.operand()[0])
            case "sqrt":
                index = "2"
                if self.next() == "[":
                    self.take()
                    index = self.row("]")
                    self.expect("]")
                    index = {self.number("2"): "2", self.number("3"): "3"}.get(index, index)
                return self.root(index)
            case "sum" | "prod" | "int" | "oint":
                return self.sum(name)
            case "lim":
                self.expect("_")
                return words.limit.format(self.operand()[0])
            case _ if name in words.accents:
                return words.accents[name].format(self.operand()[0])
            case _ if name in _WRAPPERS:
                return self.operand()[0]
            case _ if name.lower().removeprefix("var") in _GREEK:
                greek = name.lower().removeprefix("var")
                return words.names.get(greek, greek)
            case _ if name in words.names:
                if self.next() == "(":
                    return f"{words.names[name]} {words.of} {self.operand()[0]}"
                return words.names[name]
        raise _TooComplexError

    def fraction(self, above: str, below: str, above_tokens: list[str], below_tokens: list[str]) -> str:
        known = self.words.fractions.get(("".join(above_tokens).strip("{}"), "".join(below_tokens).strip("{}")))
        if known:
            return known
        short = all(len([one for one in tokens if one not in "{}"]) <= 2 for tokens in (above_tokens, below_tokens))
        phrase = self.words.fraction if short else self.words.long_fraction
        return phrase.format(self.bare(above), self.bare(below))

    def bare(self, spoken: str) -> str:
        """``spoken`` without brackets around all of it: a fraction tells its own ends."""
        opening, closing = self.words.brackets
        inner = spoken.removeprefix(f"{opening}, ").removesuffix(f", {closing},")
        return inner if inner != spoken and opening not in inner else spoken

    def root(self, index: str) -> str:
        spoken, tokens = self.operand()
        phrase = self.words.roots.get(index)
        told = phrase.format(spoken) if phrase else self.words.any_root.format(index, spoken)
        inner = [one for one in tokens if one not in "{}()"]
        return told if len(inner) <= 2 or self.at >= len(self.tokens) else f"{told}, {self.words.root_end},"

    def sum(self, name: str) -> str:
        low = high = ""
        while self.next() in ("_", "^"):
            if self.take() == "_":
                low = self.operand()[0]
            else:
                high = self.operand()[0]
        both, over, of = self.words.bounds
        told = both.format(low, high) if low and high else over.format(low) if low else of
        return f"{self.words.sums[name]} {told}"
