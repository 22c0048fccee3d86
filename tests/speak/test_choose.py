"""Which voice speaks."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pipeline import plugins
from pipeline.contracts import VoiceInfo
from pipeline.errors import MissingDependency, UsageError
from pipeline.model.show import Voice
from pipeline.speak import choose


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No voices that somebody has fetched, and no server that somebody has set."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.delenv("ARTICLECAST_SPEECH_URL", raising=False)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)


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
        ("hibari:emma", "'emma' is not included: articlecast voices --get hibari:emma.*there is: heart"),
        ("hibari:nobody", "no voice 'nobody'; there is: heart.*to be had: emma, fable, fenrir, kore"),
        ("http:alloy", "set ARTICLECAST_SPEECH_URL"),
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
    ("language", "engine"), [("en", "hibari"), ("en-AU", "hibari"), ("EN-us", "hibari"), ("de", "espeak")]
)
def test_a_language_has_its_default(language: str, engine: str) -> None:
    voice, warning = choose.default(language)
    assert (voice.engine, voice.language, warning) == (engine, language, "")


@pytest.mark.parametrize("language", ["en-GB", "en-gb"])
def test_british_english_has_an_american_accent_and_says_so(language: str) -> None:
    voice, warning = choose.default(language)
    assert voice == Voice(engine="hibari", speaker="heart", language=language)
    assert "heart has an American accent" in warning
    assert "articlecast voices --get hibari:emma" in warning


@pytest.mark.parametrize(("there", "speaker"), [(["fable"], "fable"), (["fable", "emma"], "emma"), (["kore"], "heart")])
def test_british_english_has_a_british_voice_once_one_is_there(
    there: list[str], speaker: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = tuple(VoiceInfo(speaker=one, language="en", description="") for one in ("heart", *there))
    monkeypatch.setattr(plugins.load("engines", "hibari"), "voices", lambda: listed)
    voice, warning = choose.default("en-GB")
    assert voice.speaker == speaker
    assert (warning == "") == (speaker != "heart")
    assert choose.default("en-US")[0].speaker == "heart"


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


# ── all there is ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_default_voice_comes_first_and_each_engine_once() -> None:
    engines = list(dict.fromkeys(engine for engine, _ in choose.offered()))
    assert engines[:3] == ["hibari", "espeak", "system"]
    assert engines[3:] == sorted(engines[3:])
    assert set(engines) == set(plugins.names("engines"))
    assert choose.offered()[0][1].speaker == "heart"


@pytest.mark.parametrize(
    ("language", "there", "missing"),
    [
        ("de", {"espeak:de", "tone:low"}, {"hibari:heart"}),
        ("en", {"hibari:heart", "espeak:en-gb", "tone:low"}, {"espeak:de"}),
        ("EN-gb", {"espeak:en-gb", "hibari:emma"}, {"hibari:heart"}),
        ("pt-BR", {"espeak:pt-br"}, {"espeak:de"}),
    ],
)
def test_voices_of_a_language(language: str, there: set[str], missing: set[str]) -> None:
    found = {f"{engine}:{voice.speaker}" for engine, voice in choose.offered(language=language)}
    assert there <= found
    assert not missing & found


def test_voices_of_an_engine_and_those_that_are_ready() -> None:
    assert {engine for engine, _ in choose.offered("hibari")} == {"hibari"}
    assert [voice.speaker for _, voice in choose.offered("hibari", ready=True)] == ["heart"]
    with pytest.raises(UsageError, match="no engine is called 'siren'"):
        choose.offered("siren")


def test_an_engine_without_its_package_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise MissingDependency("pip install tones")

    monkeypatch.setattr(plugins.load("engines", "tone"), "voices", missing)
    ((_, voice),) = choose.offered("tone")
    assert (voice.ready, voice.needs) == (False, "pip install tones")


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("hibari", "engine:voice"),
        (":emma", "engine:voice"),
        ("siren:emma", "no engine is called 'siren'"),
        ("tone:low", "'tone' has no voices to get"),
        ("hibari:nobody", "no voice 'nobody' to fetch; there are: emma, fable, fenrir, kore"),
    ],
)
def test_what_cannot_be_fetched(value: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        choose.fetch(value)
