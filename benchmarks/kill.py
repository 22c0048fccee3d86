"""Kills batch renders at random moments and compares what comes out.

``python -m benchmarks.kill [FOLDER] [VOICE] [TIMES]`` renders all articles of a folder (the examples) in one run, kills
it, and renders again. Prints a line per kill and ends with how many of the second runs went wrong (it must be 0).
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


def command(articles: Path, root: Path, voice: str) -> list[str]:
    """The render of ``articles`` with everything below ``root``."""
    where = ["--output", str(root / "output"), "--scripts", str(root / "scripts"), "--store", str(root / "store")]
    return [sys.executable, "-m", "pipeline", "render", str(articles), *where, "--voice", voice, "--json"]


def render(articles: Path, root: Path, voice: str) -> int:
    """Render to the end; how many utterances were spoken."""
    done = subprocess.run(command(articles, root, voice), capture_output=True, text=True, check=True)
    return sum(json.loads(line)["spoken"] for line in done.stdout.splitlines())


def clips(store: Path) -> int:
    """How many clips the store knows."""
    return sum('"pcm":{' in path.read_text(encoding="utf-8") for path in store.glob("actions/*/*.json"))


def files(root: Path) -> dict[str, bytes]:
    """All that a person keeps or hears."""
    kept = [path for path in root.rglob("*") if path.is_file() and "store" not in path.relative_to(root).parts]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in kept}


def main(articles: Path, voice: str, times: int) -> int:
    """Kill ``times`` renders; the answer is how many of their successors went wrong."""
    chance = random.Random(times)
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        clean = Path(folder) / "clean"
        started = time.monotonic()
        whole = render(articles, clean, voice)
        whole_s = time.monotonic() - started
        expected, total = files(clean), clips(clean / "store")
        for number in range(times):
            root = Path(folder) / f"killed-{number}"
            process = subprocess.Popen(command(articles, root, voice), stdout=subprocess.DEVNULL)
            moment_s = chance.uniform(0, whole_s)
            time.sleep(moment_s)
            process.send_signal(signal.SIGKILL)
            process.wait()
            had = clips(root / "store")
            spoken = render(articles, root, voice)
            calibration = total - whole
            good = files(root) == expected and spoken <= total - had <= spoken + calibration
            wrong += not good
            print(f"{moment_s:6.2f} s: {had} clips kept, {spoken} spoken after; {'ok' if good else 'WRONG'}")
            shutil.rmtree(root)
    print(f"{wrong} of {times} went wrong")
    return wrong


if __name__ == "__main__":
    given = sys.argv[1:] + ["examples", "tone", "100"][len(sys.argv) - 1 :]
    sys.exit(main(Path(given[0]), given[1], int(given[2])))
