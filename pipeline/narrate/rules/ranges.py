"""From one number to another: 9–17, pages 12-15, won 3–2, a ratio of 2:1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.text.english import NUMBER, claimed, english
from pipeline.text.numerals import decimal, ordinal
from pipeline.text.pattern import Pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

    from pipeline.contracts import Claim

_SIZE = r"(?P<s> ?(?:k|K|m|M|bn|thousand|million|billion|trillion)\b)?"
_DASHED = Pattern(
    rf"(?<![\w.,–—:$£€/-])(?P<a>{NUMBER}) ?– ?(?P<b>{NUMBER})(?![\w–—/-]|[.,]\d){_SIZE}|"
    rf"(?<![\w.,$£€/-])(?P<a2>{NUMBER}) - (?P<b2>{NUMBER})(?![\w/]|[.,]\d| [-=])"
)
_WORDED = Pattern(
    rf"(?i:\b(?:from|pages?|pp?\.|aged?|ages|between|chapters?|about|for|of|in|won|lost|to|by|verses?"
    rf"|lines?|nos?\.?|level|score(?: of)?|beat|takes?|grades?|every|only|just|least|some|or|sections?"
    rf"|weeks?|days?|a)) "
    rf"(?P<claim>(?P<a>{NUMBER})-(?P<b>{NUMBER}))(?![\w–/-]|[.,]\d)(?!=)"
)
_COUNTED = Pattern(
    r"(?<![\w.,–$£€/:-])(?P<a>\d{1,3})-(?P<b>\d{1,3})(?= (?:victory|wins?|loss|defeat|lead|draw|times"
    r"|years?|days|weeks|months|hours|minutes|seconds|people|points|miles|percent|lead|tie|majority"
    r"|vote|record|odd|a\b|cups?|pounds|inches|feet|words|pages))"
)
_ALONE = Pattern(r"^(?P<a>\d{1,4})-(?P<b>\d{1,4})(?=[.!?]?$)")
_RATIO = Pattern(r"(?<![\w:.])(?P<a>\d{1,3}):(?P<b>\d{1,3})(?![\w:]|\.\d)")
_ORDINALS = Pattern(r"(?<![\w.])(?P<a>\d{1,3})(?:st|nd|rd|th)?[–-](?P<b>\d{1,3})(?:st|nd|rd|th)\b")


def claims(sentence: str, *, language: str) -> Iterable[Claim]:
    """Claims ranges, scores and ratios of plain numbers."""
    if not english(language) or not any(c.isdecimal() for c in sentence):
        return ()

    def span(match: re.Match[str]) -> str | None:
        groups = match.groupdict()
        low, high = groups.get("a") or groups["a2"], groups.get("b") or groups["b2"]
        if any(len(end) > 1 and end[0] == "0" and "." not in end for end in (low, high)):
            return None
        size = groups.get("s")
        said = f"{decimal(low, language=language)} to {decimal(high, language=language)}"
        return f"{said} {_SIZES.get(size.strip(), size.strip())}" if size else said

    def ordinals(match: re.Match[str]) -> str:
        return f"{ordinal(int(match['a']), language=language)} to {ordinal(int(match['b']), language=language)}"

    return claimed(
        sentence,
        ((_ORDINALS, ordinals), (_DASHED, span), (_WORDED, span), (_COUNTED, span), (_ALONE, span), (_RATIO, span)),
    )


_SIZES = {"k": "thousand", "K": "thousand", "m": "million", "M": "million", "bn": "billion"}
