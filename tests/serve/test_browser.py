"""The review page in a real browser, from the list of episodes to a changed sentence that is heard, by keyboard."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Workbench, make_workbench
from tests.serve.running import previewing

ROOT = Path(__file__).parents[2]
DRIVER = Path(__file__).with_name("drive_review.mjs")
LONGER = "Bays make the tides of their coasts very much larger."


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    return make_workbench(tmp_path_factory.mktemp("browser") / "bench")


@pytest.fixture(scope="module")
def told(bench: Workbench) -> dict[str, Any]:
    """What came of using the preview."""
    node = shutil.which("node")
    chromium = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
    tools = Path(os.environ.get("NODE_CHECKS", ROOT / ".tools"))
    if not (node and chromium and (tools / "node_modules" / "puppeteer-core").is_dir()):
        pytest.skip("needs node, chromium and puppeteer-core (in .tools/, or where NODE_CHECKS says)")
    bench.render(sidecars=("readalong", "vtt"))
    before = bench.script.read_text(encoding="utf-8")
    with previewing(bench.options) as client:
        run = subprocess.run(
            [node, str(DRIVER), client.origin, str(bench.script)],
            env={**os.environ, "NODE_CHECKS": str(tools), "CHROMIUM": chromium},
            capture_output=True,
            text=True,
            timeout=110,
            check=False,
        )
    assert run.returncode == 0, run.stderr
    found: dict[str, Any] = json.loads(run.stdout)
    return {**found, "before": before}


def test_a_sentence_is_heard(told: dict[str, Any]) -> None:
    assert told["opened"] == "/review/tides"
    assert told["quiet"] is True, "nothing plays by itself"
    assert (told["playing"]["play"], told["playing"]["now"]) == ("Stop", True)
    assert (told["played"]["play"], told["played"]["now"]) == ("Play", False)
    assert told["first"]["seconds"] > 0.5


def test_a_word_is_changed_and_the_change_is_heard(told: dict[str, Any]) -> None:
    assert told["changed"]["spoken"] == LONGER
    assert "edited by a person" in told["changed"]["facts"]
    assert told["second"]["seconds"] > told["first"]["seconds"] + 0.5
    assert told["second"]["bytes"] > told["first"]["bytes"]
    assert told["script"] == told["before"].replace("\nBays make tides larger.\n", f"\n{LONGER}\n")


def test_the_episode_is_rendered_with_it(told: dict[str, Any], bench: Workbench) -> None:
    assert told["rendered"]["status"].startswith("The episode is rendered: 0 sentences spoken")
    assert "not rendered yet" in told["changed"]["facts"]
    assert "not rendered yet" not in told["rendered"]["facts"]
    assert LONGER in (bench.root / "output" / "tides" / "tides.vtt").read_text(encoding="utf-8").replace("\n", " ")


def test_a_word_is_said_differently(told: dict[str, Any], bench: Workbench) -> None:
    assert told["pronounced"]["spoken"] == "The moon pulls at the water far below it."
    assert told["pronounced"]["status"] == "1 sentence says it so now."
    assert told["third"]["seconds"] > 0.5
    assert 'alias = "far below"' in (bench.root / "lexicon.toml").read_text(encoding="utf-8")


def test_the_machines_words_come_back(told: dict[str, Any]) -> None:
    assert told["shown"] == ["The moon pulls at the water far below it.", LONGER]
    assert told["undone"]["spoken"] == "Bays make tides larger."
    assert told["fourth"]["seconds"] == pytest.approx(told["first"]["seconds"], abs=0.001)


def test_focus_goes_where_a_person_expects_it(told: dict[str, Any]) -> None:
    assert told["editing"]["focus"] == "words"
    assert told["escaped"]["focus"] == "edit"
    assert told["changed"]["focus"] == "edit"
    assert "at least one word" in told["refused"]["wrong"]
    assert told["refused"]["focus"] == "words"


def test_tab_meets_everything_and_leads_out_again(told: dict[str, Any]) -> None:
    assert told["tab"]["rounds"] == 2
    assert told["tab"]["met"] > 20
    assert told["tab"]["unseen"] == []


def test_messages_are_few_and_pages_fit(told: dict[str, Any]) -> None:
    assert told["live"] == 0, "no sentence is a live region"
    assert told["wide"] == {"episodes": 0, "review": 0, "editing": 0, "dark": 0, "files": 0}


def test_axe_finds_nothing(told: dict[str, Any]) -> None:
    if told["axe"] is None:
        pytest.skip("needs axe-core (in .tools/, where NODE_CHECKS says, or the file that AXE names)")
    assert told["axe"] == {"episodes": [], "review": [], "editing": [], "dark": [], "files": []}


def test_nothing_is_asked_of_anybody_else_and_nothing_strange_runs(told: dict[str, Any]) -> None:
    assert told["requests"] == []
    assert told["errors"] == []
    assert told.get("policy") is None


def test_files_are_sought_in_and_read_along(told: dict[str, Any]) -> None:
    assert told["sought"] > 20
    assert told["along"]
