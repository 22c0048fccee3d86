"""articlecast: articles become audio that people can rely on.

The public names are those of ``pipeline.api`` and ``pipeline.errors``; they are imported when they are first used, so
that ``import pipeline`` costs nothing. ``read`` and ``narrate`` stand in ``pipeline.api`` only: here the rooms of the
same names would hide them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.api import (
        Options,
        Outline,
        Report,
        Status,
        normalise,
        outline,
        plugin_list,
        render,
        say,
        status,
        voices,
        why,
    )
    from pipeline.errors import (
        ConfigError,
        EncodeError,
        MissingDependency,
        NeedsPerson,
        PipelineError,
        ReadError,
        ScriptError,
        SpeakError,
        StoreError,
        UsageError,
        WriteError,
    )

__version__ = "0.1.0"

__all__ = [
    "ConfigError",
    "EncodeError",
    "MissingDependency",
    "NeedsPerson",
    "Options",
    "Outline",
    "PipelineError",
    "ReadError",
    "Report",
    "ScriptError",
    "SpeakError",
    "Status",
    "StoreError",
    "UsageError",
    "WriteError",
    "__version__",
    "normalise",
    "outline",
    "plugin_list",
    "render",
    "say",
    "status",
    "voices",
    "why",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'pipeline' has no attribute {name!r}")
    from pipeline import api, errors

    value = getattr(errors if hasattr(errors, name) else api, name)
    globals()[name] = value
    return value
