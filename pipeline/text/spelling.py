"""Which tokens of somebody else's tokenizer spell which words of a text."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from pipeline.text.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence


def spelled(text: str, tokens: Sequence[str]) -> tuple[tuple[int, int] | None, ...]:
    """For each of the `words` of ``text`` its first token and the one after its last.

    Letters and digits are compared without regard to case, white space and punctuation. None for a word that the
    tokens do not spell (they may come from a text that was changed), and for words that share a token.
    """
    spans = words(text)
    mine = [(letter, n) for n, (start, end) in enumerate(spans) for letter in _letters(text[start:end])]
    theirs = [(letter, n) for n, token in enumerate(tokens) for letter in _letters(token)]
    places: dict[int, list[int]] = {n: [] for n in range(len(spans))}
    for a, b, length in _equal_runs([letter for letter, _ in mine], [letter for letter, _ in theirs]):
        for k in range(length):
            places[mine[a + k][1]].append(b + k)
    found: list[tuple[int, int] | None] = []
    for n, (start, end) in enumerate(spans):
        whole = len(places[n]) == len(_letters(text[start:end]))
        together = whole and places[n][-1] - places[n][0] == len(places[n]) - 1
        found.append((theirs[places[n][0]][1], theirs[places[n][-1]][1] + 1) if together else None)
    users = Counter(token for span in found if span for token in range(*span))
    return tuple(span if span and all(users[token] == 1 for token in range(*span)) else None for span in found)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text).casefold()


def _equal_runs(mine: list[str], theirs: list[str]) -> list[tuple[int, int, int]]:
    """Places in both and length of each run of equal letters; almost always that is all of it."""
    if mine == theirs:
        return [(0, 0, len(mine))]
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    return [(run.a, run.b, run.size) for run in matcher.get_matching_blocks()]
