"""Articles that say that they are not to be published yet."""

from __future__ import annotations

import pytest

from pipeline.read import read

BODY = "\n\nThe water goes out.\n"
PAGE = "<html><head><title>Ebb</title>{head}</head><body><article><h1>Ebb</h1><p>{text}</p></article></body></html>"
TEXT = "The water goes out, and it comes back in six hours, as it has done for a very long time. " * 5


@pytest.mark.parametrize(
    ("front", "draft"),
    [
        ("---\ndraft: true\n---", True),
        ("---\nDraft: yes\n---", True),
        ("+++\ndraft = true\n+++", True),
        ('{"draft": true}', True),
        ("---\npublished: false\n---", True),
        ("---\ndraft: false\n---", False),
        ("---\npublished: true\n---", False),
        ("---\npublished: 2026-03-01\n---", False),
        ("---\ntags: [draft]\n---", False),
        ("", False),
    ],
)
def test_front_matter_says_what_is_a_draft(front: str, draft: bool) -> None:
    assert read(f"{front}{BODY}".encode(), uri="ebb.md").draft is draft


@pytest.mark.parametrize(
    ("head", "draft"),
    [
        ('<meta name="draft" content="true">', True),
        ('<meta name="robots" content="noindex, nofollow">', False),
        ("", False),
    ],
)
def test_a_page_is_a_draft_only_where_it_says_so(head: str, draft: bool) -> None:
    assert read(PAGE.format(head=head, text=TEXT).encode(), uri="ebb.html").draft is draft
