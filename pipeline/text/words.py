"""Words in a text, and roughly how many syllables each has, for any script."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(
    r"[\u3400-\u9fff\uf900-\ufaff]"  # an ideograph is a word: nothing else marks words in Chinese
    r"|(?:(?![\u3400-\u9fff\uf900-\ufaff])[^\W_])+"
    r"(?:(?:['’\-‐‑]|(?<=\d)[.,:](?=\d))(?:(?![\u3400-\u9fff\uf900-\ufaff])[^\W_])+)*"
)
_VOWELS = re.compile(
    "[aeiouyæœøıəɑɛɔаеиоуыэюяіїєαειηουωأاويىआ]+"  # Latin, Cyrillic, Greek, Arabic letters that stand for vowels
)
_SILENT_E = re.compile(r"(?<=[^aeiouy\W])(?:e|es|ed)$")
_KEPT_E = re.compile(r"(?:[^aeiouy]l|[td]|[sxz]|ch|sh|[cg])(?:e|es|ed)$")


def words(text: str) -> tuple[tuple[int, int], ...]:
    """(start, end) of each pronounceable word: letters and digits, with apostrophes and hyphens inside."""
    return tuple(match.span() for match in _WORD.finditer(_plain(text)))


def has_words(text: str) -> bool:
    """Whether there is anything to pronounce."""
    return _WORD.search(_plain(text)) is not None


def syllables(word: str) -> int:
    """Roughly how many syllables ``word`` has, at least 1.

    Vowel groups for alphabets that write vowels, a syllable a character for ideographs, kana and Hangul, a syllable a
    digit, half the letters for other scripts; an English silent e is not counted, initials are spelled.
    """
    letters = [c for c in unicodedata.normalize("NFC", word) if c.isalnum()]
    if not letters:
        return 1
    if len(letters) > 1 and all(c.isupper() for c in letters) and not _VOWELS.search(_base(letters)):
        return sum(3 if c == "W" else 1 for c in letters)
    blocks = sum(1 for c in letters if c.isdecimal() or "\u3040" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7a3")
    rest = _base([c for c in letters if not (c.isdecimal() or "\u3040" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7a3")])
    groups = len(_VOWELS.findall(rest))
    if (
        groups > 1
        and _SILENT_E.search(rest)
        and not (_KEPT_E.search(rest) and not rest.endswith(("te", "de", "se", "ce", "ge", "ze")))
    ):
        groups -= 1
    if rest and not groups and not rest.isascii():
        groups = (len(rest) + 1) // 2
    return max(1, blocks + groups)


def _base(letters: list[str]) -> str:
    """The letters without their accents, in lower case."""
    decomposed = unicodedata.normalize("NFD", "".join(letters).lower())
    return "".join(c for c in decomposed if not unicodedata.category(c).startswith("M"))


def _plain(text: str) -> str:
    """``text`` with every mark that continues a letter (accents, vowel signs) as a letter; same length."""
    if text.isascii():
        return text
    out: list[str] = []
    for c in text:
        mark = c >= "\u0300" and unicodedata.category(c).startswith("M")
        out.append("x" if mark and out and out[-1].isalnum() else c)
    return "".join(out)
