"""Postal addresses: house numbers, kinds of street, states with a postal code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.text.english import claimed, english
from pipeline.text.numerals import cardinal, digits, ordinal, two_digits
from pipeline.text.pattern import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.contracts import Claim

_KINDS = {
    "st": "Street", "ave": "Avenue", "av": "Avenue", "blvd": "Boulevard", "rd": "Road", "dr": "Drive", "ln": "Lane",
    "ct": "Court", "pl": "Place", "sq": "Square", "hwy": "Highway", "expy": "Expressway", "pkwy": "Parkway",
    "ter": "Terrace", "cres": "Crescent", "cir": "Circle", "fwy": "Freeway", "tpke": "Turnpike",
}  # fmt: skip
_POINTS = {
    "n": "North",
    "s": "South",
    "e": "East",
    "w": "West",
    "nw": "Northwest",
    "ne": "Northeast",
    "sw": "Southwest",
    "se": "Southeast",
}
_STATES = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado",
    "CT": "Connecticut", "DE": "Delaware", "DC": "D C", "FL": "Florida", "GA": "Georgia", "HI": "Hawaii",
    "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky",
    "LA": "Louisiana", "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota",
    "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire",
    "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York", "NC": "North Carolina", "ND": "North Dakota",
    "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania", "RI": "Rhode Island",
    "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont",
    "VA": "Virginia", "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
}  # fmt: skip
_WORDS = (
    "Street|Avenue|Boulevard|Road|Drive|Lane|Court|Place|Square|Highway|Expressway|Parkway|Terrace|Crescent|Circle|Way"
)
_KIND = rf"(?:(?i:{'|'.join(_KINDS)})\b\.?|(?:{_WORDS})\b)"
_HOUSE = Pattern(
    rf"(?<![\w,.#$£€-])(?P<number>\d{{1,5}})(?P<letter>[A-Z]?) (?:(?P<point>[NSEW]|[NS][EW])\b\.? )?"
    rf"(?P<name>(?:\d{{1,3}}(?:st|nd|rd|th)|[A-Z][\w’']*)(?: [A-Z][\w’']*){{0,3}}?) (?P<kind>{_KIND})"
    rf"(?=\s*(?:$|[,.;:)\"”]|[a-z]|[A-Z(#]|\d))"
)
_NUMBERED = Pattern(
    r"\b(?P<number>\d{1,3}(?:st|nd|rd|th)|[A-Z][a-z]+) (?P<kind>(?i:ave|blvd|rd|hwy|expy|pkwy|ln)\b\.?)(?=\s|$|[,;:)])"
    r"|\b(?P<n2>\d{1,3}(?:st|nd|rd|th)) (?P<k2>(?i:st)\b\.?)(?=\s|$|[,;:)])"
)
_STATE = Pattern(
    rf"(?<=, )(?P<state>{'|'.join(_STATES)})\b(?:,? (?P<zip>\d{{5}})(?:-(?P<more>\d{{4}}))?\b)?(?=\s*"
    rf"(?:$|[,.;:)\"”]|[a-z]))"
)
_OLD_STATES = {
    "N.Y.": "New York", "N.J.": "New Jersey", "N.C.": "North Carolina", "S.C.": "South Carolina",
    "N.D.": "North Dakota", "S.D.": "South Dakota", "N.H.": "New Hampshire", "N.M.": "New Mexico",
    "R.I.": "Rhode Island", "W.Va.": "West Virginia", "Calif.": "California", "Mass.": "Massachusetts",
    "Conn.": "Connecticut", "Pa.": "Pennsylvania", "Ill.": "Illinois", "Mich.": "Michigan", "Minn.": "Minnesota",
    "Wis.": "Wisconsin", "Fla.": "Florida", "Ga.": "Georgia", "Tex.": "Texas", "Ariz.": "Arizona",
    "Colo.": "Colorado", "Okla.": "Oklahoma", "Ore.": "Oregon", "Wash.": "Washington", "Va.": "Virginia",
    "Md.": "Maryland", "Tenn.": "Tennessee", "Ky.": "Kentucky", "La.": "Louisiana", "Ala.": "Alabama",
    "Ark.": "Arkansas", "Kan.": "Kansas", "Neb.": "Nebraska", "Nev.": "Nevada", "Mo.": "Missouri",
    "Mont.": "Montana", "Del.": "Delaware", "Ind.": "Indiana", "Ont.": "Ontario", "Miss.": "Mississippi",
    "Vt.": "Vermont",
}  # fmt: skip
_PARTY = Pattern(rf"(?<=\b[DRI]-)(?P<state>{'|'.join(_STATES)})(?=[,;)]|$)")
_OLD_STATE = Pattern(rf"(?:(?<=, )|(?<=\b[DRI]-))(?:{'|'.join(re.escape(state) for state in _OLD_STATES)})(?!\w)")
_ROADS = {"Rte": "Route", "Rt": "Route", "Hwy": "Highway", "Fwy": "Freeway", "Expy": "Expressway", "Pkwy": "Parkway"}
_ROAD = Pattern(rf"\b(?P<t>{'|'.join(_ROADS)})\.? ?(?P<n>\d{{1,4}})(?![\w,.]*\d)")
_FLAT = Pattern(r"\b(?P<kind>Apt|Ste|Rm)\b\.? (?=#?\d)")
_FLATS = {"Apt": "Apartment", "Ste": "Suite", "Rm": "Room"}
_DOCTOR = Pattern(r"\bDr\b")
_NEXT = Pattern(r" (?:[A-Z][a-z]*|\d+) [a-z]")


def claims(sentence: str, *, language: str) -> Iterable[Claim]:
    """Claims postal addresses."""
    if not english(language):
        return ()

    def house(match: re.Match[str]) -> str:
        words = [house_number(match["number"]), match["letter"]]
        words += [_POINTS[match["point"].lower()] if match["point"] else "", _street(match["name"])]
        return " ".join(filter(None, words)) + f" {kind(match['kind'], match.end())}"

    def numbered(match: re.Match[str]) -> str:
        return f"{_street(match['number'] or match['n2'])} {kind(match['kind'] or match['k2'], match.end())}"

    def kind(text: str, end: int) -> str:
        """The kind of street; its point is a stop where the next sentence begins."""
        word = _KINDS.get(text.rstrip(".").lower(), text)
        return f"{word}." if text.endswith(".") and _NEXT.match(sentence, end) else word

    def state(match: re.Match[str]) -> str | None:
        if match["state"] in ("MD", "MA", "DC", "ME", "PA") and not match["zip"] and _DOCTOR.search(sentence):
            return None
        codes = [digits(code) for code in (match["zip"], match["more"]) if code]
        return ", ".join([_STATES[match["state"]], *codes])

    found = claimed(
        sentence,
        (
            (_HOUSE, house),
            (_NUMBERED, numbered),
            (_STATE, state),
            (_PARTY, lambda m: _STATES[m["state"]]),
            (_OLD_STATE, lambda m: _OLD_STATES[m[0]]),
        ),
    )
    found += claimed(sentence, ((_ROAD, lambda m: f"{_ROADS[m['t']]} {_road(m['n'])}"),))
    return [*found, *claimed(sentence, ((_FLAT, lambda m: f"{_FLATS[m['kind']]} "),))]


def _road(text: str) -> str:
    """101 is "one oh one"."""
    number = int(text)
    if len(text) == 3 and 0 < number % 100 < 10:
        return f"{cardinal(number // 100)} {two_digits(number % 100)}"
    return house_number(text)


def house_number(text: str) -> str:
    """1428 is "fourteen twenty-eight", 317 "three seventeen", 95 "ninety-five"."""
    number = int(text)
    if (len(text) == 3 and number % 100 >= 10) or (len(text) == 4 and number % 100 and number // 100 % 10):
        return f"{cardinal(number // 100)} {two_digits(number % 100)}"
    if len(text) == 4 and number % 100 == 0 and number % 1000:
        return f"{cardinal(number // 100)} hundred"
    if (len(text) in (3, 4) and number % 100 == 0) or len(text) < 3:
        return cardinal(number)
    return digits(text)


def _street(name: str) -> str:
    return re.sub(r"^(\d+)(?:st|nd|rd|th)", lambda m: ordinal(int(m[1])), name)
