"""Prime marks, for feet and inches or for minutes and seconds of arc: 6'2", a 3" pipe, 51°30′N; stones and pounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.text.english import amount, claimed, english, plural
from pipeline.text.numerals import british, cardinal, decimal
from pipeline.text.pattern import Pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

    from pipeline.contracts import Claim

_FEET = Pattern(
    r"(?<![\w.])(?P<ft>\d{1,2})(?:['′’] ?|[ -]?ft\.? )(?P<in>\d{1,2}(?:[½¼¾]|\.\d+)?)"
    r"(?:[\"″”]|['′’]{2}|[ -]?in(?:ches|s)?\b\.?|(?<=ft \d)|(?<=ft \d\d))(?P<noun>-?(?= [a-z]+ed\b| [a-z]+er\b))?(?!\d)"
)
_MARK = Pattern(
    r"(?<![\w.])(?P<n>\d{1,4}(?:\.\d+|[½¼¾])?)(?P<u>[″\"]|″|′|['’](?= ?(?:tall|high|wide|long|deep|x|×)\b| ?×))"
    r"(?=\s[a-z]|[.,;)]|$| ?[x×])"
)
_BY = Pattern(
    r"(?<![\w.])(?P<a>\d{1,4}(?:\.\d+)?)(?P<u>[″\"′'’]) ?(?:[x×]|by) ?(?P<b>\d{1,4}(?:\.\d+)?)(?P=u)"
    r"(?: ?(?:[x×]|by) ?(?P<c>\d{1,4}(?:\.\d+)?)(?P=u))?"
)
_STONE = Pattern(r"(?<![\w.,])(?P<st>\d{1,2}) ?st\b\.?(?:,? ?(?P<lb>\d{1,2}) ?lbs?\b)?")
_PLACE = Pattern(
    r"(?<![\w.])(?P<d>\d{1,3}(?:\.\d+)?) ?°(?: ?(?P<m>\d{1,2}(?:\.\d+)?)[′'’](?: ?(?P<s>\d{1,2}(?:\.\d+)?)[″\"”])?)?"
    r"(?: ?(?P<to>[NSEW])\b)?(?![FC]\b| ?[FC]\b)"
)
_INCH = '"″'
_SIDES = {"N": "north", "S": "south", "E": "east", "W": "west"}


def claims(sentence: str, *, language: str) -> Iterable[Claim]:
    """Claims lengths, weights and places written with small marks."""
    if not english(language) or not any(c.isdecimal() for c in sentence):
        return ()
    if not any(mark in sentence for mark in ("'", "’", "′", '"', "″", "”", "°", "ft", "st")):
        return ()

    def count(text: str, unit: str) -> str:
        return f"{amount(text, language)} {unit if text == '1' else plural(unit)}"

    def feet(match: re.Match[str]) -> str:
        marked = not match[0][-1].isdecimal()
        return f"{count(match['ft'], 'foot')} {count(match['in'], 'inch') if marked else amount(match['in'], language)}"

    def by(match: re.Match[str]) -> str:
        sides = " by ".join(amount(match[side], language) for side in "abc" if match[side])
        return f"{sides} {'inches' if match['u'] in _INCH else 'feet'}"

    def mark(match: re.Match[str]) -> str | None:
        if match["u"] == '"' and sentence.count('"') % 2 == 0:
            return None  # a closing quotation mark
        unit = "inch" if match["u"] in '"″' else "foot"
        described = sentence[match.end() : match.end() + 1] == " " and match["u"] not in "'’"
        return f"{amount(match['n'], language)} {unit}" if described else count(match["n"], unit)

    def stone(match: re.Match[str]) -> str | None:
        number = match["st"]
        ordinal = number[-1] == "1" and number != "11"
        if not match["lb"] and (ordinal or " " in match[0] or not british(language)):
            return None  # "21st", "5 St"
        said = f"{cardinal(int(number), language=language)} stone"
        return f"{said} {count(match['lb'], 'pound')}" if match["lb"] else said

    def place(match: re.Match[str]) -> str | None:
        if not match["m"] and not match["to"]:
            return None
        parts = [("degree", match["d"]), ("minute", match["m"]), ("second", match["s"])]
        said = [f"{decimal(n, language=language)} {unit if n == '1' else f'{unit}s'}" for unit, n in parts if n]
        return " ".join([*said, *([_SIDES[match["to"]]] if match["to"] else [])])

    return claimed(sentence, ((_BY, by), (_FEET, feet), (_PLACE, place), (_STONE, stone), (_MARK, mark)))
