"""The project's own pages, each built like a kind of page on the web: nothing lost, nothing that does not belong.

Beside each page of ``tests/gold/pages`` stands a text file with what it holds, as a person reads it.
"""

from __future__ import annotations

import pytest

from benchmarks.reading import GOLD, Truth, f1, gold, read, score
from pipeline.model.document import Document, Heading, plain, texts

PAGES = {truth.name: truth for truth in gold()}
MARKS = {"keeps", "leaves out"}
"""Lines of the text files that may stand there several times."""


def document(truth: Truth) -> Document:
    """The page as read."""
    found = read(truth)
    assert found is not None
    return found


def said(found: Document) -> dict[str, str]:
    """The metadata in the form of the text files."""
    facts = {
        "language": found.language,
        "authors": "; ".join(found.authors),
        "published": found.published,
        "site": found.meta.site,
        "licence": found.meta.licence,
        "explicit": "yes" if found.meta.explicit else "",
    }
    return {name: value for name, value in facts.items() if value}


@pytest.mark.parametrize("name", PAGES)
def test_page(name: str) -> None:
    truth = PAGES[name]
    found = document(truth)
    assert found.title == truth.titles[0]
    assert said(found) == {name: values[0] for name, values in truth.facts.items() if name not in MARKS}
    words = " ".join("\n".join(texts(found.blocks)).split())
    assert [text for text in truth.facts.get("keeps", ()) if text not in words] == []
    assert [text for text in truth.facts.get("leaves out", ()) if text in words] == []
    assert score(truth, found).near


def test_floors_over_all_pages() -> None:
    scores = [score(truth, document(truth)) for truth in PAGES.values()]
    assert all(one.title for one in scores)
    assert f1(scores)[2] >= 0.99
    assert sum(abs(one.ratio - 1) for one in scores) / len(scores) <= 0.04


def test_levels_are_those_of_the_page() -> None:
    for truth in PAGES.values():
        blocks = document(truth).blocks
        read_ = [(block.level, plain(block.text)) for block in blocks if isinstance(block, Heading)]
        assert read_ == list(truth.headings), truth.name


def test_every_page_has_its_text_file() -> None:
    assert len(PAGES) >= 12
    assert {path.stem for path in GOLD.iterdir()} == set(PAGES)


def test_a_page_that_is_not_read_scores_nothing() -> None:
    nothing = score(PAGES["wiki"], None)
    assert (nothing.title, nothing.found, nothing.got, nothing.ratio, nothing.near) == (False, 0, 0, 0.0, False)
