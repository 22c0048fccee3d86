"""Words in letters that the language around them does not use: which language they are most likely in.

Where two languages share an alphabet, letters that only one of them has decide, else the one with the most readers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_LETTERS = {
    "Hira": "\u3041-\u309f",
    "Kana": "\u30a0-\u30ff\u31f0-\u31ff",
    "Hani": "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff",
    "Hang": "\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3",
    "Cyrl": "\u0400-\u052f",
    "Grek": "\u0370-\u03ff\u1f00-\u1fff",
    "Arab": "\u0620-\u06d3\u06fa-\u06ff\u0750-\u077f",
    "Hebr": "\u05d0-\u05f2",
    "Deva": "\u0900-\u0963\u0970-\u097f",
    "Beng": "\u0980-\u09e3",
    "Guru": "\u0a01-\u0a5e",
    "Gujr": "\u0a81-\u0ae3",
    "Taml": "\u0b82-\u0be3",
    "Telu": "\u0c00-\u0c63",
    "Knda": "\u0c80-\u0ce3",
    "Mlym": "\u0d00-\u0d63",
    "Sinh": "\u0d81-\u0dc6",
    "Thai": "\u0e01-\u0e4e",
    "Mymr": "\u1000-\u103f",
    "Geor": "\u10a0-\u10ff",
    "Armn": "\u0531-\u0587",
    "Ethi": "\u1200-\u135a",
}
"""Letters of each script by its ISO 15924 code (Unicode blocks, without digits and punctuation)."""
_LANGUAGE = {
    "Hira": "ja", "Kana": "ja", "Hani": "zh", "Hang": "ko", "Cyrl": "ru", "Grek": "el", "Arab": "ar", "Hebr": "he",
    "Deva": "hi", "Beng": "bn", "Guru": "pa", "Gujr": "gu", "Taml": "ta", "Telu": "te", "Knda": "kn", "Mlym": "ml",
    "Sinh": "si", "Thai": "th", "Mymr": "my", "Geor": "ka", "Armn": "hy", "Ethi": "am",
}  # fmt: skip
_OWN = {
    "ja": {"Hira", "Kana", "Hani"}, "zh": {"Hani"}, "cmn": {"Hani"}, "yue": {"Hani"}, "ko": {"Hang", "Hani"},
    "ru": {"Cyrl"}, "uk": {"Cyrl"}, "be": {"Cyrl"}, "bg": {"Cyrl"}, "sr": {"Cyrl"}, "mk": {"Cyrl"}, "kk": {"Cyrl"},
    "ky": {"Cyrl"}, "mn": {"Cyrl"}, "tt": {"Cyrl"}, "el": {"Grek"}, "grc": {"Grek"}, "ar": {"Arab"}, "fa": {"Arab"},
    "ur": {"Arab"}, "ps": {"Arab"}, "he": {"Hebr"}, "yi": {"Hebr"}, "hi": {"Deva"}, "mr": {"Deva"}, "ne": {"Deva"},
    "bn": {"Beng"}, "as": {"Beng"}, "pa": {"Guru"}, "gu": {"Gujr"}, "ta": {"Taml"}, "te": {"Telu"}, "kn": {"Knda"},
    "ml": {"Mlym"}, "si": {"Sinh"}, "th": {"Thai"}, "my": {"Mymr"}, "ka": {"Geor"}, "hy": {"Armn"}, "am": {"Ethi"},
}  # fmt: skip
"""Scripts that a language is written in, beside the Latin one."""
_TELLING = ((re.compile("[іїєґІЇЄҐ]"), "uk"), (re.compile("[ўЎ]"), "be"), (re.compile("[پچژگ]"), "fa"))
"""Letters by which a language is known whose alphabet belongs to another one, too."""
_ALONE = frozenset(("Hira", "Kana", "Hani", "Hang"))
"""Scripts a single letter of which is a word; one of others is a symbol (α, Ж)."""
_EAST_ASIAN = frozenset(("Hira", "Kana", "Hani"))

_RUN = re.compile(
    "|".join(
        # marks that join to letters, and what stands between two words of one script
        f"(?P<{script}>[{letters}][{letters}\u0300-\u036f'’\u200c\u200d-]*(?:[ ,·・]+[{letters}]+[\u0300-\u036f]*)*)"
        for script, letters in {
            **{script: letters for script, letters in _LETTERS.items() if script not in _EAST_ASIAN},
            "Hani": "".join(_LETTERS[script] for script in sorted(_EAST_ASIAN)) + "ー",
        }.items()
    )
)


def runs(text: str, language: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and likely language (BCP 47) of what is not written in letters of ``language``, in order."""
    own = _OWN.get(language.lower().partition("-")[0], set())
    for found in _RUN.finditer(text):
        script = found.lastgroup or ""
        if script not in own and (script in _ALONE or sum(map(str.isalpha, found[0])) > 1):
            yield found.start(), found.end(), _language(found[0], script)


def _language(text: str, script: str) -> str:
    if script == "Hani" and re.search(f"[{_LETTERS['Hira']}{_LETTERS['Kana']}]", text):
        return "ja"
    telling = (language for letters, language in _TELLING if letters.search(text))
    return next(telling, _LANGUAGE[script])
