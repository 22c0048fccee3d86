"""Several processes at once, and what becomes of workers whose parent is gone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ARTICLE, Workbench, make_workbench

_RENDER = """
import sys
from pathlib import Path
from pipeline import Options, render
if __name__ == "__main__":
    root = Path(sys.argv[1])
    render(root / sys.argv[2], Options(output=root / "output", scripts=root / "scripts", store=str(root / "store"),
        voice=sys.argv[3], executor=sys.argv[4]))
"""


def _start(
    bench: Workbench, article: str = "tides.md", voice: str = "tone", executor: str = "inline"
) -> subprocess.Popen[bytes]:
    script = bench.root.parent / "render.py"
    script.write_text(_RENDER, encoding="utf-8")
    return subprocess.Popen([sys.executable, str(script), str(bench.root), article, voice, executor])


def test_renders_of_one_article_at_once(bench: Workbench) -> None:
    running = [_start(bench) for _ in range(3)]
    assert [process.wait() for process in running] == [0, 0, 0]
    clean = bench.elsewhere("clean")
    clean.render()
    assert bench.files() == clean.files()
    assert bench.script.read_bytes() == clean.script.read_bytes()


def test_articles_of_one_name_at_once(bench: Workbench) -> None:
    for name in "abc":
        folder = bench.root / name
        folder.mkdir()
        (folder / "tides.md").write_text(f"# Tides of {name}\n\nThe water of bay {name} rises.\n", encoding="utf-8")
    running = [_start(bench, f"{name}/tides.md") for name in "abc"]
    assert [process.wait() for process in running] == [0, 0, 0]
    assert sorted(path.name for path in (bench.root / "output").iterdir()) == ["tides", "tides-2", "tides-3"]
    titles = {path.read_text(encoding="utf-8").split("\n")[1] for path in (bench.root / "scripts").glob("*.txt")}
    assert titles == {"%title Tides of a", "%title Tides of b", "%title Tides of c"}


@pytest.mark.skipif(sys.platform != "linux", reason="looks for the workers in /proc")
def test_workers_end_with_a_killed_parent(tmp_path: Path) -> None:
    many = "\n\n".join(f"The keeper of light {number} notes how high the water stands." for number in range(400))
    bench = make_workbench(tmp_path / "bench", f"{ARTICLE}\n\n{many}\n")
    parent = _start(bench, executor="processes")
    deadline = time.monotonic() + 60
    while len(_children(parent.pid)) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    workers = _children(parent.pid)
    assert len(workers) >= 2
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    while any(_runs(worker) for worker in workers) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [worker for worker in workers if _runs(worker)]


def _children(parent: int) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) == parent:
            found.append(int(path.parent.name))
    return found


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (OSError, IndexError):
        return False
