"""Dashes and ellipses: a dash between clauses is heard as a comma, dots in a row as one ellipsis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.text.english import claimed, english
from pipeline.text.pattern import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.contracts import Claim

_AT_START = Pattern(r"^\s*(?:[—–―]|(?<!-)-{2,}+|-(?= ))+\s*")
_AT_END = Pattern(r"\s*(?:[—–―]|(?<!-)-{2,}+)+(?=[\"”’)\]]*\s*$)")
_AFTER_MARK = Pattern(r"(?<=[.,;:!?…]) *(?:[—―]|(?<!-)-{2,}+)+ *")
_BEFORE_MARK = Pattern(r" *(?:[—―]|(?<!-)-{2,}+)+ *(?=[.,;:!?…])")
_DASH = Pattern(r" *(?:[—―]|(?<!-)-{2,}+(?!>))+ *| +[–-] +(?=\S)")
_BETWEEN_FIGURES = Pattern(r"(?<=\d)[-–](?=\d)")
_SPACED_DOTS = Pattern(r" ?\.(?: \.){2,3}")
_LEADING_DOTS = Pattern(r"^\s*(?:…|\.{3,}|\.(?: \.){2,})\s*")
_DOTS = Pattern(r"\.{3,}|…(?:[….]+)")
_OMITTED = Pattern(r" ?[\[(](?:…|\.\.\.)[\])]")


def claims(sentence: str, *, language: str) -> Iterable[Claim]:
    """Claims dashes and ellipses."""
    if not english(language) or not any(c in sentence for c in "—–―-….)"):
        return ()
    return claimed(
        sentence,
        (
            (_OMITTED, lambda m: "…"),
            (_LEADING_DOTS, lambda m: ""),
            (_SPACED_DOTS, lambda m: "…"),
            (_DOTS, lambda m: "…"),
            (_AT_START, lambda m: ""),
            (_AT_END, lambda m: "…"),
            (_AFTER_MARK, lambda m: " "),
            (_BEFORE_MARK, lambda m: ""),
            (_DASH, lambda m: ", "),
            (_BETWEEN_FIGURES, lambda m: " "),
        ),
    )
