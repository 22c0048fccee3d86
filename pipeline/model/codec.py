"""Values ↔ plain data (JSON, TOML) at the border of the program.

Plain data of the right shape become values on a short way of our own, which knows what our dataclasses are made of:
a warm run reads thousands. What does not fit goes to cattrs, which tells every mistake with its path.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from difflib import get_close_matches
from functools import cache
from operator import itemgetter
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from pipeline.errors import ConfigError
from pipeline.model.clip import Word, Words
from pipeline.model.packed import Floats, Packed

if TYPE_CHECKING:
    from cattrs import Converter

T = TypeVar("T")

_SCALARS = frozenset((str, int, float, bool, bytes, NoneType))
_PACKED: dict[Any, type[Packed[Any]]] = {Word: Words, float: Floats}
"""What holds a sequence of these: its plain form is one text."""
_TAG = "type"
"""The key by which a block or a line tells what it is."""


def to_plain(value: Any) -> Any:
    """``value`` as dicts, lists, strings, numbers, booleans and None; a block or a line carries its ``type``."""
    kind: Any = type(value)
    if kind in _SCALARS:
        return value
    if kind is tuple or kind is list:
        return kind([to_plain(item) for item in value])
    if kind is dict:
        return {key: to_plain(item) for key, item in value.items()}
    if issubclass(kind, Packed):
        return value.text
    names, tag = _names(kind)
    plain: dict[str, Any] = {_TAG: tag} if tag else {}
    for name in names:
        item = getattr(value, name)
        plain[name] = item if type(item) in _SCALARS else to_plain(item)
    return plain


def from_plain(data: Any, kind: type[T]) -> T:
    """The value of type ``kind`` that ``data`` describes.

    Raises:
        ConfigError: with every mistake, each with its path (``$.voices['narrator'].rate_percent``), joined by ``"; "``.
    """
    shape: Any = kind
    try:
        made: T = _maker(shape)(data)
    except (_Misfit, KeyError, TypeError, ValueError):
        return _told(data, kind)
    return made


def canonical_json(plain: Any) -> str:
    """One spelling of plain data for digests: sorted keys, no blanks, no NaN, characters as they are."""
    return _ENCODER.encode(plain)


_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def json_pieces(value: Any, *, depth: int = 4) -> Iterator[str]:
    """``canonical_json(to_plain(value))`` in pieces: of what is large, the plain form is never there as a whole.

    Args:
        value: A value, or plain data, whose keys are texts; both may hold the other.
        depth: How many levels down it is taken apart: a script to its lines.
    """
    kind: Any = type(value)
    if not depth or kind in _SCALARS or isinstance(value, Packed):
        yield canonical_json(to_plain(value))
    elif kind is tuple or kind is list:
        yield "["
        for index, item in enumerate(value):
            if index:
                yield ","
            yield from json_pieces(item, depth=depth - 1)
        yield "]"
    else:
        yield "{"
        for index, (name, item) in enumerate(sorted(_items(value), key=itemgetter(0))):
            yield f"{',' if index else ''}{canonical_json(name)}:"
            yield from json_pieces(item, depth=depth - 1)
        yield "}"


def _items(value: Any) -> list[tuple[str, Any]]:
    if type(value) is dict:
        return list(value.items())
    kind: Any = type(value)
    names, tag = _names(kind)
    return [*([(_TAG, tag)] if tag else []), *((name, getattr(value, name)) for name in names)]


# ── the short way ────────────────────────────────────────────────────────────────────────────────────────────────────


class _Misfit(Exception):
    """The data are not of the wanted shape, or the shape is not known here."""


@cache
def _names(kind: Any) -> tuple[tuple[str, ...], str]:
    """Names of the fields of a dataclass, and the name that it carries as its type, if it does."""
    return tuple(one.name for one in fields(kind) if one.init), kind.__name__ if kind in _tagged() else ""


@cache
def _tagged() -> frozenset[type]:
    from pipeline.model import document, script

    return frozenset((*get_args(document.Block), *get_args(script.Line)))


@cache
def _maker(kind: Any) -> Callable[[Any], Any]:
    """What makes a value of type ``kind`` from plain data of its shape, and raises for anything else."""
    origin, inside = get_origin(kind), get_args(kind)
    if kind is Any:
        return lambda data: data
    if kind is float:
        return _float
    if kind in _SCALARS:
        return lambda data: _exactly(data, kind)
    if origin is tuple and inside[1:] == (...,):
        return _tuple_maker(inside[0])
    if _is_packed(kind):
        return _PACKED[inside[0]].from_text
    if origin is dict and inside[0] is str:
        return _dict_maker(inside[1])
    if origin in (Union, UnionType):
        return _union_maker(inside)
    if isinstance(kind, type) and is_dataclass(kind):
        return _dataclass_maker(kind)
    raise _Misfit


def _dataclass_maker(kind: type) -> Callable[[Any], Any]:
    hints = get_type_hints(kind)
    wanted = {one.name: hints[one.name] for one in fields(kind) if one.init}
    scalars = {name: hint for name, hint in wanted.items() if hint in _SCALARS}
    # made when they are first met: a kind may hold itself
    makers: dict[str, Callable[[Any], Any]] = {}

    def make(data: Any) -> Any:
        if type(data) is not dict:
            raise _Misfit
        given = {}
        for name, item in data.items():
            if type(item) is scalars.get(name):
                given[name] = item
            else:
                if name not in makers:
                    makers[name] = _maker(wanted[name])
                given[name] = makers[name](item)
        return kind(**given)

    return make


def _tuple_maker(inside: Any) -> Callable[[Any], Any]:
    make = _maker(inside)

    def make_all(data: Any) -> Any:
        if type(data) is not list and type(data) is not tuple:
            raise _Misfit
        return tuple([make(item) for item in data])

    return make_all


def _dict_maker(inside: Any) -> Callable[[Any], Any]:
    make = _maker(inside)

    def make_all(data: Any) -> Any:
        if type(data) is not dict:
            raise _Misfit
        return {_exactly(key, str): make(item) for key, item in data.items()}

    return make_all


def _union_maker(members: tuple[Any, ...]) -> Callable[[Any], Any]:
    if NoneType in members and len(members) == 2:
        make = _maker(members[members[0] is NoneType])
        return lambda data: None if data is None else make(data)
    if not _tagged().issuperset(members):
        raise _Misfit
    makers = {member.__name__: _maker(member) for member in members}

    def make_tagged(data: Any) -> Any:
        if type(data) is not dict:
            raise _Misfit
        plain = dict(data)
        return makers[plain.pop(_TAG)](plain)

    return make_tagged


def _is_packed(kind: Any) -> bool:
    return get_origin(kind) is Sequence and get_args(kind)[0] in _PACKED


def _exactly(data: Any, kind: type) -> Any:
    if type(data) is not kind:
        raise _Misfit
    return data


def _float(data: Any) -> float:
    if type(data) is not float and type(data) is not int:
        raise _Misfit
    return float(data)


# ── the long way ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _told(data: Any, kind: type[T]) -> T:
    from cattrs import BaseValidationError, transform_error

    try:
        return _converter().structure(data, kind)
    except BaseValidationError as error:
        raise ConfigError("; ".join(transform_error(error, format_exception=_say))) from error
    except (AttributeError, TypeError) as error:  # cattrs takes for granted that a table is a table
        raise ConfigError(f"is not {kind.__name__}: {error}") from error


@cache
def _converter() -> Converter:
    from cattrs import Converter
    from cattrs.strategies import configure_tagged_union

    from pipeline.model import document, script

    converter = Converter(forbid_extra_keys=True)
    # cattrs would turn 5 into "5" and "yes" into True; a person's mistake must be heard instead
    for kind in (str, int, bool):
        converter.register_structure_hook(kind, _strict)
    converter.register_structure_hook(float, lambda data, _: float(_strict(data, (int, float))))
    converter.register_structure_hook_func(_is_packed, lambda data, kind: _PACKED[get_args(kind)[0]].from_text(data))
    for union in (document.Block, script.Line):
        configure_tagged_union(union, converter, tag_name=_TAG)
    return converter


_NAMES = {str: "text", int: "a whole number", bool: "true or false", (int, float): "a number"}


def _strict(data: Any, kind: Any) -> Any:
    if not isinstance(data, kind) or (isinstance(data, bool) and kind is not bool):
        raise ValueError(f"must be {_NAMES[kind]}, not {json.dumps(data, ensure_ascii=False, default=str)[:60]}")
    return data


def _say(error: BaseException, kind: type | None) -> str:
    from cattrs import ForbiddenExtraKeysError

    if isinstance(error, ForbiddenExtraKeysError):
        known = sorted(getattr(error.cl, "__dataclass_fields__", ()))
        return ", ".join(f"unknown key {key}{_suggestion(key, known)}" for key in sorted(error.extra_fields))
    if isinstance(error, KeyError):
        return f"{error.args[0]} is missing"
    if isinstance(error, ValueError):
        return str(error)
    return f"is not {getattr(kind, '__name__', 'what is wanted here')}"


def _suggestion(key: str, known: list[str]) -> str:
    near = get_close_matches(key, known, n=1)
    return f" (did you mean {near[0]}?)" if near else f" (known here: {', '.join(known)})"
