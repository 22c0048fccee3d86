"""Pairs of files: what a reader is given, and the document it makes of that. A new pair needs no Python.

To see what a reader makes of a new file, put ``{}`` into its ``.json`` and read the failure.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline import plugins
from pipeline.model.document import Aside, Block, Footnote, List, Paragraph, Quote, plain
from pipeline.read import read
from tests.read.as_json import as_json, pretty

CASES = Path(__file__).parents[2] / "cases" / "readers"
PAGES = sorted(path for path in CASES.rglob("*.*") if path.suffix != ".json")


def name_of(path: Path) -> str:
    return path.relative_to(CASES).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_document_is_the_expected_one(page: Path) -> None:
    expected = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    reader = plugins.load("readers", page.parent.name)
    assert pretty(as_json(reader.read(page.read_bytes(), uri=page.name))) == pretty(expected)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_room_picks_the_same_reader(page: Path) -> None:
    reader = plugins.load("readers", page.parent.name)
    assert read(page).blocks == reader.read(page.read_bytes(), uri=str(page)).blocks


@pytest.mark.parametrize("page", [page for page in PAGES if page.suffix in (".md", ".txt")], ids=name_of)
def test_every_paragraph_stands_where_it_says(page: Path) -> None:
    lines = page.read_text(encoding="utf-8").split("\n")
    checked = 0
    for paragraph in paragraphs(read(page).blocks):
        place = paragraph.position
        if place.line:
            word = plain(paragraph.text).split()[0].strip("“”[]")
            assert word in "\n".join(lines[place.line - 1 : place.end_line]), (place, word)
            checked += 1
    assert checked


def test_every_case_has_both_files() -> None:
    assert PAGES
    assert {page.with_suffix(".json") for page in PAGES} == set(CASES.rglob("*.json"))


def paragraphs(blocks: tuple[Block, ...]) -> list[Paragraph]:
    found: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            found.append(block)
        elif isinstance(block, List):
            found += [inner for item in block.items for inner in paragraphs(item.blocks)]
        elif isinstance(block, Quote | Aside | Footnote):
            found += paragraphs(block.blocks)
    return found
