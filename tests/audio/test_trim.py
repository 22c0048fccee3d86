"""Speech without the silence around it, and words that begin and end with their sound."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.audio.trim import LEAD_MS, TAIL_MS, trimmed
from pipeline.model.clip import Word

RATE = 24_000
MS = RATE // 1000


def sound(*pieces: tuple[int, float]) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """Pieces of (ms, level) one after the other: a hum, or near silence where the level is 0."""
    noise = np.random.default_rng(1)
    parts = []
    for length_ms, level in pieces:
        time_s = np.arange(length_ms * MS) / RATE
        hum = level * np.sin(2 * np.pi * 300 * time_s)
        parts.append(hum + noise.normal(0, 1e-5, len(time_s)))
    return np.concatenate(parts).astype(np.float32)


def word(first_ms: int, last_ms: int) -> Word:
    return Word(start=0, end=1, start_sample=first_ms * MS, end_sample=last_ms * MS)


def test_the_silence_goes_but_for_a_little() -> None:
    whole = sound((300, 0), (500, 0.3), (400, 0))
    samples, _ = trimmed(whole, RATE)
    assert len(samples) == (LEAD_MS + 500 + TAIL_MS) * MS
    assert np.array_equal(samples, whole[(300 - LEAD_MS) * MS :][: len(samples)])


def test_a_soft_onset_and_a_dying_end_stay() -> None:
    samples, _ = trimmed(sound((300, 0), (60, 0.003), (300, 0.3), (80, 0.003), (300, 0)), RATE)
    assert len(samples) == (LEAD_MS + 440 + TAIL_MS) * MS


def test_silence_alone_leaves_nothing() -> None:
    samples, words = trimmed(sound((500, 0)), RATE, [word(100, 200)])
    assert (len(samples), words) == (0, ())


def test_what_begins_at_once_is_not_cut() -> None:
    whole = sound((200, 0.3))
    assert np.array_equal(trimmed(whole, RATE)[0], whole)


@pytest.mark.parametrize(
    ("given_ms", "expected_ms"),
    [
        # 300 ms of silence, a word of 300 ms, a pause of 200 ms, a word of 400 ms; times count from 285 ms
        (((340, 700), (845, 1200)), ((15, 315), (515, 915))),  # the network is late, and its word holds the pause
        (((300, 600), (800, 1200)), ((15, 315), (515, 915))),  # exact
        (((0, 800), (800, 1500)), ((0, 315), (515, 915))),  # padding counted to the words
    ],
)
def test_beside_a_pause_words_begin_and_end_with_their_sound(
    given_ms: tuple[tuple[int, int], ...], expected_ms: tuple[tuple[int, int], ...]
) -> None:
    whole = sound((300, 0), (300, 0.3), (200, 0), (400, 0.3), (300, 0))
    _, words = trimmed(whole, RATE, [word(*times) for times in given_ms])
    assert [(each.start_sample // MS, each.end_sample // MS) for each in words] == list(expected_ms)


def test_closed_lips_are_no_pause() -> None:
    whole = sound((300, 0.3), (40, 0), (300, 0.3))
    _, words = trimmed(whole, RATE, [word(0, 400), word(400, 640)])
    assert [each.start_sample // MS for each in words] == [0, 400]


@given(st.lists(st.integers(0, 1199), max_size=10))
@settings(deadline=None)
def test_words_stay_in_order_and_inside(places: list[int]) -> None:
    whole = sound((200, 0), (250, 0.3), (150, 0), (100, 0.2), (30, 0), (270, 0.3), (200, 0))
    places.sort()
    given = [word(first, last) for first, last in zip(places[::2], places[1::2], strict=False)]
    samples, words = trimmed(whole, RATE, given)
    assert len(words) == len(given)
    place = 0
    for each in words:
        assert place <= each.start_sample <= each.end_sample <= len(samples)
        place = each.end_sample
