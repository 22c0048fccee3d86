"""The garbage collector waits while an episode is made, and not longer."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest

from pipeline.build.calm import YOUNG, calm

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _usual() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    yield
    gc.set_threshold(*before)


def test_it_waits_inside_and_is_as_before_afterwards() -> None:
    with calm():
        assert gc.get_threshold() == (YOUNG, 10, 10)
        with calm():
            pass
        assert gc.get_threshold() == (YOUNG, 10, 10)
    assert gc.get_threshold() == (700, 10, 10)


def test_an_error_ends_it_too() -> None:
    with pytest.raises(ZeroDivisionError), calm():
        raise ZeroDivisionError
    assert gc.get_threshold() == (700, 10, 10)


@pytest.mark.parametrize("young", [0, 10 * YOUNG])
def test_a_caller_who_wants_it_rarer_is_left_alone(young: int) -> None:
    gc.set_threshold(young, 10, 10)
    with calm():
        assert gc.get_threshold() == (young, 10, 10)
    assert gc.get_threshold() == (young, 10, 10)
