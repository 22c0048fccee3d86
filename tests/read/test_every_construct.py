"""One article with every construct, as Markdown and as a web page: both give the same document."""

from __future__ import annotations

from pathlib import Path

from pipeline.read import read
from tests.read.as_json import as_json

CASES = Path(__file__).parents[1] / "cases" / "readers"


def test_markdown_and_html_give_the_same_document() -> None:
    markdown, html = (read(CASES / name) for name in ("markdown/everything.md", "html/everything.html"))
    assert as_json(markdown) == as_json(html)
