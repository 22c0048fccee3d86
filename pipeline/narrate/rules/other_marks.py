"""What is seen and not said in languages other than English: emoji, note marks, dashes, dots, slips of the file."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from pipeline.text.english import claimed, english
from pipeline.text.pattern import Pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

    from pipeline.contracts import Claim

_EMOJI = Pattern(
    "(?:[\U0001f000-\U0001faff\u2600-\u2712\u2715\u2716\u2719-\u27bf\u2b1b\u2b1c\u2b50\u2b55\u231a\u231b\u23e9-\u23f3]"
    "|[\ufe0f\u200d\u20e3\U000e0020-\U000e007f])+"
)
_EMOTICON = Pattern(r"(?:(?<=\s)|(?<=^))(?:[:;=]['’]?-?[)(DPpO]|<3+|\^_?\^)(?=\s|$|[.,!?])")
_ONE = r"\[(?:\d{1,3}(?:[,–-] ?\d{1,3})*|[a-z]|(?:note|nota|Anm\.|noot) \d+)\]"
_CITATION = Pattern(rf"(?:(?<=[^\W\d_])|(?<=[.,;:!?”\"’»)]))[ \u202f]?{_ONE}(?: ?{_ONE})*")
_RAISED = Pattern(r"(?:(?<=[^\W\d_]{3})|(?<=[.,;:!?”\"’»)]))[¹²³⁰⁴-⁹]+(?:[,⁻][¹²³⁰⁴-⁹]+)*(?!\w)")
_ASTERISK = Pattern(r"(?<=[^\W\d])[*†‡]+(?=[\s.,;:!?”»\")]|$)|(?<=[.,;:!?])[*†‡]+(?=\s|$)")
_BETWEEN = Pattern(
    r"(?<!^)(?<![\d(\[{«„“\"'])(?<!\s) *(?:[—―]|--+) *(?![\s.,;:!?»”\")\d])| +[–-] +(?=[^\s\d])|(?<=[^\s\d]) +[–-] +"
)
_OPENING = Pattern(r"^\s*(?:[—–―]|--+|- )\s*")
_CLOSING = Pattern(r" *(?:[—–―]|--+)(?=[.,;:!?])| *(?:[—–―]|--+)\s*$|(?<=[.,;:!?]) *(?:[—―]|--+) *")
_DOTS = Pattern(r"\.{3,}|…[….]+|\. \. \.")
_OMITTED = Pattern(r" ?[\[(](?:…|\.\.\.)[\])]")
_DOUBLED = Pattern(r"(?<=[^\W\d_]{2})\.\.(?!\.)|,{2,}")
_BLANK_MISSING = Pattern(r"(?<=[a-zà-ÿß]{2})(?P<mark>[.!?])(?=[A-ZÀ-ÞÄÖÜ][a-zà-ÿß]{2,}[ ,])")
_LETTER = r"[^\W\d]"
_HIDDEN = "[\u00ad\u200b\u2060\ufeff\u202a-\u202e]"
_INVISIBLE = Pattern(
    rf"{_LETTER}+{_HIDDEN}(?:{_LETTER}|{_HIDDEN})*|{_HIDDEN}+{_LETTER}(?:{_LETTER}|{_HIDDEN})*|{_HIDDEN}+"
)
_DROPPED = {ord(c): None for c in "\u00ad\u200b\u2060\ufeff\u202a\u202b\u202c\u202d\u202e"}
_DECOMPOSED = Pattern(rf"{_LETTER}+[\u0300-\u036f](?:{_LETTER}|[\u0300-\u036f])*")
_ITALIC = Pattern(r"(?<!\w)[*_]{1,3}(?=\w)|(?<=[\w.!?])[*_]{1,3}(?!\w)")
_SPACELESS = frozenset({"zh", "ja", "th", "lo", "km", "my"})
"""Languages that set their dashes and dots differently: nothing is done to them."""


def claims(sentence: str, *, language: str) -> Iterable[Claim]:
    """Claims silence for marks, and one comma or ellipsis for dashes and dots."""
    if english(language) or sentence.isalnum():
        return ()
    silent = ((pattern, lambda m: "") for pattern in (_EMOJI, _EMOTICON, _CITATION, _RAISED, _ASTERISK))
    dressed = (
        (_INVISIBLE, lambda m: unicodedata.normalize("NFC", m[0].translate(_DROPPED))),
        (_DECOMPOSED, _composed),
    )
    if language.partition("-")[0].lower() in _SPACELESS:
        return claimed(sentence, (*silent, *dressed))
    return claimed(
        sentence,
        (
            *silent,
            *dressed,
            (_ITALIC, lambda m: ""),
            (_OMITTED, lambda m: "…"),
            (_DOTS, lambda m: "…"),
            (_OPENING, lambda m: ""),
            (
                _CLOSING,
                lambda m: (
                    "…"
                    if m.end() == len(sentence)
                    else ""
                    if m.start() and sentence[m.end() :][:1] in ".,;:!?"
                    else " "
                ),
            ),
            (_BETWEEN, lambda m: ", "),
            (_DOUBLED, lambda m: m[0][0]),
            (_BLANK_MISSING, lambda m: f"{m['mark']} "),
        ),
    )


def _composed(match: re.Match[str]) -> str | None:
    composed = unicodedata.normalize("NFC", match[0])
    return composed if composed != match[0] else None
