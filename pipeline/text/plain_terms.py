"""Vocabulary as it reads best in source: one text, cut into a set."""

from __future__ import annotations


def terms(text: str, separator: str | None = None) -> frozenset[str]:
    """The parts of ``text`` between separators (any white space by default)."""
    return frozenset(text.split(separator))
