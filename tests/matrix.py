"""The tests on every Python that is installed here, and with the oldest dependencies allowed: ``make matrix``.

Each combination gets an environment of its own in a temporary folder. A Python that is not installed is named and
passed over; nothing is downloaded for it.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VERSIONS = ("3.11", "3.12", "3.13", "3.14")
UV = [sys.executable, "-m", "uv"]


def find(version: str) -> str:
    """Path of the interpreter, empty where there is none."""
    command = [*UV, "python", "find", "--no-python-downloads", "--no-project", version]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""


def passes(python: str, folder: Path, *, oldest: bool) -> bool:
    """Install into ``folder`` and run the tests there."""
    run = folder / "bin" / "python"
    install = [*UV, "pip", "install", "--quiet", "--python", str(run)]
    steps = [
        [*UV, "venv", "--quiet", "--python", python, str(folder)],
        [*install, "--require-hashes", "-r", "requirements-dev.txt"],
        [str(run), "-m", "pytest", "-q", "-n", "auto"],
    ]
    if oldest:
        steps[1] = [*install, "--resolution", "lowest-direct", "--group", "dev", "-r", "pyproject.toml"]
    return all(subprocess.run(step, cwd=ROOT, check=False).returncode == 0 for step in steps)


def main() -> int:
    """Print a line per combination; the answer is how many failed."""
    failed = 0
    for number, version in enumerate((*VERSIONS, VERSIONS[0])):
        oldest = number == len(VERSIONS)
        name = f"Python {version}{' with the oldest dependencies' if oldest else ''}"
        python = find(version)
        if not python:
            print(f"{name}: not run, it is not installed here")
            continue
        with tempfile.TemporaryDirectory() as folder:
            good = passes(python, Path(folder) / "venv", oldest=oldest)
        failed += not good
        print(f"{name}: {'passed' if good else 'FAILED'}")
    return failed


if __name__ == "__main__":
    sys.exit(main())
