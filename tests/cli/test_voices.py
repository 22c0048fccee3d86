"""``articlecast voices``: what can speak, what the rest needs, and getting a voice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline import plugins
from pipeline.cli import main
from pipeline.contracts import VoiceInfo
from pipeline.errors import PipelineError

ESPEAK = tuple(VoiceInfo(speaker=f"x{n}", language=f"{'de' if n % 2 else 'fr'}", description="") for n in range(120))


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No voice that somebody has fetched, no server that somebody has set, and no slow look at the system's voices."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    for name in ("ARTICLECAST_SPEECH_URL", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(plugins.load("engines", "espeak"), "voices", lambda: ESPEAK)
    monkeypatch.setattr(plugins.load("engines", "system"), "voices", lambda: ESPEAK[:1])


def out(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    assert main(["voices", *arguments]) == 0
    told = capsys.readouterr()
    assert told.err == ""
    return told.out.splitlines()


def test_the_overview_is_grouped_and_short(capsys: pytest.CaptureFixture[str]) -> None:
    lines = out(capsys)
    heads = [line.partition(":")[0] for line in lines if not line.startswith(" ")]
    assert heads[:3] == ["hibari", "espeak", "system"]
    assert sorted(heads) == sorted(plugins.names("engines"))
    assert lines[0] == "hibari: 1 of 5 voices ready"
    assert lines[1].split() == ["hibari:heart", "en-US", "neural", "voice,", "female"]
    assert lines[2].endswith("(not ready: articlecast voices --get hibari:emma)")
    assert "espeak: 120 voices, ready" in lines
    assert "  … and 116 more: articlecast voices --engine espeak" in lines
    assert "system: 1 voice, ready" in lines
    assert len(lines) < 60
    assert max(map(len, lines)) < 200


def test_an_engine_without_what_it_needs_says_once_what(capsys: pytest.CaptureFixture[str]) -> None:
    lines = out(capsys, "--engine", "http")
    assert lines[0].startswith("http: not ready: set ARTICLECAST_SPEECH_URL")
    assert sum("ARTICLECAST_SPEECH_URL" in line for line in lines) == 1


def test_one_engine_or_one_language_is_listed_whole(capsys: pytest.CaptureFixture[str]) -> None:
    assert len(out(capsys, "--engine", "espeak")) == 121
    lines = out(capsys, "--language", "de")
    assert "espeak: 60 voices, ready" in lines
    assert not [line for line in lines if "hibari" in line or " fr " in line]
    assert any("tone:low" in line for line in lines), "it speaks any"


def test_only_what_is_ready(capsys: pytest.CaptureFixture[str]) -> None:
    lines = out(capsys, "--ready")
    assert lines[0] == "hibari: 1 voice, ready"
    assert not [line for line in lines if "not ready" in line]


def test_json_tells_all(capsys: pytest.CaptureFixture[str]) -> None:
    told: list[dict[str, Any]] = [json.loads(line) for line in out(capsys, "--json")]
    assert told[0] == {
        "voice": "hibari:heart",
        "engine": "hibari",
        "speaker": "heart",
        "language": "en-US",
        "description": "neural voice, female",
        "ready": True,
        "needs": "",
    }
    assert sum(one["engine"] == "espeak" for one in told) == 120
    assert out(capsys, "--json", "--engine", "espeak", "--language", "ja") == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--engine", "siren"], "no engine is called 'siren'"),
        (["--language", "ja", "--engine", "espeak"], "no voice speaks 'ja' among those of espeak"),
        (["--engine", "http", "--ready"], "no voice is ready among those of http"),
        (["--language", "?"], "--language must be a tag"),
        (["--get", "hibari"], "engine:voice"),
        (["--get", "tone:low"], "'tone' has no voices to get"),
    ],
)
def test_what_there_is_not(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["voices", *arguments]) == 2
    told = capsys.readouterr()
    assert (told.out, message in told.err) == ("", True)


def test_get_fetches_a_voice_and_says_where_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []

    def fetch(speaker: str) -> Path:
        asked.append(speaker)
        return tmp_path / "emma.onnx"

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(plugins.load("engines", "hibari"), "fetch", fetch)
    assert out(capsys, "--get", "hibari:emma") == ["hibari:emma is ready: emma.onnx"]
    assert [json.loads(line) for line in out(capsys, "--get", "hibari:emma", "--json")] == [
        {"voice": "hibari:emma", "path": "emma.onnx"}
    ]
    assert asked == ["emma", "emma"]


def test_a_voice_that_cannot_be_had_is_a_failure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fetch(_: str) -> Path:
        raise PipelineError("the web is away")

    monkeypatch.setattr(plugins.load("engines", "hibari"), "fetch", fetch)
    assert main(["voices", "--get", "hibari:emma"]) == 1
    assert "the web is away" in capsys.readouterr().err
