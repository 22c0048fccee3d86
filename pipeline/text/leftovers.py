"""Figures and signs that are still to be put into words, and the plainest words for them."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from pipeline.text import counting
from pipeline.text.english import english
from pipeline.text.numerals import LARGEST, digits
from pipeline.text.numerals import cardinal as english_cardinal

if TYPE_CHECKING:
    from collections.abc import Iterator

BLOT = "\ufffc"
"""Stands for each character that a rule has already claimed."""
SIGN = (
    r"[\d$%&#@+=<>^*~|\\/_{}°§©®™¶†‡•‰€£¥¢¤¬±×÷¦ªº¹²³¼½¾"
    r"\u2044\u2070-\u209c\u20a0-\u20bf\u2100-\u2bff\u3012\u3036\uff03-\uff05\uff0b\uff1d\uff20]"
)
"""A digit, a mark for money, measure or reckoning, an arrow, a box: what has no sound of its own."""

_SIGN = re.compile(SIGN)
_PIECE = re.compile(
    r"(?P<number>(?<!\d)[-−]?\d+(?:[.,\u00a0 ’']\d+)*)(?P<place>\.(?= [^\W\d_]))?|(?P<sign>" + SIGN + ")"
)
_POINT = frozenset(
    {"en", "zh", "ja", "ko", "he", "th", "hi", "bn", "te", "kn", "ta", "ml", "mr", "ur", "sw", "cy", "fa"}
)
"""Languages that write 3.14 and 1,000; all others write 3,14 and 1.000."""
_DOTTED = frozenset({"cs", "sk", "da", "no", "nb", "nn", "fi", "pl", "sl", "sr", "hr", "lv", "is", "tr", "hu"})
"""Languages in which "3." within a sentence is an ordinal."""
_POINT_WORD = {
    "da": "komma", "no": "komma", "nb": "komma", "fi": "pilkku", "cs": "celá", "sk": "celá", "pl": "przecinek",
    "ro": "virgulă", "tr": "virgül", "uk": "кома", "ru": "запятая",
    "ca": "coma", "id": "koma", "sl": "vejica", "lt": "kablelis",
    "hu": "egész", "is": "komma", "lv": "komats", "sr": "zarez", "az": "vergül", "eo": "komo",
}  # fmt: skip
_PERCENT = {
    "en": "percent", "da": "procent", "no": "prosent", "nb": "prosent", "nn": "prosent", "fi": "prosenttia",
    "cs": "procent", "sk": "percent", "pl": "procent", "ro": "la sută", "uk": "відсотків", "ru": "процентов",
    "ca": "per cent",
    "id": "persen", "sl": "odstotkov", "lt": "procentų", "is": "prósent", "sr": "posto", "hi": "प्रतिशत",
    "ja": "パーセント",
}  # fmt: skip
_AND = {
    "sv": "och", "da": "og", "no": "og", "nb": "og", "nn": "og", "is": "og", "pl": "i", "cs": "a", "sk": "a",
    "fi": "ja", "et": "ja", "ro": "și", "tr": "ve", "hu": "és", "uk": "і", "ru": "и", "ca": "i", "sl": "in",
    "hr": "i", "sr": "i", "lt": "ir", "lv": "un", "el": "και", "id": "dan", "vi": "và", "eo": "kaj", "cy": "a",
}  # fmt: skip
_ENGLISH = {
    "&": "and", "+": "plus", "=": "equals", "%": "percent", "@": "at", "#": "number", "°": "degrees", "€": "euro",
    "£": "pound", "$": "dollar", "¥": "yen", "±": "plus or minus", "×": "times", "÷": "divided by", "§": "section",
    "½": "one half", "¼": "one quarter", "¾": "three quarters", "²": "squared", "³": "cubed",
}  # fmt: skip


def found(text: str) -> bool:
    """Whether anything is left to be put into words."""
    return _SIGN.search(text) is not None


def pieces(text: str) -> Iterator[re.Match[str]]:
    """Numbers and single signs in ``text``."""
    return _PIECE.finditer(text)


def piece(text: str, *, language: str) -> str | None:
    """What is said for one of `pieces`; None where it must stay as it is written.

    A number that nobody can put into words stays: any voice reads a plain number in its own language. A sign without a
    name is silent in English; elsewhere it stays, because dropping it might drop what matters.
    """
    primary = language.lower().replace("_", "-").partition("-")[0]
    if not any(c.isdecimal() for c in text):
        if english(language):
            return f" {_ENGLISH[text]}" if text in _ENGLISH else " "
        named = _PERCENT if text == "%" else _AND if text == "&" else {}
        return f" {named[primary]}" if primary in named else None
    place = text.endswith(".")
    number = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text.rstrip("."))
    if place and primary in _DOTTED and number.isdecimal():
        return counting.ordinal(int(number), language=language)
    said = _number(number, primary, language)
    return f"{said}." if said and place else said


def worded(text: str, *, language: str) -> str:
    """``text`` with every piece in words that has any."""
    out, position = [], 0
    for match in pieces(text):
        said = piece(match[0], language=language)
        if said is not None:
            out += [text[position : match.start()], f" {said} "]
            position = match.end()
    return " ".join("".join([*out, text[position:]]).split())


def _number(text: str, primary: str, language: str) -> str | None:
    minus = text[0] in "-−"
    point, group = (".", ",") if primary in _POINT else (",", ".")
    whole, _, rest = text.lstrip("-−").partition(point)
    parts = re.split(rf"[{re.escape(group)}\u00a0 ’']", whole)
    if not rest.isdecimal() and rest:
        return _apart(text, language)
    if len(parts) > 1 and any(len(part) != 3 for part in parts[1:]):
        return _apart(text, language)
    figures = "".join(parts)
    if english(language):
        return f"{'minus ' if minus else ''}{_whole(figures, language)}{f' point {digits(rest)}' if rest else ''}"
    if rest and primary not in _POINT_WORD:
        return counting.cardinal(f"{'-' if minus else ''}{figures}.{rest}", language=language)
    said_whole = counting.cardinal(f"{'-' if minus else ''}{figures}", language=language)
    if said_whole is None or not rest:
        return said_whole
    said_rest = [counting.cardinal(c, language=language) for c in rest]
    return " ".join(filter(None, (said_whole, _POINT_WORD[primary], *said_rest)))


def _apart(text: str, language: str) -> str | None:
    """The numbers of what is no single number, such as "1.2.3", one after the other."""
    said = [_whole(part, language) for part in re.findall(r"\d+", text)]
    return ", ".join(filter(None, said)) if all(said) else None


def _whole(figures: str, language: str) -> str | None:
    """A number without a sign or a point; in English one with a nought in front, or too long, digit by digit."""
    if not english(language):
        return counting.cardinal(figures, language=language)
    if (len(figures) > 1 and figures[0] == "0") or len(figures) >= len(str(LARGEST)):
        return digits(figures)
    return english_cardinal(int(figures), language=language)
