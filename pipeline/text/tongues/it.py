"""Italian."""

from __future__ import annotations

import re

from pipeline.text.tongue import Tongue, asked, data, placed

_TAG = "it"
_FEMININE = re.compile(r" (?:\w+(?:a|zione|sione|tà|tù)|volta|notte|parte|luce|mano|classe|stagione)\b")
_MASCULINE = re.compile(
    r" (?:problema|programma|sistema|tema|poeta|clima|pianeta|grammo|alla|della|era|sola|circa|per|fa)\b"
)
_NOUN = re.compile(r" (?!e\b|o\b|a\b|al\b|di\b|del\b|in\b|per\b|con\b|su\b|da\b|il\b|la\b|ma\b)[^\W\d_]{2,}")
_HARD = re.compile(r" (?:s[bcdfghlmnpqrtv]|z|gn|ps|x|y)", re.IGNORECASE)
_VOWEL = re.compile(r" [aeiouàèéìòùh]", re.IGNORECASE)


def _count(number: int, after: str) -> str:
    # The package forgets an accent ("ventitré") and a letter ("millediciotto").
    said = re.sub(r"(?<=[a-z])tre\b", "tré", asked(_TAG, number)).replace("dicotto", "diciotto")
    if not _NOUN.match(after):
        return said
    if number == 1:
        if _FEMININE.match(after) and not _MASCULINE.match(after):
            return "un’" if _VOWEL.match(after) else "una"
        return "uno" if _HARD.match(after) else "un"
    return f"{said} di" if number >= 10**6 and number % 10**6 == 0 else said


def _place(number: int, mark: str, before: str, after: str) -> str | None:
    said = placed(_TAG, number)
    return said[:-1] + "a" if "ª" in mark or mark == "a" else said


def _day(number: int, before: str) -> str:
    return "primo" if number == 1 else asked(_TAG, number)


def _date(day: str, month: str, year: str) -> str:
    return " ".join(filter(None, (day, month, year)))


def _clock(hour: int, minute: int, before: str) -> str:
    hours = "una" if hour == 1 else "zero" if hour == 0 else asked(_TAG, hour)
    return f"{hours} e {_count(minute, '')}" if minute else hours


def _century(number: int, match: re.Match[str]) -> str:
    return placed(_TAG, number)


def _ruler(number: int, match: re.Match[str]) -> str:
    name = match["name"] if "name" in match.re.groupindex else ""
    said = placed(_TAG, number)
    return (
        said[:-1] + "a" if name in ("Elisabetta", "Caterina", "Margherita", "Cristina", "Maria", "Vittoria") else said
    )


def tongue(region: str) -> Tongue:
    """The table."""
    return Tongue(
        tag=_TAG,
        **data("it"),
        count=_count,
        place=_place,
        places=r"[°ºª](?!C)|\.[ºª]",
        day=_day,
        half=lambda after: "mezza" if _FEMININE.match(after) and not _MASCULINE.match(after) else "mezzo",
        date=_date,
        clock=_clock,
        clock_words="(?!)",
        years=lambda number: _count(number, ""),
        joint=" di",
        cents=" e ",
        roman=(
            (r"\b(?P<claim>(?P<roman>[IVXLC]+))(?= (?:secolo|sec\.|millennio)| a\.C)", _century),
            (r"\b[sS]ec(?:oli|olo|\.) (?P<claim>(?P<roman>[IVXLC]+))(?!\w)", _century),
            (r"\b(?P<claim>(?P<roman>[IVXLC]+))(?= e (?:il )?[IVXLC]+ secolo)", _century),
            (
                r"\b(?:[cC]apitolo|[tT]omo|[vV]olume|[lL]ibro|[pP]arte|[aA]tto|[tT]itolo"
                r"|[cC]anto) (?P<claim>(?P<roman>[IVXLC]+))(?!\w)",
                _century,
            ),
            (r"\b(?P<name>[A-Z][a-zàèéìòù]{2,}) (?P<claim>(?P<roman>[IVX]{2,6}))(?!\w)", _ruler),
            (
                r"\b(?P<name>Carlo|Elisabetta|Umberto|Napoleone|Francesco|Pietro|Federico|Leone|Enrico|Giacomo"
                r"|Luigi) (?P<claim>(?P<roman>[IVX]))(?!\w)",
                _ruler,
            ),
        ),
        decade=(r"(?<=anni )[’'‘]?(?P<y>\d0)(?!\d)|(?<![\w])[’'‘](?P<y2>\d\d)(?![\w’'])", lambda y: _count(int(y), "")),
    )
