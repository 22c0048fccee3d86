"""Headings of articles written for this project, as plain text: a floor that must not sink.

``tests/gold/headings/NAME.txt`` is an article without markup, ``NAME.headings`` its headings, one a line, with one
``#`` a level. An article that has none has an empty file. Half of them were written before the detector was tuned.
"""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline import plugins
from pipeline.model.document import Heading, plain

if TYPE_CHECKING:
    from collections.abc import Callable

GOLD = Path(__file__).parent.parent / "gold" / "headings"
ARTICLES = sorted(path.stem for path in GOLD.glob("*.txt"))
PRECISION = 0.95
F1 = 0.95


def expected(name: str) -> list[str]:
    return [line for line in (GOLD / f"{name}.headings").read_text(encoding="utf-8").splitlines() if line]


def found(text: str) -> list[str]:
    document = plugins.load("readers", "plaintext").read(text.encode(), uri="article.txt")
    return [f"{'#' * block.level} {plain(block.text)}" for block in document.blocks if isinstance(block, Heading)]


def as_written(text: str) -> str:
    return text


def wrapped(text: str) -> str:
    """Long lines broken at 72 characters, an empty line where one paragraph a line stood."""
    lines = text.splitlines()
    joint = "\n" if "" in lines else "\n\n"
    return joint.join("\n".join(textwrap.wrap(line, 72, break_on_hyphens=False)) for line in lines) + "\n"


def windows(text: str) -> str:
    return text.replace("\n", "\r\n")


def indented(text: str) -> str:
    return textwrap.indent(text, "    ")


def double_spaced(text: str) -> str:
    return text.replace("\n\n", "\n\n\n")


def packed(text: str) -> str:
    """A block a line, no blank lines."""
    return "\n".join(line for line in text.splitlines() if line.strip()) + "\n"


def packed_short(text: str) -> str:
    """As `packed`, of each paragraph only the sentences that end within 115 characters: as short as wrapped lines.

    Some lose so much that their headings stand above a sentence of three words, or that nothing is left of them.
    """
    lines = []
    for line in packed(text).splitlines():
        stops = [stop.end() for stop in re.finditer(r"[.!?](?=\s)", line[:115])]
        if len(line) <= 115 or stops:
            lines.append(line if len(line) <= 115 else line[: stops[-1]])
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("layout", "f1_floor"),
    [
        (as_written, F1),
        (wrapped, F1),
        (windows, F1),
        (indented, F1),
        (double_spaced, F1),
        (packed, F1),
        (packed_short, 0.92),
    ],
)
def test_floor(layout: Callable[[str], str], f1_floor: float) -> None:
    hits = said = wanted = right_level = 0
    wrong: list[str] = []
    for name in ARTICLES:
        want, got = expected(name), found(layout((GOLD / f"{name}.txt").read_text(encoding="utf-8")))
        want_titles, got_titles = (Counter(line.lstrip("# ") for line in lines) for lines in (want, got))
        hits += (want_titles & got_titles).total()
        right_level += (Counter(want) & Counter(got)).total()
        said, wanted = said + len(got), wanted + len(want)
        wrong += [f"{name}: false {title!r}" for title in (got_titles - want_titles).elements()]
        wrong += [f"{name}: missed {title!r}" for title in (want_titles - got_titles).elements()]
    precision, recall = hits / said, hits / wanted
    f1 = 2 * precision * recall / (precision + recall)
    figures = f"precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f} ({hits} hits, {said} said, {wanted} wanted)"
    assert precision >= PRECISION, "\n".join([figures, *wrong])
    assert f1 >= f1_floor, "\n".join([figures, *wrong])
    assert right_level >= 0.95 * hits, f"{right_level} of {hits} headings have the right level"


def test_every_article_has_its_headings() -> None:
    assert len(ARTICLES) >= 20
    assert {path.stem for path in GOLD.glob("*.headings")} == set(ARTICLES)
    for name in ARTICLES:
        text = (GOLD / f"{name}.txt").read_text(encoding="utf-8")
        assert all(line.lstrip("# ") in text.splitlines() for line in expected(name)), name
