"""English number words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.numerals import cardinal, decimal, digits, fraction, ordinal, year


@pytest.mark.parametrize(
    ("number", "american", "british"),
    [
        (0, "zero", "zero"),
        (21, "twenty-one", "twenty-one"),
        (105, "one hundred five", "one hundred and five"),
        (1005, "one thousand five", "one thousand and five"),
        (-3, "minus three", "minus three"),
        (1_200_000, "one million two hundred thousand", "one million two hundred thousand"),
        (10**15, "one quadrillion", "one quadrillion"),
    ],
)
def test_cardinals(number: int, american: str, british: str) -> None:
    assert cardinal(number) == american
    assert cardinal(number, language="en-GB") == british


def test_beyond_the_largest_digit_by_digit() -> None:
    assert cardinal(10**36 + 1) == "one" + " zero" * 35 + " one"


@pytest.mark.parametrize(
    ("number", "words"), [(1, "first"), (12, "twelfth"), (20, "twentieth"), (101, "one hundred first")]
)
def test_ordinals(number: int, words: str) -> None:
    assert ordinal(number) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [(1066, "ten sixty-six"), (1905, "nineteen oh five"), (1900, "nineteen hundred"), (2000, "two thousand"),
     (2007, "two thousand seven"), (2024, "twenty twenty-four"), (79, "seventy-nine")],
)  # fmt: skip
def test_years(number: int, words: str) -> None:
    assert year(number) == words


def test_digits_decimals_fractions() -> None:
    assert digits("0-12") == "zero one two"
    assert decimal("1,234.50") == "one thousand two hundred thirty-four point five zero"
    assert decimal(".5") == "point five"
    assert fraction(3, 4) == "three quarters"
    assert fraction(1, 2) == "one half"
    assert fraction(2, 3) == "two thirds"


@given(a=st.integers(0, 10**15), b=st.integers(0, 10**15))
def test_different_numbers_sound_different(a: int, b: int) -> None:
    assert (cardinal(a) == cardinal(b)) == (a == b)
