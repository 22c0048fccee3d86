"""Abbreviations that are read as the words they stand for: e.g., etc., vs., No. 4, pp. 12–15, approx."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.text.english import claimed, english
from pipeline.text.pattern import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.contracts import Claim

_ANYWHERE = {
    r"[Ee]\. ?g\.,?": "for example,",
    r"[Ii]\. ?e\.,?": "that is,",
    r"\betc\.(?=\s+(?:I|The|He|She|It|We|They|You|This|That|There|But|And|Then|In|A)\b)": "et cetera.",
    r"\b(?:etc|&c)\b\.?": "et cetera",
    r"&c\.?(?=\W|$)": "et cetera",
    r"\bvs?\.(?= )": "versus",
    r"\bvs\b": "versus",
    r"\b[Aa]pprox\.": "approximately",
    r"\bet al\.(?=[’']s)": "et al",
    r"\bet al\.": "et al",
    r"\ba\.k\.a\.|\baka\b": "also known as",
    r"\b(?:ca?|C)\.? ?(?=\d)(?<=\. |.\.)": "about ",
    r"\bviz\.": "namely",
    r"\bcf\.": "compare",
    r"\bibid\.": "ibidem",
    r"\bdept\.": "department",
    r"\bDept\.": "Department",
    r"\bInc\.?(?=$|[\s,;:)’'])": "Incorporated",
    r"\bCorp\.": "Corporation",
    r"\bLtd\b\.?": "Limited",
    r"\bltd\b\.?": "limited",
    r"\b[Gg]ovt\b\.?": "government",
    r"\bUniv\.": "University",
    r"\bAssn\.": "Association",
    r"\bBros\.": "Brothers",
    r"\bw/o\b": "without",
    r"\bw/ ?(?=\w)": "with ",
    r"\bb/c\b": "because",
    r"\bEd\.(?= by)": "Edited",
    r"\bincl\.": "including",
    r"\bexcl\.": "excluding",
    r"\bmax\.(?= )": "maximum",
    r"\bmin\.(?= (?:of|[a-z]))": "minimum",
    r"\bavg\.?(?=\W)": "average",
    r"\best\. (?=\d)": "established ",
    r"\bb\. (?=\d{4})": "born ",
    r"\bd\. (?=\d{4})": "died ",
    r"\bfl\. (?=\d{4})": "flourished ",
    r"\bY(?:o|O)Y\b": "year over year",
}
_NUMBERED = {
    "pp": "pages", "p": "page", "vol": "volume", "vols": "volumes", "ch": "chapter", "chs": "chapters",
    "chap": "chapter", "fig": "figure", "figs": "figures", "no": "number", "nos": "numbers", "sec": "section",
    "secs": "sections", "eq": "equation", "eqs": "equations", "art": "article", "ed": "edition",
    "para": "paragraph", "ex": "example", "l": "line", "ll": "lines", "v": "verse", "vv": "verses", "n": "note",
    "nr": "number", "ver": "version", "ext": "extension", "apt": "apartment", "op": "opus", "pt": "part",
    "ref": "reference", "bk": "book", "tel": "telephone",
}  # fmt: skip
_BEFORE_NUMBER = Pattern(
    rf"(?<![\w.])(?P<t>{'|'.join(sorted(_NUMBERED, key=len, reverse=True))})\. ?(?=#?\d|[IVXLC]+\b|[ivxl]+\b)",
    re.IGNORECASE,
)
_NUMBER = Pattern(r"\b(?P<claim>N[oO]\.? )(?=\d)|(?<=\w )(?P<t>NO\.?) (?=\d)|\bN° ?|№ ?")
_VOLUME = Pattern(r"\bVOL\.? (?=\d)")
_TABLE = tuple((Pattern(pattern), spoken) for pattern, spoken in _ANYWHERE.items())
_MARK = Pattern(r"[./&]|\b(?:vs|aka|YoY|YOY|Ltd|ltd|etc|Inc|govt|Govt|No|NO|VOL|avg)\b|№|N°")


def claims(sentence: str, *, language: str) -> Iterable[Claim]:
    """Claims abbreviations."""
    if not english(language) or not _MARK.search(sentence):
        return ()

    def numbered(match: re.Match[str]) -> str | None:
        word, mark = _NUMBERED[match["t"].lower()], match["t"]
        if mark in ("V", "N", "L", "P", "Ex"):
            return None  # somebody's initial
        return f"{word.capitalize() if mark[0].isupper() and match.start() == 0 else word} "

    return claimed(
        sentence,
        (
            *((pattern, lambda m, spoken=spoken: _cased(m, spoken)) for pattern, spoken in _TABLE),
            (_BEFORE_NUMBER, numbered),
            (_NUMBER, lambda m: "number "),
            (_VOLUME, lambda m: "volume "),
        ),
    )


def _cased(match: re.Match[str], spoken: str) -> str:
    """``spoken`` with a capital where it begins the sentence with one."""
    if match.start() == 0 and match[0][0].isupper():
        return spoken[0].upper() + spoken[1:]
    return spoken
