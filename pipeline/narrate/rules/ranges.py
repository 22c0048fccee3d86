"""From one number to another: 9–17, pages 12-15, won 3–2, a ratio of 2:1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.text.english import NUMBER, claimed, english
from pipeline.text.numerals import cardinal, decimal, ordinal
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
_THINGS = Pattern(
    r"(?<![\w.,–$£€/:-])(?!9-11 (?:attacks|hijackers|victims|terrorists))"
    r"(?P<a>\d{1,3})-(?P<b>\d{1,3})(?= (?:[a-z]+ )?(?!is\b|was\b|has\b|does\b|this\b|its\b|as\b|us\b)"
    r"[a-z]+[a-rt-z]s\b)"
)
_BEATEN = Pattern(
    r"\b(?:[Bb]eat|[Bb]eats|[Bb]eating|beaten by|defeat(?:s|ed|ing)|thrash(?:ed|ing)|edg(?:ed|ing)|down(?:ed|ing)"
    r"|(?:over|past|against|lost to|won at|with|at)) (?:the )?(?:[A-Z][\w’.]+ ){1,3}"
    r"(?P<claim>(?P<a>\d{1,3})-(?P<b>\d{1,3}))(?![\w–/-]|[.,]\d)"
)
_DECIDED = Pattern(
    r"\b(?:ruling|vote|verdict|decision|score|result|tally|count|split|record|scoreline)"
    r" (?:was|is|of|stood at|at|reads?)(?: an?)? (?P<claim>(?P<a>\d{1,3})-(?P<b>\d{1,3}))(?![\w–/-]|[.,]\d)"
)
_ALONE = Pattern(r"^(?P<a>\d{1,4})-(?P<b>\d{1,4})(?=[.!?]?$)")
_RATIO = Pattern(r"(?<![\w:.])(?P<a>\d{1,3}):(?P<b>\d{1,3})(?![\w:]|\.\d)")
_AGED = Pattern(
    r"(?<![\w.,–-])(?P<a>\d{1,3})[–-](?P<b>\d{1,3})-(?P<unit>year|month|week|day|hour|minute|mile|foot|inch|point"
    r"|man)(?P<old>-olds?)?\b"
)
_LETTERS = Pattern(r"(?<![\w’'–-])(?P<a>[A-Z])–(?P<b>[A-Z]|\d{1,2})(?![\w’'–-])|\bK-(?P<n>\d{1,2})(?=[\s,.)]|$)")
_GROUPS = Pattern(r"(?:(?<=\bthe )|(?<=\bThe ))(?P<a>\d{1,2})[–-](?P<b>\d{1,2})s\b")
_WORD_ENDS = Pattern(
    r"(?:(?<=\b[Nn]oon)|(?<=\b[Mm]idnight)|(?<=\bdawn)|(?<=\bnow))(?: ?[–—] ?|-)(?=\d)"
    r"|(?<=[ap]m)(?: ?– ?|-)(?=(?:noon|midnight|late|close|dusk)\b)"
)
_VOTES = Pattern(
    r"(?i:\b(?:passed|approved|rejected|defeated|voted|ruled|split|lead|led|trail|trailing|leading|ahead|down|up"
    r"|finished|ended"
    r"|tied|drew|victory|defeat|loss|draw|win|score|finish|games?|sets?|series|final|by)),? "
    r"(?P<claim>(?P<a>\d{1,3})-(?P<b>\d{1,3}))(?![\w–/-]|[.,]\d)"
)
_DEAL = Pattern(r"(?<![\w.,-])(?P<a>\d{1,3})-(?P<word>for|to|on|in|by|against|v|vs)-(?P<b>\d{1,3})(?![\w.]\d)")
_DOWN = Pattern(r"(?<![\w.-])(?P<a>[1-4])(?:st|nd|rd|th)(?:-and-| and |-&-)(?P<b>\d{1,2}|goal|inches)(?![\w-])")
_ORDINALS = Pattern(r"(?<![\w.])(?P<a>\d{1,3})(?:st|nd|rd|th)?[–-](?P<b>\d{1,3})(?:st|nd|rd|th)\b")


def claims(sentence: str, *, language: str) -> Iterable[Claim]:
    """Claims ranges, scores and ratios of plain numbers."""
    if not english(language) or not any(c.isdecimal() or c == "–" for c in sentence):
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

    def aged(match: re.Match[str]) -> str:
        ends = f"{decimal(match['a'], language=language)} to {decimal(match['b'], language=language)}"
        return f"{ends} {match['unit']}{(match['old'] or '').replace('-', ' ')}"

    def letters(match: re.Match[str]) -> str:
        last = match["n"] or match["b"]
        return f"{match['a'] or 'K'} to {decimal(last, language=language) if last.isdecimal() else last}"

    def deal(match: re.Match[str]) -> str:
        word = "versus" if match["word"] in ("v", "vs") else match["word"]
        return f"{decimal(match['a'], language=language)} {word} {decimal(match['b'], language=language)}"

    return claimed(
        sentence,
        (
            (_WORD_ENDS, lambda m: " to "),
            (_DOWN, lambda m: f"{ordinal(int(m['a']))} and {cardinal(int(m['b'])) if m['b'].isdecimal() else m['b']}"),
            (_DEAL, deal),
            (_AGED, aged),
            (_GROUPS, lambda m: _group(m)),
            (_LETTERS, letters),
            (_ORDINALS, ordinals),
            (_DASHED, span),
            (_WORDED, span),
            (_VOTES, span),
            (_BEATEN, span),
            (_DECIDED, span),
            (_COUNTED, span),
            (_THINGS, lambda m: span(m) if int(m["a"]) < int(m["b"]) <= 12 * int(m["a"]) else None),
            (_ALONE, span),
            (_RATIO, span),
        ),
    )


def _group(match: re.Match[str]) -> str:
    """People of an age: the 18–24s."""
    last = decimal(match["b"])
    return f"{decimal(match['a'])} to {last[:-1] + 'ies' if last.endswith('y') else last + 's'}"


_SIZES = {"k": "thousand", "K": "thousand", "m": "million", "M": "million", "bn": "billion"}
