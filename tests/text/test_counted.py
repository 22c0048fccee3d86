"""Which texts count a season or an episode."""

from __future__ import annotations

import pytest

from pipeline.text.counted import counted


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1", 1),
        (" 12 ", 12),
        ("007", 7),
        ("9999", 9999),
        ("10000", None),
        ("0", None),
        ("-1", None),
        ("1.5", None),
        ("two", None),
        ("", None),
        ("٣", None),
        ("9" * 5000, None),
    ],
)
def test_a_count_is_a_number_from_one(text: str, number: int | None) -> None:
    assert counted(text) == number
