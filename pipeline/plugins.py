"""Plug-ins by name: ours by module name, strangers' by entry point; nothing is imported before it is asked for."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from functools import cache
from importlib import metadata
from typing import TYPE_CHECKING

from pipeline.errors import MissingDependency, UsageError

if TYPE_CHECKING:
    from types import ModuleType

SHELVES = {
    "readers": "pipeline.read.readers",
    "wordings": "pipeline.narrate.wordings",
    "rules": "pipeline.narrate.rules",
    "engines": "pipeline.speak.engines",
    "encoders": "pipeline.publish.encoders",
    "sidecars": "pipeline.publish.sidecars",
}
"""Kind of plug-in → the package whose modules are the built-in ones."""


@cache
def names(kind: str) -> tuple[str, ...]:
    """Sorted names of all installed plug-ins of ``kind`` (a key of `SHELVES`)."""
    shelf = importlib.util.find_spec(SHELVES[kind])
    places = shelf.submodule_search_locations if shelf else None
    ours = {module.name for module in pkgutil.iter_modules(places) if not module.name.startswith("_")}
    return tuple(sorted({*ours, *_strangers()[kind]}))


@cache
def load(kind: str, name: str) -> ModuleType:
    """The plug-in ``name``.

    Raises:
        UsageError: There is no such plug-in; the message names those there are.
        MissingDependency: Its package is not installed; the message holds the install line.
    """
    if name not in names(kind):
        raise UsageError(f"no {kind[:-1]} is called {name!r}; there are: {', '.join(names(kind))}")
    module = _strangers()[kind].get(name, f"{SHELVES[kind]}.{name}")
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        if error.name is None or error.name == module or error.name.split(".")[0] == "pipeline":
            raise
        raise MissingDependency(f"the {kind[:-1]} {name!r} needs a package: pip install {error.name}") from error


@cache
def _strangers() -> dict[str, dict[str, str]]:
    """By kind, module by name of what other packages offer; asking every one of them takes 9 ms, so it is done once."""
    points = metadata.entry_points()
    return {kind: {point.name: point.value for point in points.select(group=f"articlecast.{kind}")} for kind in SHELVES}
