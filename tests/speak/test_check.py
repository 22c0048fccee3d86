"""What is refused, and that true speech is not."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline import plugins
from pipeline.contracts import Speech
from pipeline.model.clip import Word
from pipeline.model.show import Voice
from pipeline.speak.check import fault

TEXT = "The tide rises twice a day."


def spoken(seconds: float = 2.0, level: float = 0.3, words: tuple[Word, ...] = ()) -> Speech:
    time_s = np.arange(round(seconds * 24_000)) / 24_000
    samples = (level * np.sin(2 * np.pi * 200 * time_s)).astype(np.float32)
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
