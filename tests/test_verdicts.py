"""The checks of finished files: a file that is not there fails, and a program that is not there is not run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

CHECKS = Path(__file__).parents[1] / "checks"


def _said(code: str, folder: Path) -> list[str]:
    run = [sys.executable, "-c", code, str(folder)]
    done = subprocess.run(run, capture_output=True, text=True, check=True, cwd=CHECKS, timeout=60)
    return done.stdout.splitlines()


def test_an_episode_without_its_files_fails(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib, validate_books, validate_pages\n"
        "episode = pathlib.Path(sys.argv[1])\n"
        "made = [*validate_books.checks(episode), *validate_pages.checks(episode)]\n"
        "for check in made[:10]: print(check().passed)"
    )
    assert _said(code, tmp_path) == ["False"] * 10


def test_what_lacks_its_program_is_not_run(tmp_path: Path) -> None:
    code = "from verdicts import judge\nprint(judge('cues', ['no-such-program'], ['no-such-program'])())"
    assert _said(code, tmp_path) == ["not run  cues: there is no no-such-program"]


def test_what_a_program_says_follows_where_it_fails(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom verdicts import judge\n"
        "print(judge('cues', [], [sys.executable, '-c', 'print(7); raise SystemExit(1)'])())"
    )
    assert _said(code, tmp_path) == ["FAILED   cues", "    7"]
