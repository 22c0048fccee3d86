"""Everything that the command line does, for programs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import plugins
from pipeline.build import explain, hall, manifests, narration, speech
from pipeline.build.hall import Report
from pipeline.build.identity import known_guid
from pipeline.build.session import Options, start
from pipeline.model.document import Heading, plain, texts
from pipeline.model.limits import MAX_INPUT_BYTES
from pipeline.narrate.normalise import normalise
from pipeline.read import read
from pipeline.text.words import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.build.explain import Reason
    from pipeline.build.narration import Narrated
    from pipeline.build.speech import Speech
    from pipeline.contracts import VoiceInfo
    from pipeline.model.progress import Listener

__all__ = [
    "Options",
    "Outline",
    "PluginInfo",
    "Report",
    "Status",
    "narrate",
    "normalise",
    "outline",
    "plugin_list",
    "read",
    "render",
    "say",
    "status",
    "voices",
    "why",
]


def render(article: str | Path, options: Options | None = None, listen: Listener = lambda _: None) -> Report:
    """Render an article, or a narration script, into an episode.

    Args:
        article: Path of the file.
        options: What is not to be as the show and the article say.
        listen: Told of progress, in the calling thread.

    Raises:
        PipelineError: No audio file was written or replaced; what was spoken is kept for the next call.
    """
    return hall.render(start(options or Options()), Path(article), listen)


def narrate(article: str | Path, options: Options | None = None) -> Narrated:
    """Write, or bring up to date, the narration script of an article; nothing is spoken.

    Raises:
        NeedsPerson: The script holds conflicts between a person's edits and the article.
    """
    return narration.from_file(start(options or Options()), Path(article))


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading of an article."""

    level: int
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """An article at a glance; ``sections`` are all headings but the title."""

    title: str
    language: str
    words: int
    sections: tuple[Section, ...]


def outline(article: str | Path, *, max_input_bytes: int = MAX_INPUT_BYTES) -> Outline:
    """Title, language, length in words and headings of an article."""
    document = read(article, max_input_bytes=max_input_bytes)
    headings = [block for block in document.blocks if isinstance(block, Heading)]
    return Outline(
        title=document.title,
        language=document.language,
        words=sum(len(words(text)) for text in texts(document.blocks)),
        sections=tuple(Section(level=heading.level, title=plain(heading.text)) for heading in headings),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What a render would do now."""

    name: str
    script: Path
    utterances: int
    speak: int
    encode: int
    characters: int


def status(article: str | Path, options: Options | None = None) -> Status:
    """What `render` would have to do for this article; no file is written and nothing but a new voice is spoken."""
    prepared, _ = _prepared(article, options)
    jobs = prepared.plan.jobs
    return Status(
        name=prepared.narrated.name,
        script=prepared.narrated.script_path,
        utterances=len(prepared.plan.steps),
        speak=sum(job.clip is None for job in jobs),
        encode=sum(len(job.formats) for job in jobs),
        characters=sum(job.cost for job in jobs if job.clip is None),
    )


def why(article: str | Path, options: Options | None = None) -> tuple[Reason, ...]:
    """For each utterance that would be spoken or encoded again: why."""
    prepared, before = _prepared(article, options)
    return explain.reasons(prepared.plan, before)


def say(text: str, target: str | Path, options: Options | None = None) -> Speech:
    """Speak ``text`` into one audio file, ``target``, whose ending names the format.

    Raises:
        UsageError: No format has this ending.
    """
    return speech.say(start(options or Options()), text, Path(target))


@dataclass(frozen=True, slots=True, kw_only=True)
class PluginInfo:
    """A plug-in: its kind, its name, and what it is for."""

    kind: str
    name: str
    summary: str


def plugin_list() -> tuple[PluginInfo, ...]:
    """All installed plug-ins; one whose package is missing says what to install."""
    return tuple(
        PluginInfo(kind=kind, name=name, summary=_summary(kind, name))
        for kind in plugins.SHELVES
        for name in plugins.names(kind)
    )


def voices() -> tuple[tuple[str, VoiceInfo], ...]:
    """Engine and voice, for every voice of every engine, ready or not."""
    from pipeline.contracts import VoiceInfo
    from pipeline.errors import PipelineError

    found: list[tuple[str, VoiceInfo]] = []
    for name in plugins.names("engines"):
        try:
            found += [(name, voice) for voice in plugins.load("engines", name).voices()]
        except PipelineError as error:
            found.append((name, VoiceInfo(speaker="", language="", description="", ready=False, needs=str(error))))
    return tuple(found)


def _prepared(article: str | Path, options: Options | None) -> tuple[hall.Prepared, Mapping[str, Any]]:
    """The plan of an article as it stands, and what its utterances were made from last time."""
    session = start(options or Options())
    narrated = narration.from_file(session, Path(article), keep=False)
    before = manifests.known(session, known_guid(session, narrated.name), narrated.name).utterances
    return hall.prepare(session, narrated, keep=False), before


def _summary(kind: str, name: str) -> str:
    from pipeline.errors import MissingDependency

    try:
        doc = plugins.load(kind, name).__doc__ or ""
    except MissingDependency as error:
        return error.message
    return doc.strip().splitlines()[0] if doc.strip() else ""
