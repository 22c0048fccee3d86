"""Patterns that need a digit: told without compiling them, and never wrongly."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import plugins
from pipeline.text.pattern import Pattern


@pytest.mark.parametrize(
    "source",
    [
        r"\d",
        r"a\d+",
        r"[0-9]",
        r"[1-9]\d*",
        r"(?:\d|x\d)",
        r"(?P<n>\d{2,3}) ?km",
        r"7",
        r"\d{1,2}(?:,\d)?",
        r"\u00a3\d",
    ],
)
def test_needs_a_digit(source: str) -> None:
    assert Pattern(source).digits


@pytest.mark.parametrize(
    "source",
    [
        r"\d?", r"\d*", r"\d{0,2}", r"\d{,2}", r"a|\d", r"(?:\d|x)", r"(?:\d)?", r"(?=\d)", r"(?<!\d)a", r"(?!\d)a",
        r"[^0-9]",
        r"[\da-z]", r"\u0041", r"\x41", r"(a)\1", r"\N{DIGIT ONE}?", r"(?i:\d)?", r"(a)?(?(1)\d|b)", r"\\d", r"[]\d]",
        r"\(\d?\)", r"\d??", r"\d*?",
    ],
)  # fmt: skip
def test_may_do_without(source: str) -> None:
    assert not Pattern(source).digits


def test_a_verbose_source_is_not_looked_into() -> None:
    assert not Pattern("a # 7", re.VERBOSE).digits


_PIECES = st.sampled_from([r"\d", "a", "7", "[0-9]", "[a-z0]", ".", r"\w", r"(?=\d)", r"\b", r"\u0061"])
_MORE = st.sampled_from(["", "", "?", "*", "+", "{0,2}", "{1,2}", "??", "{2}"])


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    joined = st.lists(inner, min_size=1, max_size=3).map("".join)
    groups = st.tuples(st.sampled_from(["(?:", "(", "(?P<n>", "(?="]), st.lists(joined, min_size=1, max_size=3), _MORE)
    return groups.map(
        lambda one: f"{one[0].replace('?P<n>', '')}{'|'.join(one[1])}){'' if one[0] == '(?=' else one[2]}"
    )


_ATOMS = st.tuples(_PIECES, _MORE).map(lambda one: one[0] + ("" if one[0] in (r"(?=\d)", r"\b") else one[1]))
_SOURCES = st.lists(st.recursive(_ATOMS, _grown, max_leaves=8), min_size=1, max_size=3).map("".join)


@settings(deadline=None)
@given(_SOURCES, st.text("ab .x", max_size=12))
def test_one_that_needs_a_digit_matches_nothing_without(source: str, text: str) -> None:
    if Pattern(source).digits:
        assert re.search(source, text) is None


def test_rules_find_nothing_in_a_sentence_without_digits_by_patterns_that_need_one() -> None:
    found = {
        id(value): value
        for name in plugins.names("rules")
        for value in vars(plugins.load("rules", name)).values()
        if isinstance(value, Pattern)
    }
    assert sum(pattern.digits for pattern in found.values()) > 30
    sentence = "Dr. Ada met the U.N. on Monday, e.g. at half past four – No. ten, Rd., £ and € at 'home'… (see p. ix)."
    for pattern in found.values():
        assert not pattern.digits or pattern.search(sentence) is None, pattern.source
