"""Marks of notes and citations are not said: as shown.[1] as shown² Note*."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.text.english import claimed, english
from pipeline.text.pattern import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.contracts import Claim

_ONE = (
    r"\[\^?(?:\d{1,3}(?:[,;–-] ?\d{1,3})*|note \d+|[a-z]|nb \d+|n \d+|#?fn\d+|[*†‡]"
    r"|citation needed|clarification needed|according to whom\?|better source needed|dubious|who\?|when\?|which\?)\]"
)
_CITATION = Pattern(rf"(?:\^)?(?<=[\w.,;:!?”\"’)%^]){_ONE}(?:[–-]?(?:, ?| )?{_ONE})*(?::\d+(?:[–-]\d+)?)?\^?")
_APART = Pattern(rf"(?<=[\w,;:)”\"]) (?P<claim>\^?{_ONE}(?:(?:, ?| |[–-]){_ONE})*\^?)(?=[.,;:!?)]|$| [a-zA-Z(])")
_GLUED = Pattern(
    r"(?<=[a-z]{3})(?<!\bfig)(?<!\bvol)(?<!\bsec)(?<!\bart)(?<!\bnos)(?<!\bver)(?<!\bchap)(?<!\b[A-Z][a-z][a-z])"
    r"(?:[.!?][”\"’)]?|[,;:]|[”\"])(?P<claim>\d{1,3}(?:[,–-]\d{1,3})*)(?=\s+[A-Z“\"‘(]|$)"
)
_COMMA = Pattern(r"(?<=[a-z]{3},)\d{1,2}(?= (?!and\b|or\b|to\b)[a-z])|(?<=[a-z]{3},)\d{2}(?= (?:and|or)\b)")
_HTML = Pattern(r"<sup[^>]*>\s*(?:<a[^>]*>)?\[?[\d,*†–-]+\]?(?:</a>)?\s*</sup>")
_SUPERSCRIPT = Pattern(
    r"(?:(?<=[^\W\d_]{3})|(?<=\b[a-zA-Z][a-z])|(?<=\b1[4-9]\d\d)|(?<=\b20\d\d)|(?<=[.,;:!?”\"’)%]))(?<!\bmc)"
    r"(?<!\bkm)(?<!\bcm)(?<!\bmm)"
    r"(?<!\bft)(?<!\bmi)(?<!\bin)(?<!\byd)(?<!\bdm)(?<!\bnm)(?<!sin)(?<!cos)(?<!tan)[¹²³⁰⁴-⁹]+"
    r"(?:[,⁻–-] ?[¹²³⁰⁴-⁹]+)*(?![\w⁺⁻=])"
)
_ASTERISK = Pattern(
    r"(?<=[^\W\d]{2})[*†‡§¶]+(?=[\s.,;:!?”\")]|$)|(?<=[.,;:!?%\d”\")])[*†‡]+(?=\s|$|[.,;:])|(?<!\S)[*†‡]+ ?(?=[A-Z“\"])"
)
_WORDED = Pattern(r"[^\W\d_]{3}")
_SEE = Pattern(r"\b(?:see|in|of|from|and|ref|by)$", re.IGNORECASE)


def claims(sentence: str, *, language: str) -> Iterable[Claim]:
    """Claims silence for note marks."""
    if not english(language):
        return ()

    def apart(match: re.Match[str]) -> str | None:
        return None if _SEE.search(sentence, max(0, match.start() - 6), match.start()) else ""

    def raised(match: re.Match[str]) -> str | None:
        # A bracket with words in it has a note, one with a sum a power.
        start = sentence.rfind("(", 0, match.start()) if sentence[match.start() - 1] == ")" else -1
        return None if start >= 0 and not _WORDED.search(sentence, start, match.start()) else ""

    silent = ((pattern, lambda m: "") for pattern in (_HTML, _CITATION, _ASTERISK))
    return claimed(
        sentence, (*silent, (_SUPERSCRIPT, raised), (_APART, apart), (_GLUED, lambda m: ""), (_COMMA, lambda m: ""))
    )
