"""Marks of notes and citations are not said: as shown.[1] as shown² Note*."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.text.english import claimed, english
from pipeline.text.pattern import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.contracts import Claim

_ONE = r"\[(?:\d{1,3}(?:[,–-] ?\d{1,3})*|note \d+|[a-z]|citation needed|nb \d+|n \d+)\]"
_CITATION = Pattern(rf"(?<=[\w.,;:!?”\"’)]){_ONE}(?: ?{_ONE})*")
_APART = Pattern(rf"(?<=\w\w) (?P<claim>{_ONE}(?:, ?{_ONE})*)(?=[.,;:!?]|$)")
_SUPERSCRIPT = Pattern(r"(?:(?<=[^\W\d_]{3})|(?<=[.,;:!?”\"’)]))[¹²³⁰⁴-⁹]+(?:[,⁻][¹²³⁰⁴-⁹]+)*(?!\w)")
_ASTERISK = Pattern(r"(?<=[^\W\d])[*†‡§¶]+(?=[\s.,;:!?”\")]|$)|(?<=[.,;:!?])[*†‡]+(?=\s|$)|(?<!\S)[*†‡]+ ?(?=[A-Z“\"])")
_SEE = Pattern(r"\b(?:see|in|of|from|and|ref|by)$", re.IGNORECASE)


def claims(sentence: str, *, language: str) -> Iterable[Claim]:
    """Claims silence for note marks."""
    if not english(language):
        return ()

    def apart(match: re.Match[str]) -> str | None:
        return None if _SEE.search(sentence, max(0, match.start() - 6), match.start()) else ""

    silent = ((pattern, lambda m: "") for pattern in (_CITATION, _SUPERSCRIPT, _ASTERISK))
    return claimed(sentence, (*silent, (_APART, apart)))
