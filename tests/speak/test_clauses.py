"""Where a sentence is cut for a voice that cannot say it whole."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.speak.clauses import halves
from pipeline.text.words import words


@pytest.mark.parametrize(
    "marked",
    [
        "When the moon is new, |the tide is high.",
        "One, two, three, |four, five, six.",
        "The mill stands still: |nobody has come for the flour.",
        "It was late — |far too late for that.",
        "It was late—|far too late for that.",
        "It was late – |far too late for that.",
        "“Is it going to rain?” |she asked the miller.",
        "“It is going to rain,” |she told the miller.",
        "Flour, water and salt; |nothing more than that.",
        "今天天气很好，|我们去散步。",
        "هل رأيت البحر اليوم، |أو سمعت صوته؟",
        "A very short clause, and then one, |which goes on and on until it ends.",
    ],
)
def test_the_clause_mark_nearest_the_middle_is_taken(marked: str) -> None:
    first, _, second = marked.partition("|")
    assert halves(first + second) == (len(first),)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Yes.",
        "Yes, we can.",
        "We can, yes.",
        "The tide rises twice a day.",
        "At 10:45 we sell 1,200 loaves.",
        "a-b-c",
    ],
)
def test_no_place_is_better_than_a_bad_one(text: str) -> None:
    assert halves(text) == ()


@settings(deadline=None)
@given(st.text(st.sampled_from('ab 1,;:—–-!?…"”、，。é\n'), max_size=40) | st.text(max_size=40))
def test_no_word_is_cut_and_both_sides_have_two(text: str) -> None:
    spans = words(text)
    for at in halves(text):
        assert not any(start < at < end for start, end in spans)
        assert len(words(text[:at])) >= 2
        assert len(words(text[at:])) >= 2
