"""Tokens of another tokenizer find their words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.text.spelling import spelled
from pipeline.text.words import words


@pytest.mark.parametrize(
    ("text", "tokens", "expected"),
    [
        ("Don’t stop.", ["Do", "n't", "stop", "."], [(0, 2), (2, 3)]),
        ("twice—now", ["twice", "—", "now"], [(0, 1), (2, 3)]),
        ("At 3:30 sharp", ["At", "three", "thirty", "sharp"], [(0, 1), None, (3, 4)]),
        ("and/or", ["and/or"], [None, None]),
        ("Dr Smith", ["Doctor", "Smith"], [None, (1, 2)]),
        ("Die Straße", ["die", "STRASSE"], [(0, 1), (1, 2)]),
        ("one two", [], [None, None]),
        ("…", ["…"], []),
    ],
)
def test_a_word_is_the_tokens_that_spell_it(
    text: str, tokens: list[str], expected: list[tuple[int, int] | None]
) -> None:
    assert list(spelled(text, tokens)) == expected


@given(st.text(max_size=60), st.lists(st.text(max_size=8), max_size=12))
@settings(deadline=None)
def test_no_token_belongs_to_two_words(text: str, tokens: list[str]) -> None:
    found = spelled(text, tokens)
    assert len(found) == len(words(text))
    used = [token for span in found if span for token in range(*span)]
    assert used == sorted(set(used))
