"""Hibari: the same samples as the package gives by itself, and word times from its durations."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from pipeline import plugins
from pipeline.errors import SpeakError, UsageError
from pipeline.model.show import Voice
from pipeline.speak.calibration_texts import text_for
from pipeline.text.ipa import Sound
from pipeline.text.words import words

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.contracts import Speech

pytestmark = pytest.mark.model

ENGINE = plugins.load("engines", "hibari")
VOICE = Voice(engine="hibari", speaker="heart")


def speak(text: str, take: int = 1) -> Speech:
    speech: Speech = ENGINE.speak(text, VOICE, take=take)
    return speech


def timed(text: str) -> list[str]:
    return [text[word.start : word.end] for word in speak(text).words]


def test_the_samples_are_hibaris_own_without_the_padding() -> None:
    from hibari import Hibari

    text = "In nineteen thirty-five, the Library of Congress began shipping talking books. They were heavy."
    whole = Hibari()(text, seed=1)
    samples = speak(text).samples
    start = int(np.correlate(whole, samples[:4000], "valid").argmax())
    assert np.array_equal(whole[start : start + len(samples)], samples)
    assert start > 5000, "the silence in front is gone"


@pytest.mark.parametrize("text", text_for("en"))
def test_plain_prose_has_every_word_timed(text: str) -> None:
    assert timed(text) == [text[start:end] for start, end in words(text)]


def test_curly_quotes_contractions_and_dashes_have_every_word_timed() -> None:
    text = "“She said: don’t stop,” they’ve answered—twice, in the half-light."
    assert timed(text) == [
        "She", "said", "don’t", "stop", "they’ve", "answered", "twice", "in", "the", "half-light",
    ]  # fmt: skip


def test_what_hibari_reads_in_other_words_has_no_time_but_its_neighbours_do() -> None:
    assert timed("They paid at 3:30 sharp, by the clock.") == ["They", "paid", "at", "sharp", "by", "the", "clock"]


def test_a_word_behind_a_pause_begins_with_its_sound() -> None:
    text = "Tea, coffee, cake, bread, pie: all of it tastes better here."
    speech = speak(text)
    for before, word in zip(speech.words, speech.words[1:], strict=False):
        if text[before.end] in ",:":
            gap = speech.samples[before.end_sample : word.start_sample]
            assert len(gap) == 0 or np.abs(gap).max() < 0.02
            onset = speech.samples[word.start_sample : word.start_sample + 2400]
            assert np.abs(onset).max() > 0.02


def test_a_very_long_sentence_is_split_where_hibari_splits_it_and_loses_no_word() -> None:
    from hibari import Hibari

    text = " ".join(["the tide rises, and the tide falls"] * 40) + "."
    chunks = ["".join(phonemes for _, phonemes in chunk).strip() for chunk in ENGINE._chunks(text)]
    assert chunks == Hibari().phonemize(text)
    speech = speak(text)
    assert len(speech.words) == len(words(text))
    assert len(speech.samples) - speech.words[-1].end_sample < 2400


def test_a_long_sentence_without_any_comma_is_split_between_words() -> None:
    text = " ".join(["under the bridge and over the hill"] * 30) + "."
    assert all(sum(len(phonemes) for _, phonemes in chunk) <= 401 for chunk in ENGINE._chunks(text))
    assert len(speak(text).words) == len(words(text))


def test_what_is_not_said_in_front_shifts_no_time() -> None:
    plain, decorated = speak("Good morning to you."), speak("😀 Good morning to you.")
    assert np.array_equal(plain.samples, decorated.samples)
    assert [word.end_sample for word in plain.words] == [word.end_sample for word in decorated.words]


def test_an_ellipsis_behind_a_sentence_makes_no_noise() -> None:
    assert len(speak("Well then. …").samples) == len(speak("Well then.").samples)


def test_takes_differ_and_repeat() -> None:
    first, second = speak("Once more.", 1).samples, speak("Once more.", 2).samples
    assert np.array_equal(first, speak("Once more.", 1).samples)
    assert len(first) != len(second) or not np.array_equal(first, second)


def test_words_without_english_sounds_are_an_error() -> None:
    with pytest.raises(SpeakError, match="no English sounds"):
        speak("你好")


def test_rates_out_of_reach_are_refused() -> None:
    with pytest.raises(UsageError, match="50 to 200"):
        ENGINE.speak("Hello.", Voice(engine="hibari", rate_percent=300))


def test_another_model_has_another_fingerprint_and_no_times(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = ENGINE.fingerprint(VOICE)
    real = ENGINE._assets()
    for name in ("hibari.onnx", "vocab.json"):
        (tmp_path / name).write_bytes((real / name).read_bytes())
    with (tmp_path / "hibari.onnx").open("ab") as model:
        model.write(bytes((2 << 3 | 2, 1)) + b"x")  # ModelProto.producer_name = "x"
    monkeypatch.setattr(ENGINE, "_assets", lambda: tmp_path)
    ENGINE._fingerprint.cache_clear()
    ENGINE._model.cache_clear()
    try:
        assert ENGINE.fingerprint(VOICE) != known
        speech = speak("Good morning.")
        assert speech.words == ()
        assert len(speech.samples)
    finally:
        ENGINE._fingerprint.cache_clear()
        ENGINE._model.cache_clear()


def test_scipy_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "scipy").mkdir()
    (tmp_path / "scipy" / "__init__.py").write_text("", encoding="utf-8")
    (tmp_path / "scipy" / "fft.py").write_text("raise SystemExit('scipy was used')", encoding="utf-8")
    program = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r});"
        "from pipeline import plugins; from pipeline.model.show import Voice;"
        "plugins.load('engines', 'hibari').speak('Hello.', Voice(engine='hibari'));"
        "import scipy; assert 'scipy.fft' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


# ── sounds ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("ipa", "phonemes"),
    [
        ("ˈsiːkwəl", "sˈikwəl"),
        ("ˈtʃʌm.li", "ʧˈʌmli"),
        ("ˌɔːstənˈsɪbli", "ˌɔstənsˈɪbli"),
        ("ʒɑ̃", "ʒɑn"),
        ("ˈneɪʃn̩", "nˈAʃᵊn"),
        ("nəʊ", "nO"),
        ("kǃʼoo", ""),
    ],
)
def test_sounds_of_ipa_in_hibaris_own_alphabet(ipa: str, phonemes: str) -> None:
    assert ENGINE._phonemes(ipa) == phonemes
    assert all(one in ENGINE._model().vocabulary for one in phonemes)


def test_every_letter_that_ipa_becomes_is_one_that_the_network_knows() -> None:
    assert {one for said in ENGINE._FROM_IPA.values() for one in said} <= set(ENGINE._model().vocabulary)


def test_given_sounds_are_spoken_and_words_stay_timed() -> None:
    text = "We ask Cholmondeley, and Cholmondeley’s kin."
    places = [text.index("Chol"), text.rindex("Chol")]
    sounds = tuple(Sound(start=place, end=place + len("Cholmondeley"), ipa="ˈtʃʌmli") for place in places)
    said = ENGINE.speak(text, VOICE, sounds=sounds)
    assert [text[word.start : word.end] for word in said.words] == [text[a:b] for a, b in words(text)]
    assert len(said.samples) < len(speak(text).samples), "two syllables instead of four"
    chunks = [token for chunk in ENGINE._chunks(text, sounds) for token in chunk]
    assert ("Cholmondeley’s", "ʧˈʌmliz ") in chunks


def test_sounds_that_english_has_not_are_left_to_the_dictionary() -> None:
    text = "We ask Cholmondeley now."
    sounds = (Sound(start=7, end=19, ipa="kǃʼoo"),)
    assert np.array_equal(ENGINE.speak(text, VOICE, sounds=sounds).samples, speak(text).samples)


def test_what_the_dictionary_knows() -> None:
    assert [ENGINE.knows(word, VOICE) for word in ("harbour", "boats", "don't", "BBC")] == [True] * 4
    assert [ENGINE.knows(word, VOICE) for word in ("Cholmondeley", "kubernetes")] == [False] * 2
    assert ENGINE.pronounce("boats", VOICE) == "bˈoʊts"
