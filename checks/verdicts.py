"""What a checker said of a file: passed, failed, or not run and why."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tools import ROOT, environment, lacking

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

LIMIT_S = 600
LINES = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The outcome of one check.

    Attributes:
        name: What was checked, and by whom.
        passed: None where the check was not run.
        said: What the checker said, or what it lacks.
    """

    name: str
    passed: bool | None
    said: str = ""

    def __str__(self) -> str:
        """As a line; what was said follows it where the check did not pass."""
        if self.passed is None:
            return f"not run  {self.name}: {self.said}"
        indented = "".join(f"\n    {line}" for line in self.said.splitlines())
        return f"passed   {self.name}" if self.passed else f"FAILED   {self.name}{indented}"


def absent(folder: Path, patterns: Sequence[str]) -> Iterator[Callable[[], Verdict]]:
    """A failure for every pattern that no file in ``folder`` has: what is not there would pass without a word."""
    for pattern in patterns:
        if not any(folder.glob(pattern)):
            lost = Verdict(name=f"{folder.name}: {pattern}", passed=False, said="there is no such file")
            yield lambda lost=lost: lost


def judge(name: str, needs: Sequence[str | Path | None], command: Sequence[str | Path]) -> Callable[[], Verdict]:
    """A check to be run later.

    Args:
        name: What is checked, and by whom.
        needs: Programs by name, and files and folders; a string that is no program may name a file that is missing.
        command: What runs it; its exit code is the verdict.
    """

    def run() -> Verdict:
        missing = [said for need in needs if (said := lacking(need))]
        if missing:
            return Verdict(name=name, passed=None, said=f"there is no {', '.join(missing)}")
        words = [str(word) for word in command]
        try:
            done = subprocess.run(
                words, capture_output=True, text=True, check=False, env=environment(), cwd=ROOT, timeout=LIMIT_S
            )
        except subprocess.TimeoutExpired:
            return Verdict(name=name, passed=False, said=f"not done after {LIMIT_S} s")
        said = "\n".join((done.stdout + done.stderr).strip().splitlines()[-LINES:])
        return Verdict(name=name, passed=done.returncode == 0, said=said)

    return run
