"""How long planning takes when nothing has changed: 1,000 utterances, tone engine, store on disk.

``python -m benchmarks.plan`` renders an article of 1,000 sentences once, then times a warm render and an edit in
processes of their own, as a person would meet them.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

SENTENCES = 1_000
_CODE = """
import sys, time
from pathlib import Path
started = time.perf_counter()
from pipeline import Options, render
root = Path(sys.argv[1])
if __name__ == "__main__":
    report = render(root / "long.md", Options(output=root / "output", scripts=root / "scripts",
        store=str(root / "store"), voice="tone"))
    print(f"{report.spoken} spoken, {report.encoded} encoded, {time.perf_counter() - started:.2f} s with imports")
"""


def article(sentences: int) -> str:
    """An article of so many sentences, every one of them different, a heading every twenty."""
    lines = ["# The long day"]
    for number in range(sentences):
        if number % 20 == 0:
            lines.append(f"## Hour {number // 20}")
        lines.append(f"The keeper writes line {number} of the log and looks at the sea again.")
    return "\n\n".join(lines) + "\n"


def run(root: Path, what: str) -> None:
    """Render in a process of its own and print what it took."""
    started = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", _CODE, str(root)], capture_output=True, text=True, check=True)
    print(f"{what:<6} {done.stdout.strip()}; {time.perf_counter() - started:.2f} s with the interpreter")


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        text = article(SENTENCES)
        (root / "long.md").write_text(text, encoding="utf-8")
        run(root, "cold")
        run(root, "warm")
        (root / "long.md").write_text(text.replace("line 500 of", "line 500 once more in"), encoding="utf-8")
        run(root, "edit")


if __name__ == "__main__":
    main()
