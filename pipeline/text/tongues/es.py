"""Spanish."""

from __future__ import annotations

import re

from pipeline.text.tongue import Tongue, asked, data

_TAG = "es"
_FEMININE = re.compile(
    r" (?:\w+(?:as?|ción|ciones|sión|siones|dad|dades|tud|tudes)|veces|mujeres|noches|calles|partes|manos?|fotos?)\b"
)
_MASCULINE = re.compile(
    r" (?:días?|problemas?|programas?|sistemas?|mapas?|temas?|planetas?|idiomas?|poemas?|climas?|gramas?"
    r"|kilogramas?|yogas?"
    r"|para|la|las|era|estaba|hasta|hacia|contra|cada|toda|y|a|ya)\b"
)
_NOUN = re.compile(
    r" (?!y\b|e\b|o\b|u\b|a\b|de\b|del\b|en\b|por\b|para\b|con\b|sobre\b|es\b|fue\b|que\b|la\b|el\b|se\b)[^\W\d_]{2,}"
)
_WOMEN = ("Isabel", "Juana", "María", "Catalina", "Margarita", "Cristina", "Beatriz", "Blanca", "Leonor")
_PLACES = {
    1: "primero",
    2: "segundo",
    3: "tercero",
    4: "cuarto",
    5: "quinto",
    6: "sexto",
    7: "séptimo",
    8: "octavo",
    9: "noveno",
    10: "décimo",
    11: "undécimo",
    12: "duodécimo",
    20: "vigésimo",
    30: "trigésimo",
    40: "cuadragésimo",
    50: "quincuagésimo",
    60: "sexagésimo",
    70: "septuagésimo",
    80: "octogésimo",
    90: "nonagésimo",
    100: "centésimo",
    1000: "milésimo",
}


def _count(number: int, after: str) -> str:
    # The package says "veintiuno mil" where Spanish shortens: "veintiún mil".
    said = re.sub(r"veintiuno(?= mil)", "veintiún", asked(_TAG, number))
    said = re.sub(r"y uno(?= mil)", "y un", said)
    if not _NOUN.match(after):
        return said
    if _FEMININE.match(after) and not _MASCULINE.match(after):
        said = re.sub(r"uno$", "una", said)
        said = re.sub(r"cientos(?= ?(?!.*mill)|$)", "cientas", said) if number < 10**6 else said
        said = said.replace("quinientos", "quinientas") if number < 10**6 else said
    else:
        said = re.sub(r"\buno$", "un", re.sub(r"veintiuno$", "veintiún", said))
    return f"{said} de" if number >= 10**6 and number % 10**6 == 0 else said


def _placed(number: int) -> str | None:
    if number in _PLACES:
        return _PLACES[number]
    tens, ones = divmod(number, 10)
    if not 10 < number < 100:
        return None
    # 13 to 29 are one word, and lose the accent of their first half: "decimotercero", "vigesimoprimero".
    if number < 30:
        return {1: "decimo", 2: "vigesimo"}[tens] + _PLACES[ones]
    return f"{_PLACES[tens * 10]} {_PLACES[ones]}"


def _place(number: int, mark: str, before: str, after: str) -> str | None:
    said = _placed(number)
    if said is None:
        return asked(_TAG, number)
    if "ª" in mark or mark.strip(".") in ("a", "ra", "da", "ta"):
        return said[:-1] + "a"
    if mark.strip(".") in ("er", "ᵉʳ") and said.endswith(("primero", "tercero")):
        return said[:-1]
    if re.match(r" [a-záéíóúñ]{3,}", after) and said.endswith(("primero", "tercero")) and not re.match(r" de\b", after):
        return said[:-1]
    return said


def _day(number: int, before: str) -> str:
    return asked(_TAG, number)


def _date(day: str, month: str, year: str) -> str:
    return " de ".join(filter(None, (day, month, year)))


def _clock(hour: int, minute: int, before: str) -> str:
    hours = "una" if hour == 1 else "veintiuna" if hour == 21 else asked(_TAG, hour)
    said = (
        hours
        if not minute
        else f"{hours} {asked(_TAG, minute)}"
        if minute > 9
        else f"{hours} cero {asked(_TAG, minute)}"
    )
    if not minute and not re.search(r"\b[Ll]as? $", before):
        said += " hora" if hour == 1 else " horas"
    return said


def _century(number: int, match: re.Match[str]) -> str:
    return _PLACES[number] if number <= 10 else asked(_TAG, number)


def _ruler(number: int, match: re.Match[str]) -> str:
    name = match["name"] if "name" in match.re.groupindex else ""
    said = _PLACES[number] if number <= 10 else asked(_TAG, number)
    return said[:-1] + "a" if number <= 10 and name in _WOMEN else said


def tongue(region: str) -> Tongue:
    """The table."""
    return Tongue(
        tag=_TAG,
        **data("es"),
        month_link=" de | ",
        year_link=" del? | ",
        count=_count,
        place=_place,
        places=r"\.? ?[ºª°](?!C)|er(?=\b)|\.er|ra(?=\b)|do(?=\b)|to(?=\b)",
        day=_day,
        half=lambda after: "media" if _FEMININE.match(after) and not _MASCULINE.match(after) else "medio",
        date=_date,
        clock=_clock,
        clock_words=" ?(?:horas|hs?)",
        years=lambda number: asked(_TAG, number),
        joint=" de",
        cents=" con ",
        roman=(
            (r"\b[sS]iglos? (?P<claim>(?P<roman>[IVXLC]+))(?!\w)", _century),
            (r"\b[sS]iglos? [IVXLC]+ (?:y|al?|o) (?P<claim>(?P<roman>[IVXLC]+))(?!\w)", _century),
            (r"(?<=\bs\. )(?P<claim>(?P<roman>[IVXLC]+))(?!\w)", _century),
            (
                r"\b(?:[cC]apítulo|[tT]omo|[vV]olumen|[lL]ibro|[pP]arte|[aA]cto|[aA]rtículo|[tT]ítulo|[tT]ipo"
                r"|[fF]ase|[aA]nexo) (?P<claim>(?P<roman>[IVXLC]+))(?!\w)",
                lambda n, m: asked(_TAG, n),
            ),
            (r"\b(?P<name>[A-ZÁÉÍÓÚ][a-záéíóúñ]{2,}) (?P<claim>(?P<roman>[IVX]{2,6}))(?!\w)", _ruler),
            (
                r"\b(?P<name>Carlos|Felipe|Isabel|Juan Carlos|Jaime|Alfonso|Napoleón|Pedro|Fernando"
                r"|Amadeo) (?P<claim>(?P<roman>[IVX]))(?!\w)",
                _ruler,
            ),
        ),
        decade=(
            r"(?<=años )[’']?(?P<y>\d0)(?!\d)|(?<=década de los )[’']?(?P<y2>\d0)(?!\d)",
            lambda y: asked(_TAG, int(y)),
        ),
    )
