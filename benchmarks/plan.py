"""How long planning takes when nothing has changed: 1,000 sentences, tone engine, store on disk.

``python -m benchmarks.plan`` renders an article of 1,000 sentences once, then times what a person does next, each in a
process of its own, from the interpreter's start to its end: ``status`` and ``render`` with nothing to do, and a render
after one sentence was edited. Of five runs the best is printed: wall-clock time, and processor time, which other work
on the machine changes less. Aims: status within 1.0 s, warm render within 1.3 s.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SENTENCES = 1_000
RUNS = 5


def article(sentences: int) -> str:
    """An article of so many sentences, every one of them different, a heading every twenty."""
    lines = ["# The long day"]
    for number in range(sentences):
        if number % 20 == 0:
            lines.append(f"## Hour {number // 20}")
        lines.append(f"The keeper writes line {number} of the log and looks at the sea again.")
    return "\n\n".join(lines) + "\n"


def run(root: Path, command: str) -> tuple[float, float, str]:
    """Wall-clock and processor seconds of a command in a process of its own, and its last line."""
    arguments = [sys.executable, "-m", "pipeline", command, "long.md", "--voice", "tone", "--store", "store"]
    package = str(Path(__file__).resolve().parent.parent)
    before, started = os.times(), time.perf_counter()
    done = subprocess.run(
        arguments, cwd=root, env={**os.environ, "PYTHONPATH": package}, capture_output=True, text=True, check=True
    )
    wall, after = time.perf_counter() - started, os.times()
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    return wall, processor, done.stdout.strip().splitlines()[-1]


def tell(what: str, runs: list[tuple[float, float, str]]) -> None:
    """Print the best of some runs."""
    wall, processor = min(one[0] for one in runs), min(one[1] for one in runs)
    print(f"{what:<7} {wall:6.2f} s, processor {processor:6.2f} s   {runs[-1][2]}")


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        text = article(SENTENCES)
        (root / "long.md").write_text(text, encoding="utf-8")
        tell("cold", [run(root, "render")])
        tell("status", [run(root, "status") for _ in range(RUNS)])
        tell("warm", [run(root, "render") for _ in range(RUNS)])
        edits = []
        for number in range(RUNS):
            edited = text.replace(f"line {500 + number} of", f"line {500 + number} once more in")
            (root / "long.md").write_text(edited, encoding="utf-8")
            edits.append(run(root, "render"))
        tell("edit", edits)


if __name__ == "__main__":
    main()
