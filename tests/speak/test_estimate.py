"""Word times where an engine is silent about them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model.clip import Word
from pipeline.speak.estimate import complete, shifted
from pipeline.text.words import words

TEXT = "The tide rises, and nobody hurries."
SPANS = words(TEXT)


def told(*places: tuple[int, int, int]) -> tuple[Word, ...]:
    """Words of TEXT by number, with their samples."""
    return tuple(
        Word(start=SPANS[n][0], end=SPANS[n][1], start_sample=first, end_sample=last) for n, first, last in places
    )


def test_what_the_engine_told_stays_as_it_is() -> None:
    known = told((0, 0, 10), (1, 12, 30), (2, 35, 60), (3, 70, 80), (4, 80, 120), (5, 125, 150))
    assert complete(TEXT, known, 160) == (known, "engine")


def test_without_any_time_the_words_share_the_sound_by_syllables() -> None:
    found, timing = complete(TEXT, (), 1000)
    assert timing == "estimated"
    assert [(word.start, word.end) for word in found] == list(SPANS)
    lengths = [word.end_sample - word.start_sample for word in found]
    assert (found[0].start_sample, found[-1].end_sample) == (0, 1000)
    assert lengths[4] > 2 * lengths[0], "“nobody” is three times as long as “the”"


def test_a_missing_word_takes_the_gap_between_its_neighbours() -> None:
    known = told((0, 0, 10), (1, 12, 30), (3, 70, 80), (4, 80, 120), (5, 125, 150))
    found, timing = complete(TEXT, known, 160)
    assert timing == "estimated"
    assert (found[2].start_sample, found[2].end_sample) == (30, 70)
    assert found[:2] + found[3:] == known


def test_a_missing_word_without_a_gap_shares_with_the_word_before() -> None:
    known = told((0, 0, 10), (1, 12, 30), (2, 35, 60), (4, 60, 120), (5, 125, 150))
    found, _ = complete(TEXT, known, 160)
    assert found[2].start_sample == 35
    assert found[2].end_sample == found[3].start_sample < found[3].end_sample == 60


def test_several_engine_words_may_make_one_of_ours() -> None:
    halves = (
        Word(start=0, end=2, start_sample=0, end_sample=5),
        Word(start=2, end=5, start_sample=5, end_sample=9),
    )
    assert complete("word,", halves, 10) == (halves, "engine")


def test_a_text_without_words_has_none() -> None:
    assert complete("—", (), 100) == ((), "engine")


def test_a_piece_finds_its_place_in_the_whole() -> None:
    (word,) = shifted(told((1, 12, 30)), characters=100, samples=1000)
    assert word == Word(start=104, end=108, start_sample=1012, end_sample=1030)


@given(st.sets(st.integers(0, 5)), st.lists(st.integers(0, 900), min_size=12, max_size=12), st.integers(900, 2000))
@settings(deadline=None)
def test_whatever_is_known_all_words_come_in_order(numbers: set[int], cuts: list[int], length: int) -> None:
    cuts.sort()
    known = told(*((n, cuts[2 * n], cuts[2 * n + 1]) for n in sorted(numbers)))
    found, _ = complete(TEXT, known, length)
    assert [(word.start, word.end) for word in found] == list(SPANS)
    place = 0
    for word in found:
        assert place <= word.start_sample <= word.end_sample <= length
        place = word.end_sample
