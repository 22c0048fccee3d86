"""Numbers that no other rule knew better: 1,066 · 3.14 · −5 · 21st · #5 · 50+ · ~30 · 007."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.text.english import claimed, english
from pipeline.text.numerals import decimal, digits, ordinal
from pipeline.text.pattern import Pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

    from pipeline.contracts import Claim

_ORDINAL = Pattern(
    r"(?<![\w.])(?P<n>\d{1,3}(?:,\d{3})+|\d+)(?P<th>st|nd|rd|th|ST|ND|RD|TH)(?P<own>[’']s)?(?!\w)(?P<adj>-(?=[a-z]))?"
)
_HASH = Pattern(r"(?<![\w&#])# ?(?P<n>\d[\d,]*)(?![\w])")
_SIGNED = Pattern(r"(?<![\w.,)%])(?P<sign>[-−+±])(?P<n>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d*\.\d+|\d+)(?![\w])")
_MULTITUDE = Pattern(r"(?<![\w.,$£€])(?P<n>10{1,3}|1,000|1,000,000)s(?= of\b)")
_ABOUT = Pattern(r"(?<!\w)[~≈] ?(?=\d)")
_PLUS = Pattern(r"(?<=\d)\+(?=\s|$|[.,;:)!?”\"-])")
_BARE = Pattern(
    r"(?<!\d)(?<!\d\.)(?P<n>\d{1,3}(?:\.\d{3})+,\d{1,2}(?!\d)|\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d{1,2}"
    r"(?:,\d{2})+,\d{3}(?!\d)"
    r"|\d{1,3}(?: \d{3}){2,4}(?! ?\d)|\d+(?:\.\d+)?|(?<![\w.])\.\d+)(?P<adj>-(?=[a-z]))?"
)
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
_KEY_DIGITS = 7
"""A run of so many digits without commas is a key, said digit by digit."""


def claims(sentence: str, *, language: str) -> Iterable[Claim]:
    """Claims every number."""
    if not english(language) or not any(c.isdecimal() for c in sentence):
        return ()

    def said(text: str) -> str:
        whole = text.partition(".")[0]
        if len(whole) > 1 and whole[0] == "0" and "." not in text:
            return digits(text)
        if text.isdecimal() and len(whole) >= _KEY_DIGITS and whole.strip("0") not in "123456789":
            return digits(text)
        return decimal(text, language=language)

    def nth(match: re.Match[str]) -> str | None:
        number = int(match["n"].replace(",", ""))
        right = "th" if number % 100 in (11, 12, 13) else _ENDINGS.get(number % 10, "th")
        if match["th"].lower() != right:
            return None
        return ordinal(number, language=language) + (match["own"] or "") + (" " if match["adj"] else "")

    def signed(match: re.Match[str]) -> str:
        return f"{_SIGNS[match['sign']]} {said(match['n'])}"

    return claimed(
        sentence,
        (
            (_MULTITUDE, lambda m: _TENS[m["n"].replace(",", "")]),
            (_ORDINAL, nth),
            (_HASH, lambda m: f"number {said(m['n'].rstrip(','))}" + (", " if m["n"].endswith(",") else "")),
            (_SIGNED, signed),
            (_ABOUT, lambda m: "about "),
            (_PLUS, lambda m: " plus "),
            (_BARE, lambda m: said(m["n"]) + (" " if m["adj"] else "")),
        ),
    )


_TENS = {"10": "tens", "100": "hundreds", "1000": "thousands", "1000000": "millions"}
_SIGNS = {"-": "minus", "−": "minus", "+": "plus", "±": "plus or minus"}
