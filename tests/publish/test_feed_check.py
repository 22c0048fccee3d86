"""Feeds of 1, 3 and 600 episodes pass the check that nobody here wrote, and the smallest is the golden file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.publish import feed
from tests.publish.published import COVER, URL, items, show

CHECK = Path(__file__).parents[2] / "checks" / "check_feed.py"
GOLDEN = Path(__file__).parents[1] / "cases" / "golden" / "sample.feed.xml"


def _feed(count: int) -> bytes:
    ((_, data),) = feed.write(show(), guid=feed.guid_of(f"{URL}/feed.xml"), items=items(count), cover=COVER)
    return data


@pytest.mark.parametrize("count", [1, 3, 600])
def test_the_check_passes(count: int, tmp_path: Path) -> None:
    there = tmp_path / "feed.xml"
    there.write_bytes(_feed(count))
    tools = Path(os.environ.get("NODE_CHECKS", CHECK.parents[1] / ".tools"))
    third = (tools / "node_modules" / "podcast-partytime").is_dir()  # a reader more, where it is installed
    environment = {**os.environ, "NODE_CHECKS": str(tools) if third else ""}
    command = [sys.executable, str(CHECK), str(there)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert ("podcast-partytime:" in done.stdout) == third
    assert done.returncode == 0, done.stdout + done.stderr
    assert "would be" not in done.stdout, "the guid is not that of the feed's address"
    assert f"{count} entries" in done.stdout


def test_the_feed_is_the_golden_one() -> None:
    assert _feed(1) == GOLDEN.read_bytes()
    assert len(_feed(600)) < feed.MOST_BYTES
