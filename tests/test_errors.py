"""Errors are one line, pickle, and carry an exit code."""

from __future__ import annotations

import pickle

import pytest

from pipeline import errors

ALL = [value for value in vars(errors).values() if isinstance(value, type)]


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)
def test_every_error_pickles(kind: type[errors.PipelineError]) -> None:
    error = kind("what is wrong", "file:3")
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again)) == (kind, "file:3: what is wrong")


def test_a_speak_error_keeps_its_utterances() -> None:
    error = errors.SpeakError("lost", "", ("u1", "u2"))
    assert pickle.loads(pickle.dumps(error)).utterances == ("u1", "u2")


@pytest.mark.parametrize(
    ("kind", "code"),
    [(errors.UsageError, 2), (errors.ReadError, 2), (errors.NeedsPerson, 3), (errors.SpeakError, 1)],
)
def test_exit_codes(kind: type[errors.PipelineError], code: int) -> None:
    assert kind("x").exit_code == code


def test_the_tree_at_the_top_names_every_error() -> None:
    for kind in ALL:
        assert kind.__name__ in (errors.__doc__ or "")
