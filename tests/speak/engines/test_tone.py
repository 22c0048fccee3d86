"""The test voice: exact times, found at one place only, as loud as speech."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import plugins
from pipeline.audio.loudness import energies, integrated
from pipeline.model.show import Voice
from pipeline.text.words import words

ENGINE = plugins.load("engines", "tone")
VOICE = Voice(engine="tone")
LINE = st.lists(st.sampled_from(("the", "tide", "rises", "day,", "falls;", "o’clock.", "half-light")), min_size=1)


@given(LINE.map(" ".join))
@settings(deadline=None, max_examples=50)
def test_every_word_has_its_tone(text: str) -> None:
    speech = ENGINE.speak(text, VOICE)
    assert [(word.start, word.end) for word in speech.words] == list(words(text))
    assert speech.words[0].start_sample == 0
    assert speech.words[-1].end_sample == len(speech.samples)
    for before, word in zip(speech.words, speech.words[1:], strict=False):
        assert word.start_sample > before.end_sample
        assert not speech.samples[before.end_sample : word.start_sample].any()


def test_a_line_is_found_at_one_place() -> None:
    line = ENGINE.speak("The tide rises twice a day.", VOICE).samples
    other = ENGINE.speak("The tide falls twice a week, they say.", VOICE).samples
    whole = np.concatenate([other, line, other])
    size = 1 << (len(whole) + len(line)).bit_length()
    found = np.fft.irfft(np.fft.rfft(whole, size) * np.conj(np.fft.rfft(line, size)))[: len(whole)]
    best = int(found.argmax())
    assert best == len(other)
    elsewhere = np.concatenate([found[: best - 60], found[best + 60 :]])
    assert elsewhere.max() < 0.6 * found[best]


@pytest.mark.parametrize("speaker", ["low", "high"])
def test_it_is_as_loud_as_a_neural_voice(speaker: str) -> None:
    text = "Most people think of the tide as the sea coming in. In truth, the land turns under two bulges of water."
    samples = ENGINE.speak(text, Voice(engine="tone", speaker=speaker)).samples
    assert -28 < integrated(energies(samples, ENGINE.SAMPLE_RATE_HZ)) < -24
    spectrum = np.abs(np.fft.rfft(samples)) ** 2
    hz = np.fft.rfftfreq(len(samples), 1 / ENGINE.SAMPLE_RATE_HZ)
    assert spectrum[(hz > 140) & (hz < 3000)].sum() > 0.99 * spectrum.sum()


def test_speakers_and_takes_differ() -> None:
    text = "One voice or another."
    low = ENGINE.speak(text, Voice(engine="tone", speaker="low")).samples
    high = ENGINE.speak(text, Voice(engine="tone", speaker="high")).samples
    second = ENGINE.speak(text, Voice(engine="tone", speaker="low"), take=2).samples
    assert not np.array_equal(low, high)
    assert not np.array_equal(low, second)


def test_punctuation_makes_a_pause() -> None:
    plain, broken = (ENGINE.speak(text, VOICE) for text in ("tide and wind", "tide, and wind"))
    assert len(broken.samples) > len(plain.samples)
