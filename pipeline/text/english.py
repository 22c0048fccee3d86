"""What several English rules share: quantities, months, plurals, and claims made from patterns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING

from pipeline.contracts import Claim
from pipeline.text.numerals import decimal, fraction

if TYPE_CHECKING:
    from pipeline.text.pattern import Pattern

NUMBER = (
    r"(?:\d{1,3}(?:\.\d{3})+,\d{1,2}(?!\d)"
    r"|(?:\d{1,3}(?:,\d{3})+(?!\d)|\d{1,2}(?:,\d{2})+,\d{3}(?!\d)|\d{1,3}(?: \d{3}){2,4}(?! ?\d)|\d+)(?:\.\d+)?)"
)
"""A number: 7, 1,200, 3.14, 1 000 000, 1.234,56, 1,23,456."""

QUANTITY = rf"(?:\d+,\d{{1,2}}(?![\d,])|{NUMBER})"
"""A number in front of a unit, where a comma may stand for the point: 3,5 as well as `NUMBER`."""

VULGAR = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5),
    "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8),
}  # fmt: skip
"""Fraction characters and what they stand for."""

AMOUNT = rf"(?:\d+[ -]\d{{1,2}}/\d{{1,2}}|\d{{1,2}}/\d{{1,2}}|\d* ?[{''.join(VULGAR)}]|\.\d+|{QUANTITY})"
"""A number or a mixed number: 2 1/2, 3/4, 2½, .5, 1,200, 3,5."""

DASH = r"(?: ?[–—] ?| - |-)"
"""What may stand between the ends of a range."""

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_MONTH = {name[:3].lower(): name for name in MONTHS} | {"sept": "September"}
MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\b\.?|July?\b\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)(?![a-z])"
)
"""A month's name or its abbreviation, capitalised; compile with IGNORECASE to accept others."""


def month(text: str) -> str:
    """The full name of a month that `MONTH` matched."""
    return _MONTH[text[:3].lower()]


@cache
def english(language: str) -> bool:
    """Whether ``language`` (BCP 47) is English."""
    return language.lower().replace("_", "-").split("-")[0] == "en"


def amount(text: str, language: str) -> str:
    """What `AMOUNT` matched, in words: "two and a half", "three quarters", "one thousand two hundred"."""
    text = text.strip()
    if text[-1] in VULGAR:
        whole, (top, bottom) = text[:-1].strip(), VULGAR[text[-1]]
    elif "/" in text:
        whole, _, part = text.replace("-", " ").rpartition(" ")
        top, bottom = (int(n) for n in part.split("/"))
    else:
        return decimal(text, language=language)
    part = fraction(top, bottom, language=language)
    if not whole:
        return part
    return f"{decimal(whole, language=language)} and {part.replace('one', 'a', 1) if top == 1 else part}"


def single(text: str) -> bool:
    """Whether ``text`` (what `AMOUNT` matched) counts one thing or less than one: "1 kilogram", "¾ mile"."""
    text = text.strip()
    return text in VULGAR or text == "1" or ("/" in text and " " not in text)


def plural(word: str) -> str:
    """The plural of a unit's or a coin's name."""
    if word in _PLURALS:
        return _PLURALS[word]
    if word.endswith(("hertz", "siemens")):
        return word
    if word.endswith("y") and word[-2] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}s"


_PLURALS = {
    "foot": "feet",
    "inch": "inches",
    "penny": "pence",
    "yen": "yen",
    "yuan": "yuan",
    "won": "won",
    "baht": "baht",
    "rand": "rand",
    "lux": "lux",
    "stone": "stone",
    "horsepower": "horsepower",
}


def listed(text: str) -> frozenset[str]:
    """The words of ``text``."""
    return frozenset(text.split())


def after(words: str) -> str:
    """A regular expression for a place that follows one of ``words`` and a blank; case as written."""
    return "(?:" + "|".join(rf"(?<=\b{word} )" for word in words.split()) + ")"


_LONGEST = 1000
"""Nothing that has a wording is longer; a number of so many digits is beyond what `int` reads."""
Say = Callable[[re.Match[str]], str | None]
"""What is said for a match; None: nothing is claimed."""


def claimed(sentence: str, table: Iterable[tuple[Pattern, Say]]) -> list[Claim]:
    """Claims for all matches of the patterns; where two overlap, the earlier pattern's is kept.

    A match claims its group ``claim`` where it has one, else all of it.
    """
    claims: list[Claim] = []
    occupied = bytearray(len(sentence))
    digits = any(map(str.isdecimal, sentence))
    for pattern, say in table:
        if not digits and pattern.digits:
            continue
        for match in pattern.finditer(sentence):
            start, end = match.span("claim") if pattern.named and match["claim"] is not None else match.span()
            if end - start > _LONGEST or occupied.find(1, start, end) >= 0:
                continue
            spoken = say(match)
            if spoken is not None:
                claims.append(Claim(start=start, end=end, spoken=spoken))
                occupied[start:end] = b"\1" * (end - start)
    return claims
