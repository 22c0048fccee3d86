"""espeak-ng: the voice for a language, and words from its events."""

from __future__ import annotations

import sys

import pytest

from pipeline import plugins
from pipeline.errors import MissingDependency, UsageError
from pipeline.model.show import Voice

ENGINE = plugins.load("engines", "espeak")
if not ENGINE.voices()[0].ready:
    pytest.skip(ENGINE.voices()[0].needs, allow_module_level=True)


def timed(text: str, language: str) -> list[str]:
    speech = ENGINE.speak(text, Voice(engine="espeak", language=language))
    return [text[word.start : word.end] for word in speech.words]


@pytest.mark.parametrize(
    ("language", "file"),
    [
        ("en-GB", "en"), ("en-US", "en-US"), ("en-AU", "en"), ("", "en"), ("de", "de"), ("de-AT", "de"),
        ("fr-CA", "fr"), ("pt-BR", "pt-BR"), ("pt", "pt"), ("zh", "cmn"), ("zh-Hant-TW", "cmn"), ("no", "nb"),
    ],
)  # fmt: skip
def test_a_language_has_its_voice(language: str, file: str) -> None:
    assert ENGINE.fingerprint(Voice(engine="espeak", language=language)).endswith(f"voice {file}")


@pytest.mark.parametrize("speaker", ["en-gb", "fr", "fr-fr", "cmn", "pt-br", "EN-US"])
def test_a_speaker_may_be_any_tag_of_a_voice(speaker: str) -> None:
    assert ENGINE.fingerprint(Voice(engine="espeak", speaker=speaker))


def test_the_speaker_counts_more_than_the_language() -> None:
    assert ENGINE.fingerprint(Voice(engine="espeak", speaker="de", language="fr")).endswith("voice de")


def test_an_unknown_language_is_refused_with_examples() -> None:
    with pytest.raises(UsageError, match=r"'tlh-Latn'.*de, fr, es"):
        ENGINE.fingerprint(Voice(engine="espeak", language="tlh-Latn"))


def test_a_number_is_one_word() -> None:
    assert timed("In 1234, the twenty-four ships left.", "en-GB") == [
        "In",
        "1234",
        "the",
        "twenty-four",
        "ships",
        "left",
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Grüße aus München, sagte die Bäckerin."),
        ("fr", "“Ça coûte cher”, dit l'élève."),
        ("es", "¿Por qué llegó tan tarde el niño?"),
        ("pl", "Zażółć gęślą jaźń."),
        ("hi", "नमस्ते दुनिया, यह परीक्षण है।"),
    ],
)
def test_letters_beyond_ascii_do_not_shift_the_words(language: str, text: str) -> None:
    from pipeline.text.words import words

    assert timed(text, language) == [text[start:end] for start, end in words(text)]


def test_chinese_characters_are_timed() -> None:
    assert timed("你好，世界。", "zh")[-2:] == ["世", "界"]


def test_a_lone_symbol_takes_no_time_from_the_next_word() -> None:
    text = "Ça coûte 12,50 € à l'école."
    speech = ENGINE.speak(text, Voice(engine="espeak", language="fr"))
    (preposition,) = (word for word in speech.words if text[word.start : word.end] == "à")
    assert preposition.end_sample - preposition.start_sample < 0.2 * speech.sample_rate_hz


def test_a_zero_byte_does_not_end_the_text() -> None:
    assert timed("one\0two three", "en-GB")[-1] == "three"


def test_rates_out_of_reach_are_refused() -> None:
    with pytest.raises(UsageError, match="46 to 257"):
        ENGINE.speak("Hello.", Voice(engine="espeak", rate_percent=300))


def test_a_machine_without_the_library_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "espeakng_loader", None)
    ENGINE._wheel.cache_clear()
    ENGINE._files.cache_clear()
    try:
        with pytest.raises(MissingDependency, match="pip install espeakng-loader"):
            ENGINE.fingerprint(Voice(engine="espeak"))
        assert not ENGINE.voices()[0].ready
    finally:
        ENGINE._wheel.cache_clear()
        ENGINE._files.cache_clear()


def test_it_tells_how_it_says_a_word() -> None:
    assert ENGINE.pronounce("boats", Voice(engine="espeak", language="en-GB")) == "bˈəʊts"
    assert ENGINE.pronounce("Straße", Voice(engine="espeak", language="de")).startswith("ʃt")
    assert ENGINE.pronounce("", Voice(engine="espeak", language="en-GB")) == ""
    assert timed("Four boats.", "en-GB") == ["Four", "boats"]
