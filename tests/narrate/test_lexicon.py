"""What a lexicon says of a sentence, in front of all rules; the words are in tests/cases/lexicon."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model.document import Document, Heading, Paragraph, Span
from pipeline.model.script import Part
from pipeline.narrate import narrate
from pipeline.narrate.normalise import normalise
from pipeline.text.lexicon import Entry, loads, ranked
from pipeline.text.lexicon_match import Matcher

CASES = Path(__file__).parent.parent / "cases" / "lexicon"
LEXICON = ranked(loads((CASES / "lexicon.toml").read_text(encoding="utf-8")))
MATCHER = Matcher(LEXICON)
LINES = [
    tuple(field.strip() for field in line.split(" | "))
    for line in (CASES / "matching.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
SQL = Entry(graphemes=("SQL",), alias="sequel", ipa="ˈsiːkwəl")
NGINX = Entry(graphemes=("nginx",), ipa="ˈɛndʒɪnɛks")


def utterances(text: str, *entries: Entry) -> list[tuple[str, tuple[Part, ...]]]:
    document = Document(title="", language="en-GB", blocks=(Paragraph(text=(Span(text=text),)),))
    script = narrate(document, language="en-GB", lexicon=entries)
    return [(one.spoken, one.parts) for one in script.utterances()]


@pytest.mark.parametrize(("language", "sentence", "said"), LINES)
def test_cases(language: str, sentence: str, said: str) -> None:
    # with no rules, so that the lexicon alone is heard
    spoken = normalise(sentence, language=language, rules=(), lexicon=MATCHER).spoken
    assert spoken == (sentence if said == "=" else said)


def test_the_lexicon_comes_before_all_rules_and_is_named() -> None:
    said = normalise(
        "Dr. Who met 5 kg of SQL.", language="en-GB", lexicon=Matcher([Entry(graphemes=("kg",), alias="keys")])
    )
    assert "five keys" in said.spoken
    assert ("lexicon", "keys") in [(name, claim.spoken) for name, claim in said.claims]


def test_words_are_mapped_exactly() -> None:
    sentence = "The Isle of Man asks SQL."
    said = normalise(sentence, language="en-GB", lexicon=MATCHER)
    pairs = {sentence[one.start : one.end]: said.spoken[one.spoken_start : one.spoken_end] for one in said.spans}
    assert pairs["Isle of Man"] == "Isle of Mannin"
    assert pairs["SQL"] == "sequel"
    assert pairs["asks"] == "asks"


def test_the_last_stop_is_said_but_has_no_sound() -> None:
    said = normalise(
        "Ask the B.B.", language="en-GB", lexicon=Matcher([Entry(graphemes=("B.B.",), alias="bee", ipa="biː")])
    )
    assert said.spoken == "Ask the bee."
    (sound,) = said.sounds
    assert said.spoken[sound.start : sound.end] == "bee"


def test_sounds_are_parts_of_the_utterance() -> None:
    (one,) = utterances("We ask SQL, and SQL’s kin.", SQL)
    assert one == (
        "We ask sequel, and sequel’s kin.",
        (
            Part(text="We ask "),
            Part(text="sequel", ipa="ˈsiːkwəl"),
            Part(text=", and "),
            Part(text="sequel", ipa="ˈsiːkwəl"),
            Part(text="’s kin."),
        ),
    )


def test_sounds_without_an_alias_are_read_by_the_rules_where_an_engine_takes_none() -> None:
    (one,) = utterances("It runs HTTP2 now.", Entry(graphemes=("HTTP2",), ipa="tiː"))
    (usual,) = utterances("It runs HTTP2 now.")
    assert one[0] == usual[0]
    assert [part.ipa for part in one[1]] == ["", "tiː", ""]


def test_a_title_that_the_lexicon_says_is_said_so() -> None:
    document = Document(
        title="",
        language="en-GB",
        blocks=(Heading(level=2, text=(Span(text="On SQL"),)), Paragraph(text=(Span(text="It is old."),))),
    )
    (chapter,) = narrate(document, language="en-GB", lexicon=(SQL,)).chapters
    assert chapter.title == "On SQL"
    assert [getattr(line, "spoken", "") for line in chapter.spoken_lines()] == ["On sequel", "It is old."]


def test_without_a_lexicon_nothing_is_different() -> None:
    assert utterances("We ask SQL.") == utterances("We ask SQL.", NGINX)


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=60))
def test_any_sentence_survives_a_lexicon(text: str) -> None:
    said = normalise(text, language="en-GB", rules=(), lexicon=MATCHER)
    for one in said.spans:
        assert 0 <= one.start <= one.end <= len(text)
        assert 0 <= one.spoken_start <= one.spoken_end <= len(said.spoken)
