"""Which voice speaks."""

from __future__ import annotations

import sys

import pytest

from pipeline import plugins
from pipeline.errors import UsageError
from pipeline.model.show import Voice
from pipeline.speak import choose


@pytest.mark.parametrize(
    ("value", "voice"),
    [
        ("tone", Voice(engine="tone")),
        ("tone:high", Voice(engine="tone", speaker="high")),
        ("hibari", Voice(engine="hibari", speaker="heart", language="en-US")),
        ("hibari:heart", Voice(engine="hibari", speaker="heart", language="en-US")),
        ("espeak", Voice(engine="espeak")),
        ("espeak:en-gb", Voice(engine="espeak", speaker="en-gb", language="en-GB")),
        (" espeak:de ", Voice(engine="espeak", speaker="de", language="de")),
    ],
)
def test_a_voice_is_engine_and_speaker(value: str, voice: Voice) -> None:
    assert choose.parse(value) == voice


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("siren", "no engine is called 'siren'; there are: .*espeak.*hibari.*tone"),
        ("tone:bass", "no voice 'bass'; there are: low, high"),
        ("hibari:emma", "no voice 'emma'; there is: heart"),
        ("espeak:xx", "no voice 'xx'.*en-gb"),
        ("", "engine:voice"),
        (":heart", "engine:voice"),
        ("tone:", "engine:voice"),
    ],
)
def test_what_there_is_not_is_answered_with_what_there_is(value: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        choose.parse(value)


@pytest.mark.parametrize(
    ("language", "engine"), [("en", "hibari"), ("en-GB", "hibari"), ("EN-us", "hibari"), ("de", "espeak")]
)
def test_a_language_has_its_default(language: str, engine: str) -> None:
    voice, warning = choose.default(language)
    assert (voice.engine, voice.language, warning) == (engine, language, "")


@pytest.mark.parametrize("language", ["", "und"])
def test_an_unknown_language_is_read_as_english_with_a_warning(language: str) -> None:
    voice, warning = choose.default(language)
    assert (voice.engine, voice.language) == ("hibari", "en")
    assert "language" in warning


def test_a_language_that_nobody_speaks_is_refused() -> None:
    with pytest.raises(UsageError, match="'tlh'"):
        choose.default("tlh")


def test_without_hibari_espeak_reads_english_with_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choose, "_installed", lambda *_: False)
    voice, warning = choose.default("en-GB")
    assert voice == Voice(engine="espeak", language="en-GB")
    assert "pip install hibari-tts" in warning


def test_without_espeak_the_systems_voice_reads_with_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    espeak, system = plugins.load("engines", "espeak"), plugins.load("engines", "system")
    monkeypatch.setitem(sys.modules, "espeakng_loader", None)
    monkeypatch.setattr(system, "fingerprint", lambda _: "")
    espeak._wheel.cache_clear()
    espeak._files.cache_clear()
    try:
        voice, warning = choose.default("de")
    finally:
        espeak._wheel.cache_clear()
        espeak._files.cache_clear()
    assert voice == Voice(engine="system", language="de")
    assert "pip install espeakng-loader" in warning
