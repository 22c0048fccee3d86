"""Kills renders at random moments and compares what comes out: ``python -m benchmarks.kill ARTICLE [VOICE] [TIMES]``.

Prints a line per kill and ends with the number of episodes that differ from an uninterrupted render (it must be 0).
"""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any


def command(article: Path, root: Path, voice: str) -> list[str]:
    """The render of ``article`` with everything below ``root``."""
    where = ["--output", str(root / "output"), "--scripts", str(root / "scripts"), "--store", str(root / "store")]
    return [sys.executable, "-m", "pipeline", "render", str(article), *where, "--voice", voice, "--json"]


def render(article: Path, root: Path, voice: str) -> dict[str, Any]:
    """Render to the end; what the command prints."""
    done = subprocess.run(command(article, root, voice), capture_output=True, text=True, check=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def clips(store: Path) -> int:
    """How many clips the store knows."""
    return sum('"pcm":{' in path.read_text(encoding="utf-8") for path in store.glob("actions/*/*.json"))


def files(root: Path) -> dict[str, bytes]:
    """All that a person keeps or hears."""
    kept = [path for path in root.rglob("*") if path.is_file() and "store" not in path.relative_to(root).parts]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in kept}


def main(article: Path, voice: str, times: int) -> int:
    """Kill ``times`` renders; the answer is how many of their successors went wrong."""
    chance = random.Random(times)
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        clean = Path(folder) / "clean"
        started = time.monotonic()
        whole = render(article, clean, voice)
        whole_s = time.monotonic() - started
        expected, total = files(clean), clips(clean / "store")
        for number in range(times):
            root = Path(folder) / f"killed-{number}"
            process = subprocess.Popen(command(article, root, voice), stdout=subprocess.DEVNULL)
            moment_s = chance.uniform(0, whole_s)
            time.sleep(moment_s)
            process.send_signal(signal.SIGKILL)
            process.wait()
            had = clips(root / "store")
            told = render(article, root, voice)
            calibration = total - whole["spoken"]
            good = files(root) == expected and told["spoken"] <= total - had <= told["spoken"] + calibration
            wrong += not good
            print(f"{moment_s:6.2f} s: {had} clips kept, {told['spoken']} spoken after; {'ok' if good else 'WRONG'}")
            shutil.rmtree(root)
    print(f"{wrong} of {times} went wrong")
    return wrong


if __name__ == "__main__":
    given = sys.argv[1:] + ["", "tone", "20"][len(sys.argv) - 1 :]
    sys.exit(main(Path(given[0]), given[1], int(given[2])))
