"""The read-along page in a real browser: the sound leads, the keyboard does everything, nothing leaves the page."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from pipeline import plugins
from pipeline.model.document import Code, Figure, Paragraph, Span
from tests.publish.sidecars.reading import BLOCKS, edition_of, write_sound
from tests.publish.sidecars.test_article_html import ATTACKS

ROOT = Path(__file__).parents[2]
DRIVER = Path(__file__).with_name("drive.mjs")
SENTENCE_LATE_S, WORD_LATE_S = 0.060, 0.120


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What came of using the page of an article that has everything, attacks included."""
    node = shutil.which("node")
    chromium = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
    tools = Path(os.environ.get("NODE_CHECKS", ROOT / ".tools"))
    if not (node and chromium and (tools / "node_modules" / "puppeteer-core").is_dir()):
        pytest.skip("needs node, chromium and puppeteer-core (in .tools/, or where NODE_CHECKS says)")
    folder = tmp_path_factory.mktemp("page")
    attacks = tuple(
        block
        for attack in ATTACKS
        for block in (
            Paragraph(text=(Span(text=f"Then {attack} came.", href=attack, expansion=attack),)),
            Figure(source=attack, alt=attack),
            Code(text=attack),
        )
    )
    edition = edition_of((*BLOCKS, *attacks), title="The sea & <b>its</b> </title><script>window.ran=1</script>")
    plugins.load("sidecars", "readalong").write(edition, folder)
    write_sound(edition, folder)
    run = subprocess.run(
        [node, str(DRIVER), str(folder), edition.name],
        env={**os.environ, "NODE_CHECKS": str(tools), "CHROMIUM": chromium},
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    found: dict[str, Any] = json.loads(run.stdout)
    return found


@pytest.mark.parametrize("kind", ["file", "http"])
def test_nothing_plays_by_itself(told: dict[str, Any], kind: str) -> None:
    assert told[kind]["starts"]["paused"] is True
    assert told[kind]["starts"]["time"] == 0


@pytest.mark.parametrize("kind", ["file", "http"])
def test_the_highlight_follows_the_sound(told: dict[str, Any], kind: str) -> None:
    assert told[kind]["played"]["time"] > 0.5
    marks = told[kind]["marks"]
    assert any(mark["word"] for mark in marks)
    assert any(not mark["word"] for mark in marks)
    for mark in marks:
        assert -0.01 <= mark["late"] <= (WORD_LATE_S if mark["word"] else SENTENCE_LATE_S)


def test_tab_meets_everything_and_leads_out_again(told: dict[str, Any]) -> None:
    keys = told["keys"]
    assert keys["rounds"] == 2
    assert {"AUDIO", "play", "back", "on", "before", "after", "above", "below", "rate", "SUMMARY"} <= set(keys["met"])
    assert keys["unseen"] == []


def test_keys_move_and_play(told: dict[str, Any]) -> None:
    keys = told["keys"]
    assert keys["enter"]["paused"] is False
    assert keys["enter"]["now"] == keys["arrow"]["focus"]
    assert keys["l"]["time"] - keys["j"]["time"] == pytest.approx(15, abs=0.05)
    assert keys["."]["time"] > keys[","]["time"]
    assert keys["]"]["time"] > keys["["]["time"]
    assert (keys["+"]["rate"], keys["-"]["rate"]) == (1.1, 1)
    assert keys["+"]["told"] == "Speed 1.1"
    assert keys["click"]["now"] == keys["clicked"]
    assert keys["off"]["paused"] is True, "keys can be switched off"


def test_settings_change_the_page(told: dict[str, Any]) -> None:
    chosen = told["keys"]["set"]
    assert (chosen["rate"], chosen["theme"], chosen["size"]) == (3, "contrast", "36px")
    assert "OpenDyslexic" in chosen["family"]


def test_position_and_settings_are_remembered(told: dict[str, Any]) -> None:
    keys = told["keys"]
    assert keys["chapter"]["focus"] == keys["chapter"]["now"]
    assert keys["reloaded"]["time"] == pytest.approx(keys["chapter"]["time"], abs=0.05)
    assert keys["reloaded"]["paused"] is True
    assert keys["kept"] == {"theme": "contrast", "rate": 3}


def test_nothing_leaves_the_page_and_nothing_in_it_runs(told: dict[str, Any]) -> None:
    assert told["requests"] == []
    assert told["errors"] == []
    assert told["dialogs"] == 0
    assert "ran" not in told["ran"]
    assert (told["ran"]["scripts"], told["ran"]["handlers"]) == (0, 0)
    assert all(address.startswith(("https://example.org/", "file:")) for address in told["ran"]["hrefs"])
    assert told.get("policy") is None, "the policy stops a script that was put in"


def test_the_page_fits_narrow_and_enlarged_windows(told: dict[str, Any]) -> None:
    assert told["narrow"] <= 0
    assert told["narrowFromRight"] <= 0, "in a language that is written from the right"
    assert told["zoomed"] <= 0


def test_without_javascript_it_is_an_article_with_a_player(told: dict[str, Any]) -> None:
    bare = told["bare"]
    assert bare["audio"] is True
    assert bare["buttons"] == 0
    assert any("#t=" in address for address in bare["chapters"])
    assert "The sea rises twice a day." in bare["text"]
