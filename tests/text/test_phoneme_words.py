"""Which phonemes are which words: as espeak gives them, in a sentence and alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.text.phoneme_words import word_phonemes


def found(said: str, alone: list[str]) -> list[str | None]:
    return [said[span[0] : span[1]] if span else None for span in word_phonemes(said, alone)]


@pytest.mark.parametrize(
    ("said", "alone", "expected"),
    [
        ("twˈɛlv bˈoʊts lˈɛft.", ["twˈɛlv", "bˈoʊts", "lˈɛft"], ["twˈɛlv", "bˈoʊts", "lˈɛft."]),
        # words that espeak joins
        (
            "ɪnðə mˈɪdəl ʌvðə nˈaɪt",
            ["ɪn", "ðə", "mˈɪdəl", "ʌv", "ðə", "nˈaɪt"],
            ["ɪn", "ðə", "mˈɪdəl", "ʌv", "ðə", "nˈaɪt"],
        ),
        # a stress in front of a joined word is its own
        ("jˌuːˈɛs ɪz", ["jˈuː", "ˈɛs", "ˈɪz"], ["jˌuː", "ˈɛs", "ɪz"]),
        # words that sound otherwise in a sentence, at the beginning, within, at the end
        (
            "ɐ dˈɑːɡ ɪz ɐ dˈɑːɡ ɐ",
            ["ˈeɪ", "dˈɑːɡ", "ˈɪz", "ˈeɪ", "dˈɑːɡ", "ˈeɪ"],
            ["ɐ", "dˈɑːɡ", "ɪz", "ɐ", "dˈɑːɡ", "ɐ"],
        ),
        # a number is one word with blanks in it
        ("wˈʌn θˈaʊzənd ænd tˈuː kˈæts", ["wˈʌn θˈaʊzənd ænd tˈuː", "kˈæts"], ["wˈʌn θˈaʊzənd ænd tˈuː", "kˈæts"]),
        # nothing is equal, but the number of blanks tells
        ("ðə bɪ", ["ˈaʊ", "ˈoʊ"], ["ðə", "bɪ"]),
        # nothing tells
        ("ðəbɪ", ["ˈaʊ", "ˈoʊ"], [None, None]),
        ("bˈoʊts", ["bˈoʊts", ""], ["bˈoʊts", None]),
        ("", ["ˈeɪ"], [None]),
        ("ə, ", [], []),
        ("bˈoʊts.  lˈɛft.", ["bˈoʊts", "lˈɛft"], ["bˈoʊts.", "lˈɛft."]),
    ],
)
def test_words_in_a_sentence(said: str, alone: list[str], expected: list[str | None]) -> None:
    assert found(said, alone) == expected


SIGNS = st.text("aɪtsˈˌː ,.", max_size=12)


@given(said=st.text("aɪtsˈˌː ,.", max_size=40), alone=st.lists(SIGNS, max_size=8))
@settings(deadline=None)
def test_words_are_in_order_and_hold_a_sound(said: str, alone: list[str]) -> None:
    spans = word_phonemes(said, alone)
    assert len(spans) == len(alone)
    place = 0
    for span in filter(None, spans):
        assert place <= span[0] < span[1] <= len(said)
        assert any(sound in "aɪts" for sound in said[span[0] : span[1]])
        place = span[1]


@given(alone=st.lists(st.text("aɪts", min_size=1, max_size=5), min_size=1, max_size=10))
@settings(deadline=None)
def test_words_that_sound_as_they_do_alone_are_all_found(alone: list[str]) -> None:
    assert found(" ".join(alone), alone) == alone
