"""Numbers in words for languages other than English: num2words, asked late and cached."""

from __future__ import annotations

from functools import cache, lru_cache

_REGIONAL = {"pt-br": "pt_BR", "fr-be": "fr_BE", "fr-ch": "fr_CH", "nb": "no", "nn": "no", "kk": "kz"}
"""Tags whose name in num2words is not their primary subtag."""
_UNSURE = frozenset({"ce", "tet", "am"})
"""Languages whose answers nobody here could judge even roughly: left as written."""


@cache
def known(language: str) -> str:
    """The name under which num2words knows ``language`` (BCP 47); empty where it does not."""
    from num2words import CONVERTER_CLASSES  # loads sixty modules, 50 ms: only where there is a number to say

    tag = language.lower().replace("_", "-")
    primary = tag.partition("-")[0]
    name = _REGIONAL.get(tag) or _REGIONAL.get(primary) or primary
    return name if name in CONVERTER_CLASSES and name not in _UNSURE else ""


def cardinal(number: str, *, language: str) -> str | None:
    """``number`` ("1234", "3.14", "-2": digits and a point only) in words; None where nobody knows."""
    return _said(number, known(language), "cardinal")


def ordinal(number: int, *, language: str) -> str | None:
    """``number`` as a place in a row; None where nobody knows."""
    return _said(str(number), known(language), "ordinal")


def year(number: int, *, language: str) -> str | None:
    """``number`` as a year; None where nobody knows."""
    return _said(str(number), known(language), "year")


@lru_cache(maxsize=4096)
def _said(number: str, name: str, kind: str) -> str | None:
    if not name or len(number) > 24:
        return None
    from num2words import num2words

    try:
        words = num2words(number, lang=name, to=kind)
    except (NotImplementedError, OverflowError, ArithmeticError, LookupError, TypeError, ValueError):
        return None  # each language of the package has its own limits and its own way to say so
    words = " ".join(str(words).replace("\u00ad", "").split())
    return words if words and not any(c.isdecimal() for c in words) else None
