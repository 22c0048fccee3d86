"""The short way of the codec against the long one: the same values, the same plain data, the same mistakes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pipeline.errors import ConfigError
from pipeline.model import codec
from pipeline.model.clip import Clip, Encoded
from pipeline.model.codec import canonical_json, from_plain, json_pieces, to_plain
from pipeline.model.document import Document
from pipeline.model.script import Chapter, Pause, Script
from pipeline.model.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Callable

KINDS = (Document, Script, Chapter, Clip, Encoded, Timeline)


def long_way(data: Any, kind: type) -> Any:
    return codec._told(data, kind)


def short_way(data: Any, kind: Any) -> Any:
    return codec._maker(kind)(data)


def places(data: Any) -> list[tuple[Any, Any]]:
    """(container, key) of everything inside plain data."""
    found: list[tuple[Any, Any]] = []
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, item in pairs:
        found += [(data, key), *places(item)]
    return found


def answer(way: Callable[[Any, Any], Any], data: Any, kind: type) -> Any:
    try:
        return way(data, kind)
    except ConfigError as error:
        return error.message
    except (codec._Misfit, KeyError, TypeError, ValueError):
        return None


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(KINDS).flatmap(st.from_type))
def test_both_ways_make_the_value_that_became_plain(value: Any) -> None:
    text = json.dumps(to_plain(value))
    assume("NaN" not in text)  # it equals nothing, itself included
    plain = json.loads(text)
    assert short_way(plain, type(value)) == value
    assert long_way(plain, type(value)) == value


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(KINDS).flatmap(st.from_type), st.integers(0, 6))
def test_pieces_are_the_canonical_text(value: Any, depth: int) -> None:
    assume("NaN" not in json.dumps(to_plain(value)))
    assert "".join(json_pieces(value, depth=depth)) == canonical_json(to_plain(value))
    assert "".join(json_pieces({"of": value, "many": [value]}, depth=depth)) == canonical_json(
        {"of": to_plain(value), "many": [to_plain(value)]}
    )


@settings(deadline=None, max_examples=150)
@given(
    st.sampled_from(KINDS).flatmap(st.from_type),
    st.sampled_from([None, True, 0, 1.5, "x", [], ["x"], {}, {"type": "Pause"}, {"extra": 1}]),
    st.data(),
)
def test_what_does_not_fit_the_long_way_does_not_fit_the_short_one(value: Any, wrong: Any, data: st.DataObject) -> None:
    plain = json.loads(json.dumps(to_plain(value)))
    container, key = data.draw(st.sampled_from(places(plain)))
    container[key] = wrong
    assume("NaN" not in json.dumps(plain))
    short = answer(short_way, json.loads(json.dumps(plain)), type(value))
    long = answer(long_way, plain, type(value))
    assert short is None or short == long


def test_mistakes_are_told_with_their_places() -> None:
    plain = to_plain(Script(title="Tides", language="en", chapters=(Chapter(id="c1", title="", lines=()),)))
    plain["chapters"] = [{**plain["chapters"][0], "levle": 3}]
    plain["title"] = 5
    with pytest.raises(ConfigError, match=r"must be text, not 5 @ \$\.title") as caught:
        from_plain(plain, Script)
    assert "unknown key levle (did you mean level?)" in caught.value.message


def test_a_line_tells_what_it_is() -> None:
    assert to_plain(Pause(duration_ms=300)) == {"type": "Pause", "duration_ms": 300}
    plain = {"id": "c1", "title": "", "lines": [{"type": "Pause", "duration_ms": 300}]}
    assert from_plain(plain, Chapter).lines == (Pause(duration_ms=300),)
    assert plain["lines"] == [{"type": "Pause", "duration_ms": 300}]  # the caller's data stay as they are


def test_what_the_short_way_does_not_know_goes_the_long_one() -> None:
    assert from_plain({"pair": [1, 2]}, Pair) == Pair(pair=(1, 2))


def test_a_whole_number_is_a_number() -> None:
    made = from_plain({"ratio": 2}, Ratio)
    assert made.ratio == 2.0
    assert isinstance(made.ratio, float)
    with pytest.raises(ConfigError, match="must be a number, not true"):
        from_plain({"ratio": True}, Ratio)


def test_the_order_of_keys_does_not_change_the_spelling() -> None:
    assert canonical_json({"b": 1, "a": "ä"}) == '{"a":"ä","b":1}'


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    pair: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    ratio: float
