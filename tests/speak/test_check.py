"""What is refused, and that true speech is not."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from pipeline import plugins
from pipeline.contracts import Speech
from pipeline.model.clip import Word
from pipeline.model.show import Voice
from pipeline.speak import text_for
from pipeline.speak.check import fault
from pipeline.speak.pace import at_rate, measure

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

TEXT = "The tide rises twice a day."


def spoken(seconds: float = 2.0, level: float = 0.3, words: tuple[Word, ...] = ()) -> Speech:
    time_s = np.arange(round(seconds * 24_000)) / 24_000
    samples = (level * np.sin(2 * np.pi * 200 * time_s)).astype(np.float32)
    samples[-480:] = 0
    return Speech(samples=samples, sample_rate_hz=24_000, words=words)


def with_a_nan() -> Speech:
    speech = spoken()
    speech.samples[100] = np.nan
    return speech


@pytest.mark.parametrize(
    ("speech", "reason"),
    [
        (Speech(samples=np.zeros(0, np.float32), sample_rate_hz=24_000), "empty"),
        (Speech(samples=np.zeros(48_000, np.float32), sample_rate_hz=24_000), "silent"),
        (Speech(samples=np.zeros((2, 48_000), np.float32), sample_rate_hz=24_000), "mono float32"),
        (Speech(samples=np.zeros(48_000, np.int16), sample_rate_hz=24_000), "mono float32"),
        (Speech(samples=spoken().samples, sample_rate_hz=24), "8 kHz"),
        (with_a_nan(), "no sound"),
        (spoken(level=1.5), "full scale"),
        (Speech(samples=np.sign(spoken().samples), sample_rate_hz=24_000), "clipped"),
        (spoken(seconds=0.1), "too short"),
        (spoken(seconds=30), "too long"),
        (spoken(words=(Word(start=0, end=3, start_sample=9, end_sample=5),)), "out of order"),
        (spoken(words=(Word(start=0, end=3, start_sample=0, end_sample=99_999),)), "out of order"),
    ],
)
def test_what_is_wrong_is_said(speech: Speech, reason: str) -> None:
    found = fault(speech, TEXT)
    assert found is not None
    assert reason in found


@pytest.mark.parametrize("rate_percent", [50, 100, 200])
@pytest.mark.parametrize("text", [TEXT, "Yes.", "A", "1234567890", "BBC", "你好，世界。", "Hmm."])
def test_true_speech_passes_at_any_rate(text: str, rate_percent: int) -> None:
    voice = Voice(engine="tone", rate_percent=rate_percent)
    assert fault(plugins.load("engines", "tone").speak(text, voice), text) is None


# ── with the pace of the voice ───────────────────────────────────────────────────────────────────────────────────────

LINES = (
    "The mill stands at the end of the valley, where the river is narrow.",
    "Nobody leaves without a small bag of flour.",
    "It stopped three times: twice for floods, and once for a wedding.",
    "In a dry summer the wheel turns slowly, and the miller waits for rain.",
)
ENGINES = [
    pytest.param(Voice(engine="tone", language="en"), id="tone"),
    pytest.param(Voice(engine="espeak", language="en-GB"), id="espeak"),
    pytest.param(Voice(engine="hibari", language="en"), id="hibari", marks=pytest.mark.model),
]


@cache
def take(voice: Voice, text: str) -> Speech:
    speech: Speech = plugins.load("engines", voice.engine).speak(text, voice)
    return speech


@cache
def pace_of(voice: Voice) -> float:
    takes = [(text, take(voice, text)) for text in text_for(voice.language)]
    return measure([(text, len(one.samples) / one.sample_rate_hz) for text, one in takes])


def twice_the_rate(speech: Speech) -> Speech:
    return replace(speech, sample_rate_hz=speech.sample_rate_hz * 2)


def half_the_rate(speech: Speech) -> Speech:
    return replace(speech, sample_rate_hz=speech.sample_rate_hz // 2)


def said_twice(speech: Speech) -> Speech:
    return replace(speech, samples=np.concatenate([speech.samples, speech.samples]))


def without_times(speech: Speech) -> Speech:
    return replace(said_twice(speech), words=())


def silent_inside(speech: Speech) -> Speech:
    place, gap = len(speech.samples) // 2, np.zeros(2 * speech.sample_rate_hz, np.float32)
    return replace(speech, samples=np.insert(speech.samples, place, gap), words=())


def cut_in_a_word(speech: Speech) -> Speech:
    word = speech.words[len(speech.words) // 2]
    place = (word.start_sample + word.end_sample) // 2
    return Speech(samples=speech.samples[:place], sample_rate_hz=speech.sample_rate_hz)


def cut_between_words(speech: Speech) -> Speech:
    heard = speech.words[: len(speech.words) // 2]
    return Speech(samples=speech.samples[: heard[-1].end_sample], sample_rate_hz=speech.sample_rate_hz, words=heard)


FAULTS = (
    twice_the_rate,
    half_the_rate,
    said_twice,
    without_times,
    silent_inside,
    cut_in_a_word,
    cut_between_words,
)


@pytest.mark.parametrize("voice", ENGINES)
@pytest.mark.parametrize("break_it", FAULTS)
def test_what_engines_do_wrong_is_found(voice: Voice, break_it: Callable[[Speech], Speech]) -> None:
    for text in LINES:
        speech = take(voice, text)
        assert fault(speech, text, syllables_per_s=pace_of(voice)) is None
        assert fault(break_it(speech), text, syllables_per_s=pace_of(voice)) is not None, text


@pytest.mark.parametrize("voice", ENGINES)
@pytest.mark.parametrize("rate_percent", [50, 100, 200])
def test_true_speech_passes_at_the_pace_of_its_voice(voice: Voice, rate_percent: int) -> None:
    quick = replace(voice, rate_percent=rate_percent)
    for text in (*LINES, *text_for("en"), "Yes.", "Why?", "A", "Planks", "It was 1989.", "The BBC, in 4 km²."):
        assert fault(take(quick, text), text, syllables_per_s=at_rate(pace_of(voice), rate_percent)) is None, text


@pytest.mark.parametrize("language", ["de", "fr", "es", "it", "pt", "pl"])
def test_a_voice_reads_another_language_in_peace(language: str) -> None:
    voice = Voice(engine="espeak", language=language)
    for text in (*LINES, "Why do we sleep?", "By the way", "How tides work"):
        assert fault(take(voice, text), text, syllables_per_s=pace_of(voice)) is None, text


@pytest.mark.parametrize("voice", ENGINES)
def test_a_take_that_stops_at_full_level_is_cut_whatever_its_length(voice: Voice) -> None:
    speech = take(voice, LINES[0])
    level = np.abs(speech.samples)
    loudest = len(level) * 9 // 10 + int(level[len(level) * 9 // 10 :].argmax())
    cut = replace(speech, samples=speech.samples[: loudest + 1], words=())
    found = fault(cut, LINES[0], syllables_per_s=pace_of(voice))
    assert found == "it ends in the middle of a sound"


def test_words_that_had_no_time_were_left_out() -> None:
    voice = Voice(engine="tone", language="en")
    speech = take(voice, LINES[3])
    pace = pace_of(voice)
    some = tuple(word for n, word in enumerate(speech.words) if n not in {4, 5, 6})
    assert fault(replace(speech, words=some), LINES[3], syllables_per_s=pace) is None, "there is room for them"
    before, after = speech.words[3], speech.words[7]
    squeezed = (*speech.words[:3], replace(before, end_sample=after.start_sample, start_sample=after.start_sample - 99))
    lost = replace(speech, words=(*squeezed, *speech.words[7:]))
    assert fault(lost, LINES[3], syllables_per_s=pace) == "“the wheel turns” was left out"
    two = replace(speech, words=(*squeezed, *speech.words[6:]))
    two = replace(two, words=tuple(sorted(two.words, key=lambda word: word.start_sample)))
    assert "left out" not in (fault(two, LINES[3], syllables_per_s=pace) or ""), "a voice may bind two words"


def test_words_at_the_end_that_had_no_time_were_left_out() -> None:
    voice = Voice(engine="tone", language="en")
    speech = take(voice, LINES[3])
    last = replace(speech.words[-4], start_sample=len(speech.samples) - 99, end_sample=len(speech.samples))
    lost = replace(speech, words=(*speech.words[:-4], last))
    assert fault(lost, LINES[3], syllables_per_s=pace_of(voice)) == "“waits for rain” was left out"


def test_words_behind_the_last_one_are_told() -> None:
    voice = Voice(engine="tone", language="en")
    text = "What is this?"
    found = fault(said_twice(take(voice, text)), text, syllables_per_s=pace_of(voice))
    assert found is not None
    assert "after its last word" in found


@settings(deadline=None)
@given(
    hnp.arrays(np.float32, st.integers(0, 3_000), elements=st.floats(width=32, allow_nan=True)),
    st.text(max_size=30),
    st.integers(-1, 50_000),
    st.floats(0, 30),
    st.lists(st.tuples(*[st.integers(-5, 4_000)] * 4), max_size=4),
)
def test_any_take_of_any_text_gets_an_answer(
    samples: NDArray[np.float32], text: str, rate_hz: int, pace: float, times: list[tuple[int, int, int, int]]
) -> None:
    words = tuple(Word(start=a, end=b, start_sample=c, end_sample=d) for a, b, c, d in times)
    speech = Speech(samples=samples, sample_rate_hz=rate_hz, words=words)
    answer = fault(speech, text, syllables_per_s=pace)
    assert answer is None or answer.startswith(("it ", "“"))
