"""Dates: 12 May 2021, May 5, 2021-05-12, 3/4/2021, April 30–May 2, 5/2021."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.text.english import DASH, MONTH, MONTHS, after, claimed, english, month
from pipeline.text.numerals import british, digits, ordinal, two_digits
from pipeline.text.numerals import year as year_words
from pipeline.text.pattern import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.contracts import Claim

_NTH = r"(?:0?[1-9]|[12]\d|3[01])"
_TH = r"(?:st|nd|rd|th|ST|ND|RD|TH)"
_YEAR = r"(?:1\d{3}|20\d\d|2100)(?![\d:%]|,\d|\.\d)"
_I = re.IGNORECASE

_ISO = Pattern(
    r"(?<![\w-])(?P<y>1\d{3}|20\d\d)(?P<s>[-/.])(?P<m>0?[1-9]|1[0-2])(?P=s)(?P<d>0?[1-9]|[12]\d|3[01])(?![\w-]|[/.]\d)"
)
_STAMP = Pattern(
    r"(?<![\w-])(?P<claim>(?P<y>1\d{3}|20\d\d)-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01]))(?=T\d\d:?\d\d)"
)
_NUMERIC = Pattern(
    r"(?<![\w./-])(?P<a>\d{1,2})(?P<s>[-/.])(?P<b>\d{1,2})(?P=s)(?P<y>1\d{3}|20\d\d|\d\d)(?![\w/-]|\.\d)"
)
_DAY_MONTH = Pattern(
    rf"(?<![\w$£€:.,])(?<!\d[ /-])(?P<the>the )?(?:(?P<first>{_NTH}){_TH}?{DASH})?(?P<d>{_NTH})"
    rf"(?P<th>{_TH})?(?P<of> of)?[ -](?P<m>{MONTH})"
    rf"(?:(?P<s>,? |-)(?P<y>{_YEAR}))?(?!\w)",
    _I,
)
_MONTH_DAY = Pattern(
    rf"\b(?P<m>{MONTH})(?P<s0> |-)(?P<d>{_NTH}){_TH}?(?![\d:%]|[.,]\d|/|-\d{{3}})(?:{DASH}"
    rf"(?P<last>{_NTH}){_TH}?(?![\d:]))?(?:(?P<s>,? |-)(?P<y>{_YEAR}))?(?!\w)",
    _I,
)
_DASHED = Pattern(rf"\b(?P<m>{MONTH})-(?P<d>{_NTH})-(?P<y>{_YEAR})(?!\w)", _I)
_MONTHS_YEAR = Pattern(rf"\b(?P<a>{MONTH}){DASH}(?P<b>{MONTH})(?P<s>,? )(?P<y>{_YEAR})(?![\w-])")
_MONTH_YEAR = Pattern(rf"\b(?P<m>{MONTH})(?P<s>,? (?:of )?|-|/)(?P<y>{_YEAR})(?!\w)", _I)
_SLASHED = Pattern(
    r"(?i:\b(?:on|by|until|since|starting|beginning|from|before|after|dated|due|report)) \(?(?!9/11\b)(?P<claim>"
    r"(?P<a>\d{1,2})/(?P<b>\d{1,2}))(?![\w/]| ?%)"
    r"(?! of\b| (?:cup|tea|table|mile|inch|pound|hour|full|empty|price))|(?:(?<=day \()|(?<=Day \())(?P<a2>\d{1,2})/"
    r"(?P<b2>\d{1,2})(?=\))|(?<=Tu \()(?P<a3>\d{1,2})/(?P<b3>\d{1,2})(?=\))"
)
_ACROSS = Pattern(
    rf"\b(?P<m>{MONTH}) (?P<d>{_NTH}){_TH}?{DASH}(?P<m2>{MONTH}) (?P<d2>{_NTH}){_TH}?(?:(?P<s>,? )"
    rf"(?P<y>{_YEAR}))?(?!\w)"
    rf"|(?<![\w.,/-])(?P<d3>{_NTH}){_TH}? (?P<m3>{MONTH}){DASH}(?P<d4>{_NTH}){_TH}? (?P<m4>{MONTH})(?:(?P<s2>,? )"
    rf"(?P<y2>{_YEAR}))?(?!\w)"
)
_MONTH_OF = Pattern(rf"\b(?P<m>{MONTH}) [’'‘](?P<y>\d\d)(?![\w’'])")
_NUMBERED = Pattern(
    rf"(?<![\w./,-])(?:(?=0)|{after('of in since by until from to dated expires Expires issue through exp')}|"
    rf"(?<=\())(?P<m>0?[1-9]|1[0-2])/(?P<y>(?:19|20)\d\d)(?![\w/-]|[.,]\d)"
)
_ODD = r"(?:1[345789]|2[1236789]|3[01])"
_LIKELY = Pattern(
    rf"(?<![\w./,$-])(?:(?P<a>[1-9]|1[0-2])/(?P<b>{_ODD})|(?P<a2>{_ODD})/(?P<b2>[1-9]|1[0-2]))(?![\w/-]|[.,]\d"
    rf"| ?%| of\b| ?[=+])"
)
_PADDED = Pattern(
    r"(?<![\w./,-])(?P<a>0[1-9])/(?P<b>[0-3]\d)(?![\w/-]|[.,]\d)|(?<![\w./,-])(?P<a2>[12]\d)/(?P<b2>0[1-9])"
    r"(?![\w/-]|[.,]\d)"
)


def claims(sentence: str, *, language: str) -> Iterable[Claim]:
    """Claims dates."""
    if not english(language) or not any(c.isdecimal() for c in sentence):
        return ()
    day_first = british(language)

    def numeric(match: re.Match[str]) -> str | None:
        return _numeric(match, language, day_first=day_first or (match["s"] == "." and int(match["a"]) > 12))

    def likely(match: re.Match[str]) -> str | None:
        # 12/31 in America, 31/12 in Britain: nobody divides by thirty-one.
        return _slashed(match, language, day_first=day_first) if bool(match["a2"]) == day_first else None

    def iso(match: re.Match[str]) -> str | None:
        # In a sentence as 12 May 2021 is; alone (a cell, a heading) in the short way.
        alone = match[0] == sentence.strip()
        return _full(int(match["d"]), int(match["m"]), match["y"], language, day_first=day_first or not alone)

    return claimed(
        sentence,
        (
            (_STAMP, lambda m: f"{_full(int(m['d']), int(m['m']), m['y'], language, day_first=day_first)}, "),
            (_ISO, iso),
            (_NUMERIC, numeric),
            (_ACROSS, lambda m: _across(m, language)),
            (_MONTH_OF, lambda m: f"{month(m['m'])} {_year(m['y'], language)}"),
            (_NUMBERED, lambda m: f"{MONTHS[int(m['m']) - 1]} {_year(m['y'], language)}"),
            (_LIKELY, likely),
            (_PADDED, lambda m: _slashed(m, language, day_first=day_first)),
            (
                _MONTHS_YEAR,
                lambda m: f"{month(m['a'])} to {month(m['b'])}{m['s']}{_year(m['y'], language)}",
            ),
            (_DASHED, lambda m: f"{month(m['m'])} {ordinal(int(m['d']))}, {_year(m['y'], language)}"),
            (_DAY_MONTH, lambda m: _day_month(m, language)),
            (_MONTH_DAY, lambda m: _month_day(m, language)),
            (
                _MONTH_YEAR,
                lambda m: f"{month(m['m'])}{',' if ',' in m['s'] else ''} {year_words(int(m['y']), language=language)}",
            ),
            (_SLASHED, lambda m: _slashed(m, language, day_first=day_first)),
        ),
    )


def _across(match: re.Match[str], language: str) -> str:
    """From one month into the next: April 30–May 2, 30 April–2 May."""
    mark, year = (match["s"], match["y"]) if match["m"] else (match["s2"], match["y2"])
    said = f"{mark}{_year(year, language)}" if year else ""
    if match["m"]:
        the = "the " if british(language) else ""
        first, last = (f"{month(match[m])} {the}{ordinal(int(match[d]))}" for m, d in (("m", "d"), ("m2", "d2")))
    else:
        first, last = (f"the {ordinal(int(match[d]))} of {month(match[m])}" for m, d in (("m3", "d3"), ("m4", "d4")))
    return f"{first} to {last}{said}"


def _year(text: str, language: str) -> str:
    if len(text) == 4:
        return year_words(int(text), language=language)
    return digits(text) if text[0] == "0" else two_digits(int(text))


def _full(day: int, number: int, year: str, language: str, *, day_first: bool) -> str | None:
    """Day, month and year; None where the numbers are no date."""
    if not 1 <= number <= 12 or not 1 <= day <= 31:
        return None
    if day_first:
        return f"the {ordinal(day)} of {MONTHS[number - 1]}, {_year(year, language)}"
    return f"{MONTHS[number - 1]} {ordinal(day)}, {_year(year, language)}"


def _numeric(match: re.Match[str], language: str, *, day_first: bool) -> str | None:
    a, b = int(match["a"]), int(match["b"])
    if len(match["y"]) == 2 and match["s"] != "/":
        return None  # 1.2.30 is a version
    if a > 12:
        day_first = True
    elif b > 12:
        day_first = False
    day, number = (a, b) if day_first else (b, a)
    return _full(day, number, match["y"], language, day_first=day_first)


def _slashed(match: re.Match[str], language: str, *, day_first: bool) -> str | None:
    groups = match.groupdict()
    a, b = (int(groups[name] or groups[f"{name}2"] or groups[f"{name}3"]) for name in "ab")
    day, number = (a, b) if a > 12 or (day_first and b <= 12) else (b, a)
    if not 1 <= number <= 12 or not 1 <= day <= 31:
        return None
    return f"the {ordinal(day)} of {MONTHS[number - 1]}" if day_first else f"{MONTHS[number - 1]} {ordinal(day)}"


def _real(name: str, year: str | None) -> bool:
    """Whether ``name`` is a month here: "may" and "march" are verbs unless capitalised or followed by a year."""
    return (
        name[0].isupper() or year is not None or name.lower() not in ("may", "march", "mar", "dec", "sep", "jun", "jan")
    )


def _day_month(match: re.Match[str], language: str) -> str | None:
    if not _real(match["m"], match["y"]):
        return None
    capital = match[0][0] == "T"
    the = ("The " if capital else "the ") if match["the"] or not match["of"] else ""
    first = f"{ordinal(int(match['first']))} to the " if match["first"] else ""
    year = f"{',' if ',' in match['s'] else ''} {_year(match['y'], language)}" if match["y"] else ""
    return f"{the}{first}{ordinal(int(match['d']))} of {month(match['m'])}{year}"


def _month_day(match: re.Match[str], language: str) -> str | None:
    if not _real(match["m"], match["y"]) and match["m"].lower() in ("may", "march", "dec"):
        return None
    the = "the " if british(language) else ""
    last = f" to {the}{ordinal(int(match['last']))}" if match["last"] else ""
    year = f", {_year(match['y'], language)}" if match["y"] else ""
    return f"{month(match['m'])} {the}{ordinal(int(match['d']))}{last}{year}"
