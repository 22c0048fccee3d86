"""The International Phonetic Alphabet as people type it: cleaned, checked, cut into sounds."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

LONGEST = 200
"""Characters of a pronunciation; a phrase of twenty words has fewer."""

_TYPED = str.maketrans({":": "ː", "'": "ˈ", "’": "ˈ", "g": "ɡ"})
"""What keyboards have in place of the signs meant: length, stress, and the letter g of IPA."""
_SIGNS = frozenset(" .|‖‿-()")
"""What may stand between sounds: breaks, syllables, links, and brackets around what may be left out."""
_SOUNDS = frozenset({"Ll", "Lo"})
_LETTERS = _SOUNDS | {"Lm", "Mn", "Sk"}
"""Unicode's categories of IPA letters, modifiers, marks and tones; capitals are none of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """``text[start:end]`` of a text that is named elsewhere is pronounced so."""

    start: int
    end: int
    ipa: str


def cleaned(text: str) -> str:
    """``text`` without the slashes or brackets around it, in the alphabet's own signs and in NFC."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    if len(text) > 1 and (text[0], text[-1]) in {("/", "/"), ("[", "]")}:
        text = text[1:-1].strip()
    return text.translate(_TYPED)


def mistake(text: str) -> str:
    """What is wrong with a pronunciation that `cleaned` gave, in words; empty where it is one."""
    if len(text) > LONGEST:
        return f"is longer than {LONGEST} characters"
    wrong = next((c for c in text if c not in _SIGNS and unicodedata.category(c) not in _LETTERS), "")
    if wrong:
        return f"has {wrong!r}, which is not in the International Phonetic Alphabet"
    return "" if any(unicodedata.category(character) in _SOUNDS for character in text) else "holds no sound"


def recoded(text: str, table: dict[str, str]) -> str | None:
    """``text`` with every sound as ``table`` writes it, the longest entry first; None where it knows one of them not.

    Args:
        text: As `cleaned` gave it.
        table: Sounds of IPA, in NFD, → the same in another alphabet.
    """
    text = unicodedata.normalize("NFD", text)
    longest = max(map(len, table))
    out: list[str] = []
    place = 0
    while place < len(text):
        size = next((size for size in range(longest, 0, -1) if text[place : place + size] in table), 0)
        if not size:
            return None
        out.append(table[text[place : place + size]])
        place += size
    return "".join(out)
