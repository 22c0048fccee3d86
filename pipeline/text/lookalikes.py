"""Characters that look like others, put as those they mean, one for one, so that offsets stay.

Typesetters write "1 000" with a thin blank and "e‑mail" with a hyphen that does not break; people paste 𝗯𝗼𝗹𝗱 letters
and full-width １２％. Rules should see one kind of blank, hyphen, slash, letter and digit.
"""

from __future__ import annotations

import re
import unicodedata

_BLANKS = str.maketrans(dict.fromkeys("\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f", " "))
_MEANT = {
    "\u2010": "-", "\u2011": "-", "\ufe63": "-", "\u2012": "–", "\u2044": "/", "\u2215": "/", "\u2236": ":",
    "\u02bc": "’", "\uff07": "'", "\u201b": "‘", "\u2217": "*", "\u22c5": "·", "\u00ba": "°",
}  # fmt: skip
_STYLED = frozenset(["<font>", "<wide>", "<narrow>"])
"""Compatibility decompositions that only change how a character looks (Unicode Standard Annex 44)."""
_GROUP = re.compile(r"(?<=\d)[\u00a0\u2009\u202f\u2007](?=\d{3}(?!\d))")
_NUMBER = re.compile(r"(?<![\d.,])\d{1,3}(?:[\u00a0\u2009\u202f\u2007]\d{3})+(?![\d,])")


class _Table(dict[int, str]):
    """What stands for a character, found when it is first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        self[code] = meant = _meant(character)
        return meant


def blanks(text: str) -> str:
    """``text`` with one kind of white space; as long as before."""
    if text.isascii():
        return text.translate(_BLANKS)
    return "".join(" " if c.isspace() else c for c in text)


def fold(text: str) -> str:
    """An English ``text`` with plain blanks, hyphens, letters and digits; as long as before.

    A thin or no-break blank between groups of three figures becomes a comma: "1 000" is one number then.
    """
    if text.isascii():
        return text.translate(_BLANKS)
    text = _NUMBER.sub(lambda m: _GROUP.sub(",", m[0]), text)
    return text.translate(_TABLE)


def _meant(character: str) -> str:
    if character.isspace():
        return " "
    if character in _MEANT:
        return _MEANT[character]
    kind, _, rest = unicodedata.decomposition(character).partition(" ")
    if kind in _STYLED and " " not in rest:
        return chr(int(rest, 16))
    canonical = unicodedata.normalize("NFC", character)  # the signs for ohm, kelvin and ångström are letters
    return canonical if len(canonical) == 1 else character


_TABLE = _Table()
