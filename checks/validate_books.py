"""Talking books, judged by programs of those who made the formats: EPUBCheck, Ace, Readium, DAISY's and W3C's schemas.

The schemas are not part of this project (`tools.PLACES`); a check whose schemas are not there is not run, and said so.
"""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from tools import NODE, PYTHON, ROOT, TOOLS, data
from verdicts import absent, judge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from verdicts import Verdict

CHECKS = ROOT / "checks"


def checks(episode: Path) -> Iterator[Callable[[], Verdict]]:
    """What is checked of the talking books in an episode's folder."""
    yield from absent(episode, ("*.epub", "*/ncc.html", "*-daisy202.zip", "*.lpf"))
    for book in sorted(episode.glob("*.epub")):
        yield judge(
            f"{book.name}: EPUBCheck, Ace, Readium, clips within the sound",
            ["java", "chromium", "ffprobe", "node", _library("epubcheck"), NODE / "@daisy/ace", NODE / "r2-shared-js"],
            ["bash", CHECKS / "check_epub.sh", book],
        )
    for book in sorted(path.parent for path in episode.glob("*/ncc.html")):
        schemas = data("schemas/daisy202")
        yield judge(
            f"{book.name}: DAISY's RELAX NG, mandatory metadata, links, clips within the sound",
            ["jing", "ffprobe", _library("lxml"), schemas],
            [PYTHON, CHECKS / "check_daisy202.py", schemas or "schemas", book],
        )
        yield judge(
            f"{book.name}: daisy-dtb reads it",
            [_library("daisy_dtb")],
            [PYTHON, CHECKS / "check_daisy_dtb.py", book],
        )
        yield judge(
            f"{book.name}: Readium reads folder and zip",
            ["node", NODE / "r2-shared-js"],
            ["node", CHECKS / "r2_read.js", "--clips", str(_clips(book)), book, book.with_name(f"{book.name}.zip")],
        )
    for book in sorted(episode.glob("*.lpf")):
        schemas = data("schemas/audiobooks")
        with zipfile.ZipFile(book) as archive:
            manifest = archive.extract("publication.json", episode.parent / f"{book.name}.opened")
        yield judge(
            f"{book.name}: the W3C's schemas of audiobooks",
            ["node", NODE / "ajv", NODE / "ajv-formats", schemas],
            ["node", CHECKS / "audiobook_manifest.mjs", schemas or "schemas", manifest],
        )


def _clips(book: Path) -> int:
    """How many clips a book's timing files name."""
    return sum(file.read_bytes().count(b"<audio ") for file in book.glob("*.smil"))


def _library(name: str) -> Path | str:
    """Where a Python package of the tools lies; its name where it does not."""
    return next((TOOLS / "venv").glob(f"lib/python*/site-packages/{name}"), name)
