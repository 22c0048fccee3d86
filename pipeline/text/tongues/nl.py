"""Dutch."""

from __future__ import annotations

import re

from pipeline.text import counting
from pipeline.text.tongue import Tongue, asked, data, placed

_TAG = "nl"
_COMMON = re.compile(r" (?:liter|meter|kilometer|dag|maand|minuut|eeuw|appel|lepel|euro|ton|pagina|fles)\b")


def _count(number: int, after: str) -> str:
    return asked(_TAG, number)


def _place(number: int, mark: str, before: str, after: str) -> str | None:
    return placed(_TAG, number)


def _date(day: str, month: str, year: str) -> str:
    return " ".join(filter(None, (day, month, year)))


def _clock(hour: int, minute: int, before: str) -> str:
    return f"{asked(_TAG, hour)} uur{f' {asked(_TAG, minute)}' if minute else ''}"


def _year(number: int) -> str:
    said = counting.year(number, language=_TAG) if 1100 <= number < 2000 else None
    return said.replace(" honderd ", "honderd").replace(" honderd", "honderd") if said else asked(_TAG, number)


def tongue(region: str) -> Tongue:
    """The table."""
    return Tongue(
        tag=_TAG,
        **data("nl"),
        count=_count,
        place=_place,
        places="ste|de|e",
        half=lambda after: "een halve" if _COMMON.match(after) else "een half",
        day=lambda number, before: asked(_TAG, number),
        date=_date,
        clock=_clock,
        clock_words=" ?(?:uur|u)",
        years=_year,
        roman=(
            (
                r"\b(?:[hH]oofdstuk|[dD]eel|[bB]oek|[aA]kte|[fF]ase|[tT]ype) (?P<claim>(?P<roman>[IVXLC]+))(?!\w)",
                lambda n, m: asked(_TAG, n),
            ),
            (
                r"\b(?P<name>[A-Z][a-zëï]{2,}) (?P<claim>(?P<roman>[IVX]{2,6}))(?!\w)",
                lambda n, m: f"de {placed(_TAG, n)}",
            ),
            (
                r"\b(?P<name>Willem|Karel|Filips|Napoleon|Leopold|Albert|Elizabeth) (?P<claim>(?P<roman>[IVX]))(?!\w)",
                lambda n, m: f"de {placed(_TAG, n)}",
            ),
        ),
        decade=(r"(?<=jaren )[’'‘]?(?P<y>\d0)(?!\d)", lambda y: asked(_TAG, int(y))),
    )
