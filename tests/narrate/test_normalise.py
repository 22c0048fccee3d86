"""The rules together: priority, map, one line, nothing changed without need."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import plugins
from pipeline.contracts import Claim
from pipeline.narrate.normalise import normalise


def test_special_rules_win_over_general_ones() -> None:
    result = normalise("On 4 July, c. 1,200 people came.", language="en-GB")
    assert result.spoken == "On the fourth of July, about one thousand two hundred people came."
    assert [name for name, _ in result.claims] == ["dates", "abbreviations", "numbers"]


def test_spans_lead_from_written_to_spoken() -> None:
    written = "It cost $5 in 2019."
    result = normalise(written, language="en-US")
    pairs = [(written[s.start : s.end], result.spoken[s.spoken_start : s.spoken_end]) for s in result.spans]
    assert ("$5", "five dollars") in pairs
    assert ("2019", "twenty nineteen") in pairs
    assert ("cost", "cost") in pairs


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("It ends at 5 p.m.", "It ends at five P M."),
        ("“It ends at 5 p.m.”", "“It ends at five P M.”"),
        ("  Two\n blanks  here. ", "Two blanks here."),
        ("😂", ""),
        ("", ""),
    ],
)
def test_one_tidy_line(written: str, spoken: str) -> None:
    assert normalise(written, language="en-US").spoken == spoken


def test_languages_that_nobody_knows_pass_unchanged() -> None:
    assert normalise("Foo 4. bar 1.200 baz.", language="xx").spoken == "Foo 4. bar 1.200 baz."


def test_a_rule_for_leftovers_sees_where_others_claimed_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def first(sentence: str, *, language: str) -> Iterator[Claim]:
        yield Claim(start=0, end=2, spoken="five")

    def last(sentence: str, *, language: str) -> Iterator[Claim]:
        seen.append(sentence)
        yield Claim(start=3, end=5, spoken="six")

    shelf = {"first": SimpleNamespace(claims=first), "last": SimpleNamespace(claims=last, LEFTOVERS=True)}
    monkeypatch.setattr(plugins, "load", lambda kind, name: shelf[name])
    assert normalise("V. VI", language="en-US", rules=("first", "last")).spoken == "five six"
    assert seen == ["\ufffc\ufffc VI"]


@pytest.mark.parametrize("claim", [(0, 99), (-1, 2), (3, 2)])
def test_a_claim_outside_the_sentence_is_a_mistake_of_the_rule(
    monkeypatch: pytest.MonkeyPatch, claim: tuple[int, int]
) -> None:
    def claims(sentence: str, *, language: str) -> Iterator[Claim]:
        yield Claim(start=claim[0], end=claim[1], spoken="x")

    monkeypatch.setattr(plugins, "load", lambda kind, name: SimpleNamespace(claims=claims))
    with pytest.raises(ValueError, match="rule bad claims"):
        normalise("Hello.", language="en-US", rules=("bad",))


WORDS = st.lists(
    st.from_regex(r"[b-hj-z][a-z]{2,8}", fullmatch=True).filter(lambda w: w not in ("aka", "ltd", "etc")), min_size=1
)


@settings(deadline=None)
@given(words=WORDS, stop=st.sampled_from([".", "!", "?", ""]), comma=st.booleans())
def test_plain_words_are_said_as_written(words: list[str], stop: str, comma: bool) -> None:
    sentence = (", " if comma else " ").join(words).capitalize() + stop
    assert normalise(sentence, language="en-US").spoken == sentence


@settings(deadline=None)
@given(sentence=st.text(alphabet=st.one_of(st.sampled_from("0159 ,.:/-–%$£IVXabmst&[]()'"), st.characters())))
def test_any_text_gives_one_line_with_a_sound_map(sentence: str) -> None:
    result = normalise(sentence, language="en-US")
    assert result.spoken == " ".join(result.spoken.split())
    before = (0, 0)
    for span in result.spans:
        assert before[0] <= span.start <= span.end <= len(sentence)
        assert before[1] <= span.spoken_start <= span.spoken_end <= len(result.spoken)
        before = (span.end, span.spoken_end)
