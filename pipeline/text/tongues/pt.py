"""Portuguese, of Portugal and of Brazil."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pipeline.text.tongue import Tongue, asked, data, placed

if TYPE_CHECKING:
    from collections.abc import Callable

_FEMININE = re.compile(
    r" (?:\w+(?:as?|ãs?|ção|ções|são|sões|dades?|gens?|tudes?)|vez(?:es)?|mulher(?:es)?|noites?|partes?|mãos?)\b"
)
_MASCULINE = re.compile(
    r" (?:dias?|problemas?|programas?|sistemas?|mapas?|temas?|planetas?|climas?|gramas?|quilogramas?|para|da"
    r"|das|na|nas|uma?|à|às)\b"
)
_NOUN = re.compile(r" (?!e\b|ou\b|a\b|ao\b|de\b|do\b|em\b|no\b|por\b|para\b|com\b|que\b|o\b)[^\W\d_]{2,}")


def _count_for(tag: str) -> Callable[[int, str], str]:
    def count(number: int, after: str) -> str:
        said = asked(tag, number).replace(",", "")
        if not _NOUN.match(after):
            return said
        if _FEMININE.match(after) and not _MASCULINE.match(after):
            said = re.sub(r"\bum$", "uma", re.sub(r"\bdois$", "duas", said))
            said = re.sub(r"entos\b", "entas", said) if number < 10**6 else said
        return f"{said} de" if number >= 10**6 and number % 10**6 == 0 else said

    return count


def _place(number: int, mark: str, before: str, after: str) -> str | None:
    said = placed("pt", number)
    if "ª" in mark or mark.strip(".") == "a":
        return " ".join(word[:-1] + "a" for word in said.split())
    return said


def _date(day: str, month: str, year: str) -> str:
    return " de ".join(filter(None, (day, month, year)))


def _century(tag: str, number: int) -> str:
    return placed("pt", number) if number <= 10 else asked(tag, number)


def _tables(tag: str) -> dict[str, Any]:
    tables = data("pt")
    if tag == "pt-br":
        # Brazil writes a circumflex where Portugal has an acute: "quilômetro".
        tables["units"] = {
            sign: tuple(name.replace("quilóm", "quilôm") for name in names) for sign, names in tables["units"].items()
        }
    return tables


def tongue(region: str) -> Tongue:
    """The table; Portugal and Brazil differ in a few numbers and in when a day is the first."""
    tag = "pt-br" if region == "br" else "pt"
    count = _count_for(tag)

    def day(number: int, before: str) -> str:
        return "primeiro" if number == 1 else asked(tag, number)

    def clock(hour: int, minute: int, before: str) -> str:
        hours = {1: "uma", 2: "duas", 21: "vinte e uma", 22: "vinte e duas"}.get(hour) or asked(tag, hour)
        if minute:
            return f"{hours} e {asked(tag, minute)}"
        return f"{hours} hora{'' if hour == 1 else 's'}"

    return Tongue(
        tag=tag,
        **_tables(tag),
        month_link=" de | ",
        year_link=" de | ",
        count=count,
        place=_place,
        places=r"\.?[ºª°](?!C)",
        day=day,
        half=lambda after: "meia" if _FEMININE.match(after) and not _MASCULINE.match(after) else "meio",
        date=_date,
        clock=clock,
        clock_words=" ?(?:horas|hs?)",
        years=lambda number: count(number, ""),
        joint=" de",
        cents=" e ",
        roman=(
            (r"\b[sS]éculos? (?P<claim>(?P<roman>[IVXLC]+))(?!\w)", lambda n, m: _century(tag, n)),
            (
                r"\b[sS]éculos? [IVXLC]+ (?:e|a|ao|ou) (?P<claim>(?P<roman>[IVXLC]+))(?!\w)",
                lambda n, m: _century(tag, n),
            ),
            (
                r"\b(?:[cC]apítulo|[tT]omo|[vV]olume|[lL]ivro|[pP]arte|[aA]to|[aA]rtigo"
                r"|[tT]ítulo) (?P<claim>(?P<roman>[IVXLC]+))(?!\w)",
                lambda n, m: asked(tag, n),
            ),
            (
                r"\b(?P<name>[A-ZÁÉÍÓÚ][a-záéíóúãç]{2,}) (?P<claim>(?P<roman>[IVX]{2,6}))(?!\w)",
                lambda n, m: _century(tag, n),
            ),
            (
                r"\b(?P<name>Pedro|João|Manuel|Afonso|Sancho|Carlos|Luís|Maria) (?P<claim>(?P<roman>[IVX]))(?!\w)",
                lambda n, m: _century(tag, n) if m["name"] != "Maria" else "primeira" if n == 1 else "segunda",
            ),
        ),
        decade=(r"(?<=anos )[’']?(?P<y>\d0)(?!\d)|(?<=década de )[’']?(?P<y2>\d0)(?!\d)", lambda y: asked(tag, int(y))),
    )
