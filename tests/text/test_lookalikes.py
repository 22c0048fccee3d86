"""Characters that look like others: put as those they mean, one for one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.text.lookalikes import blanks, fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("1\u202f000\u00a0000 people", "1,000,000 people"),
        ("in\u00a02019 there", "in 2019 there"),
        ("an e\u2011mail", "an e-mail"),
        ("１２％", "12%"),
        ("𝗯𝗼𝗹𝗱", "bold"),
        ("5 \u212a", "5 K"),
        ("1\u20442 cup", "1/2 cup"),
        ("10² and ½", "10² and ½"),
        ("tab\there", "tab here"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@settings(deadline=None)
@given(st.text())
def test_offsets_stay(text: str) -> None:
    assert len(fold(text)) == len(text) == len(blanks(text))
    assert all(c == " " for c in fold(text) if c.isspace())


def test_full_width_marks_of_other_languages_stay() -> None:
    assert blanks("你好，世界\u3000！") == "你好，世界 ！"
