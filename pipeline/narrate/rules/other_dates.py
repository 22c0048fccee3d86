"""Dates, times of day and decades in languages other than English: 3. Mai 2021, 14 h 30, años 90."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from pipeline.text import tongue
from pipeline.text.english import claimed
from pipeline.text.pattern import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.contracts import Claim
    from pipeline.text.english import Say
    from pipeline.text.tongue import Tongue

_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_TIMED = re.compile(r"\b(?:alle|dalle|ore|[àa]s|las|à|om)\s$")
_NOT_IN = r"(?<![\w.,/:-])"


def claims(sentence: str, *, language: str) -> Iterable[Claim]:
    """Claims dates and times."""
    words = tongue.of(language)
    if words is None or not any(c.isdecimal() for c in sentence):
        return ()
    return claimed(sentence, _table(words))


@cache
def _table(words: Tongue) -> tuple[tuple[Pattern, Say], ...]:
    """The patterns of one language with what they say."""
    month, link, mark = words.month, words.month_link, rf"(?:{words.places})?"
    year = rf"(?:(?:{words.year_link})(?P<year>\d{{4}}|[’']\d\d)(?![\d%]))?"
    hours = r"(?P<h>[01]?\d|2[0-4])(?P<mark>:|\.|h| h |:)(?P<m>[0-5]\d)(?![\d:]|[.,]\d| ?[%€$])"

    def day(match: re.Match[str], name: str = "day") -> str:
        return words.day(int(match[name]), match.string[: match.start()])

    def years(text: str | None) -> str:
        return words.years(int(text.strip("’'"))) if text else ""

    def dated(match: re.Match[str]) -> str:
        said = words.months[words.month_number(match["month"]) - 1]
        return words.date(day(match), said, years(match["year"]))

    def ranged(match: re.Match[str]) -> str:
        before = match.string[: match.start()]
        said = words.months[words.month_number(match["month"]) - 1]
        last = words.date(words.day(int(match["last"]), before), said, years(match["year"]))
        return f"{words.day(int(match['day']), before)} {words.words['to']} {last}"

    def numeric(match: re.Match[str]) -> str:
        return words.date(day(match), words.months[int(match["month"]) - 1], _century(words, match["year"]))

    def iso(match: re.Match[str]) -> str:
        return words.date(day(match), words.months[int(match["month"]) - 1], years(match["year"]))

    def monthly(match: re.Match[str]) -> str:
        said = words.months[words.month_number(match["month"]) - 1]
        return f"{said}{match['link']}{years(match['year'])}"

    def clock(match: re.Match[str]) -> str | None:
        if match["mark"] == "." and not match["said"] and not _TIMED.search(match.string, 0, match.start()):
            return None
        return words.clock(int(match["h"]), int(match["m"]), match.string[: match.start()])

    def whole(match: re.Match[str]) -> str:
        return words.clock(int(match["h"]), 0, match.string[: match.start()])

    def span(match: re.Match[str]) -> str:
        before = match.string[: match.start()]
        first = words.clock(int(match["h"]), int(match["m"] or 0), before)
        last = words.clock(int(match["h2"]), int(match["m2"] or 0), before)
        shared = " Uhr" if words.tag == "de" and first.endswith(" Uhr") else ""
        return f"{first.removesuffix(shared) if shared else first} {words.words['to']} {last}"

    clock_words = words.clock_words
    rows: list[tuple[str, Say]] = [
        (rf"{_NOT_IN}(?P<year>\d{{4}})-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?![\d-])", iso),
        (
            rf"{_NOT_IN}(?P<day>{_DAY})(?P<s>[./-])(?P<month>{_MONTH})(?P=s)(?P<year>\d{{4}}|\d\d)(?![\d/.-]*\d)",
            numeric,
        ),
        (
            rf"{_NOT_IN}(?P<day>{_DAY}){mark}{tongue.DASH}(?P<last>{_DAY}){mark}(?:{link})(?P<month>{month}){year}",
            ranged,
        ),
        (rf"{_NOT_IN}(?P<day>{_DAY}){mark}(?:{link})(?P<month>{month}){year}", dated),
        (rf"(?<![^\W\d_])(?P<month>{month})(?P<link>{words.year_link})(?P<year>1\d{{3}}|20\d\d)(?![\d%])", monthly),
        (
            rf"{_NOT_IN}(?P<h>[01]?\d|2[0-4])(?:[:.h](?P<m>[0-5]\d))?(?:{clock_words})?{tongue.DASH}"
            rf"(?P<h2>[01]?\d|2[0-4])(?:[:.h](?P<m2>[0-5]\d))?(?:{clock_words})(?![\w/])",
            span,
        ),
        (rf"{_NOT_IN}{hours}(?P<said>{clock_words}(?![\w/]))?(?![\w])", clock),
    ]
    if words.tag.startswith(("de", "nl", "fr")):
        rows.append((rf"{_NOT_IN}(?P<h>[01]?\d|2[0-4])(?:{clock_words})(?![\w/²³])", whole))
    if words.tag == "de":
        rows.append((rf"{_NOT_IN}(?P<day>{_DAY})\.(?P<month>{_MONTH})\.(?P<year>)(?!\d)", numeric))
    if words.decade:
        pattern, say = words.decade
        rows.append((pattern, lambda m: say(m["y"] or m["y2"] if "y2" in m.re.groupindex else m["y"])))
    return tuple((Pattern(pattern), say) for pattern, say in rows)


def _century(words: Tongue, text: str) -> str:
    """A year written with four digits or two, or not at all: "21" is 2021, "84" is 1984."""
    if not text:
        return ""
    number = int(text)
    return words.years(number if len(text) == 4 else number + (1900 if number > 40 else 2000))
