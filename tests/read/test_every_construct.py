"""One article with every construct, in four formats: one expected document."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.read import read
from tests.read.as_json import Json, as_json
from tests.read.make_docx import docx
from tests.read.make_epub import zipped_folder

CASES = Path(__file__).parents[1] / "cases"
EXPECTED = (CASES / "readers/html/everything.json").read_text(encoding="utf-8")
CANNOT_HOLD = {"docx": {"{for=World Health Organization: WHO}": "WHO"}}
"""What a format has no construct for: Word has none for what an abbreviation stands for."""


def source(kind: str) -> bytes:
    match kind:
        case "docx":
            return docx((CASES / "docx/everything.xml").read_text(encoding="utf-8"))
        case "epub":
            return zipped_folder(CASES / "epub/everything")
        case "md":
            return (CASES / "readers/markdown/everything.md").read_bytes()
        case _:
            return (CASES / "readers/html/everything.html").read_bytes()


@pytest.mark.parametrize("kind", ["html", "md", "epub", "docx"])
def test_every_construct_comes_through(kind: str) -> None:
    text = EXPECTED
    for there, here in CANNOT_HOLD.get(kind, {}).items():
        assert there in text
        text = text.replace(there, here)
    expected: Json = json.loads(text)
    assert as_json(read(source(kind), uri=f"everything.{kind}")) == expected
