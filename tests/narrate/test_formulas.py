r"""Formulas in words: each case is a formula and what is said for it, ``-`` where it is too complex."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.narrate.formula_words import ENGLISH, WORDS
from pipeline.narrate.formulas import LONGEST, said, unread
from pipeline.narrate.normalise import normalise

CASES = r"""
E = mc^2                                | E equals m c squared
\frac{1}{2}                             | one half
\frac{a}{b}                             | a over b
\frac12                                 | one half
a/b                                     | a over b
a/(b + c)                               | the fraction a over b plus c, end of fraction
(a + b)/c                               | the fraction a plus b over c, end of fraction
\frac{\text{distance}}{\text{time}}     | distance over time
x^3                                     | x cubed
x^{-1}                                  | x to the power of minus one
x^{n+1}                                 | x to the power of n plus one
10⁻³                                    | ten to the power of minus three
x_1^2                                   | x sub one squared
x₁                                      | x sub one
x'                                      | x prime
\binom{n}{k}                             | n choose k
\dot{x} + y˙                            | x dot plus y dot
n!                                      | n factorial
\sqrt{2}                                | the square root of two
\sqrt[3]{8}                             | the cube root of eight
\sqrt[n]{x}                             | the root of order n of x
√(a + b)                                | the square root of a plus b
\sum_{i=1}^{n} i^2                      | the sum from i equals one to n of i squared
\int_0^1 f(x)\,dx                       | the integral from zero to one of f of x d x
\lim_{x \to 0} \sin x                   | the limit as x goes to zero of sine x
\alpha + β = \Gamma                     | alpha plus beta equals gamma
a \leq b < c                            | a is at most b is less than c
|x - y|                                 | the absolute value of x minus y
P(A \mid B)                             | P of A given B
x \in A \cup B                          | x in A union B
37.5^\circ                              | thirty-seven point five degrees
90\%                                    | ninety percent
x_1, x_2, \ldots, x_n                   | x sub one, x sub two, and so on, x sub n
\vec{v} \cdot \mathbf{w}                | vector v times w
n(n + 1)                                | n open bracket, n plus one, close bracket
\begin{pmatrix} 1 & 0 \end{pmatrix}     | -
\unknown{x}                             | -
{                                       | -
}                                       | -
x^                                      | -
((((((((((x))))))))))                   | -
"""


def pairs() -> list[tuple[str, str]]:
    lines = (line.rpartition(" | ") for line in CASES.strip().splitlines())
    return [(formula.strip(), spoken.strip()) for formula, _, spoken in lines]


def in_words(formula: str, language: str = "en") -> str | None:
    return said(formula, language=language, number=lambda digits: normalise(digits, language=language).spoken)


@pytest.mark.parametrize(("formula", "spoken"), pairs())
def test_a_formula_in_words(formula: str, spoken: str) -> None:
    assert (in_words(formula) or "-") == spoken


@pytest.mark.parametrize(
    ("language", "spoken"),
    [
        ("de", "a zum Quadrat gleich zwei b durch c"),
        ("fr-FR", "a au carré égale deux b sur c"),
        ("es", "a al cuadrado igual a dos b sobre c"),
        ("it", "a al quadrato uguale a due b su c"),
    ],
)
def test_other_languages(language: str, spoken: str) -> None:
    assert in_words(r"a^2 = \frac{2b}{c}", language) == spoken


def test_a_language_without_words_reads_none() -> None:
    assert in_words("a^2", "fi") is None
    assert unread("fi") == ""
    assert unread("en-GB") == "a formula"


def test_every_language_says_every_sign() -> None:
    for language, words in WORDS.items():
        assert set(words.signs) == set(ENGLISH.signs), language
        assert set(words.sums) == set(ENGLISH.sums), language
        assert set(words.accents) == set(ENGLISH.accents), language


@given(st.text(alphabet=r"ab12+-=^_{}()[]|/\fracsqtum,.! α²₃√∑", max_size=60))
@settings(deadline=None, max_examples=300)
def test_any_formula_is_read_or_refused(formula: str) -> None:
    spoken = in_words(formula)
    assert spoken is None or (len(spoken.split()) <= LONGEST and "\\" not in spoken and "^" not in spoken)
