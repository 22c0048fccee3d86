"""Roman numerals in languages other than English: XIXe siècle, siglo XV, Ludwig XIV."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from pipeline.text import tongue
from pipeline.text.english import claimed
from pipeline.text.pattern import Pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pipeline.contracts import Claim
    from pipeline.text.english import Say
    from pipeline.text.tongue import Tongue

_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_NUMERAL = re.compile(r"C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_SHORT = re.compile(r"[IVXLC]")


def claims(sentence: str, *, language: str) -> Iterable[Claim]:
    """Claims roman numerals where something tells that they are numbers."""
    words = tongue.of(language)
    if words is None or not _SHORT.search(sentence):
        return ()
    return claimed(sentence, _table(words))


@cache
def _table(words: Tongue) -> tuple[tuple[Pattern, Say], ...]:
    return tuple((Pattern(pattern), _sayer(say)) for pattern, say in words.roman)


def _sayer(say: Callable[[int, re.Match[str]], str | None]) -> Say:
    def said(match: re.Match[str]) -> str | None:
        value = _value(match["roman"])
        return say(value, match) if value else None

    return said


def _value(roman: str) -> int:
    """What a numeral is worth; 0 where it is none."""
    if not roman or not _NUMERAL.fullmatch(roman):
        return 0
    values = [_VALUES[c] for c in roman]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))
