"""Renders the examples and a long book, and lets independent programs judge the files: ``make validate``.

Prints a line per check: passed, FAILED, or not run with the reason. The exit code is 1 when a check failed.
``validate.py --install`` only installs the programs, as ``.ci/run`` does before the tests.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import long_book
import validate_books
import validate_pages
import validate_sound
from tools import ROOT, install

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from verdicts import Verdict

_NAMES = ("sleep-well.txt", "why-bread-rises.md", "how-tides-work.html")
EXAMPLES = tuple(str(ROOT / "examples" / name) for name in _NAMES)
FORMATS = ("mp3", "m4b", "opus", "flac")
CHAPTERED = ("m4b", "opus")
"""Formats whose chapters are checked beside those of the enclosure."""


def render(folder: Path, articles: Sequence[str], *more: str, output: str = "output") -> list[Path]:
    """The episode folders of ``articles``."""
    where = ["--output", str(folder / output), "--scripts", str(folder / "scripts"), "--store", str(folder / "store")]
    command = [sys.executable, "-m", "pipeline", "render", *articles, *where, "--json", *more]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    if done.returncode:
        raise SystemExit(f"could not be rendered: {done.stderr}{done.stdout[-2000:]}")
    return [folder / output / json.loads(line)["episode"] for line in done.stdout.splitlines()]


def checks(folder: Path) -> Iterator[Callable[[], Verdict]]:
    """Everything that is checked, ready to run."""
    book = folder / "long-book.md"
    book.write_text(long_book.text(), encoding="utf-8")
    everything = ("--sidecars", "all", "--formats", ",".join(FORMATS))
    # the longest checks first: two run at a time
    (long,) = render(folder, [str(book)], *everything, "--voice", "tone")
    yield from _episode(long, voiced=False)
    for episode in render(folder, EXAMPLES, *everything):
        yield from _episode(episode, voiced=True)
    # each format's chapters lie on its own frames, and chapters.json tells those of the first format
    for ending in CHAPTERED:
        for episode in render(folder, EXAMPLES, "--sidecars", "chapters_json", "--formats", ending, output=ending):
            yield validate_sound.chapters(episode, ending)


def _episode(episode: Path, *, voiced: bool) -> Iterator[Callable[[], Verdict]]:
    yield from validate_books.checks(episode)
    yield from validate_pages.checks(episode)
    yield from validate_sound.checks(episode, voiced=voiced)


def main(arguments: Sequence[str]) -> int:
    """Print the verdicts; the answer is the exit code."""
    start = time.monotonic()
    failures = install()
    for what, why in failures.items():
        print(f"could not be installed: {what}: {why}", flush=True)
    if "--install" in arguments:
        return 0
    verdicts: list[Verdict] = []
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for verdict in pool.map(lambda check: check(), list(checks(Path(folder)))):
            print(verdict, flush=True)
            verdicts.append(verdict)
    counts = [sum(verdict.passed is outcome for verdict in verdicts) for outcome in (True, False, None)]
    took = time.monotonic() - start
    print("{} passed, {} failed, {} not run".format(*counts), f"in {took:.0f} s")
    return 1 if counts[1] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
