"""Slips of the pen and of the file: doubled stops, a missing blank after a stop, invisible characters."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from pipeline.text.english import claimed, english
from pipeline.text.pattern import Pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

    from pipeline.contracts import Claim

_DOUBLED = Pattern(r"(?<=[^\W\d_])\.\.(?!\.)")
_COMMAS = Pattern(r",{2,}|(?<=,) +,")
_BLANK_BEFORE = Pattern(r"(?<=[a-z]) +(?P<mark>[.!?])(?=[A-Z][a-z])")
_BLANK_MISSING = Pattern(
    r"(?<=[a-z]{2})(?P<mark>[.!?])(?=[A-Z][a-z]+[ ,’'])|(?<=[a-z]{2})(?P<mark2>[,;])(?=[A-Za-z]{2})"
)
_INVISIBLE = Pattern(
    "(?<!\\w)\\w*[\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e\u0000-\u0008\u000e-\u001b\u007f][\\w\u00ad\u200b-\u200f\u2060\ufeff]*"
)
_DROPPED = {
    ord(c): None for c in "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\x7f"
} | dict.fromkeys((*range(9), *range(14, 28)))
_LIGATURE = Pattern("(?<!\\w)\\w*[\ufb00-\ufb06]\\w*")
_DECOMPOSED = Pattern("(?<!\\w)\\w*[\u0300-\u036f][\\w\u0300-\u036f]*")


def claims(sentence: str, *, language: str) -> Iterable[Claim]:
    """Claims what was typed wrong."""
    if not english(language):
        return ()
    return claimed(
        sentence,
        (
            (_INVISIBLE, lambda m: unicodedata.normalize("NFC", m[0].translate(_DROPPED))),
            (_LIGATURE, lambda m: unicodedata.normalize("NFKC", m[0])),
            (_DECOMPOSED, _composed),
            (_DOUBLED, lambda m: "."),
            (_COMMAS, lambda m: ","),
            (_BLANK_BEFORE, lambda m: f"{m['mark']} "),
            (_BLANK_MISSING, lambda m: f"{m['mark'] or m['mark2']} "),
        ),
    )


def _composed(match: re.Match[str]) -> str | None:
    composed = unicodedata.normalize("NFC", match[0])
    return composed if composed != match[0] else None
