"""Other languages than English: the cases in tests/cases/languages, and that nothing is changed without need."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.narrate.normalise import normalise
from pipeline.text import leftovers, tongue

CASES = Path(__file__).parents[1] / "cases" / "languages"


def read(path: Path) -> list[tuple[str, str, list[str]]]:
    """(language, written, accepted readings) of each line."""
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]
    return [(path.stem, written, spoken.split(" || ")) for _, written, spoken in rows]


ALL = [case for path in sorted(CASES.glob("*.tsv")) for case in read(path)]


@pytest.mark.parametrize(("language", "written", "readings"), ALL, ids=[f"{c[0]}: {c[1]}" for c in ALL])
def test_case(language: str, written: str, readings: list[str]) -> None:
    assert normalise(written, language=language).spoken in readings


def test_every_table_has_cases() -> None:
    assert set(tongue.WRITTEN) <= {path.stem for path in CASES.glob("*.tsv")}


@pytest.mark.parametrize("language", [*tongue.WRITTEN, "pt-BR", "de-AT", "fr-CH"])
def test_a_table_is_whole(language: str) -> None:
    words = tongue.of(language)
    assert words is not None
    assert len(words.months) == 12
    assert set(words.short_months.values()) <= set(range(1, 13))
    first = tongue.of("de")
    assert first is not None
    assert set(words.words) - {"half", "decimals"} == set(first.words) - {"half", "decimals"}
    assert set(words.halves) == set(first.halves)
    assert {"km", "kg", "°C", "%"} <= set(words.units)


WORDS = st.lists(st.from_regex(r"[a-zäéñß]{4,9}", fullmatch=True), min_size=1)


@settings(deadline=None)
@given(
    words=WORDS,
    stop=st.sampled_from([".", "!", "?", ""]),
    language=st.sampled_from([*tongue.WRITTEN, "pl", "ru", "xx"]),
)
def test_plain_words_are_said_as_written(words: list[str], stop: str, language: str) -> None:
    sentence = " ".join(words).capitalize() + stop
    assert normalise(sentence, language=language).spoken == sentence


@settings(deadline=None, max_examples=300)
@given(
    sentence=st.text(
        alphabet=st.one_of(st.sampled_from("0123459 ,.:/-–%$€°ªº&[]()'’«»IVXabehmsk½²@#"), st.characters()), max_size=40
    ),
    language=st.sampled_from(tongue.WRITTEN),
)
def test_any_text_gives_one_line_with_a_sound_map_and_no_digits(sentence: str, language: str) -> None:
    result = normalise(sentence, language=language)
    assert result.spoken == " ".join(result.spoken.split())
    before = (0, 0)
    for span in result.spans:
        assert before[0] <= span.start <= span.end <= len(sentence)
        assert before[1] <= span.spoken_start <= span.spoken_end <= len(result.spoken)
        before = (span.end, span.spoken_end)
    assert not any(c.isdecimal() and c.isascii() for c in result.spoken)


@pytest.mark.parametrize(
    ("language", "written", "spoken"),
    [
        ("sv", "Den 3 maj kom 12 %.", "Den tredje maj kom tolv procent."),
        ("hi", "5 किलो", "पाँच किलो"),
        ("ar", "في عام 1998", "في عام ألف وتسع مئة وثمانية وتسعون"),
        ("pl", "Było 12 % i 5 osób.", "Było dwanaście procent i pięć osób."),
        ("cs", "Byl 3. den.", "Byl 3. den."),
        ("da", "Den 3. maj kom 12 personer.", "Den tredje maj kom tolv personer."),
        ("xx", "Foo 12 % bar", "Foo 12 % bar"),
    ],
)
def test_languages_without_a_table(language: str, written: str, spoken: str) -> None:
    assert normalise(written, language=language).spoken == spoken


def test_what_was_said_can_be_traced() -> None:
    written = "Am 3. Mai kamen 12 % mehr."
    result = normalise(written, language="de")
    pairs = {(written[s.start : s.end], result.spoken[s.spoken_start : s.spoken_end]) for s in result.spans}
    assert {("3. Mai", "dritten Mai"), ("12 %", "zwölf Prozent"), ("kamen", "kamen")} <= pairs


def test_prose_without_figures_loads_no_grammar() -> None:
    assert not leftovers.found("Sie ging nach Hause, und niemand fragte: „Warum?“")
