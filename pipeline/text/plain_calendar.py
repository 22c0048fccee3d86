"""A date written out in a line of text, such as ``12. März 2024`` or ``March 12, 2024`` → ISO 8601."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = (
    "january jan januar jänner janvier janv enero ene gennaio gen janeiro januari stycznia",
    "february feb februar février févr fevrier febrero febbraio fevereiro fev februari lutego",
    "march mar märz mrz mars marzo março maart marca",
    "april apr avril avr abril aprile abr kwietnia",
    "may mai mayo maggio maio mei maja",
    "june jun juni juin junio giugno giu junho czerwca",
    "july jul juli juillet juil julio luglio lug julho lipca",
    "august aug août aout agosto ago augustus sierpnia",
    "september sep sept septembre septiembre settembre set setembro września",
    "october oct oktober okt octobre octubre ottobre ott outubro out października",
    "november nov novembre noviembre novembro listopada",
    "december dec dezember dez décembre déc diciembre dic dicembre dezembro grudnia",
)
_NUMBER = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_NAME = r"(?P<month>[^\W\d_]{3,12})\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_WRITTEN = (
    re.compile(r"(?<!\d)" + _YEAR + r"\s?[-/.年년]\s?(?P<number>\d{1,2})\s?[-/.月월]\s?(?P<day>\d{1,2})(?!\d)"),
    re.compile(
        r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.|º)?\s+(?:de\s+)?" + _NAME + r",?\s+(?:de\s+|del\s+)?" + _YEAR
    ),
    re.compile(_NAME + r"\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+" + _YEAR),
    re.compile(r"(?<!\d)(?P<day>\d{1,2})\.(?P<number>\d{1,2})\." + _YEAR),
)
"""Orders that leave no doubt; ``3/4/2024`` is another day in London than in New York."""


def date_in(text: str) -> str:
    """``YYYY-MM-DD`` of the first date written out in ``text``; empty without one."""
    for pattern in _WRITTEN:
        for found in pattern.finditer(text.lower()):
            part = found.groupdict()
            month = int(part["number"]) if part.get("number") else _NUMBER.get(part.get("month") or "", 0)
            try:
                return date(int(part["year"]), month, int(part["day"])).isoformat()
            except ValueError:
                continue
    return ""
