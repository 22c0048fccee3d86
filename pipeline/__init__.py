"""articlecast: articles become audio that people can rely on.

The public names are those of ``pipeline.api`` and ``pipeline.errors``; they are imported when they are first used, so
that ``import pipeline`` costs nothing. ``read`` and ``narrate`` stand in ``pipeline.api`` only: here the rooms of the
same names would hide them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.api import (
        Article,
        Checked,
        Collected,
        Difference,
        Estimate,
        Failed,
        Fault,
        LexiconEntry,
        Listened,
        Lost,
        Options,
        Outline,
        Report,
        Status,
        Survey,
        UnknownWord,
        Usage,
        Verified,
        articles,
        cache_collect,
        cache_usage,
        cache_verify,
        check,
        diff,
        fetch_voice,
        is_script,
        lexicon_add,
        lexicon_from_pls,
        lexicon_layers,
        lexicon_to_pls,
        lexicon_unknown,
        listed,
        normalise,
        outline,
        plugin_list,
        render,
        render_all,
        say,
        ssml,
        status,
        survey,
        voices,
        whole,
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
    "Article",
    "Checked",
    "Collected",
    "ConfigError",
    "Difference",
    "EncodeError",
    "Estimate",
    "Failed",
    "Fault",
    "LexiconEntry",
    "Listened",
    "Lost",
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
    "Survey",
    "UnknownWord",
    "Usage",
    "UsageError",
    "Verified",
    "WriteError",
    "__version__",
    "articles",
    "cache_collect",
    "cache_usage",
    "cache_verify",
    "check",
    "diff",
    "fetch_voice",
    "is_script",
    "lexicon_add",
    "lexicon_from_pls",
    "lexicon_layers",
    "lexicon_to_pls",
    "lexicon_unknown",
    "listed",
    "normalise",
    "outline",
    "plugin_list",
    "render",
    "render_all",
    "say",
    "ssml",
    "status",
    "survey",
    "voices",
    "whole",
    "why",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'pipeline' has no attribute {name!r}")
    from pipeline import api, errors

    value = getattr(errors if hasattr(errors, name) else api, name)
    globals()[name] = value
    return value
