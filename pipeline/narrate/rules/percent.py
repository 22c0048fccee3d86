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


def claims(sentence: str, *, language: str) -> Iterable[Claim]:
    """Claims percentages."""
    if not english(language) or not ("%" in sentence or "‰" in sentence):
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

    return claimed(sentence, ((_RANGE, span), (_PLAIN, plain)))
