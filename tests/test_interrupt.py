"""Ctrl-C stops at once, keeps what is done, and says how to go on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import make_workbench

LONG = "# The gauges\n\n" + "\n\n".join(f"The gauge at mile {number} tells its own story." for number in range(400))


@pytest.mark.skipif(sys.platform == "win32", reason="a console's Ctrl-C cannot be sent there")
@pytest.mark.parametrize("executor", ["inline", "processes"])
def test_what_is_done_is_kept(tmp_path: Path, executor: str) -> None:
    bench = make_workbench(tmp_path / "bench", LONG)
    where = [f"--{name}={bench.root / name}" for name in ("output", "scripts", "store")]
    command = [sys.executable, "-m", "pipeline", "render", str(bench.article), "--voice=tone", f"--executor={executor}"]
    process = subprocess.Popen([*command, *where], stderr=subprocess.PIPE, text=True, start_new_session=True)
    lines = 0
    while lines < 3 and process.poll() is None:
        time.sleep(0.05)
        lines = len(list((bench.root / "store/actions").glob("*/*.json"))) // 60
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: all processes of the command
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130, told
    assert "stopped; what was spoken is kept" in told
    assert not list((bench.root / "output").rglob("*.mp3"))
    report = bench.render()
    assert 0 < report.spoken < report.utterances
    clean = make_workbench(tmp_path / "clean", LONG)
    clean.render()
    assert bench.files() == clean.files()
