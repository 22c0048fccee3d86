"""Abbreviations that are read as the words they stand for: e.g., etc., vs., No. 4, pp. 12–15, approx."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pipeline.contracts import Claim
from pipeline.text.english import claimed, english
from pipeline.text.pattern import Pattern
from pipeline.text.short_forms import NUMBERED, SHORT

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator

_WORD = Pattern(
    r"(?<![\w.’'/])[A-Za-z]+(?:[’'][A-Za-z]+)?(?=[./])|\b(?:"
    + "|".join(word for word, tails in SHORT.items() if any(not t.startswith(("\\.", "/", ":", " ")) for t, _ in tails))
    + r"|Y[oO]Y|Q[oO]Q|[Tt]el|[Aa]ttn|[Rr]e|et"
    r"|[Nn]at[’']l|[Ii]nt[’']l|[Gg]ov[’']t|[Aa]ss[’']n|[Dd]ep[’']t|[Cc]ont[’']d)\b",
)
_AND_SO_ON = Pattern(r"&c\b\.?(?=\W|$)")
_AND_COMPANY = Pattern(r"& Co\.")
_BEFORE_NUMBER = Pattern(
    rf"(?<![\w.])(?P<t>{'|'.join(sorted(NUMBERED, key=len, reverse=True))})\. ?(?=#?\d|[IVXLC]+\b|[ivxl]+\b)",
    2,  # re.IGNORECASE
)
_NUMBER = Pattern(r"\b(?P<claim>N[oO]s?\.? )(?=\d)|(?<=\w )(?P<t>NO\.?) (?=\d)|\bN° ?|№ ?|\bn° ?(?=\d)")
_EXTENSION = Pattern(r"\bext\.? ?(?=\d)|(?<=\d )x ?(?=\d{2,5}\b)")
_VOLUME = Pattern(r"\bVOL\.? (?=\d)")
_NUMERIC = Pattern(r"\d|№|N°|\. ?[IVXLCivxl]+\b")


def claims(sentence: str, *, language: str) -> Iterable[Claim]:
    """Claims abbreviations."""
    if not english(language):
        return ()
    found = list(_words(sentence))
    if "&" in sentence:
        found += claimed(sentence, _SIGNS)
    if _NUMERIC.search(sentence):
        taken = bytearray(len(sentence))
        for claim in found:
            taken[claim.start : claim.end] = b"\1" * (claim.end - claim.start)
        found += (c for c in claimed(sentence, _NUMBERS) if taken.find(1, c.start, c.end) < 0)
    return found


def _words(sentence: str) -> Iterator[Claim]:
    end = 0
    for match in _WORD.finditer(sentence):
        word = match[0]
        for tail, spoken in SHORT.get(word.lower().replace("'", "’"), ()):
            rest = _tail(tail).match(sentence, match.end())
            if rest and match.start() >= end:
                if word[0].isupper() and (len(word) > 1 or match.start() == 0):
                    spoken = spoken[0].upper() + spoken[1:]
                yield Claim(start=match.start(), end=rest.end(), spoken=spoken)
                end = rest.end()
                break


@cache
def _tail(source: str) -> Pattern:
    return Pattern(source)


def _numbered(match: re.Match[str]) -> str | None:
    mark = match["t"]
    if mark in ("V", "N", "L", "P", "Ex"):
        return None  # somebody's initial
    word = NUMBERED[mark.lower()]
    return f"{word.capitalize() if mark[0].isupper() and match.start() == 0 else word} "


_SIGNS = ((_AND_SO_ON, lambda m: "et cetera"), (_AND_COMPANY, lambda m: "and Company"))
_NUMBERS = (
    (_BEFORE_NUMBER, _numbered),
    (_NUMBER, lambda m: "numbers " if m[0][2:3] == "s" else "number "),
    (_EXTENSION, lambda m: " extension "),
    (_VOLUME, lambda m: "volume "),
)
