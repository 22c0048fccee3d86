"""One utterance becomes one speech, whatever its parts are and whoever speaks."""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from pipeline import plugins
from pipeline.contracts import Speech
from pipeline.errors import MissingDependency, SpeakError, UsageError
from pipeline.model.clip import Word
from pipeline.model.script import Part, Utterance
from pipeline.model.show import Voice
from pipeline.speak import say
from pipeline.text.words import words

if TYPE_CHECKING:
    from collections.abc import Callable

LOW, HIGH = Voice(engine="tone", speaker="low"), Voice(engine="tone", speaker="high")
VOICES = {"": LOW, "guide": HIGH}


def line(spoken: str, **changes: Any) -> Utterance:
    return Utterance(id="u2345678", written=spoken, spoken=spoken, **changes)


def engine(monkeypatch: pytest.MonkeyPatch, speak: Callable[..., Speech]) -> None:
    """Let ``speak`` stand in for every engine."""
    monkeypatch.setattr(plugins, "load", lambda *_: SimpleNamespace(speak=speak))


def test_a_plain_utterance_is_the_engines_speech() -> None:
    text = "The tide rises twice a day."
    speech, timing = say(line(text), VOICES)
    alone = plugins.load("engines", "tone").speak(text, LOW)
    assert np.array_equal(speech.samples, alone.samples)
    assert speech.words == alone.words
    assert timing == "engine"


def test_take_and_voice_of_the_utterance_count() -> None:
    speech, _ = say(line("Once more.", voice="guide", take=3), VOICES)
    assert np.array_equal(speech.samples, plugins.load("engines", "tone").speak("Once more.", HIGH, take=3).samples)


def test_rates_multiply() -> None:
    voices = {"": Voice(engine="tone", rate_percent=80)}
    slow, _ = say(line("Once more, slowly."), voices)
    both, _ = say(line("Once more, slowly.", rate_percent=125), voices)
    plain, _ = say(line("Once more, slowly."), VOICES)
    assert len(slow.samples) > len(plain.samples) == len(both.samples)


def test_parts_are_joined_and_their_words_shifted() -> None:
    spoken = "They call it “la marée haute”, the high tide."
    parts = (
        Part(text="They call it “"),
        Part(text="la marée haute", voice="guide", language="fr"),
        Part(text="”, the high tide."),
    )
    speech, timing = say(line(spoken, parts=parts), VOICES)
    assert timing == "engine"
    assert [(word.start, word.end) for word in speech.words] == list(words(spoken))
    french = speech.words[3:6]
    alone = plugins.load("engines", "tone").speak("la marée haute", HIGH).samples
    assert np.array_equal(speech.samples[french[0].start_sample : french[-1].end_sample], alone)
    assert speech.words[3].start_sample > speech.words[2].end_sample, "there is a breath between the voices"


def test_parts_with_the_same_words_are_not_mixed_up() -> None:
    spoken = "tide, tide, tide"
    parts = (Part(text="tide, "), Part(text="tide,", voice="guide"), Part(text=" tide"))
    speech, timing = say(line(spoken, parts=parts), VOICES)
    assert [(word.start, word.end) for word in speech.words] == list(words(spoken))
    assert timing == "engine"


def test_a_part_without_words_is_left_out() -> None:
    alone, _ = say(line("It rises."), VOICES)
    speech, _ = say(line("It rises.", parts=(Part(text="It rises"), Part(text=".", voice="guide"))), VOICES)
    assert len(speech.samples) == len(alone.samples)


def test_a_parts_language_reaches_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def speak(text: str, voice: Voice, *, take: int) -> Speech:
        asked.append(voice.language)
        return noise(text)

    engine(monkeypatch, speak)
    say(
        line("Say bonjour", parts=(Part(text="Say "), Part(text="bonjour", language="fr"))),
        {"": Voice(engine="x", language="en")},
    )
    assert asked == ["en", "fr"]


