"""Quantities with units: 5kg, 20–25°C, 6'2", 10 x 20 cm, a 10-km run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.text.english import AMOUNT, DASH, NUMBER, amount, claimed, english, plural, single
from pipeline.text.numerals import british, cardinal
from pipeline.text.pattern import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.contracts import Claim

_UNITS = {
    "km": "kilometer", "m": "meter", "cm": "centimeter", "mm": "millimeter", "nm": "nanometer", "µm": "micrometer",
    "μm": "micrometer", "kg": "kilogram", "KG": "kilogram", "Kg": "kilogram", "KM": "kilometer", "g": "gram",
    "mg": "milligram", "µg": "microgram", "μg": "microgram", "mcg": "microgram", "lb": "pound", "lbs": "pound",
    "oz": "ounce", "ft": "foot", "in": "inch", "yd": "yard", "yds": "yard", "mi": "mile", "mL": "milliliter",
    "ml": "milliliter", "L": "liter", "l": "liter", "dL": "deciliter", "dl": "deciliter", "cl": "centiliter",
    "GB": "gigabyte", "MB": "megabyte", "KB": "kilobyte", "kB": "kilobyte", "TB": "terabyte", "PB": "petabyte",
    "GiB": "gibibyte", "MiB": "mebibyte", "KiB": "kibibyte",
    "GHz": "gigahertz", "MHz": "megahertz", "kHz": "kilohertz", "Hz": "hertz", "kW": "kilowatt", "MW": "megawatt",
    "GW": "gigawatt", "TW": "terawatt", "W": "watt", "V": "volt", "kV": "kilovolt", "mV": "millivolt", "mA": "milliamp",
    "hr": "hour", "hrs": "hour", "h": "hour", "min": "minute", "mins": "minute", "sec": "second", "secs": "second",
    "ms": "millisecond", "ns": "nanosecond", "µs": "microsecond", "yr": "year", "yrs": "year", "wk": "week",
    "wks": "week", "cal": "calorie", "kcal": "kilocalorie", "kJ": "kilojoule", "J": "joule", "dB": "decibel",
    "tbsp": "tablespoon", "tsp": "teaspoon", "gal": "gallon", "pt": "pint", "qt": "quart", "°C": "degree Celsius",
    "°F": "degree Fahrenheit", "ºC": "degree Celsius", "ºF": "degree Fahrenheit", "° C": "degree Celsius",
    "° F": "degree Fahrenheit", "℃": "degree Celsius", "℉": "degree Fahrenheit", "°": "degree", "º": "degree",
    "px": "pixel", "ha": "hectare", "Pa": "pascal", "hPa": "hectopascal", "kPa": "kilopascal", "MPa": "megapascal",
    "N": "newton", "mol": "mole", "Ω": "ohm", "kΩ": "kiloohm", "MP": "megapixel", "t": "tonne", "cc": "C C",
    "kWh": "kilowatt hour", "MWh": "megawatt hour", "GWh": "gigawatt hour", "TWh": "terawatt hour", "Wh": "watt hour",
    "mAh": "milliamp hour", "Mbps": "megabit per second", "mbps": "megabit per second", "Gbps": "gigabit per second",
    "kbps": "kilobit per second", "mph": "mile per hour", "kph": "kilometer per hour", "rpm": "revolution per minute",
    "bpm": "beat per minute", "fps": "frame per second", "psi": "pound per square inch", "dpi": "dot per inch",
    "sq ft": "square foot", "sq. ft.": "square foot", "sq mi": "square mile", "sq km": "square kilometer",
    "sq m": "square meter", "cu ft": "cubic foot", "fl oz": "fluid ounce",
}  # fmt: skip
_SPACED = frozenset(("m", "g", "l", "L", "h", "t", "in", "W", "V", "N", "J", "min", "pt", "cal"))
"""Units that may be another word when a blank stands before them: taken only where nothing of the kind follows."""
_SAFE = sorted((u for u in _UNITS if u not in _SPACED), key=len, reverse=True)
_BASE = "|".join(re.escape(u) for u in sorted(_UNITS, key=len, reverse=True))
_PER = r"(?:h|hr|s|sec|min|day|kg|g|mg|m[²³2]|km[²³2]|km|cm³|m|L|l|mL|ml|dL|yr|year|week|mi|ha|person)"
_UNIT = (
    rf"(?P<u>(?:{_BASE}))(?P<power>[²³]|(?<=m)[23]|\^[23])?\.?(?<!\w\.(?=\s[A-Z]))(?:/(?P<per>{_PER})"
    rf"(?P<perpower>[²³])?)?(?![\w²³°])"
)
_N = r"(?<![\w.,/$£€:])"
_SIZE = r"(?: (?P<size>hundred|thousand|million|billion|trillion))?"

_FEET = Pattern(
    r"(?<![\w.])(?P<ft>\d{1,2})(?:['′’] ?|[ -]?ft\.? )(?P<in>\d{1,2}(?:½|\.\d)?)(?:[\"″”]|['′’]{2}|[ -]?in\b\.?)"
)
_FEET_ONLY = Pattern(r"(?<![\w.])(?P<n>\d{1,4})(?P<u>[″\"]|′)(?=\s[a-z]|[.,;)]|$| ?[x×])")
_BY = Pattern(
    rf"{_N}(?P<a>{NUMBER})(?: ?(?P<ua>{_BASE}))? ?[x×] ?(?P<b>{NUMBER})(?: ?(?P<ub>{_BASE}))?"
    rf"(?: ?[x×] ?(?P<c>{NUMBER}))? ?{_UNIT}"
)
_RANGE = Pattern(
    rf"{_N}(?P<minus>(?<!\w)[-−])?(?P<a>{AMOUNT}) ?(?P<ua>{_BASE})?(?:{DASH}| to )(?P<minus2>[-−])?"
    rf"(?P<b>{AMOUNT})[ -]?{_UNIT}"
)
_NOUN = Pattern(rf"{_N}(?P<n>{AMOUNT})-(?P<u>{'|'.join(re.escape(u) for u in _SAFE)}|m|g|in)(?P<long>[ -](?=[a-z]))")
_PLAIN = Pattern(
    rf"(?P<a>\b[Aa]n? )?{_N}(?P<minus>(?<!\w)[-−])?(?P<about>~ ?)?(?P<n>{AMOUNT}){_SIZE}(?P<gap> ?){_UNIT}"
)
_PLAIN_PER = Pattern(
    rf"{_N}(?P<n>{AMOUNT}) ?/ ?(?P<per>kg|km|m|h|s|min|km[²³]|m[²³]|cm³|L|mL|sq mi|ha)(?P<perpower>[²³])?(?!\w)"
)
_DEGREES = Pattern(r"(?<=\b(?:to|at|of|is|by) )(?P<n>-?\d{2,3}) ?(?P<u>[FC])\b(?![.’'\w-])")
_DESCRIBED = Pattern(
    r"[ -](?!to\b|of\b|in\b|and\b|or\b|at\b|by\b|is\b|was\b|from\b|for\b|per\b|on\b|away\b|above\b"
    r"|below\b|long\b|tall\b|high\b|wide\b|deep\b)[A-Za-z]"
)
_MILLION = Pattern(
    r" (?:(?!this\b|was\b|has\b|is\b|sprints?\b|swims?\b|races?\b|dashes\b|across\b|hurdles\b|waves\b"
    r"|steps\b|lengths\b)[a-z]{2,}s|people|men|women|children|more|of|new|other)\b"
)
_SECONDS = Pattern(rf"{_N}(?P<n>\d+\.\d+)s\b")
_POWERS = {"²": "square ", "2": "square ", "^2": "square ", "³": "cubic ", "3": "cubic ", "^3": "cubic "}


def claims(sentence: str, *, language: str) -> Iterable[Claim]:
    """Claims quantities with units."""
    if not english(language) or not any(c.isnumeric() for c in sentence):
        return ()
    count = _Count(language)

    def plain(match: re.Match[str]) -> str | None:
        unit, gap = match["u"], match["gap"]
        if unit in _SPACED and gap and not _sure(match, sentence):
            return None
        if unit in ("m", "g", "t") and not gap and not match["per"] and match["n"].isdecimal() and len(match["n"]) == 4:
            return None
        if unit == "m" and not gap and not match["power"] and _MILLION.match(sentence, match.end()):
            return None
        noun = bool(match["a"] and _DESCRIBED.match(sentence, match.end()))
        before = (match["a"] or "") + ("minus " if match["minus"] else "") + ("about " if match["about"] else "")
        size = f" {match['size']}" if match["size"] else ""
        return (
            f"{before}{count.number(match['n'])}{size} {count.unit(match, noun or (single(match['n']) and not size))}"
        )

    def span(match: re.Match[str]) -> str | None:
        if match["u"] == "in" and match[0].endswith(" in"):
            return None
        low = ("minus " if match["minus"] else "") + count.number(match["a"])
        high = ("minus " if match["minus2"] else "") + count.number(match["b"])
        own = f" {count.name(match['ua'], single(match['a']))}" if match["ua"] and match["ua"] != match["u"] else ""
        return f"{low}{own} to {high} {count.unit(match, False)}"

    def by(match: re.Match[str]) -> str:
        sides = " by ".join(count.number(match[side]) for side in "abc" if match[side])
        return f"{sides} {count.unit(match, False)}"

    def feet(match: re.Match[str]) -> str:
        tall, rest = int(match["ft"]), match["in"]
        inches = "inch" if rest == "1" else "inches"
        return f"{cardinal(tall)} {'foot' if tall == 1 else 'feet'} {count.number(rest)} {inches}"

    def mark(match: re.Match[str]) -> str | None:
        if match["u"] == '"' and sentence.count('"') % 2 == 0:
            return None  # a closing quotation mark
        unit = "foot" if match["u"] == "′" else "inch"
        described = sentence[match.end() : match.end() + 1] == " "
        return (
            f"{cardinal(int(match['n']), language=language)} {unit if described or match['n'] == '1' else plural(unit)}"
        )

    return claimed(
        sentence,
        (
            (_FEET, feet),
            (_BY, by),
            (_RANGE, span),
            (_NOUN, lambda m: f"{count.number(m['n'])} {count.name(m['u'], True)} "),
            (_PLAIN, plain),
            (_PLAIN_PER, lambda m: f"{count.number(m['n'])} per {count.per(m)}"),
            (_FEET_ONLY, mark),
            (_SECONDS, lambda m: f"{count.number(m['n'])} seconds"),
            (_DEGREES, lambda m: f"{amount(m['n'], language)} {count.name('°' + m['u'], False)}"),
        ),
    )


def _sure(match: re.Match[str], sentence: str) -> bool:
    """Whether a unit like "m" or "in" behind a blank is one."""
    if match["u"] in ("in", "pt", "N", "V", "t"):
        return bool(match["power"] or match["per"])
    following = sentence[match.end() : match.end() + 2]
    return match["u"] in ("min", "cal", "m", "g", "l", "L", "W", "h", "J") and following[:1] not in ("'", "’", "&")


class _Count:
    """Numbers and units in one kind of English."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.british = british(language)

    def number(self, text: str) -> str:
        return amount(text, self.language)

    def name(self, unit: str, one: bool, power: str = "") -> str:
        """A unit's name, singular or plural, with "square" or "cubic" in front."""
        full = _UNITS[unit]
        if self.british:
            full = full.replace("meter", "metre").replace("liter", "litre")
        head, per, rest = full.partition(" per ")
        first, _, second = head.partition(" ")
        if not one:
            if first in ("square", "cubic", "fluid") or second == "hour":
                head = f"{first} {plural(second)}"
            elif unit != "cc":
                head = f"{plural(first)} {second}".rstrip()
        return _POWERS.get(power, "") + head + per + rest

    def unit(self, match: re.Match[str], one: bool) -> str:
        per = f" per {self.per(match)}" if match["per"] else ""
        return self.name(match["u"], one, match["power"] or "") + per

    def per(self, match: re.Match[str]) -> str:
        unit, power = match["per"], match["perpower"] or ""
        if unit[-1] in "²³" or (unit[-1] in "23" and unit[0] in "mkc"):
            unit, power = unit[:-1], unit[-1]
        return {"s": "second", "day": "day", "year": "year", "week": "week", "person": "person"}.get(unit) or self.name(
            unit, True, power
        )
