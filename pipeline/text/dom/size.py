"""What is too large to be an article is refused before anything is built from it."""

from __future__ import annotations

from pipeline.errors import ReadError

TAGS = 200_000
"""Tags of a page; the longest pages of encyclopedias have a quarter of that, and as many as this take ten seconds."""
LINES = 200_000
"""Lines of a Markdown file: three very long novels, their lines wrapped."""
PARAGRAPH = 250_000
"""Characters of one paragraph; prose that long has blank lines."""


def refuse_tags(text: str, where: str) -> None:
    """Refuse a page of too many tags.

    Raises:
        ReadError: ``text`` has more than `TAGS` signs that open one.
    """
    count = text.count("<")
    if count > TAGS:
        raise ReadError(
            f"this page has {count:,} tags, more than the {TAGS:,} that an article may have: cut it into several", where
        )


def refuse_lines(text: str, where: str) -> None:
    """Refuse Markdown of too many lines.

    Raises:
        ReadError: ``text`` has more than `LINES`.
    """
    count = text.count("\n")
    if count > LINES:
        raise ReadError(
            f"this file has {count:,} lines, more than the {LINES:,} that an article may have: cut it into several",
            where,
        )


def refuse_paragraph(text: str, line: int, where: str) -> None:
    """Refuse a paragraph that no reader would take for one.

    Raises:
        ReadError: ``text``, which begins on ``line`` (from 1), has more than `PARAGRAPH` characters.
    """
    if len(text) > PARAGRAPH:
        raise ReadError(
            f"line {line} begins a paragraph of {len(text):,} characters, more than the {PARAGRAPH:,} that prose may "
            "have: break it into paragraphs",
            where,
        )
