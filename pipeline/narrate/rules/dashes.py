"""Dashes and ellipses: a dash between clauses is heard as a comma, dots in a row as one ellipsis."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.contracts import Claim
from pipeline.text.english import claimed, english

_AT_START = re.compile(r"^\s*(?:[—–―]|--+|-(?= ))+\s*")
_AT_END = re.compile(r"\s*(?:[—–―]|--+)+(?=[\"”’)\]]*\s*$)")
_AFTER_MARK = re.compile(r"(?<=[.,;:!?…]) *(?:[—―]|--+)+ *")
_BEFORE_MARK = re.compile(r" *(?:[—―]|--+)+ *(?=[.,;:!?…])")
_DASH = re.compile(r" *(?:[—―]|(?<!-)--+(?!-*>))+ *| +[–-] +(?=\S)")
_BETWEEN_FIGURES = re.compile(r"(?<=\d)[-–](?=\d)")
_SPACED_DOTS = re.compile(r" ?\.(?: \.){2,3}")
_LEADING_DOTS = re.compile(r"^\s*(?:…|\.{3,}|\.(?: \.){2,})\s*")
_DOTS = re.compile(r"\.{3,}|…(?:[….]+)")
_OMITTED = re.compile(r" ?[\[(](?:…|\.\.\.)[\])]")


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
