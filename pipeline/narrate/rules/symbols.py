"""Signs that have a name: & + = % @ ° × ± → § © and slashes between words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.text.english import claimed, english
from pipeline.text.pattern import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.contracts import Claim

_NAMED = {
    "&": "and", "+": "plus", "=": "equals", "%": "percent", "‰": "per mille", "@": "at", "°": "degrees",
    "º": "degrees", "×": "times", "÷": "divided by", "±": "plus or minus", "−": "minus", "≥": "at least",
    "≤": "at most", "≈": "about", "≠": "not equal to", "→": "to", "⇒": "means", "←": "from", "↔": "to and from",
    "↑": "up", "↓": "down", "©": "copyright", "§": "section", "¶": "paragraph", "∞": "infinity",
    "√": "the square root of", "π": "pi", "µ": "micro", "Ω": "ohm", "∑": "the sum of", "€": "euro", "£": "pound",
    "$": "dollar", "¥": "yen", "₹": "rupee", "₩": "won", "¢": "cent", "#": "hash", "~": "about", "^": "caret",
    "\\": "backslash", "½": "one half", "²": "squared", "³": "cubed", "∈": "in", "∆": "delta", "Δ": "delta",
    "<": "less than", ">": "greater than", "*": "asterisk", "_": "underscore", "|": ",",
}  # fmt: skip
_SILENT = Pattern(
    r"[™®℠]|(?<!\w)[•‣◦▪■●○◆►▶✓✔✗✘*_|~^]+(?!\w)|(?<=\w)[*_~^]+(?=[\s.,;:!?)]|$)|(?<!\S)[*_]+(?=\w)|[`\u2028]"
)
_ENTITY = Pattern(r"&(?P<name>amp|nbsp|lt|gt|quot|mdash|ndash|hellip);")
_ENTITIES = {
    "amp": "and",
    "nbsp": " ",
    "lt": "less than",
    "gt": "greater than",
    "quot": "",
    "mdash": ", ",
    "ndash": " to ",
    "hellip": "…",
}
_OR = Pattern(
    r"\b(?P<a>his|he|him|her|she|hers|s|yes|on|true|pass|boy|input|either|win|to|mother|male|day)/"
    r"(?P<b>hers?|she|his|he|him|no|off|false|fail|girls?|output|or|lose|from|father|female|night)\b",
    re.IGNORECASE,
)
_AND_OR = Pattern(r"\band/or\b", re.IGNORECASE)
_SLASH = Pattern(r"(?<=[^\W\d_]{2})(?P<gap> ?)/ ?(?=[^\W\d_])|(?<=\w)/(?=[^\W_])")
_HIGH = Pattern(r"(?<=[A-Z])/(?=[A-Z]{2,})")
_SIGN = Pattern("[" + re.escape("".join(_NAMED)) + "]")
_MORE = Pattern(r"(?P<s>[<>]) ?(?=\d)")
_TAG = Pattern(r"</?[a-zA-Z][\w-]*\s*/?>")
_NAMES = Pattern(r"[\w-]+")
_COPYRIGHT = Pattern(r"[cC]opyright ©|\([cC]\)(?= ?\d{4})")
_SECTIONS = Pattern(r"§§ ?")
_EACH = Pattern(
    r"(?<=[\da-zA-Z])(?<!day)(?<!month)(?<!week)(?<!year)(?<!date)(?<!and)/(?=(?:hour|second|minute|day|week"
    r"|month|year|person|night|unit|hr|wk|yr|min|mo|km|kg|mile|hectare|acre|game|capita)\b)"
)
_STROKE = Pattern(r"(?<=\d)/(?=\s)|(?:(?<=^)|(?<=\s))/(?=[\w$])")
_STAR = Pattern(r"(?<=\b[A-Z])\*(?= [a-z])|(?<=[Ff]ive-star)\*")
_SQUARED = Pattern(r"(?<=[\w)])[²³]")


def claims(sentence: str, *, language: str) -> Iterable[Claim]:
    """Claims signs."""
    if not english(language) or sentence.isalnum():
        return ()
    return claimed(
        sentence,
        (
            (_TAG, lambda m: f" {' '.join(_NAMES.findall(m[0]))} "),
            (_ENTITY, lambda m: f" {_ENTITIES[m['name']]} "),
            (_AND_OR, lambda m: "and or"),
            (_OR, lambda m: f"{m['a']} or" if m["b"].lower() == "or" else f"{m['a']} or {m['b']}"),
            (_HIGH, lambda m: " "),
            (_STROKE, lambda m: " slash "),
            (_EACH, lambda m: " per "),
            (_SLASH, lambda m: " slash "),
            (_COPYRIGHT, lambda m: " copyright "),
            (_SECTIONS, lambda m: " sections "),
            (_STAR, lambda m: " star"),
            (_SILENT, lambda m: ""),
            (_MORE, lambda m: " less than " if m["s"] == "<" else " greater than "),
            (_SQUARED, lambda m: f" {_NAMED[m[0]]}"),
            (_SIGN, lambda m: f" {_NAMED[m[0]]} "),
        ),
    )
