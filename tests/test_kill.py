"""A render that is killed at any moment loses nothing but time."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ARTICLE, Workbench, make_workbench

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")

LONG = ARTICLE + "\n\n".join(f"The gauge at mile {number} tells its own story of the tide." for number in range(120))
KILLS = 5


def _command(bench: Workbench) -> list[str]:
    code = (
        "import sys\nfrom pathlib import Path\nfrom pipeline import Options, render\n"
        "if __name__ == '__main__':\n"
        f"    root = Path({str(bench.root)!r})\n"
        "    render(root / 'tides.md', Options(output=root / 'output', scripts=root / 'scripts',\n"
        "        store=str(root / 'store'), voice='tone', executor='inline'))\n"
    )
    return [sys.executable, "-c", code]


def test_killed_renders_go_on_where_they_were(tmp_path: Path) -> None:
    clean = make_workbench(tmp_path / "clean", LONG)
    started = time.monotonic()
    subprocess.run(_command(clean), check=True)
    whole_s = time.monotonic() - started
    bench = make_workbench(tmp_path / "killed", LONG)
    chance = random.Random(20261122)
    for _ in range(KILLS):
        process = subprocess.Popen(_command(bench))
        time.sleep(chance.uniform(0, whole_s))
        process.send_signal(signal.SIGKILL)
        process.wait()
    kept = sum('"pcm"' in path.read_text() for path in (bench.root / "store").glob("actions/*/*.json"))
    report = bench.render()
    total = sum('"pcm"' in path.read_text() for path in (clean.root / "store").glob("actions/*/*.json"))
    calibration = total - clean.render().utterances
    assert report.spoken <= total - kept
    assert report.spoken >= total - kept - calibration
    assert bench.files() == clean.files()
    for name in ("scripts/tides.txt", "scripts/.base/tides.txt", "show.lock.toml"):
        assert (bench.root / name).read_bytes() == (clean.root / name).read_bytes()
    assert not list((bench.root / "output").rglob(".articlecast-*"))
