"""Sentence ends, and breaths."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.text.sentences import breath, split

GOLD = Path(__file__).parents[1] / "gold"


def read(path: Path) -> list[tuple[str, str, str]]:
    """(language, text, sentences) of each case: the text, a stop on a line of its own, one sentence a line."""
    cases = [case.strip("\n").partition("\n.\n") for case in path.read_text(encoding="utf-8").split("\n\n")]
    return [(path.stem.split("_")[1], text, sentences) for text, _, sentences in cases if text]


CASES = [case for path in sorted(GOLD.glob("sentences_*.txt")) for case in read(path)]


@pytest.mark.parametrize(("language", "text", "sentences"), CASES, ids=[f"{c[0]}: {c[1]}" for c in CASES])
def test_gold(language: str, text: str, sentences: str) -> None:
    assert split(text, language=f"{language}-GB" if language == "en" else language) == tuple(sentences.split("\n"))


def test_other_languages() -> None:
    assert split("Es war der 12. Juni. Sie ging.", language="de-AT") == ("Es war der 12. Juni.", "Sie ging.")
    assert split("これはペンです。それはマーカーです。", language="ja") == ("これはペンです。", "それはマーカーです。")


@settings(deadline=None)
@given(
    text=st.text(alphabet=st.one_of(st.sampled_from('ab. No1?!…“”"()[]¹\n'), st.characters(codec="utf-8"))),
    language=st.sampled_from(["en", "de", "xx"]),
)
def test_nothing_is_lost_but_white_space(text: str, language: str) -> None:
    assert "".join("".join(split(text, language=language)).split()) == "".join(text.split())


@settings(deadline=None)
@given(text=st.text(max_size=300), limit=st.integers(5, 60))
def test_breaths_are_short_and_lose_nothing(text: str, limit: int) -> None:
    pieces = breath(" ".join(text.split()), limit=limit)
    assert all(0 < len(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_breath_prefers_clauses_to_blanks_and_keeps_words_whole() -> None:
    assert breath("The sea rose; the wind fell and turned", limit=25) == ("The sea rose;", "the wind fell and turned")
    assert breath("aaaa bbbb cccc", limit=9) == ("aaaa bbbb", "cccc")
    assert breath("a" * 25, limit=10) == ("a" * 10, "a" * 10, "a" * 5)


@pytest.mark.parametrize("line", ["x " * 500_000, "Dr. Who? No. " * 80_000, '"(a. ' * 200_000, ". " * 500_000])
def test_one_long_line_is_no_trap(line: str) -> None:
    start = time.perf_counter()
    for sentence in split(line, language="en"):
        breath(sentence)
    assert time.perf_counter() - start < 10
