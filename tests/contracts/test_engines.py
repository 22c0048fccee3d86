"""What every engine promises, ours and strangers': `pipeline.contracts.Engine`, spelled out."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from pipeline import plugins
from pipeline.errors import SpeakError, UsageError
from pipeline.model.show import Voice
from pipeline.speak.check import fault
from pipeline.text.words import words
from tests.speak.engines.tiny_kokoro import write_model, write_voices

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

TEXT = "Twelve boats left the harbour; only three came back, and nobody on the quay said a word."
DETERMINISTIC = ("hibari", "piper", "tone")


def ready(name: str) -> Voice:
    """The engine's default voice; the test is skipped where it cannot speak on this machine."""
    voices = plugins.load("engines", name).voices()
    able = [voice for voice in voices if voice.ready]
    if not able:
        pytest.skip(f"{name} is not ready here: {'; '.join(voice.needs for voice in voices)}")
    return Voice(engine=name, speaker=able[0].speaker, language=able[0].language)


@pytest.fixture(params=plugins.names("engines"))
def name(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "kokoro":  # its model is nobody's package: it gets a tiny one
        write_model(tmp_path / "kokoro-v1.0.onnx", timed=True)
        write_voices(tmp_path / "voices-v1.0.bin")
        monkeypatch.setenv("ARTICLECAST_KOKORO", str(tmp_path))
    return str(request.param)


@pytest.fixture
def engine(name: str) -> Any:
    return plugins.load("engines", name)


@pytest.fixture
def voice(name: str) -> Voice:
    return ready(name)


def test_it_is_documented(engine: Any) -> None:
    assert engine.__doc__
    for function in (engine.fingerprint, engine.voices, engine.speak):
        assert function.__doc__, function.__name__


def test_it_says_what_it_speaks(engine: Any) -> None:
    assert isinstance(engine.LANGUAGES, tuple)
    assert engine.LANGUAGES
    assert engine.LANGUAGES == ("*",) or all(tag.isalpha() and tag.islower() for tag in engine.LANGUAGES)


def test_it_lists_its_voices(engine: Any) -> None:
    voices = engine.voices()
    assert isinstance(voices, tuple)
    assert voices
    assert len({voice.speaker for voice in voices}) == len(voices)
    for voice in voices:
        assert voice.language
        assert voice.description
        assert voice.ready or voice.needs, "what is not ready says what it needs"


def test_it_gives_sound(engine: Any, voice: Voice) -> None:
    speech = engine.speak(TEXT, voice)
    assert speech.samples.dtype == np.float32
    assert speech.samples.ndim == 1
    assert np.abs(speech.samples).max() <= 1
    assert fault(speech, TEXT) is None


def test_it_begins_and_ends_with_the_speech(engine: Any, voice: Voice) -> None:
    speech = engine.speak(TEXT, voice)
    first, last = _loud(speech.samples, speech.sample_rate_hz)
    assert first <= 0.1 * speech.sample_rate_hz
    assert last >= len(speech.samples) - 0.1 * speech.sample_rate_hz


def test_its_words_are_in_order(engine: Any, voice: Voice) -> None:
    speech = engine.speak(TEXT, voice)
    spans = words(TEXT)
    character = sample = 0
    for word in speech.words:
        assert (word.start, word.end) in spans
        assert word.start >= character
        assert sample <= word.start_sample < word.end_sample <= len(speech.samples)
        character, sample = word.end, word.end_sample


def test_its_words_are_heard_where_it_says(engine: Any, voice: Voice) -> None:
    speech = engine.speak(TEXT, voice)
    level = np.abs(speech.samples)
    for word in speech.words:
        assert level[word.start_sample : word.end_sample].max() > 0.02, TEXT[word.start : word.end]


def test_a_quicker_rate_is_shorter(engine: Any, voice: Voice) -> None:
    quick = Voice(engine=voice.engine, speaker=voice.speaker, language=voice.language, rate_percent=150)
    lengths = [len(engine.speak(TEXT, each).samples) for each in (voice, quick)]
    assert 0.55 * lengths[0] < lengths[1] < 0.85 * lengths[0]


def test_another_take_says_the_same_words(engine: Any, voice: Voice) -> None:
    speech = engine.speak(TEXT, voice, take=2)
    assert fault(speech, TEXT) is None


def test_it_prints_nothing(engine: Any, voice: Voice, capfd: pytest.CaptureFixture[str]) -> None:
    engine.speak(TEXT, voice)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("text", ["", "  ", "***", "…", "😀", "—"])
def test_nothing_to_say_is_an_error_not_silence(engine: Any, voice: Voice, text: str) -> None:
    with pytest.raises(SpeakError):
        engine.speak(text, voice)


def test_an_unknown_speaker_is_refused_by_name(name: str, engine: Any, voice: Voice) -> None:
    stranger = Voice(engine=name, speaker="nobody-of-that-name")
    with pytest.raises(UsageError, match="nobody-of-that-name"):
        engine.speak(TEXT, stranger)
    with pytest.raises(UsageError, match="nobody-of-that-name") as caught:
        engine.fingerprint(stranger)  # so that a plan fails before anything is spoken
    assert any(one.speaker in str(caught.value) for one in engine.voices()), "it names what there is"


def test_the_fingerprint_is_stable_and_loads_no_model(name: str, engine: Any, voice: Voice) -> None:
    program = (
        "import sys; from pipeline import plugins; from pipeline.model.show import Voice;"
        f"print(plugins.load('engines', {name!r}).fingerprint({voice!r}));"
        "heavy = ('onnxruntime', 'hibari', 'kokoro_onnx', 'piper', 'pyttsx3', 'av', 'scipy');"
        "print([one for one in heavy if one in sys.modules])"
    )
    fingerprint, loaded = _fresh(program).splitlines()
    assert fingerprint == engine.fingerprint(voice)
    assert loaded == "[]"


@pytest.mark.parametrize("name", DETERMINISTIC)
def test_a_deterministic_engine_gives_the_same_samples_in_every_process(name: str) -> None:
    voice = ready(name)
    speech = plugins.load("engines", name).speak(TEXT, voice)
    program = (
        "import hashlib, json; from pipeline import plugins; from pipeline.model.show import Voice;"
        f"engine = plugins.load('engines', {name!r}); voice = {voice!r};"
        "engine.speak('Something else was said before it.', voice);"
        f"speech = engine.speak({TEXT!r}, voice);"
        "digest = hashlib.sha256(speech.samples.tobytes()).hexdigest();"
        "print(json.dumps([digest, [word.end_sample for word in speech.words]]))"
    )
    here = [hashlib.sha256(speech.samples.tobytes()).hexdigest(), [word.end_sample for word in speech.words]]
    assert json.loads(_fresh(program)) == here


def _loud(samples: NDArray[np.float32], sample_rate_hz: int) -> tuple[int, int]:
    """First and last sample of what is at most 40 dB under the loudest hundredth of a second."""
    window = sample_rate_hz // 100
    whole = samples[: len(samples) // window * window].reshape(-1, window)
    rms = np.sqrt(np.mean(np.square(whole), axis=1))
    loud = np.flatnonzero(rms > rms.max() / 100)
    return int(loud[0]) * window, (int(loud[-1]) + 1) * window


def _fresh(program: str) -> str:
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
