"""The words of pages: every language has all of them, with a place for what is put in."""

from __future__ import annotations

import pytest

from pipeline.text.page_words import FALLBACK, language_for, languages, words


def test_the_languages_that_are_known() -> None:
    assert languages() == ("de", "en", "es", "fr", "it", "nl", "pt")


@pytest.mark.parametrize("language", languages())
def test_all_words_are_there(language: str) -> None:
    known, own = words(FALLBACK), words(language)
    assert list(own) == list(known)
    for key, said in own.items():
        assert said.strip() == said != ""
        assert said.count("{}") == known[key].count("{}")
    assert language == FALLBACK or sum(own[key] == known[key] for key in known) < 10


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("de", "de"), ("de-AT", "de"), ("PT-br", "pt"), ("en-GB", "en"), ("sv", "en"), ("und", "en"), ("", "en")],
)
def test_a_page_speaks_its_own_language_or_english(tag: str, expected: str) -> None:
    assert language_for(tag) == expected
