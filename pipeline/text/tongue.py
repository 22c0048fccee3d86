"""What a narrator of another language than English needs to say figures: one table of words a language.

The rules ``other_…`` know how dates, sums and measures are written in Europe; a `Tongue` knows how they are said. A new
language is a module in `pipeline.text.tongues` with a ``TONGUE``.
"""

from __future__ import annotations

import importlib
import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from pipeline.text import counting

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

WRITTEN = ("de", "es", "fr", "it", "nl", "pt")
"""Primary subtags of the languages that have a table."""

NUMBER = r"(?:\d{1,3}(?:[. ’']\d{3})+(?!\d)|\d+)(?:,\d+|\.\d{1,2}(?![\d.]))?"
"""A number as Europe writes it: 7, 1.200, 1 200, 1’200, 3,14 — and 3.5, as calculators write it."""
BEFORE = r"(?<![\w.,/:’'-])"
"""No number begins inside of something else."""
DASH = r"(?: ?[–—−] ?| - |-)"
"""What may stand between the ends of a range."""
BLANK = "[ \u00a0\u202f\u2009]?"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tongue:
    """Words and habits of one language.

    Attributes:
        tag: BCP 47 tag by which number words are asked for.
        months: Full names, January first, as they are spoken within a sentence.
        short_months: Abbreviation without its point, lower case → number of the month.
        month_link: Regular expression between day and month: " de ".
        year_link: Regular expression between month and year.
        words: ``point minus to percent permille dot at dash underscore hashtag plus`` …: the words of signs by name.
        signs: Sign → word, for signs that stand alone; an empty word is silence.
        units: Unit as written → (one, many).
        coins: Currency as written → (one, many).
        cents: Between whole and hundredths of a sum: " euros *et* cinquante".
        scales: "Mio." → (one, many).
        joint: Between a million and what is counted: "un million *de* gens".
        halves: Fraction character → (alone, what is put behind a whole number).
        count: (number, text behind it) → number words that agree with what is counted.
        place: (number, mark behind it, text before, text behind) → ordinal, None where it is none.
        places: Regular expression of the marks of an ordinal.
        day: (day, text before) → the day of a date.
        date: How day, month and year are joined, from the words of each; the year may be empty.
        clock: (hour, minute, text before) → time of day.
        clock_words: Regular expression of what may follow a time and is said by ``clock``.
        half: (text behind it) → "½" in front of what is halved.
        roman: (regular expression with groups ``roman`` and perhaps ``claim``, (number, match) → words) each.
        short: (regular expression, words) each: abbreviations.
        pairs: Whether a telephone number is read in pairs of digits.
        years: (number) → a year.
        decade: Regular expression with group ``y`` and how the tens are said; empty where nothing special is.
    """

    tag: str
    months: tuple[str, ...]
    short_months: Mapping[str, int]
    words: Mapping[str, str]
    signs: Mapping[str, str]
    units: Mapping[str, tuple[str, str]]
    coins: Mapping[str, tuple[str, str]]
    scales: Mapping[str, tuple[str, str]]
    halves: Mapping[str, tuple[str, str]]
    count: Callable[[int, str], str]
    place: Callable[[int, str, str, str], str | None]
    places: str
    day: Callable[[int, str], str]
    date: Callable[[str, str, str], str]
    clock: Callable[[int, int, str], str]
    clock_words: str
    half: Callable[[str], str]
    years: Callable[[int], str]
    short: tuple[tuple[str, str], ...]
    roman: tuple[tuple[str, Callable[[int, re.Match[str]], str | None]], ...] = ()
    month_link: str = " "
    year_link: str = " "
    cents: str = " "
    joint: str = ""
    pairs: bool = False
    decade: tuple[str, Callable[[str], str]] | None = field(default=None)

    @property
    def month(self) -> str:
        """Regular expression of a month's name or abbreviation."""
        full, short = ("|".join(sorted(names, key=len, reverse=True)) for names in (self.months, self.short_months))
        return rf"(?:(?:{full})(?![^\W\d_])|(?:{short})(?![^\W\d_])\.?)"

    def month_number(self, text: str) -> int:
        """Number of the month that `month` matched, from 1."""
        name = text.rstrip(".").lower()
        lowered = [month.lower() for month in self.months]
        return lowered.index(name) + 1 if name in lowered else self.short_months[name]

    def cardinal(self, number: int) -> str:
        """``number`` in words, agreeing with nothing."""
        return self.count(number, "")

    def number(self, text: str, after: str = "") -> str:
        """What `NUMBER` matched, in words that agree with ``after``."""
        if text[:1] in ("-", "−", "–"):
            return f"{self.words['minus']} {self.number(text[1:], after)}"
        whole, mark, rest = text.partition(",")
        if not mark:
            match = re.fullmatch(r"(\d+)\.(\d{1,2})", text)
            whole, rest = match.groups() if match else (text, "")
        figures = re.sub(r"\D", "", whole)
        if len(figures) > 15 or (len(figures) > 1 and figures[0] == "0" and not rest):
            return self.digits(figures + rest)
        if not rest:
            return self.count(int(figures), after)
        return f"{self.cardinal(int(figures))} {self.words['point']} {self.decimals(rest)}"

    def decimals(self, figures: str) -> str:
        """What stands behind the comma: two figures as a number, as most of Europe reads them; more one by one."""
        if len(figures) > 2 or self.words.get("decimals") == "digits":
            return self.digits(figures)
        noughts = len(figures) - len(figures.lstrip("0"))
        rest = figures.lstrip("0")
        return " ".join([self.cardinal(0)] * noughts + ([self.cardinal(int(rest))] if rest else []))

    def digits(self, text: str) -> str:
        """The digits of ``text`` one by one."""
        return " ".join(self.cardinal(int(c)) for c in text if c.isdecimal())

    def counted(self, text: str, thing: tuple[str, str]) -> str:
        """A number and what it counts: "trois kilogrammes", "un mètre"."""
        figures, french = text.lstrip("-−–").partition(","), self.tag.startswith("fr")
        # French counts everything below two as one: "un virgule cinq kilogramme" takes no plural.
        single = figures[0] in ("0", "1") if french else figures[0] == "1" and not figures[1]
        name = thing[0] if single else thing[1]
        return self.joined(self.number(text, f" {name}"), name)

    def joined(self, number: str, name: str) -> str:
        """``number name``, without a blank behind an apostrophe."""
        return f"{number}{name}" if number.endswith("’") else f"{number} {name}"


