"""Words in other letters are found, and symbols are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.alphabets import runs


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The capital is 北京 (Beijing).", [("北京", "zh")]),
        ("It is called 東京タワー there.", [("東京タワー", "ja")]),
        ("He wrote Война и мир in six years.", [("Война и мир", "ru")]),
        ("The city of Київ on the river.", [("Київ", "uk")]),
        ("서울 is large.", [("서울", "ko")]),
        ("The word φιλοσοφία is Greek.", [("φιλοσοφία", "el")]),
        ("The angle α and the letter Ж stand alone.", []),
        ("a café in Łódź", []),
        ("שלום and مرحبا", [("שלום", "he"), ("مرحبا", "ar")]),
    ],
)
def test_what_english_has_no_letters_for(text: str, found: list[tuple[str, str]]) -> None:
    assert [(text[start:end], language) for start, end, language in runs(text, "en-GB")] == found


def test_a_languages_own_letters_are_not_other_ones() -> None:
    assert list(runs("Война и мир", "ru")) == []
    assert list(runs("東京タワー", "ja")) == []


@given(st.text(), st.sampled_from(["en", "ru", "ja", "ar", ""]))
def test_runs_lie_in_order_inside_the_text(text: str, language: str) -> None:
    place = 0
    for start, end, _ in runs(text, language):
        assert place <= start < end <= len(text)
        place = end
