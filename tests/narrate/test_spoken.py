"""How many of our own written cases are spoken as a narrator would, all rules together; ``-s`` prints classes."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from pipeline.narrate.normalise import DEFAULT_RULES, normalise

GOLD = Path(__file__).parents[1] / "gold"
FLOORS = {"en-US": 97.0, "en-GB": 97.0}
CLASS_FLOOR = 90.0
SIGNS = "$£€%°@#=+*/<>^~|\\§×÷±"
RULES = tuple(name for name in DEFAULT_RULES if name != "general")


def letters(text: str) -> str:
    """What is compared: no case, blanks or marks, and "and" may be there or not."""
    return re.sub(r"[\W_]+", "", re.sub(r"\band\b", " ", text.lower().replace("’", "'")))


def rows(language: str) -> list[tuple[str, str, list[str]]]:
    """(class, written, accepted readings)."""
    lines = (GOLD / f"spoken_{language}.tsv").read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lines if line and not line.startswith("# ")]
    return [(kind, written, readings.split(" || ")) for kind, written, readings in cells]


@pytest.mark.parametrize("language", sorted(FLOORS))
def test_most_cases_are_right(language: str) -> None:
    counts: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for kind, written, readings in rows(language):
        counts[kind] += 1
        spoken = normalise(written, language=language, rules=RULES).spoken
        clean = not any(c.isdigit() or c in SIGNS for c in spoken)
        wrong[kind] += letters(spoken) not in map(letters, readings) or not clean
    for kind, count in counts.items():
        print(f"{language} {kind:12} {100 * (1 - wrong[kind] / count):5.1f} % of {count}")
    assert 100 * (1 - wrong.total() / counts.total()) >= FLOORS[language]
    assert all(100 * (1 - wrong[kind] / count) >= CLASS_FLOOR for kind, count in counts.items() if count >= 10)


@pytest.mark.parametrize(("written", "readings"), [(w, r) for kind, w, r in rows("en-US") if kind == "unchanged"])
def test_what_needs_no_change_is_not_changed(written: str, readings: list[str]) -> None:
    assert normalise(written, language="en-US").spoken == readings[0] == written


PLAIN = re.compile(r"[A-Za-zÀ-ÿ ,;:.!?’'“”\"()-]*")
SAID_OTHERWISE = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|Jr|Prof|[A-Z]{2,}|[A-Z])\b|\.\w| - |--|[a-z]\.[A-Z]|\.\.|,\w")


def test_prose_is_spoken_as_written() -> None:
    text = (Path(__file__).parents[2] / "examples" / "sleep-well.txt").read_text(encoding="utf-8")
    sentences = [s for s in re.split(r"(?<=[.!?]) |\n+", text) if PLAIN.fullmatch(s) and not SAID_OTHERWISE.search(s)]
    assert len(sentences) > 5
    for sentence in sentences:
        assert normalise(sentence, language="en-GB").spoken == " ".join(sentence.split())