@cache
def of(language: str) -> Tongue | None:
    """The table of ``language`` (BCP 47); None for English and for languages without one."""
    primary, _, region = language.lower().replace("_", "-").partition("-")
    if primary not in WRITTEN:
        return None
    module = importlib.import_module(f"pipeline.text.tongues.{primary}")
    tongue: Tongue = module.tongue(region)
    return tongue


def data(name: str) -> dict[str, Any]:
    """The word tables of one language, as `Tongue` takes them."""
    text = resources.files("pipeline.text.tongues").joinpath(f"{name}.toml").read_text(encoding="utf-8")
    tables: dict[str, Any] = tomllib.loads(text)
    for key in ("units", "coins", "scales", "halves"):
        tables[key] = {
            sign: (said, said) if isinstance(said, str) else tuple(said) for sign, said in tables[key].items()
        }
    return tables | {"months": tuple(tables["months"]), "short": tuple(tables["short"].items())}


def asked(tag: str, number: int) -> str:
    """The cardinal of ``number``; one digit after the other where the package gives up."""
    said = counting.cardinal(str(number), language=tag)
    return said if said is not None else " ".join(counting.cardinal(c, language=tag) or c for c in str(number))


def placed(tag: str, number: int) -> str:
    """The ordinal of ``number``, else its cardinal."""
    return counting.ordinal(number, language=tag) or asked(tag, number)
