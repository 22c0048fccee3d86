"""Texts of very many lines are refused at once, in one line."""

from __future__ import annotations

import pytest

from pipeline import plugins
from pipeline.errors import ReadError


def test_too_many_lines_are_refused() -> None:
    with pytest.raises(ReadError, match="1,000,000 lines, more than the 300,000 allowed: split it"):
        plugins.load("readers", "plaintext").read(b"a\n" * 1_000_000, uri="log.txt")
