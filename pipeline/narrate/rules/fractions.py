"""Fractions: ½ cup, 2½ hours, 3/4 of them, 1 1/2 cups, 1/3rd, 4.5/5."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.text.english import NUMBER, VULGAR, amount, claimed, english
from pipeline.text.numerals import cardinal, decimal, fraction
from pipeline.text.numerals import plain as plain_number
from pipeline.text.pattern import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.contracts import Claim

_CHARS = "".join(VULGAR)
_MIXED_CHAR = Pattern(rf"(?<![\w.,/])\d+[ -]?[{_CHARS}]")
_CHAR = Pattern(rf"(?<![\w.,/])(?P<f>[{_CHARS}])(?P<noun> (?=(?!of\b|the\b|a\b|an\b|in\b|to\b)[a-z]))?")
_MIXED = Pattern(r"(?<![\w.,/$])\d{1,4}[ -]\d{1,2}/\d{1,2}(?:th|rd|nd|st)?(?![\d/])")
_RATED = Pattern(
    rf"(?<![\w.,/$])(?P<a>{NUMBER}) ?/ ?(?P<b>5|10|20|50|100)(?=\s*(?:$|[.,;!?)]| (?:rating|star|score"
    rf"|review|mark|on\b|from|in the)))"
)
_SCORED = Pattern(
    rf"(?<=scored )(?P<a>{NUMBER})/(?P<b>\d+)|(?<=rated )(?P<a2>{NUMBER})/(?P<b2>\d+)|(?<=score of )"
    rf"(?P<a3>{NUMBER})/(?P<b3>\d+)"
)
_FIXED = Pattern(r"(?<![\w/])(?:24/7(?:/365)?|9/11|50[/-]50|20/20|7/7|60/40|80/20|6/49)(?![\w/])")
_SAID = {
    "24/7": "twenty-four seven", "24/7/365": "twenty-four seven three sixty-five", "9/11": "nine eleven",
    "50/50": "fifty fifty", "50-50": "fifty fifty",
    "20/20": "twenty twenty", "7/7": "seven seven", "60/40": "sixty forty", "80/20": "eighty twenty",
    "6/49": "six forty-nine",
}  # fmt: skip
_PARTLY = Pattern(r"\b(?:other|about|over|nearly|almost|roughly|than|only|some|around|of|last|remaining|first|by) $")
_PRESSURE = Pattern(
    r"(?<![\w.,/])(?P<a>[89]\d|[12]\d\d)/(?P<b>[3-9]\d|1[0-3]\d)(?= ?mm ?Hg|,? (?:blood|systolic)|"
    r"(?<=pressure of \d\d\d/\d\d)|(?<=pressure is \d\d\d/\d\d)|(?<=pressure was \d\d\d/\d\d))"
)
_PRESSED = Pattern(r"\b(?:BP|[Bb]lood pressure)(?: \w+){0,2} $")
_STARS = Pattern(rf"(?<![\w.,/$])(?P<a>{NUMBER}) ?/ ?(?P<b>[1-9]\d?)(?= (?:stars?|rating|points?|score|marks?)\b)")
_REST = Pattern(r" ?[=+×÷·] ?[\w.(-]")
_LEAD = Pattern(r"[=+×÷·] ?$")
_PLAIN = Pattern(
    r"(?<![\w.,/$-])(?P<a>\d{1,5}) ?/ ?(?P<b>\d{1,5})(?P<th>th|rd|nd|st|ths|rds|TH|RD|ND)?(?![\w/]|[.,]\d)"
)


def claims(sentence: str, *, language: str) -> Iterable[Claim]:
    """Claims fractions and marks out of so many."""
    if not english(language) or not ("/" in sentence or "50-50" in sentence or any(c in VULGAR for c in sentence)):
        return ()

    def rated(match: re.Match[str]) -> str | None:
        top, bottom = next((match[f"a{n}"], match[f"b{n}"]) for n in ("", "2", "3") if match.groupdict().get(f"a{n}"))
        if "a2" not in match.groupdict() and bottom in ("5", "10") and top in ("1", "2"):
            return None  # 1/5 alone is a fraction
        if float(plain_number(top)) > int(bottom):
            return None
        if "." not in top and _PARTLY.search(sentence, max(0, match.start() - 12), match.start()):
            return None
        return f"{decimal(top, language=language)} out of {cardinal(int(bottom), language=language)}"

    def plain(match: re.Match[str]) -> str | None:
        top, bottom = int(match["a"]), int(match["b"])
        if _REST.match(sentence, match.end()) or _LEAD.search(sentence, max(0, match.start() - 3), match.start()):
            return None  # maths
        if _PRESSED.search(sentence, max(0, match.start() - 24), match.start()):
            return f"{cardinal(top, language=language)} over {cardinal(bottom, language=language)}"
        if 1000 < top < 2100 and len(match["a"]) == 4 and bottom % 100 == (top + 1) % 100:
            return None  # a year of two halves, 2023/24
        if top + bottom == 100 and min(top, bottom) >= 10 and top % 5 == 0:
            return f"{cardinal(top)} {cardinal(bottom)}"  # shares of a whole, odds
        if bottom == 0 or (top > bottom and not match["th"] and bottom > 16):
            return f"{cardinal(top, language=language)} divided by {cardinal(bottom, language=language)}"
        return fraction(top, bottom, language=language)

    def char(match: re.Match[str]) -> str:
        if match["f"] == "½" and match["noun"]:
            return f"half {_article(sentence, match.end())} "
        return fraction(*VULGAR[match["f"]], language=language) + (match["noun"] or "")

    return claimed(
        sentence,
        (
            (_FIXED, lambda m: _SAID[m[0]]),
            (_MIXED_CHAR, lambda m: amount(m[0].replace("-", ""), language)),
            (_CHAR, char),
            (_MIXED, lambda m: amount(m[0].rstrip("thrdns"), language)),
            (_SCORED, rated),
            (
                _PRESSURE,
                lambda m: f"{cardinal(int(m['a']), language=language)} over {cardinal(int(m['b']), language=language)}",
            ),
            (_STARS, rated),
            (_RATED, rated),
            (_PLAIN, plain),
        ),
    )


def _article(sentence: str, start: int) -> str:
    return "an" if re.match("[aeio]|hour|u[^n]", sentence[start:]) else "a"
