"""Pages that are too large to be an article are refused before they are parsed."""

from __future__ import annotations

import pytest

from pipeline import plugins
from pipeline.errors import ReadError


@pytest.mark.parametrize("page", ["<" * 1_000_000, "<table>" + "<tr><td>a" * 150_000])
def test_a_page_of_too_many_tags_is_refused(page: str) -> None:
    with pytest.raises(ReadError, match=r"x\.html: this page has [\d,]+ tags, more than the 200,000"):
        plugins.load("readers", "html").read(page.encode(), uri="x.html")
