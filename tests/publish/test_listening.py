from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model.timeline import Cue
from pipeline.publish.listening import (
    LEAST_GAIN,
    WINDOW_S,
    Sentence,
    doubtful,
    finding,
    matched,
    sentence,
    supported,
    windows,
    words_of,
)

CASES = Path(__file__).parent.parent / "cases"


def cases(name: str) -> list[tuple[str, list[str]]]:
    """(title, lines) of each case in a file."""
    text = (CASES / name).read_text(encoding="utf-8")
    blocks = [[line for line in block.splitlines() if line[:1] != "#"] for block in re.split(r"\n[ ]*\n", text)]
    return [(block[0], block[1:]) for block in blocks if block]


def made(text: str, *, start: int = 0, length: int = 1000) -> Sentence:
    """A sentence of the script; what stands in braces is in a language that is not known."""
    parts = [(piece, not index % 2) for index, piece in enumerate(re.split(r"[{}]", text))]
    cue = Cue(
        id=f"u{start}",
        chapter=0,
        start=start,
        length=length,
        written="",
        spoken="".join(piece for piece, _ in parts),
        voice="",
        role="body",
        words=(),
        timing="engine",
    )
    return sentence(cue, parts)


@pytest.mark.parametrize(("title", "lines"), cases("listening_together.txt"))
def test_what_is_in_doubt(title: str, lines: list[str]) -> None:
    heard = next(line for line in lines if line[0] == ">")[1:]
    spoken = [line for line in lines if line[0] in " ?"]
    window = [made(line[2:], start=index) for index, line in enumerate(spoken)]
    expected = [index for index, line in enumerate(spoken) if line[0] == "?"]
    assert [one.cue.start for one in doubtful(window, heard)] == expected, title


@pytest.mark.parametrize(("title", "lines"), cases("listening_alone.txt"))
def test_what_is_reported(title: str, lines: list[str]) -> None:
    by_sign = {line[0]: line[1:].strip() for line in lines}
    one = made(by_sign[" "])
    likely = [word in words_of(by_sign.get("+", "")) for word in one.words]
    marks = matched(one.words, words_of(by_sign[">"]))
    found = finding(one, by_sign[">"], [mark or good for mark, good in zip(marks, likely, strict=True)])
    assert (" ".join(found.missing) if found else None) == by_sign.get("!"), title


def test_a_finding_says_where_and_what() -> None:
    found = finding(made("The moon’s pull.", start=500), "the", (True, False, False))
    assert found is not None
    assert (found.id, found.start, found.end) == ("u500", 500, 1500)
    assert (found.spoken, found.heard, found.missing) == ("The moon’s pull.", "the", ("moon's", "pull"))


def test_the_text_that_is_weighed_has_simple_marks_and_knows_its_words() -> None:
    one = made("“The moon’s half – (as they say) … half-open…”")
    assert one.text == "The moon's half - as they say . half-open."
    assert [one.text[start:end] for start, end in one.places] == [
        "The", "moon's", "half", "as", "they", "say", "half", "open",
    ]  # fmt: skip


def test_gains_are_added_up_by_word() -> None:
    one = made("a sourdough loaf")
    gains = [(0, 1, LEAST_GAIN), (1, 6, LEAST_GAIN / 2), (6, 11, LEAST_GAIN / 2), (11, 16, LEAST_GAIN - 0.1)]
    assert supported(one, gains) == (True, True, False)
    assert supported(one, ()) == (False, False, False)


def test_windows_hold_whole_sentences_and_not_more_than_a_model_hears() -> None:
    rate = 1000
    each = [made("one", start=start * rate, length=5 * rate) for start in range(0, 60, 6)]
    found = list(windows(each, rate))
    assert [one for window in found for one in window] == each
    assert all(window[-1].cue.end - window[0].cue.start <= WINDOW_S * rate for window in found)
    assert len(found) == 3
    long = made("one", length=100 * rate)
    assert list(windows([long, long], rate)) == [(long,), (long,)]
    assert list(windows([], rate)) == []


words = st.lists(st.sampled_from(["sea", "moon", "tide", "a", "heap", "sour", "dough", "sourdough"]), max_size=9)


@given(words)
@settings(deadline=None)
def test_what_is_said_is_heard(spoken: list[str]) -> None:
    assert matched(spoken, spoken) == (True,) * len(spoken)


@given(words, words, st.data())
@settings(deadline=None)
def test_a_word_that_is_nowhere_else_is_missed_alone(before: list[str], after: list[str], data: st.DataObject) -> None:
    assert matched([*before, "harbour", *after], [*before, *after]) == (
        *(True for _ in before),
        False,
        *(True for _ in after),
    )


@given(words, words)
@settings(deadline=None)
def test_no_more_is_found_than_was_heard(spoken: list[str], heard: list[str]) -> None:
    letters = sum(len(word) for word, mark in zip(spoken, matched(spoken, heard), strict=True) if mark)
    assert letters <= sum(map(len, heard))


def test_scripts_without_blanks_are_compared_by_character() -> None:
    assert words_of("潮は日に2回") == ("潮", "は", "日", "に", "2", "回")
    assert words_of("Naïve Café’s") == ("naive", "cafes")
