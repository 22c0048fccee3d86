"""Abbreviations and signs in languages other than English: z. B., M., p. ej., &, §, →."""

from __future__ import annotations

import re
from functools import cache, partial
from typing import TYPE_CHECKING

from pipeline.text import tongue
from pipeline.text.english import claimed
from pipeline.text.pattern import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.contracts import Claim
    from pipeline.text.english import Say
    from pipeline.text.tongue import Tongue

_SILENT = r"[™®℠]|(?<!\w)[•‣◦▪■●○◆►▶✓✔✗✘*_|~^]+(?!\w)|[`\u2028]"
_SLASH = r"(?<=[^\W\d_]{2}) ?/ ?(?=[^\W\d_]{2})"
_HINT = re.compile(r"[^\w\s,]")


def claims(sentence: str, *, language: str) -> Iterable[Claim]:
    """Claims abbreviations and signs."""
    words = tongue.of(language)
    if words is None:
        return ()
    return claimed(sentence, _table(words, bool(_HINT.search(sentence))))


@cache
def _table(words: Tongue, marked: bool) -> tuple[tuple[Pattern, Say], ...]:
    """The patterns of one language; without any mark in the sentence only those that need none."""
    rows: list[tuple[Pattern, Say]] = [
        (Pattern(pattern), partial(_cased, spoken))
        for pattern, spoken in words.short
        if marked or not re.search(r"\\\.|/|°|à", pattern) or r"\.?" in pattern
    ]
    if marked:
        rows += [
            (Pattern(_SILENT), lambda m: ""),
            (Pattern(_SLASH), lambda m: ", "),
            (Pattern(f"[{re.escape(''.join(words.signs))}]"), lambda m: f" {words.signs[m[0]]}"),
        ]
    return tuple(rows)


def _cased(spoken: str, match: re.Match[str]) -> str:
    """``spoken`` with a capital where it begins the sentence with one."""
    if "{" in spoken:
        spoken = spoken.format(**match.groupdict())
    return spoken[0].upper() + spoken[1:] if match.start() == 0 and match[0][0].isupper() else spoken
