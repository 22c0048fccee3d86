"""How long a text takes: the pace that is learned, and what it makes plausible."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import plugins
from pipeline.model.show import Voice
from pipeline.speak import text_for
from pipeline.speak.pace import at_rate, expected_s, measure, plausible_s

LINE = "The miller waits for rain, and the wheel turns slowly."


def seconds(text: str, rate_percent: int = 100) -> float:
    speech = plugins.load("engines", "tone").speak(text, Voice(engine="tone", rate_percent=rate_percent))
    return float(len(speech.samples) / speech.sample_rate_hz)


def learned(rate_percent: int = 100) -> float:
    return measure([(text, seconds(text, rate_percent)) for text in text_for("en")])


def test_the_pace_of_a_voice_is_learned_from_what_it_says() -> None:
    pace = learned()
    assert 4.0 < pace < 7.0, "an ordinary reader says five or six syllables a second"
    assert expected_s(LINE, pace) == pytest.approx(seconds(LINE), rel=0.15)


@pytest.mark.parametrize("rate_percent", [50, 80, 125, 200])
def test_a_rate_changes_the_pace_in_proportion(rate_percent: int) -> None:
    assert at_rate(learned(), rate_percent) == pytest.approx(learned(rate_percent), rel=0.03)
    assert at_rate(0.0, rate_percent) == 0.0


def test_one_bad_take_does_not_count() -> None:
    pairs = [(text, seconds(text)) for text in text_for("en")]
    pairs[4] = (pairs[4][0], 30.0)
    assert measure(pairs) == pytest.approx(learned(), rel=0.03)


def test_nothing_is_learned_from_nothing() -> None:
    assert measure([]) == 0.0
    assert measure([("Silence.", 0.0)]) == 0.0


def test_half_the_time_and_twice_the_time_are_not_plausible() -> None:
    least_s, most_s = plausible_s(LINE, 5.2)
    expected = expected_s(LINE, 5.2)
    assert expected / 2 < least_s < expected < most_s < 2 * expected


def test_an_unknown_voice_may_be_as_slow_or_quick_as_any() -> None:
    least_s, most_s = plausible_s(LINE)
    assert least_s < 0.5
    assert most_s > 15


@pytest.mark.parametrize(
    ("longer", "shorter"),
    [
        ("Strengths lengthen.", "Ideas open."),
        ("Flour, water, salt, time.", "Flour water salt time."),
        ("It rains. It pours. It ends.", "It rains it pours it ends."),
        ("It rains — it pours.", "It rains it pours."),
    ],
)
def test_letters_and_pauses_take_time(longer: str, shorter: str) -> None:
    assert expected_s(longer, 5.0) > expected_s(shorter, 5.0)


@pytest.mark.parametrize(
    "text", ["It was 1989.", "The BBC said so.", "It is 4 km².", "Мука и вода.", "粉と水。", "Why?", "a@b.org"]
)
def test_what_nobody_knows_how_to_read_may_be_long(text: str) -> None:
    plain = "It was so, and " + text
    assert plausible_s(plain, 5.0)[1] > plausible_s("It was so, and then.", 5.0)[1]


@settings(deadline=None)
@given(st.text(max_size=60), st.floats(0.1, 30))
def test_any_text_has_a_plausible_length(text: str, pace: float) -> None:
    least_s, most_s = plausible_s(text, pace)
    assert 0 <= least_s < expected_s(text, pace) < most_s < float("inf")
    assert 0 <= plausible_s(text)[0] < plausible_s(text)[1]


@settings(deadline=None)
@given(st.lists(st.tuples(st.text(max_size=20), st.floats(0, 100)), max_size=6))
def test_any_takes_give_a_pace(pairs: list[tuple[str, float]]) -> None:
    assert measure(pairs) >= 0
