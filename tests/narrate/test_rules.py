"""Every rule, alone, on the cases in tests/cases/rules: adding a case needs no Python."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import plugins
from pipeline.narrate.normalise import DEFAULT_RULES, normalise
from pipeline.text.pattern import Pattern

CASES = Path(__file__).parents[1] / "cases" / "rules"


def read(path: Path) -> list[tuple[str, str, str, str]]:
    """(title, language, written, spoken) of each case: a title, an optional language line, then texts between stops."""
    cases = []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        head, written, spoken, *_ = ("\n" + block.strip("\n") + "\n").split("\n.\n")
        title, _, language = head.strip().partition("\nlanguage: ")
        cases.append((title, language or "en-US", written, spoken))
    return cases


ALL = [(path.stem, *case) for path in sorted(CASES.glob("*.txt")) for case in read(path)]


@pytest.mark.parametrize(("rule", "title", "language", "written", "spoken"), ALL, ids=[f"{c[0]}: {c[1]}" for c in ALL])
def test_case(rule: str, title: str, language: str, written: str, spoken: str) -> None:
    assert normalise(written, language=language, rules=(rule,)).spoken == spoken


def test_every_rule_has_cases_and_a_place_in_the_list() -> None:
    assert {path.stem for path in CASES.glob("*.txt")} >= set(DEFAULT_RULES)
    assert set(DEFAULT_RULES) <= set(plugins.names("rules"))


@pytest.mark.parametrize("rule", DEFAULT_RULES)
def test_every_pattern_compiles(rule: str) -> None:
    """Patterns are compiled when they are first used; a slip in one must not wait for an article."""
    for value in vars(plugins.load("rules", rule)).values():
        if isinstance(value, Pattern):
            assert value.compiled


REPEATED = (
    "1",
    "a",
    "1 ",
    "100 ",
    "A. ",
    "1,",
    "1/",
    "-",
    "--- ",
    "[1]",
    "$1",
    "I ",
    "XIV, ",
    "a@",
    "May 1",
    "1 kg ",
    "x = ",
)


@pytest.mark.parametrize("rule", [name for name in DEFAULT_RULES if name != "general"])
def test_time_grows_with_the_length(rule: str) -> None:
    """A file may hold one "sentence" of thousands of dashes or digits; nested repeats would take minutes."""
    claims = plugins.load("rules", rule).claims
    start = time.process_time()
    for piece in REPEATED:
        list(claims(piece * (2000 // len(piece)) + "~a", language="en-US"))
    assert time.process_time() - start < 10


TEXT = st.text(
    alphabet=st.one_of(
        st.sampled_from("0123456789 ,.:/-–—%$£€°#@&'’\"()[]½²IVXabcmkgstTHe…😂\u00ad\u0301"), st.characters()
    )
)


@pytest.mark.parametrize("rule", DEFAULT_RULES)
@settings(deadline=None, max_examples=80)
@given(sentence=TEXT, language=st.sampled_from(["en-US", "en-GB"]))
def test_claims_lie_inside_and_do_not_overlap(rule: str, sentence: str, language: str) -> None:
    sentence = "".join(" " if c.isspace() else c for c in sentence)
    claims = sorted(plugins.load("rules", rule).claims(sentence, language=language), key=lambda claim: claim.start)
    assert all(0 <= claim.start <= claim.end <= len(sentence) for claim in claims)
    assert all(a.end <= b.start for a, b in pairwise(claims))


@pytest.mark.parametrize("rule", [rule for rule in DEFAULT_RULES if not rule.startswith(("other_", "general"))])
def test_other_languages_are_left_alone(rule: str) -> None:
    assert not list(
        plugins.load("rules", rule).claims("Am 4.7.2021 kostete es 3,50 € [1] – Dr. U.S.A. 😂", language="de-DE")
    )