def noise(text: str, rate_hz: int = 24_000, told: tuple[Word, ...] = ()) -> Speech:
    samples = np.random.default_rng(len(text)).uniform(-0.3, 0.3, rate_hz * len(text) // 12)
    samples[-rate_hz // 400 :] = 0  # a take that stopped at full level would be refused
    return Speech(samples=samples.astype(np.float32), sample_rate_hz=rate_hz, words=told)


def test_a_lower_sample_rate_is_brought_to_the_highest(monkeypatch: pytest.MonkeyPatch) -> None:
    def speak(text: str, voice: Voice, *, take: int) -> Speech:
        if voice.speaker == "high":
            return noise(text)
        rate_hz = 22_050
        speech = noise(text, rate_hz)
        whole = Word(start=0, end=len(text), start_sample=rate_hz // 10, end_sample=len(speech.samples))
        return Speech(samples=speech.samples, sample_rate_hz=rate_hz, words=(whole,))

    engine(monkeypatch, speak)
    parts = (Part(text="First this "), Part(text="then", voice="guide"))
    speech, timing = say(line("First this then", parts=parts), VOICES)
    assert speech.sample_rate_hz == 24_000
    assert len(speech.samples) == pytest.approx(len(noise("First this").samples) + 60 * 24 + 8_000, abs=24 * 10)
    assert speech.words[-1].end_sample == len(speech.samples)
    assert timing == "estimated"


def test_between_two_voices_there_is_a_short_joint_whatever_silence_they_bring(monkeypatch: pytest.MonkeyPatch) -> None:
    def speak(text: str, voice: Voice, *, take: int) -> Speech:
        speech = noise(text)
        quiet = np.zeros(24_000 // 4, np.float32)
        return Speech(samples=np.concatenate((quiet, speech.samples, quiet)), sample_rate_hz=24_000)

    engine(monkeypatch, speak)
    parts = (Part(text="They say "), Part(text="bonjour", language="fr"), Part(text=" here."))
    speech, timing = say(line("They say bonjour here.", parts=parts), {"": Voice(engine="x", language="en")})
    loud = np.flatnonzero(np.abs(speech.samples) > 0.001)
    gaps_ms = [round(gap / 24) for gap in np.diff(loud) if gap > 24 * 20]
    assert len(gaps_ms) == 2
    assert all(60 <= gap <= 120 for gap in gaps_ms), gaps_ms
    assert timing == "estimated"
    assert [(word.start, word.end) for word in speech.words] == list(words("They say bonjour here."))
    ends = [word.end_sample for word in speech.words]
    assert ends == sorted(ends)
    assert ends[-1] <= len(speech.samples)


def test_words_that_the_engine_did_not_time_are_estimated(monkeypatch: pytest.MonkeyPatch) -> None:
    engine(monkeypatch, lambda text, voice, *, take: noise(text))
    speech, timing = say(line("The tide rises."), VOICES)
    assert timing == "estimated"
    assert len(speech.words) == 3


def silent(text: str, voice: Voice, *, take: int) -> Speech:
    return Speech(samples=np.zeros(24_000, np.float32), sample_rate_hz=24_000)


def broken(text: str, voice: Voice, *, take: int) -> Speech:
    raise RuntimeError("the model is broken")


def refusing(text: str, voice: Voice, *, take: int) -> Speech:
    raise SpeakError("no breath left")


@pytest.mark.parametrize(
    ("speak", "reason"), [(silent, "it is silent"), (broken, "the model is broken"), (refusing, "no breath left")]
)
def test_a_failing_take_names_the_utterance_and_its_words(
    speak: Callable[..., Speech], reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine(monkeypatch, speak)
    with pytest.raises(SpeakError, match=rf"“The tide rises.” could not be spoken: .*{reason}") as caught:
        say(line("The tide rises."), VOICES)
    assert caught.value.utterances == ("u2345678",)


def test_a_long_utterance_is_named_by_its_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    engine(monkeypatch, broken)
    with pytest.raises(SpeakError, match=r"“The tide .{60,80}…” could") as caught:
        say(line("The tide rises " * 20), VOICES)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("text", ["", "***", "…"])
def test_nothing_to_say_is_an_error(text: str) -> None:
    with pytest.raises(SpeakError, match="no word"):
        say(line(text), VOICES)


def test_wrong_use_stays_wrong_use(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match=r"'ghost'.*guide"):
        say(line("Hello.", voice="ghost"), VOICES)
    with pytest.raises(UsageError, match="no voice 'x'"):
        say(line("Hello."), {"": Voice(engine="tone", speaker="x")})
    monkeypatch.setitem(sys.modules, "espeakng_loader", None)
    espeak = plugins.load("engines", "espeak")
    espeak._wheel.cache_clear()
    espeak._files.cache_clear()
    with pytest.raises(MissingDependency):
        say(line("Hello."), {"": Voice(engine="espeak")})
    espeak._wheel.cache_clear()
    espeak._files.cache_clear()
