"""Rows of numbers that are one text: they are as the tuples that they stand for."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import ConfigError
from pipeline.model.clip import Clip, Encoded, Ref, Word, Words
from pipeline.model.codec import from_plain, to_plain
from pipeline.model.packed import Floats

REF = Ref(digest="a", blob="a", offset=0, length=2)
TWO = (Word(start=0, end=3, start_sample=0, end_sample=4800), Word(start=4, end=9, start_sample=5000, end_sample=9600))


@settings(deadline=None)
@given(st.lists(st.builds(Word)).map(tuple))
def test_words_are_what_they_were(words: tuple[Word, ...]) -> None:
    packed = Words.of(words)
    assert packed == words
    assert words == packed
    assert hash(packed) == hash(words)
    assert tuple(packed) == words
    assert len(packed) == len(words)
    assert packed[1:] == words[1:]
    assert repr(packed) == repr(words)
    assert pickle.loads(pickle.dumps(packed)) == packed
    assert Words.from_text(packed.text) == packed
    assert Words.of(packed) is packed


@settings(deadline=None)
@given(st.lists(st.floats(allow_nan=False)).map(tuple))
def test_numbers_are_what_they_were(numbers: tuple[float, ...]) -> None:
    packed = Floats.of(numbers)
    assert packed == numbers
    assert tuple(packed) == numbers
    assert len(packed) == len(numbers)
    assert Floats.from_text(packed.text) == packed


def test_a_clip_takes_words_as_they_come_and_is_kept_as_text() -> None:
    clip = Clip(pcm=REF, sample_rate_hz=24_000, length=9_600, words=TWO, timing="engine")
    plain = to_plain(clip)
    assert plain["words"] == "0 3 0 4800 4 9 5000 9600"
    assert from_plain(plain, Clip) == clip
    assert clip.words[1] == TWO[1]
    assert clip.words != TWO[:1]
    assert replace(clip, words=[]).words == ()


def test_measured_energies_are_kept_to_the_last_digit() -> None:
    encoded = Encoded(frames=REF, count=1, length=2, energies=(0.0147674, 2.41623e-10, 1), peak=0.5)
    assert to_plain(encoded)["energies"] == "0.0147674 2.41623e-10 1.0"
    assert from_plain(to_plain(encoded), Encoded).energies == (0.0147674, 2.41623e-10, 1.0)


@pytest.mark.parametrize("words", ["0 3 0", "0 3 0 x", " ", "0 3 0 4800 4", [[0, 3, 0, 4800]], [], None])
def test_what_an_older_program_kept_is_no_clip(words: object) -> None:
    plain = {**to_plain(Clip(pcm=REF, sample_rate_hz=24_000, length=9_600, words=TWO, timing="engine")), "words": words}
    with pytest.raises(ConfigError, match="must be text"):
        from_plain(plain, Clip)
