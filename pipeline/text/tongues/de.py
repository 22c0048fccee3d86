"""German."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pipeline.text import counting
from pipeline.text.tongue import Tongue, asked, data, placed

if TYPE_CHECKING:
    from collections.abc import Callable

_TAG = "de"
_FEMININE = re.compile(r"\s?(?:[a-zäöüß]+e\b|\w+(?:ung|heit|keit|schaft|tät|ion|[^e]e)\b)")
_NEUTER_E = re.compile(r"\s?(?:Ende|Auge|Junge|Name|Käse|Gebäude|Gemälde|Interesse|Kunde|Experte|Löwe)\b")
_MASCULINE = re.compile(
    r" (?:\w*[Ll]iter|\w*[Mm]eter|Tag|Monat|Apfel|\w*[Ll]öffel|Bund|Teil|Mond|Becher|Zentner|Satz|Grad)\b"
)
_NOUN = re.compile(r"\s?[^\W\d_]{2,}")
_OBLIQUE = re.compile(
    r"\b(?:[Aa]m|[Vv]om|[Zz]um|[Zz]ur|[Ii]m|[Bb]eim|[Dd]em|[Dd]en|[Dd]es|[Ss]eit|[Bb]is|[Aa]b|[Vv]or|[Nn]ach|[Ii]n der"
    r"|[Vv]on der|[Zz]u der|[Aa]n der|[Aa]uf der|[Mm]it der|[Aa]us der|[Bb]ei der|[Uu]nter der|[Ee]inem|[Ee]ines"
    r"|[Ii]hre[mnsr]|[Ss]eine[mnsr]|[Jj]ede[mns]|[Dd]iese[mns])(?: \d+\.(?: ?[–-] ?\d+\.)?"
    r"(?: und| oder| bis(?: zum)?)?)? ?$"
)
_WEAK = re.compile(r"\b(?:[Dd]er|[Dd]ie|[Dd]as|[Jj]ede|[Dd]iese[rs]?|[Jj]enes?)(?: \d+\. (?:und|oder|bis))? ?$")
_DATIVE = re.compile(r"\b(?:[Vv]on|[Uu]nter|[Mm]it|[Bb]ei|[Zz]u|[Nn]ach|[Aa]us|[Ss]eit|[Kk]önigs?|[Kk]aisers?)\s+\w+$")
_ACCUSATIVE = re.compile(r"\b(?:[Dd]urch|[Ff]ür|[Gg]egen|[Oo]hne|[Uu]m)\s+\w+$")
_GENITIVE_NAME = re.compile(r"s$")


def _count(number: int, after: str) -> str:
    said = asked(_TAG, number)
    noun = _NOUN.match(after)
    if (
        number != 1
        or not noun
        or noun[0].strip() in ("und", "oder", "bis", "zu", "von", "ist", "war", "Uhr", "Prozent")
    ):
        return "ein" if number == 1 and after.strip() in ("Uhr", "Prozent") else said
    return "eine" if _FEMININE.match(after) and not _NEUTER_E.match(after) else "ein"


def _ending(before: str) -> str:
    """Ending of an ordinal behind the words ``before``: "am dritten", "der dritte", "dritter"."""
    if _OBLIQUE.search(before):
        return "n"
    return "" if _WEAK.search(before) else "r"


def _place(number: int, mark: str, before: str, after: str) -> str | None:
    if not re.match(r" ?[–-]? ?(?:\d+\. )?[^\W\d_]", after) and not re.match(r" (?:und|oder|bis|–)", after):
        return None
    ending = _ending(before)
    noun = re.match(r" ([A-ZÄÖÜ]\w+)", after)
    if ending == "r" and noun:
        ending = (
            "s"
            if re.match(r"(?:Jahrhundert|Kapitel|Mal|Jahr|Buch|Viertel|Semester|\w+(?:chen|um|ment)$)", noun[1])
            else ending
        )
        ending = "" if _FEMININE.match(noun[1]) else ending
    return placed(_TAG, number) + ending


def _half(after: str) -> str:
    if _FEMININE.match(after) and not _NEUTER_E.match(after):
        return "eine halbe"
    if not _NOUN.match(after):
        return "ein halb"
    return "ein halber" if _MASCULINE.match(after) else "ein halbes"


def _day(number: int, before: str) -> str:
    return placed(_TAG, number) + _ending(before)


def _date(day: str, month: str, year: str) -> str:
    return " ".join(filter(None, (day, month, year)))


def _clock(hour: int, minute: int, before: str) -> str:
    return f"{'ein' if hour == 1 else asked(_TAG, hour)} Uhr{f' {asked(_TAG, minute)}' if minute else ''}"


def _year(number: int) -> str:
    return (counting.year(number, language=_TAG) if 1100 <= number < 2000 else None) or asked(_TAG, number)


def _ruler(number: int, match: re.Match[str]) -> str:
    before = match.string[: match.end("name")]
    place = placed(_TAG, number)
    place = place[0].upper() + place[1:]
    woman = match["name"] in _WOMEN
    if _DATIVE.search(before):
        return f"{'der' if woman else 'dem'} {place}n"
    if _ACCUSATIVE.search(before):
        return f"die {place}" if woman else f"den {place}n"
    if woman:
        return f"die {place}"
    return f"des {place}n" if _GENITIVE_NAME.search(match["name"]) and match["name"] not in _S_NAMES else f"der {place}"


_WOMEN = ("Elisabeth", "Katharina", "Margarethe", "Maria", "Christina", "Beatrix")
_S_NAMES = ("Johannes", "Nikolaus", "Pius", "Paulus", "Julius", "Markus", "Klaus", "Gregorius", "Andreas", "Matthias")


def _part(number: int, match: re.Match[str]) -> str:
    return asked(_TAG, number)


_ROMAN: tuple[tuple[str, Callable[[int, re.Match[str]], str | None]], ...] = (
    (
        r"\b(?:Kapitel|Band|Teil|Akt|Buch|Artikel|Klasse|Stufe|Phase|Typ|Weltkrieg|Abschnitt"
        r"|Hartz) (?P<claim>(?P<roman>[IVXLC]+))(?!\w)",
        _part,
    ),
    (
        r"\b(?P<name>[A-ZÄÖÜ][a-zäöüß]{2,}) (?P<claim>(?P<roman>[IVX]{2,6}|[IVX](?=\.? (?:von|der)\b|\. \w))\b\.?)",
        _ruler,
    ),
    (
        r"\b(?P<name>Karl|Wilhelm|Friedrich|Heinrich|Otto|Ludwig|Joseph|Maximilian|Leopold|Napoleon"
        r"|Elisabeth|Katharina) (?P<claim>(?P<roman>[IVX])\b\.?)",
        _ruler,
    ),
)


def _tables(region: str) -> dict[str, Any]:
    tables = data("de")
    if region == "at":
        tables["months"] = ("Jänner", *tables["months"][1:])
    return tables


def tongue(region: str) -> Tongue:
    """The table; Switzerland and Austria read figures as Germany does."""
    return Tongue(
        tag=_TAG,
        **_tables(region),
        month_link=" ?",
        count=_count,
        place=_place,
        places=r"\.",
        day=_day,
        half=_half,
        date=_date,
        clock=_clock,
        clock_words=" ?(?:Uhr|h)",
        years=_year,
        roman=_ROMAN,
        decade=(
            r"(?<![\w.,])(?P<y>\d{1,2}0)er(?![^\W\d_])|(?<![\w.,])(?P<y2>1\d\d0|20\d0)er(?![^\W\d_])",
            lambda y: f"{_year(int(y))}er",
        ),
    )
