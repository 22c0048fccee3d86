"""Pages of a long episode and pages in other pages: no key breaks them, each chapter leads to the next, sleep comes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from pipeline import plugins
from pipeline.model.document import Heading, Paragraph, Span
from tests.publish.sidecars.reading import edition_of, write_sound

ROOT = Path(__file__).parents[2]
DRIVER = Path(__file__).with_name("drive_book.mjs")
NAME = "how-the-sea-breathes"
EMBEDDED = "whole.embed.html"
"""The embedded page of an episode that is short enough to be in it."""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What came of using the pages of a book of four chapters."""
    node = shutil.which("node")
    chromium = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
    tools = Path(os.environ.get("NODE_CHECKS", ROOT / ".tools"))
    if not (node and chromium and (tools / "node_modules" / "puppeteer-core").is_dir()):
        pytest.skip("needs node, chromium and puppeteer-core (in .tools/, or where NODE_CHECKS says)")
    folder = tmp_path_factory.mktemp("book")
    blocks = tuple(
        block
        for chapter in ("Ebb", "Flow", "Slack", "Spring")
        for block in (
            Heading(level=2, text=(Span(text=chapter),)),
            Paragraph(text=(Span(text=f"{chapter} goes on for a while. Then it ends."),)),
        )
    )
    edition = edition_of(blocks)
    readalong = plugins.load("sidecars", "readalong")
    readalong.write(edition, folder)
    (folder / f"{NAME}.embed.html").rename(folder / EMBEDDED)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(readalong, "LONGEST", 5)
        readalong.write(edition, folder)
    write_sound(edition, folder)
    run = subprocess.run(
        [node, str(DRIVER), str(folder), NAME, f"{NAME}.readalong-002.html", f"{NAME}.embed.html", EMBEDDED],
        env={**os.environ, "NODE_CHECKS": str(tools), "CHROMIUM": chromium},
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def test_no_key_and_no_button_breaks_a_page(told: dict[str, Any]) -> None:
    assert told["errors"] == []
    assert told["requests"] == []
    assert all(told["buttons"].values())


def test_a_later_page_begins_with_its_chapter_under_the_title(told: dict[str, Any]) -> None:
    assert told["second"]["time"] > 1
    assert told["second"]["paused"] is True
    assert told["headings"] == ["H1", "H2"]


def test_the_last_page_begins_with_its_chapter(told: dict[str, Any]) -> None:
    assert told["last"]["first"] > 1
    assert told["last"]["time"] == pytest.approx(told["last"]["first"], abs=0.05)


def test_arrow_keys_go_the_way_of_the_lines(told: dict[str, Any]) -> None:
    assert told["left"] == 1


def test_a_page_stops_where_the_next_begins_and_leads_there(told: dict[str, Any]) -> None:
    assert told["stopped"]["paused"] is True
    assert told["stopped"]["time"] == pytest.approx(told["end"], abs=0.3)
    assert told["stopped"]["focus"] == "next"
    assert told["third"]["page"] == f"{NAME}.readalong-003.html"
    assert told["third"]["time"] == pytest.approx(told["end"], abs=0.3)


def test_settings_need_no_mouse(told: dict[str, Any]) -> None:
    assert (told["summary"], told["opened"], told["plain"], told["words"]) == (True, True, True, True)
    assert told["theme"] == "dark"
    assert told["still"] is True, "Space unticks `Mark words`"


def test_the_sleep_timer_stops_at_the_end_of_the_chapter(told: dict[str, Any]) -> None:
    assert told["sleep"] is True
    assert told["chosen"] == "chapter"
    assert told["timer"]["told"] == "Sleep timer set"
    assert told["asleep"]["paused"] is True
    assert told["asleep"]["time"] == pytest.approx(told["next"], abs=0.3)
    assert told["asleep"]["told"].startswith("Asleep")
