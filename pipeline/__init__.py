"""articlecast: articles become audio that people can rely on.

The public names are those of ``pipeline.api``, ``pipeline.shows`` and ``pipeline.errors``; they are imported when they
are first used, so that ``import pipeline`` costs nothing. ``read`` and ``narrate`` stand in ``pipeline.api`` only: here
the rooms of the same names would hide them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.api import (
        Approval,
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
        approvals,
        approve,
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
        SeveralArticles,
        SpeakError,
        StoreError,
        UsageError,
        WriteError,
    )
    from pipeline.shows import Show, SyncReport

__version__ = "0.1.0"

__all__ = [
    "Approval",
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
    "SeveralArticles",
    "Show",
    "SpeakError",
    "Status",
    "StoreError",
    "Survey",
    "SyncReport",
    "UnknownWord",
    "Usage",
    "UsageError",
    "Verified",
    "WriteError",
    "__version__",
    "approvals",
    "approve",
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
    from importlib import import_module

    homes = map(import_module, ("pipeline.errors", "pipeline.api", "pipeline.shows"))
    value = next(getattr(home, name) for home in homes if hasattr(home, name))
    globals()[name] = value
    return value
