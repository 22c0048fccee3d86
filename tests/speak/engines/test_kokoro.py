"""Kokoro: the loading of real files, on a tiny model that is made here and hums a tone for each phoneme."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from pipeline import plugins
from pipeline.errors import MissingDependency, SpeakError, UsageError
from pipeline.model.show import Voice
from pipeline.speak.check import fault
from pipeline.text.words import words
from tests.speak.engines.tiny_kokoro import PHONEME, SPEAKERS, write_model, write_voices

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("kokoro_onnx", reason="the extra kokoro is not installed")

ENGINE = plugins.load("engines", "kokoro")
TEXT = "Twelve boats left the harbour; only three came back."


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_model(tmp_path / "kokoro-v1.0.onnx")
    write_voices(tmp_path / "voices-v1.0.bin")
    monkeypatch.setenv("ARTICLECAST_KOKORO", str(tmp_path))
    return tmp_path


def voice(**settings: Any) -> Voice:
    return Voice(engine="kokoro", **settings)


def phonemes(folder: Path, text: str, espeak: str = "en-us") -> str:
    model, voices = ENGINE._place(str(folder))
    told: str = ENGINE._phonemes(
        ENGINE._kokoro(model, voices, ENGINE._digest_of(model), ENGINE._digest_of(voices)), text, espeak
    )
    return told


@pytest.mark.usefixtures("folder")
def test_it_speaks_from_the_folder_that_the_environment_names() -> None:
    speech = ENGINE.speak(TEXT, voice(speaker="af_heart"))
    assert speech.sample_rate_hz == 24_000
    assert fault(speech, TEXT) is None
    assert speech.words == ()


def test_the_model_may_be_a_path_of_a_file_or_a_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ARTICLECAST_KOKORO")
    given = [str(folder), str(folder / "kokoro-v1.0.onnx")]
    one, other = (ENGINE.speak("Hello.", voice(model=path, speaker="af_heart")).samples for path in given)
    assert np.array_equal(one, other)


def test_newer_models_call_their_tokens_otherwise(folder: Path) -> None:
    before = ENGINE.speak("Hello.", voice()).samples
    write_model(folder / "kokoro-v1.0.onnx", tokens="input_ids")
    assert np.array_equal(ENGINE.speak("Hello.", voice()).samples, before)


def test_a_model_that_times_its_phonemes_times_words(folder: Path) -> None:
    write_model(folder / "kokoro-v1.0.onnx", timed=True)
    speech = ENGINE.speak(TEXT, voice(speaker="af_heart"))
    assert [TEXT[word.start : word.end] for word in speech.words] == [TEXT[start:end] for start, end in words(TEXT)]
    lengths = [word.end_sample - word.start_sample for word in speech.words]
    assert min(lengths) >= PHONEME


def test_each_phoneme_of_a_long_text_is_spoken(folder: Path) -> None:
    long = " ".join(["the tide rises, and the tide falls"] * 60) + "."
    count = len(phonemes(folder, long))
    assert count > 3 * 510
    spoken = len(ENGINE.speak(long, voice(speaker="af_heart")).samples)
    assert spoken > 0.95 * PHONEME * count, "one token, one tone; blanks at cuts are pauses"


def test_a_long_word_without_a_blank_is_spoken_too(folder: Path) -> None:
    long = "rhabarber" * 120
    assert len(ENGINE.speak(long, voice()).samples) > 0.95 * PHONEME * len(phonemes(folder, long))


@pytest.mark.parametrize(
    ("speaker", "espeak"), [("af_heart", "en-us"), ("bm_george", "en-gb"), ("ff_siwi", "fr-fr"), ("my_own", "en-us")]
)
@pytest.mark.usefixtures("folder")
def test_the_first_letter_tells_the_language(speaker: str, espeak: str) -> None:
    assert ENGINE.fingerprint(voice(speaker=speaker)).endswith(f"voice {speaker} {espeak}")


@pytest.mark.parametrize(
    ("language", "speaker"),
    [("", "af_heart"), ("en-US", "af_heart"), ("en-GB", "bm_george"), ("fr", "ff_siwi"), ("de", "af_heart")],
)
@pytest.mark.usefixtures("folder")
def test_without_a_speaker_the_language_chooses(language: str, speaker: str) -> None:
    assert f"voice {speaker} " in ENGINE.fingerprint(voice(language=language))


@pytest.mark.usefixtures("folder")
def test_a_voice_of_ones_own_speaks_the_language_that_is_wanted() -> None:
    assert ENGINE.fingerprint(voice(speaker="my_own", language="es-MX")).endswith(" es")
    with pytest.raises(UsageError, match="does not speak 'de'"):
        ENGINE.fingerprint(voice(speaker="my_own", language="de"))


@pytest.mark.usefixtures("folder")
def test_voices_say_which_of_them_cannot_speak_and_why() -> None:
    listed = {one.speaker: one for one in ENGINE.voices()}
    assert ENGINE.voices()[0].speaker == "af_heart"
    assert set(listed) == set(SPEAKERS)
    assert {name for name, one in listed.items() if not one.ready} == {"jf_alpha", "zm_yunxi"}
    assert listed["bm_george"].language == "en-GB"
    with pytest.raises(UsageError, match="cannot speak"):
        ENGINE.fingerprint(voice(speaker="jf_alpha"))


def test_words_of_other_languages_bring_no_marks_with_them(folder: Path) -> None:
    told = phonemes(folder, "Le meeting (de juin) est un best of.", "fr-fr")
    assert "(" not in told
    assert "en" not in told.split(), "espeak's mark of an English word is not said"


def test_brackets_are_no_marks_of_languages(folder: Path) -> None:
    assert len(phonemes(folder, "Habla (de) todo.", "es").split()) == len(
        phonemes(folder, "Habla, de, todo.", "es").split()
    )


@pytest.mark.usefixtures("folder")
def test_takes_differ_and_repeat() -> None:
    first, second = (ENGINE.speak("Once more.", voice(), take=take).samples for take in (1, 2))
    assert not np.array_equal(first, second)
    assert np.array_equal(first, ENGINE.speak("Once more.", voice()).samples)
    assert len(ENGINE.speak("Once more.", voice(), take=10_000).samples)


@pytest.mark.usefixtures("folder")
def test_a_quicker_rate_is_shorter() -> None:
    usual, quick = (len(ENGINE.speak(TEXT, voice(rate_percent=rate)).samples) for rate in (100, 200))
    assert 0.4 * usual < quick < 0.6 * usual
    with pytest.raises(UsageError, match="50 to 200"):
        ENGINE.speak(TEXT, voice(rate_percent=210))


@pytest.mark.parametrize("text", ["", "…", "***", "—"])
@pytest.mark.usefixtures("folder")
def test_nothing_to_say_is_an_error(text: str) -> None:
    with pytest.raises(SpeakError):
        ENGINE.speak(text, voice())


@pytest.mark.usefixtures("folder")
def test_it_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    ENGINE.speak("Le meeting (de juin) est un best of.", voice(speaker="ff_siwi"))
    assert capfd.readouterr() == ("", "")


@pytest.mark.usefixtures("folder")
def test_an_unknown_voice_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError, match=r"'nobody'.*af_heart, bm_george"):
        ENGINE.fingerprint(voice(speaker="nobody"))


# ── files that are not there, or not what they seem ──────────────────────────────────────────────────────────────────


def test_each_file_counts_in_the_fingerprint(folder: Path) -> None:
    known = ENGINE.fingerprint(voice())
    write_voices(folder / "voices-v1.0.bin", ("af_heart",))
    other = ENGINE.fingerprint(voice())
    write_model(folder / "kokoro-v1.0.onnx", tokens="input_ids")
    assert len({known, other, ENGINE.fingerprint(voice())}) == 3


def test_without_a_model_it_says_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ARTICLECAST_KOKORO", raising=False)
    (only,) = ENGINE.voices()
    assert not only.ready
    assert "set ARTICLECAST_KOKORO to a folder" in only.needs
    with pytest.raises(UsageError, match="ARTICLECAST_KOKORO"):
        ENGINE.fingerprint(voice())


def test_without_the_package_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def version(name: str) -> str:
        raise ENGINE.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(ENGINE.metadata, "version", version)
    ENGINE._versions.cache_clear()
    try:
        with pytest.raises(MissingDependency, match=r'pip install "articlecast\[kokoro\]"'):
            ENGINE.fingerprint(voice())
        assert 'pip install "articlecast[kokoro]"' in ENGINE.voices()[0].needs
    finally:
        ENGINE._versions.cache_clear()


def test_a_package_that_is_broken_is_named_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_voices(folder / "voices-v1.0.bin", ("af_heart", "af_bella"))  # so that nothing is cached
    monkeypatch.setitem(sys.modules, "kokoro_onnx", None)
    with pytest.raises(MissingDependency, match=r"articlecast\[kokoro\]"):
        ENGINE.speak("Hello.", voice())


def test_a_choice_of_files_is_not_guessed(folder: Path) -> None:
    (folder / "kokoro-v1.0.onnx").rename(folder / "a.onnx")
    assert ENGINE.fingerprint(voice()), "the only one is taken"
    (folder / "b.onnx").write_bytes(b"")
    with pytest.raises(UsageError, match=r"a\.onnx, b\.onnx"):
        ENGINE.fingerprint(voice())
    (folder / "voices-v1.0.bin").rename(folder / "other.zip")
    with pytest.raises(UsageError, match="no Kokoro file of voices"):
        ENGINE.fingerprint(voice(model=str(folder / "a.onnx")))


@pytest.mark.parametrize("data", [b"", b"\x08\x07", b"not a model", b"PK\x03\x04" + bytes(200)])
def test_what_is_no_model_is_refused_in_one_line(folder: Path, data: bytes) -> None:
    (folder / "kokoro-v1.0.onnx").write_bytes(data)
    with pytest.raises(UsageError, match=r"kokoro-v1\.0\.onnx: not a Kokoro model") as caught:
        ENGINE.speak("Hello.", voice())
    assert "\n" not in str(caught.value)


def test_another_models_inputs_are_named(folder: Path) -> None:
    write_model(folder / "kokoro-v1.0.onnx", tokens="words")
    with pytest.raises(UsageError, match="its inputs are speed, style, words"):
        ENGINE.speak("Hello.", voice())


@pytest.mark.parametrize("data", [b"", b"not voices", b"PK\x05\x06" + bytes(18)])
def test_what_are_no_voices_is_refused_in_one_line(folder: Path, data: bytes) -> None:
    (folder / "voices-v1.0.bin").write_bytes(data)
    with pytest.raises(UsageError, match="not a file of Kokoro voices"):
        ENGINE.fingerprint(voice())
    assert not ENGINE.voices()[0].ready


@pytest.mark.parametrize(
    "style", [np.zeros((0, 1, 256), np.float32), np.zeros((5, 1, 9), np.float32), np.array([json, None], object)]
)
def test_a_voice_of_another_shape_is_refused(folder: Path, style: Any) -> None:
    style = np.array([{}, None], object) if style.dtype == object else style
    with (folder / "voices-v1.0.bin").open("wb") as file:
        np.savez(file, af_heart=style)
    with pytest.raises(UsageError, match="'af_heart'"):
        ENGINE.speak("Hello.", voice())
