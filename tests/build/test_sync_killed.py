"""Whoever kills a sync at any moment finds a show that is whole, and the next sync completes it."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from pipeline.build.sync_ground import PENDING
from pipeline.store.destination import Destination
from tests.build.show_bench import ShowBench, tides
from tests.store.conftest import Bucket, aws, bucket, server

__all__ = ["aws", "bucket", "server"]

COMMAND = "import sys; from pipeline.cli.syncing import sync; sync.main(sys.argv[1:], standalone_mode=False)"
LIGHT = (
    "numpy trafilatura onnxruntime av pydub mutagen PIL pipeline.build.narration pipeline.narrate pipeline.build.hall"
)
"""What a sync that has nothing to do must not load."""


class KilledError(BaseException):
    """Stands for the end of the process."""


class Reaper:
    """Ends a sync before one of its writes at the destination."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.left = -1
        for name in ("put", "remove"):
            monkeypatch.setattr(Destination, name, self._counted(getattr(Destination, name)))

    def _counted(self, real: Any) -> Any:
        def call(*given: Any, **named: Any) -> Any:
            if self.left == 0:
                raise KilledError
            self.left -= 1
            return real(*given, **named)

        return call


def kill_before_every_write(show: ShowBench, reaper: Reaper, step: int) -> int:
    """Kill syncs of one edited sentence before each ``step``-th write; the answer is how many were killed."""
    show.sync()
    killed = 0
    for number in range(0, 100, step):
        before = show.enclosures()
        show.write("ebb.md", "The water goes out.", f"It comes back in {number + 7} hours.")
        reaper.left = number
        try:
            show.sync()
        except KilledError:
            killed += 1
        else:
            return killed
        finally:
            reaper.left = -1
        assert show.is_consistent(), number
        assert set(show.enclosures()) == set(before)
        show.sync()
        assert show.is_consistent(), number
        assert PENDING not in show.files()
        assert f"{number + 7} hours" in show.read(_script(show)).decode()
        assert show.sync().bytes == 0, number
    raise AssertionError("the sync never ends")


def _script(show: ShowBench) -> str:
    files = show.catalogue()["entries"]["ebb"]["item"]["files"]
    return next(str(file["path"]) for file in files if file["role"] == "script")


def test_a_folder_is_whole_before_every_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert kill_before_every_write(tides(tmp_path / "show"), Reaper(monkeypatch), 2) > 5


def test_a_bucket_is_whole_before_every_write(tmp_path: Path, bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    show = tides(tmp_path / "show", address=f"s3://{bucket.name}/tides")
    assert kill_before_every_write(show, Reaper(monkeypatch), 5) > 1


@pytest.mark.parametrize(
    ("old", "new"),
    [("https://example.org/a", "https://example.org/b"), ("description: Low", "description: Far")],
    ids=["beside the sound", "in the pages"],
)
def test_an_edit_taken_back_after_a_kill_leaves_no_stale_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str
) -> None:
    show, reaper = tides(tmp_path / "show"), Reaper(monkeypatch)
    sentence = "The [water](https://example.org/a) goes out."
    path = show.write("ebb.md", sentence, front="description: Low\n")
    show.sync()
    text = path.read_text(encoding="utf-8")
    whole = _standing(show)
    for number in range(1, 100, 2):
        path.write_text(text.replace(old, new), encoding="utf-8")  # of the same length: no size tells
        reaper.left = number
        try:
            show.sync()
        except KilledError:
            reaper.left = -1
        else:
            assert number > 5
            return
        path.write_text(text, encoding="utf-8")
        show.sync()
        now = _standing(show)
        assert {path: now.get(path) for path in whole} == whole, number
        assert show.sync().bytes == 0


def _standing(show: ShowBench) -> dict[str, str]:
    """What is published, but for the catalogue, which tells what waits to be removed."""
    return {path: digest for path, digest in show.files().items() if path != "articlecast.json"}


def _command(show: ShowBench) -> list[str]:
    options = ["--store", str(show.root / "store"), "--executor", "inline", "--json"]
    return [sys.executable, "-c", COMMAND, str(show.root), *options]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")
def test_killed_processes_leave_a_whole_show(tmp_path: Path) -> None:
    show = tides(tmp_path / "show")
    show.sync()
    chance = random.Random(20261123)
    started = time.monotonic()
    subprocess.run(_command(show), check=True, stdout=subprocess.DEVNULL)
    whole_s = 1.5 * (time.monotonic() - started)
    for number in range(3):
        show.write("ebb.md", "The water goes out.", f"It comes back in {number + 7} hours.")
        process = subprocess.Popen(_command(show), stdout=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.3 * whole_s, whole_s))
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert show.is_consistent()
        show.sync()
        assert show.is_consistent()
        assert show.sync().bytes == 0


def test_a_new_process_with_nothing_to_do_loads_nothing_that_speaks_or_reads(tmp_path: Path) -> None:
    show = tides(tmp_path / "show")
    show.sync()
    before = show.files()
    tell = f"print([name for name in {LIGHT.split()} if name in sys.modules], file=sys.stderr)"
    command = _command(show)
    command[2] = f"{COMMAND}\n{tell}"
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    report = json.loads(done.stdout)
    assert (report["spoken"], report["bytes"], report["unchanged"], report["exit_code"]) == (0, 0, 3, 0)
    assert done.stderr.strip() == "[]"
    assert show.files() == before
