"""`articlecast approve`, as people and programs meet it."""

from __future__ import annotations

import json

import click
import pytest

from pipeline.cli import cli, main
from pipeline.cli.approving import approve
from tests.conftest import Workbench


@pytest.fixture
def at(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> Workbench:
    """The workbench as the current folder, with a show under review and two articles narrated."""
    monkeypatch.chdir(bench.root)
    monkeypatch.setenv("XDG_CACHE_HOME", str(bench.root / "cache"))
    monkeypatch.setitem(cli.commands, "approve", approve)
    (bench.root / "show.toml").write_text(
        '[show]\ntitle = "Tides"\n\n[publish]\nreview = true\n\n[voices.narrator]\nengine = "tone"\n', encoding="utf-8"
    )
    (bench.root / "other.md").write_text("# Other\n\nWords of another article.\n", encoding="utf-8")
    assert main(["narrate", "tides.md", "other.md"]) == 0
    return bench


def run(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> tuple[str, str]:
    capsys.readouterr()
    assert main(arguments) == code
    out, err = capsys.readouterr()
    return out, err


def test_from_waiting_to_rendered(at: Workbench, capsys: pytest.CaptureFixture[str]) -> None:
    assert isinstance(approve, click.Command)
    out, _ = run(capsys, "approve")
    assert out == "other: never approved  (scripts/other.txt)\ntides: never approved  (scripts/tides.txt)\n"
    _, err = run(capsys, "render", "tides.md", code=3)
    assert "scripts/tides.txt: nobody has approved it yet; read it, then: articlecast approve tides" in err
    out, _ = run(capsys, "approve", "tides")
    assert out == "tides: nothing is known of a last render; all of it will be new\ntides: approved\n"
    run(capsys, "render", "tides.md")
    at.edit("Bays make tides larger.\n  |", "Bays make most tides larger.\n  |", at.script)
    out, _ = run(capsys, "approve")
    assert "tides: changed since it was approved" in out
    out, _ = run(capsys, "approve", "scripts/tides.txt")
    assert "tides: 1 changed; " in out
    assert "~ Bays make {+most+} tides larger." in out
    assert out.endswith("tides: approved\n")
    out, _ = run(capsys, "render", "tides.md")
    assert "1 utterance spoken" in out


def test_all_and_undo(at: Workbench, capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = run(capsys, "approve", "--all")
    assert out.count(": approved\n") == 2
    out, _ = run(capsys, "approve")
    assert out == "nothing waits for approval\n"
    out, _ = run(capsys, "approve", "--undo", "other")
    assert out == "other: no longer approved\n"
    out, _ = run(capsys, "approve", "--undo", "--all")
    assert out == "tides: no longer approved\n"
    _, err = run(capsys, "approve", "--undo", code=2)
    assert "name the scripts, or say --all" in err
    _, err = run(capsys, "approve", "tides", "--all", code=2)
    assert "name the scripts, or say --all" in err


def test_what_cannot_be_approved_stops_no_other(at: Workbench, capsys: pytest.CaptureFixture[str]) -> None:
    at.edit("Bays make tides larger.\n  |", "Bays make some tides larger.\n  |", at.script)
    at.edit("Bays make tides larger.", "Bays make tides much larger.")
    run(capsys, "narrate", "tides.md", code=3)
    out, _ = run(capsys, "approve")
    assert "tides: scripts/tides.txt" in out
    out, err = run(capsys, "approve", "--all", code=3)
    assert "other: approved" in out
    assert "scripts/tides.txt" in err
    _, err = run(capsys, "approve", "nobody", code=2)
    assert "there is no such episode" in err


def test_for_programs(at: Workbench, capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = run(capsys, "approve", "--json")
    told = [json.loads(line) for line in out.splitlines()]
    assert [(one["name"], one["approved"], one["difference"]) for one in told] == [
        ("other", False, None),
        ("tides", False, None),
    ]
    out, _ = run(capsys, "approve", "tides", "--json")
    done = json.loads(out)
    assert (done["approved"], done["before"], done["script"]) == (True, False, "scripts/tides.txt")
    assert done["difference"]["rendered"] is False
