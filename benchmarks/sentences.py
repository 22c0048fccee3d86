"""Sentence ends: how many cases come out right, and how fast prose is cut.

``python -m benchmarks.sentences`` scores ``cases/sentences.jsonl`` of the material and times the paragraphs of its
pages. The material is the folder named by ``ARTICLECAST_MATERIAL``, ``../shared`` where nothing is named.
"""

from __future__ import annotations

import html
import json
import os
import re
import time
from collections import Counter
from pathlib import Path

from pipeline.text.sentences import split

MATERIAL = Path(os.environ.get("ARTICLECAST_MATERIAL", "../shared"))
LANGUAGES = {
    "deutsch": "de", "french": "fr", "spanish": "es", "italian": "it", "russian": "ru", "japanese": "ja",
    "chinese": "zh", "hindi": "hi",
}  # fmt: skip
LEAST_BYTES = 3_000_000
_PARAGRAPH = re.compile(r"<p\b[^>]*>(.*?)</p>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_LANGUAGE = re.compile(r"<html[^>]*\blang=[\"']?([a-zA-Z-]+)")


def score(path: Path) -> None:
    """Print how many cases of each set are cut as expected."""
    cases = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    right = Counter(
        case["set"]
        for case in cases
        if list(split(case["text"], language=LANGUAGES.get(case["set"], "en"))) == case["sentences"]
    )
    for name, total in Counter(case["set"] for case in cases).items():
        print(f"{name:<9} {right[name]:>3} of {total}")


def paragraphs(folder: Path) -> list[tuple[str, str]]:
    """(language, text) of the paragraphs of all pages."""
    found = []
    for path in sorted(folder.rglob("*.htm*")):
        page = path.read_text(encoding="utf-8", errors="replace")
        language = _LANGUAGE.search(page)
        for text in _PARAGRAPH.findall(page):
            plain = html.unescape(_TAG.sub("", text)).strip()
            if len(plain) > 80:
                found.append((language[1] if language else "en", plain))
    return found


def speed(texts: list[tuple[str, str]]) -> float:
    """Megabytes a second, the best of three runs over at least `LEAST_BYTES`."""
    size = sum(len(text.encode()) for _, text in texts)
    rounds = max(1, -(-LEAST_BYTES // size))
    best = 0.0
    for _ in range(3):
        started = time.perf_counter()
        for _ in range(rounds):
            for language, text in texts:
                split(text, language=language)
        best = max(best, rounds * size / 1e6 / (time.perf_counter() - started))
    return best


def main() -> None:
    """Print the figures."""
    cases, pages = MATERIAL / "cases" / "sentences.jsonl", MATERIAL / "pages"
    if not cases.is_file():
        print("sentences: not run: no material")
        return
    score(cases)
    texts = paragraphs(pages)
    english = [(language, text) for language, text in texts if language.startswith("en")]
    for name, part in (("English", english), ("all", texts)):
        if part:
            print(f"{name:<9} {len(part)} paragraphs, {speed(part):.1f} MB/s")


if __name__ == "__main__":
    main()
