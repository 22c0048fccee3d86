"""Percentages: 45%, 10–15 %, 5%–10%, −2%."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.text.english import AMOUNT, DASH, amount, claimed, english
from pipeline.text.pattern import Pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

    from pipeline.contracts import Claim

_RANGE = Pattern(rf"(?<![\w.,])(?P<a>{AMOUNT})(?P<sign> ?%)?{DASH}(?P<b>{AMOUNT}) ?%(?!\w)")
_PLAIN = Pattern(
    rf"(?<![\w.,])(?P<slash>(?<=%)/)?(?P<minus>(?<![\w)])[-−])?(?P<about>~ ?)?(?P<plus>\+)?(?P<n>{AMOUNT}) ?"
    rf"(?P<sign>[%‰])"
    rf"(?P<adj>-(?=[a-z]))?"
)

_RATE = Pattern(r"\b(?:rates?|yields?|spreads?|bonds?|hikes?|cuts?|cut|basis|margins?)\b")
_POINTS = Pattern(rf"(?<![\w.,$£€])(?P<sign>[-−+])?(?P<n>{AMOUNT})(?P<gap> ?)(?P<u>bps?|pp|ppts?)(?![\w/’'])")


def claims(sentence: str, *, language: str) -> Iterable[Claim]:
    """Claims percentages."""
    if not english(language) or not any(sign in sentence for sign in ("%", "‰", "bp", "pp")):
        return ()

    def span(match: re.Match[str]) -> str:
        sign = " percent" if match["sign"] else ""
        return f"{amount(match['a'], language)}{sign} to {amount(match['b'], language)} percent"

    def plain(match: re.Match[str]) -> str:
        before = (
            ("minus " if match["minus"] else "")
            + ("about " if match["about"] else "")
            + ("plus " if match["plus"] else "")
        )
        unit = "percent" if match["sign"] == "%" else "per mille"
        return (
            f"{' ' if match['slash'] else ''}{before}{amount(match['n'], language)} {unit}{' ' if match['adj'] else ''}"
        )

    def points(match: re.Match[str]) -> str | None:
        if match["u"] == "bp" and not _RATE.search(sentence):
            return None  # a base pair
        if match["u"] == "pp" and match["gap"] and match["n"].isdecimal() and not match["sign"]:
            return None  # so many pages
        sign = {"-": "minus ", "−": "minus ", "+": "plus "}.get(match["sign"] or "", "")
        unit = "basis point" if match["u"][0] == "b" else "percentage point"
        return f"{sign}{amount(match['n'], language)} {unit}{'' if match['n'] == '1' else 's'}"

    return claimed(sentence, ((_RANGE, span), (_PLAIN, plain), (_POINTS, points)))
