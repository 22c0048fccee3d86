"""The texts that a voice is measured with."""

from __future__ import annotations

import pytest

from pipeline.speak import text_for

LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "pl")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_has_sentences_of_every_kind(language: str) -> None:
    sentences = text_for(language)
    assert len(sentences) in (8, 16)
    assert 60 <= len(" ".join(sentences).split()) <= 220
    assert {sentence[-1] for sentence in sentences} == {".", "?", "!"}
    assert not any(character.isdigit() for character in "".join(sentences)), "digits are the normaliser's work"


def test_each_language_has_its_own() -> None:
    assert len({text_for(language) for language in LANGUAGES}) == len(LANGUAGES)


@pytest.mark.parametrize(
    ("language", "like"), [("en-GB", "en"), ("DE-at", "de"), ("pt-BR", "pt"), ("fi", "en"), ("", "en")]
)
def test_dialects_share_a_text_and_others_get_english(language: str, like: str) -> None:
    assert text_for(language) == text_for(like)
