"""French."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.text.tongue import Tongue, asked, data, placed

if TYPE_CHECKING:
    from collections.abc import Callable

_FEMININE = re.compile(
    r" (?:\w+(?:tions?|sions?|tés?|ées?|ances?|ences?|ettes?|elles?|esses?|euses?|trices?|ures?|udes?|aines?"
    r"|ières?|ies)"
    r"|fois|heures?|minutes?|secondes?|personnes?|pages?|voitures?|femmes?|filles?|tonnes?|villes?|maisons?|places?"
    r"|lignes?|images?|couronnes?|calories?|bougies?|chambres?|livres? sterling|pièces?|voix|mains?|nuits?)\b"
)
_MASCULINE = re.compile(r" (?:musées?|lycées?|étés?|côtés?|comités?|degrés?|kilomètres?|mètres?|génies?|incendies?)\b")
_NOUN = re.compile(r" (?!et\b|ou\b|à\b|de\b|du\b|pour\b|sur\b|en\b)[^\W\d_]{2,}")
_VOWEL = re.compile(r" [aeiouyéèêâîôûœh]", re.IGNORECASE)


def _count_for(tag: str) -> Callable[[int, str], str]:
    def count(number: int, after: str) -> str:
        said = asked(tag, number)
        if _NOUN.match(after):
            if said.endswith("un") and _FEMININE.match(after) and not _MASCULINE.match(after):
                said += "e"
            if number >= 10**6 and number % 10**6 == 0:
                return f"{said} d’" if _VOWEL.match(after) else f"{said} de"
        return said

    return count


def _place(number: int, mark: str, before: str, after: str) -> str | None:
    if number == 1:
        return ("première" if "re" in mark else "premier") + ("s" if mark.endswith("s") else "")
    if mark.startswith("nd"):
        return "seconde" if "e" in mark else "second"
    if mark in ("er", "re", "ère"):
        return None
    return placed("fr", number) + ("s" if mark.endswith("s") else "")


def _day(number: int, before: str) -> str:
    return "premier" if number == 1 else asked("fr", number)


def _date(day: str, month: str, year: str) -> str:
    return " ".join(filter(None, (day, month, year)))


def _clock(hour: int, minute: int, before: str) -> str:
    hours = (
        f"{'une' if hour == 1 else 'vingt et une' if hour == 21 else asked('fr', hour)} heure{'s' if hour > 1 else ''}"
    )
    minutes = asked("fr", minute)
    if minutes.endswith(" un") or minutes == "un":
        minutes += "e"
    return f"{hours} {minutes}" if minute else hours


def _century(number: int, match: re.Match[str]) -> str:
    mark = match["mark"]
    if number == 1:
        return "première" if "re" in mark else "premier"
    return placed("fr", number) + ("s" if mark.endswith("s") else "")


def _ruler(number: int, match: re.Match[str]) -> str:
    return "premier" if number == 1 else asked("fr", number)


def tongue(region: str) -> Tongue:
    """The table; Belgium and Switzerland count in septante and nonante."""
    tag = {"be": "fr-be", "ch": "fr-ch"}.get(region, "fr")
    return Tongue(
        tag=tag,
        **data("fr"),
        count=_count_for(tag),
        place=_place,
        places="ers?|res?|ères?|èmes?|nde?s?|es?",
        day=_day,
        half=lambda after: "une demi" if _FEMININE.match(after) else "un demi",
        date=_date,
        clock=_clock,
        clock_words=" ?(?:heures?|h)",
        years=lambda number: asked(tag, number),
        joint=" de",
        pairs=True,
        roman=(
            (r"\b(?P<claim>(?P<roman>[IVX][IVXLC]*)(?P<mark>ers?|res?|ères?|es?|èmes?))(?![\w’'])", _century),
            (r"\b(?P<claim>(?P<roman>[IVX][IVXLC]*) (?P<mark>e))(?= siècle)", _century),
            (r"\b(?P<claim>(?P<roman>[IVX][IVXLC]*)(?P<mark>ᵉ|ᵉʳ))", _century),
            (
                r"\b(?:[cC]hapitre|[tT]ome|[vV]olume|[lL]ivre|[pP]artie|[aA]cte|[aA]rticle|[tT]itre|[tT]ype"
                r"|[pP]hase) (?P<claim>(?P<roman>[IVXLC]+))(?!\w)",
                lambda n, m: asked(tag, n),
            ),
            (r"\b[A-ZÉÈ][a-zéèçï]{2,} (?P<claim>(?P<roman>[IVX]{2,6}))(?!\w)", _ruler),
        ),
        decade=(
            r"(?<=années )[’']?(?P<y>\d0)(?!\d)|(?<=années )(?P<y2>1\d\d0|20\d0)(?!\d)",
            lambda y: asked(tag, int(y)).removesuffix("s"),
        ),
    )
