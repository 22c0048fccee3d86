"""``--profile`` and ``[narration]`` choose what is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.cli import main
from tests.conftest import Workbench

ARTICLE = """---
title: Tides
author: The harbour office
language: en
---

They rise.[^1]

| Harbour | Range |
|---------|-------|
| Dover   | 6 m   |

[^1]: Twice a day.
"""
SHOW = """
[narration]
profile = "brief"
closing = "That was {title}."
[narration.say]
tables = "end"
"""


@pytest.fixture
def at(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The workbench as the current folder, with an article that has a note and a table."""
    monkeypatch.chdir(bench.root)
    (bench.root / "sea.md").write_text(ARTICLE, encoding="utf-8")
    return bench.root


def margin(at: Path) -> list[str]:
    """What is said, without pauses."""
    lines = (at / "scripts" / "sea.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and line[0] not in " %("]


def test_a_profile_chooses_what_is_read(at: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["narrate", "sea.md", "--profile", "brief"]) == 0
    assert margin(at) == [
        "# Tides",
        "They rise.",
        "A table of two columns and one row.",
        "The columns are: Harbour, Range.",
    ]
    assert "left out: note 1 (the profile leaves footnotes out)" in capsys.readouterr().err


def test_another_profile_brings_back_what_was_left_out(at: Path) -> None:
    assert main(["narrate", "sea.md", "--profile", "brief"]) == 0
    assert main(["narrate", "sea.md"]) == 0
    assert "By The harbour office." in margin(at)
    assert "Note one: Twice a day." in margin(at)


def test_a_show_has_a_profile_and_its_own_wishes(at: Path) -> None:
    (at / "show.toml").write_text(SHOW, encoding="utf-8")
    assert main(["narrate", "sea.md"]) == 0
    assert margin(at)[-4:] == [
        "They rise.",
        "The columns are: Harbour, Range.",
        "Dover: six meters.",
        "That was Tides.",
    ]


def test_an_unknown_profile_is_told(at: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["narrate", "sea.md", "--profile", "breif"]) == 2
    assert "did you mean brief?" in capsys.readouterr().err
    assert not (at / "scripts" / "sea.txt").exists()


def test_a_script_is_spoken_as_it_stands(at: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["narrate", "sea.md"]) == 0
    said = margin(at)
    assert main(["render", "scripts/sea.txt", "--profile", "brief", "--voice", "tone", "--store", "store"]) == 0
    assert "--profile is for articles" in capsys.readouterr().err
    assert margin(at) == said
