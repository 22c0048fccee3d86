"""The command line as people and programs meet it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.cli import main
from tests.conftest import Workbench

KEYS = {
    "episode",
    "directory",
    "script",
    "duration_s",
    "utterances",
    "spoken",
    "reused",
    "encoded",
    "files",
    "loudness_lufs",
    "true_peak_dbtp",
    "seconds",
    "problems",
    "warnings",
}


@pytest.fixture
def at(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> Workbench:
    """The workbench as the current folder, and the store as the user's own."""
    monkeypatch.chdir(bench.root)
    monkeypatch.setenv("XDG_CACHE_HOME", str(bench.root / "cache"))
    return bench


def test_render_tells_programs_everything(at: Workbench, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["render", "tides.md", "--voice", "tone", "--json"]) == 0
    out, err = capsys.readouterr()
    (line,) = out.splitlines()
    told = json.loads(line)
    assert err == ""
    assert set(told) == KEYS
    assert (told["episode"], told["directory"], told["script"]) == ("tides", "output/tides", "scripts/tides.txt")
    assert told["spoken"] + told["reused"] == told["utterances"]
    for file in told["files"]:
        assert Path(file["path"]).stat().st_size == file["bytes"]
    assert [Path(file["path"]).name.removeprefix("tides.") for file in told["files"]] == [
        "mp3",
        "vtt",
        "chapters.json",
        "readalong.html",
        "embed.html",
        "transcript.html",
        "shownotes.html",
        "shownotes.txt",
    ]


def test_a_second_render_tells_people_what_was_reused(at: Workbench, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["render", "tides.md", "--voice", "tone"]) == 0
    at.edit("Bays make tides larger.", "Bays make most tides larger.")
    capsys.readouterr()
    assert main(["render", "tides.md", "--voice", "tone"]) == 0
    out = capsys.readouterr().out
    assert "1 utterance spoken, " in out
    assert " reused" in out


def test_progress_is_plain_lines_where_there_is_no_terminal(at: Workbench, capsys: pytest.CaptureFixture[str]) -> None:
    main(["render", "tides.md", "--voice", "tone"])
    err = capsys.readouterr().err
    assert "100 % spoken" in err
    assert "\r" not in err


def test_several_articles_one_of_them_missing(at: Workbench, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["render", "nowhere.md", "tides.md", "--voice", "tone", "--json"]) == 2
    out, err = capsys.readouterr()
    assert json.loads(out)["episode"] == "tides"
    assert err.startswith("articlecast: nowhere.md")


def test_outline(at: Workbench, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["outline", "tides.md", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told) == {"title", "language", "words", "sections"}
    assert told["sections"][0] == {"level": 2, "title": "The pull of the moon"}


def test_narrate_writes_the_script(at: Workbench, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["narrate", "tides.md"]) == 0
    assert capsys.readouterr().out.startswith("scripts/tides.txt  ")
    assert (at.root / "scripts/tides.txt").read_text(encoding="utf-8").startswith("%script 1\n%title How tides work\n")


def test_status_and_why(at: Workbench, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["why", "tides.md", "--voice", "tone"]) == 0
    assert "never rendered before" in capsys.readouterr().out
    assert not (at.root / "scripts").exists(), "looking writes nothing"
    main(["render", "tides.md", "--voice", "tone"])
    capsys.readouterr()
    main(["status", "tides.md", "--voice", "tone"])
    assert "nothing to do" in capsys.readouterr().out
    at.edit("\nMost people never ask why.\n", "\nFew people ask why.\n", at.script)
    main(["status", "tides.md", "--voice", "tone", "--json"])
    told = json.loads(capsys.readouterr().out)
    assert (told["speak"], told["encode"]) == (1, 1)
    main(["why", "tides.md", "--voice", "tone"])
    assert "text: Most people never ask why. → Few people ask why." in capsys.readouterr().out


def test_why_after_another_voice_or_setting(at: Workbench, capsys: pytest.CaptureFixture[str]) -> None:
    main(["render", "tides.md", "--voice", "tone"])
    (at.root / "show.toml").write_text("[audio]\nbit_rate_kbps = 96\n", encoding="utf-8")
    capsys.readouterr()
    main(["why", "tides.md", "--voice", "tone"])
    assert "codec:" in capsys.readouterr().out
    main(["why", "tides.md", "--voice", "tone:high"])
    assert "speaker:" in capsys.readouterr().out


def test_say(at: Workbench, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("hello.mp3", "hello.wav"):
        assert main(["say", "Good morning to all.", "-o", name, "--voice", "tone"]) == 0
        assert Path(name).stat().st_size > 5000
    assert sorted(path.name for path in at.root.iterdir()) == ["cache", "hello.mp3", "hello.wav", "tides.md"]
    assert main(["say", "Good morning.", "-o", "hello.txt"]) == 2
    assert "use one of" in capsys.readouterr().err


def test_plugins(at: Workbench, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plugins", "--json"]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {"kind": "sidecars", "name": "vtt"}.items() <= next(one for one in told if one["name"] == "vtt").items()


def _run(*arguments: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline", *arguments]
    return subprocess.run(
        command,
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, **environment},
    )


def test_normalise_gives_one_line_for_one() -> None:
    done = _run("normalise", "--explain", stdin="It cost $3.50 in 1999.\n\nPlain words stay.\nzwölf £5\n")
    lines = done.stdout.splitlines()
    assert len(lines) == 4
    assert lines[1:3] == ["", "Plain words stay."]
    assert "three dollars and fifty cents" in lines[0] or "three dollars fifty" in lines[0]
    assert "money" in done.stderr


def test_unknown_options_and_commands_are_wrong_use() -> None:
    for arguments in (["render"], ["render", "x.md", "--nonsense"], ["nonsense"]):
        done = _run(*arguments)
        assert done.returncode == 2
        assert "Traceback" not in done.stderr


def test_help_and_version() -> None:
    assert _run("--help").returncode == 0
    assert _run("--version").stdout.startswith("articlecast ")
