"""Years, decades and spans of years: in 1066, the 1990s, the '80s, 1914–18, 44 BC."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.text.english import claimed, english, listed
from pipeline.text.numerals import cardinal, digits, two_digits
from pipeline.text.numerals import year as year_words
from pipeline.text.pattern import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.contracts import Claim

_Y = r"(?:1[0-9]\d\d|20\d\d)"
_B = r"(?<![\w.#$£€/:+*=~-])(?<!\d,)(?<!\d )(?<![–−])"
_E = r"(?!(?![¹²³⁰⁴-⁹])\w|[%‰°$€/*=]|[.,:]\d|-\d|[–—]\d)"
_TO = r"(?: ?[–—] ?| - |-|/)"
_UNIT = r"(?! ?(?:k?g|k?m|cm|mm|lbs?|oz|mi|ft|MB|GB|km²|m²|m2|Hz|kHz|MHz|W|kW|V|px)\b)"

_DECADES = Pattern(rf"(?<![\w.,])(?P<a>1\d\d0|20[0-9]0)[’']?s{_TO}(?:(?P<b>1\d\d0|20\d0)|[’'‘]?(?P<c>\d0))[’']?s\b")
_DECADE = Pattern(
    r"(?<![\w.,$£€])(?:(?<!-)|(?<=mid-)|(?<=early-)|(?<=late-)|(?<=pre-)|(?<=post-))(?P<y>1[0-9]\d0"
    r"|20\d0)(?: ?[’']?s)\b"
)
_SHORT = Pattern(r"(?<![\w.,$£€])(?P<q>[’'‘])?(?P<d>[1-9]0)[’']?s\b(?!\.\w)")
_QUOTED = Pattern(r"(?:(?<=\s)|(?<=^)|(?<=[(–-]))[’'‘](?P<d>\d\d)(?![\w’'%]|\.\d)")
_ERA = r"(?:B\.?C\.?E\.?|BCE?|B\.C\.|A\.D\.?|AD|CE|C\.E\.)(?!\w)"
_ERA_SPAN = Pattern(rf"(?<![\w.,])(?P<a>\d{{1,4}}){_TO}(?P<b>\d{{1,4}}) ?(?P<era>{_ERA})")
_ERA_AFTER = Pattern(rf"(?<![\w.,])(?P<y>\d{{1,5}}|\d\d?,\d{{3}}) ?(?P<era>{_ERA})")
_ERA_BEFORE = Pattern(r"\b(?P<era>AD|A\.D\.) ?(?P<y>\d{1,4})(?:[–-](?P<last>\d{1,4}))?(?!\d)")
_SPAN = Pattern(rf"(?<![\w.,#$£€/:-])(?P<a>{_Y}){_TO}(?P<b>{_Y}|\d\d){_E}{_UNIT}")
_OPEN = Pattern(rf"(?<![\w.,])(?P<a>{_Y})[–-](?=\)| ?present| ?now)")
_PLAIN = Pattern(rf"{_B}(?P<y>{_Y}){_E}{_UNIT}")
_BOUND = Pattern(rf"(?<=[a-z][a-z]-)(?P<y>{_Y})(?=[ ,.;)]|$)")
_CLOSE = Pattern(rf"(?:(?<=\b[cbd]\.)|(?<=\bca\.)|(?<=\bfl\.)|(?<=\best\.))(?P<y>{_Y})(?!\d)")
_COUNTED = Pattern(
    r" (?:(?:more|other|new|young|old|small|large|separate|individual|different|local) )?(?!(?:was|has"
    r"|this|its|always|perhaps|thus|plus|across|besides|towards|afterwards|various|versus|does|becomes"
    r"|remains|begins|marks|sees|brings|needs)\b)(?P<noun>[a-z]{2,}(?:[^siu\W]s|ies|ches)|people|men"
    r"|women|children|feet|mice|miles|percent|per|million|thousand|times|mph|sq|square)\b(?! (?:was|were|is|had|has)\b)"
)
_HEADS = listed(
    """
    people men women children feet miles percent per million thousand times mph sq square
    """
) | listed(
    """
    years days hours minutes seconds months weeks points votes copies words soldiers students users members
    pages dollars
    """
)
_NUMBERED = Pattern(
    r"(?:\b(?:pages?|pp?\.|no\.|nos\.|numbers?|room|flight|route|bus|verse|lines?|model|highway|psalm"
    r"|nearly|almost|roughly|than|least|over|another|only|exactly|approximately|some|divided by|times)|[#=+*×÷−]) $",
    re.IGNORECASE,
)
_DATED = Pattern(r"\b(?:in|since|by|until|during|circa|year|of|the|early|late|mid|from|after|before) $", re.IGNORECASE)


def claims(sentence: str, *, language: str) -> Iterable[Claim]:
    """Claims years."""
    if not english(language) or not any(c.isdecimal() for c in sentence):
        return ()

    def said(text: str) -> str:
        return year_words(int(text.replace(",", "")), language=language)

    def plain(match: re.Match[str]) -> str | None:
        number = int(match["y"])
        before = sentence[max(0, match.start() - 16) : match.start()]
        counted = _COUNTED.match(sentence, match.end())
        if number % 1000 == 0 and not _DATED.search(before) and number != 2000:
            return None
        if _NUMBERED.search(before):
            return None
        if (
            counted
            and not (number >= 1500 and _DATED.search(before))
            and not (1900 < number < 2050 and number % 50 and counted["noun"] not in _HEADS)
        ):
            return None
        return said(match["y"])

    def span(match: re.Match[str]) -> str | None:
        last = match["b"]
        if len(last) == 4:
            return f"{said(match['a'])} to {said(last)}"
        if "/" in match[0]:
            return f"{said(match['a'])} {two_digits(int(last))}"
        if int(last) <= int(match["a"][2:]):
            return None
        return f"{said(match['a'])} to {two_digits(int(last))}"

    return claimed(
        sentence,
        (
            (_ERA_SPAN, lambda m: f"{said(m['a'])} to {said(m['b'])} {_era(m['era'])}"),
            (
                _ERA_BEFORE,
                lambda m: f"{_era(m['era'])} {said(m['y'])}" + (f" to {said(m['last'])}" if m["last"] else ""),
            ),
            (_ERA_AFTER, lambda m: f"{said(m['y'])} {_era(m['era'])}"),
            (
                _DECADES,
                lambda m: f"{_many(said(m['a']))} to {_many(said(m['b']) if m['b'] else cardinal(int(m['c'])))}",
            ),
            (_DECADE, lambda m: _many(said(m["y"]))),
            (_SHORT, lambda m: _many(cardinal(int(m["d"]))) if m["q"] or int(m["d"]) >= 20 else None),
            (_SPAN, span),
            (_OPEN, lambda m: f"{said(m['a'])} to "),
            (_CLOSE, lambda m: said(m["y"])),
            (_PLAIN, plain),
            (_BOUND, lambda m: f" {said(m['y'])}"),
            (_QUOTED, lambda m: digits(m["d"]).replace("zero", "oh", 1) if m["d"][0] == "0" else cardinal(int(m["d"]))),
        ),
    )


def _many(words: str) -> str:
    """A decade: "nineteen nineties", "eighteen hundreds"."""
    return f"{words[:-1]}ies" if words.endswith("y") else f"{words}s"


def _era(text: str) -> str:
    return " ".join(c for c in text if c.isalpha())
