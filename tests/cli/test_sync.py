"""``articlecast sync`` as people and programs call it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import cli
from tests.build.show_bench import ShowBench, tides


@pytest.fixture
def show(tmp_path: Path) -> ShowBench:
    """Three articles."""
    return tides(tmp_path / "show")


def run(show: ShowBench, *arguments: str) -> Result:
    """The command on the show."""
    given = [str(show.root), *arguments, "--store", str(show.root / "store"), "--executor", "inline"]
    return CliRunner().invoke(cli, ["sync", *given], standalone_mode=False, catch_exceptions=False)


def test_the_report_tells_people_what_changed(show: ShowBench) -> None:
    told = run(show, "--check").output
    assert "would be 3 new" in told
    assert "new      ebb “Ebb”" in told
    assert not (show.root / "public").exists()
    told = run(show).output
    assert "3 published, 0 unchanged; 3 new" in told
    show.write("flood.md", "The water comes in.", "Boats float again at noon.")
    told = run(show).output
    assert "~ Boats float again. → Boats float again at noon." in told
    assert "1 of 3 utterances" in told
    assert "3 published, 3 unchanged; nothing changed" in run(show).output


def test_the_report_is_json_for_programs(show: ShowBench) -> None:
    done = run(show, "--json")
    report = json.loads(done.output)
    assert report["counts"] == {"new": 3}
    assert {"spoken", "spoken_s", "bytes", "files", "published", "unchanged", "exit_code"} <= set(report)
    assert done.return_value == 0


def test_a_failed_episode_is_named_and_the_code_says_so(show: ShowBench) -> None:
    run(show)
    show.write("ebb.md")
    done = run(show)
    assert done.return_value == 1
    assert "ebb.md" in done.stderr
    assert "3 published" in done.output


def test_episodes_are_redone_by_name(show: ShowBench) -> None:
    run(show)
    report = json.loads(run(show, "--refresh", "all", "ebb", "--json").output)
    assert [one["name"] for one in report["episodes"]] == ["ebb"]


def test_watch_says_what_it_is_for() -> None:
    told = CliRunner().invoke(cli, ["watch", "--help"]).output
    assert "Ctrl-C" in told
    assert "--every" in told
