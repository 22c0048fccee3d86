"""The general grammars: asked late, once, and never of what they cannot answer."""

from __future__ import annotations

import subprocess
import sys
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import plugins
from pipeline.narrate.normalise import normalise
from pipeline.text import counting, grammar, leftovers


def test_a_question_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def answer(text: str, **options: Any) -> str:
        asked.append(text)
        return "five apples"

    monkeypatch.setattr(grammar, "_grammar", lambda language: SimpleNamespace(normalize=answer))
    grammar.said.cache_clear()
    assert [grammar.said("5 apples", "en") for _ in range(3)] == ["five apples"] * 3
    assert asked == ["5 apples"]
    grammar.said.cache_clear()


@pytest.mark.parametrize(("text", "language"), [("5", "de"), ("5", "xx"), ("5" * 81, "en"), ("5\x00", "en")])
def test_some_questions_are_not_asked(monkeypatch: pytest.MonkeyPatch, text: str, language: str) -> None:
    monkeypatch.setattr(grammar, "_grammar", lambda language: pytest.fail("asked"))
    assert grammar.said(text, language) is None


def test_only_what_is_left_is_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(grammar, "said", lambda text, language: asked.append(text))
    general = plugins.load("rules", "general")
    list(general.claims("Nothing here, and \ufffc\ufffc apples, but 5 pears (and a_b) now.", language="en-US"))
    assert asked == ["but 5 pears", "and a_b"]


def test_answers_differ_from_questions_word_by_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grammar, "said", lambda text, language: "on the fifth of May twenty twenty")
    sentence = "on 5 May 2020"
    general = plugins.load("rules", "general")
    claims = list(general.claims(sentence, language="en-US"))
    assert [(sentence[c.start : c.end], c.spoken) for c in claims] == [("5", "the fifth of"), ("2020", "twenty twenty")]


def test_where_words_change_places_the_claim_spans_them_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grammar, "said", lambda text, language: "the fifth May in all")
    general = plugins.load("rules", "general")
    claims = list(general.claims("on May 5 all", language="en-US"))
    assert [(c.start, c.end, c.spoken) for c in claims] == [(3, 8, "the fifth May in")]


def test_a_text_without_anything_left_loads_no_grammar() -> None:
    code = (
        "import sys; from pipeline.narrate.normalise import normalise;"
        "normalise('On 4 July, about 1,200 people came.', language='en-GB');"
        "normalise('Am 4. Juli kamen 1.200 Leute.', language='de');"
        "sys.exit('kitten_text_processing' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@settings(deadline=None, max_examples=60)
@given(
    sentence=st.text(
        alphabet=st.one_of(st.sampled_from("0123 .,:/-–%$€°&年月日円มา"), st.characters(codec="utf-8")), max_size=16
    ),
    language=st.sampled_from(["sv", "ru", "zh", "ja", "pl", "hi", "xx"]),
)
def test_any_text_in_any_language_gives_a_sound_map(sentence: str, language: str) -> None:
    result = normalise(sentence, language=language)
    assert result.spoken == " ".join(result.spoken.split())
    before = (0, 0)
    for span in result.spans:
        assert before[0] <= span.start <= span.end <= len(sentence)
        assert before[1] <= span.spoken_start <= span.spoken_end <= len(result.spoken)
        before = (span.end, span.spoken_end)


@pytest.mark.parametrize(
    ("text", "language", "spoken"),
    [
        ("1,234.5", "en-US", "one thousand two hundred thirty-four point five"),
        ("007", "en-US", "zero zero seven"),
        ("1 234,5", "pl", "tysiąc dwieście trzydzieści cztery przecinek pięć"),
        ("1.2.3", "da", "et, to, tre"),
        ("12 34", "pl", "dwanaście, trzydzieści cztery"),
        ("%", "fi", " prosenttia"),
        ("%", "xx", None),
        ("5", "xx", None),
        ("-5", "sv", "minus fem"),
    ],
)
def test_plainest_words(text: str, language: str, spoken: str | None) -> None:
    assert leftovers.piece(text, language=language) == spoken


def test_number_words_are_never_guessed() -> None:
    assert counting.cardinal("5", language="xx") is None
    assert counting.ordinal(3, language="cs") is None
    assert counting.cardinal("9" * 40, language="de") is None
    assert counting.known("nb-NO") == "no"
