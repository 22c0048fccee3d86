"""Values ↔ plain data (JSON, TOML) at the border of the program."""

from __future__ import annotations

import json
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from pipeline.errors import ConfigError

if TYPE_CHECKING:
    from cattrs import Converter

T = TypeVar("T")


def to_plain(value: Any) -> Any:
    """``value`` as dicts, lists, strings, numbers, booleans and None; a block or a line carries its ``type``."""
    return _converter().unstructure(value)


def from_plain(data: Any, kind: type[T]) -> T:
    """The value of type ``kind`` that ``data`` describes.

    Raises:
        ConfigError: with every mistake, each with its path (``$.voices['narrator'].rate_percent``), joined by ``"; "``.
    """
    from cattrs import BaseValidationError, transform_error

    try:
        return _converter().structure(data, kind)
    except BaseValidationError as error:
        raise ConfigError("; ".join(transform_error(error, format_exception=_say))) from error
    except (AttributeError, TypeError) as error:  # cattrs takes for granted that a table is a table
        raise ConfigError(f"is not {kind.__name__}: {error}") from error


def canonical_json(plain: Any) -> str:
    """One spelling of plain data for digests: sorted keys, no blanks, no NaN, characters as they are."""
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


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
    for union in (document.Block, script.Line):
        configure_tagged_union(union, converter, tag_name="type")
        for member in get_args(union):
            _carry_type(converter, member)
    return converter


def _carry_type(converter: Converter, member: type) -> None:
    """Let ``member`` carry its type wherever it stands: a union inside a tuple is not asked what it is."""
    plain = converter.get_unstructure_hook(member)
    converter.register_unstructure_hook(member, lambda value: {"type": member.__name__, **plain(value)})


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
