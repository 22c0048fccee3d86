"""Everything that the command line does, for programs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import plugins
from pipeline.build import changed, explain, hall, lexicons, manifests, narration, originals, speech, unknown_words
from pipeline.build.changed import Difference
from pipeline.build.hall import Report
from pipeline.build.identity import known_guid
from pipeline.build.narration import is_script
from pipeline.build.session import Options, start
from pipeline.build.unknown_words import UnknownWord
from pipeline.model.document import Article, Heading, plain
from pipeline.narrate.normalise import normalise
from pipeline.read import is_address, read
from pipeline.text.lexicon import Entry as LexiconEntry
from pipeline.text.plain_words import count_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.build.explain import Reason
    from pipeline.build.lexicons import Layer
    from pipeline.build.narration import Narrated
    from pipeline.build.speech import Speech
    from pipeline.contracts import VoiceInfo
    from pipeline.model.progress import Listener
    from pipeline.model.script import Script
    from pipeline.text.pls import Exchanged

__all__ = [
    "Article",
    "Difference",
    "LexiconEntry",
    "Options",
    "Outline",
    "PluginInfo",
    "Report",
    "Status",
    "UnknownWord",
    "articles",
    "diff",
    "is_script",
    "lexicon_add",
    "lexicon_from_pls",
    "lexicon_layers",
    "lexicon_to_pls",
    "lexicon_unknown",
    "narrate",
    "normalise",
    "outline",
    "plugin_list",
    "read",
    "render",
    "say",
    "ssml",
    "status",
    "voices",
    "whole",
    "why",
]


def articles(source: str | Path, options: Options | None = None) -> Iterator[Article]:
    """All articles in a file, a book, a feed, or at an address, to be given to the other functions one by one.

    Args:
        source: A path or an address.
        options: ``per_chapter`` takes books apart.

    Raises:
        ReadError: It cannot be read. What a single entry of a feed is missing is told when that entry is used.
    """
    place = source if is_address(str(source)) else Path(source)
    return originals.found(place, options or Options())


def render(article: str | Path | Article, options: Options | None = None, listen: Listener = lambda _: None) -> Report:
    """Render an article, or a narration script, into an episode.

    Args:
        article: Path or address, or what `articles` gave.
        options: What is not to be as the show and the article say.
        listen: Told of progress, in the calling thread.

    Raises:
        PipelineError: No audio file was written or replaced; what was spoken is kept for the next call.
    """
    return hall.render(start(options or Options()), _place(article), listen)


def narrate(article: str | Path | Article, options: Options | None = None) -> Narrated:
    """Write, or bring up to date, the narration script of an article; nothing is spoken.

    Raises:
        NeedsPerson: The script holds conflicts between a person's edits and the article.
    """
    return narration.from_source(start(options or Options()), _place(article))


def ssml(script: Script) -> bytes:
    """A narration script as an SSML 1.1 document in UTF-8, for other synthesizers."""
    from pipeline.narrate import ssml as exporter

    return exporter.dumps(script)


def whole(article: Article, options: Options | None = None) -> Article:
    """An article with all of its text: where a feed holds only a part, its page is fetched.

    Raises:
        ReadError: The page cannot be read, or its site's robots.txt does not allow it.
    """
    return originals.completed(article, options or Options())


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


def outline(article: str | Path | Article, options: Options | None = None) -> Outline:
    """Title, language, length in words and headings of an article.

    Raises:
        ReadError: It cannot be read, or holds several articles.
    """
    place = _place(article)
    document = (place if isinstance(place, Article) else originals.one(place, options or Options())).document
    headings = [block for block in document.blocks if isinstance(block, Heading)]
    return Outline(
        title=document.title,
        language=document.language,
        words=count_words(document.blocks),
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


def status(article: str | Path | Article, options: Options | None = None) -> Status:
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


def why(article: str | Path | Article, options: Options | None = None) -> tuple[Reason, ...]:
    """For each utterance that would be spoken or encoded again: why."""
    prepared, before = _prepared(article, options)
    return explain.reasons(prepared.plan, before)


def diff(article: str | Path | Article, options: Options | None = None) -> Difference:
    """What `render` would make the voice say differently than in the last render; nothing is spoken or written."""
    return changed.difference(start(options or Options()), _place(article))


def lexicon_layers(name: str = "", options: Options | None = None) -> tuple[Layer, ...]:
    """The lexicons that apply, in order of precedence: an episode's own, the show's, the one for all shows.

    Args:
        name: Name of an episode; empty for no episode in particular.
        options: Which show and which scripts.

    Raises:
        ConfigError: A lexicon holds mistakes; all of them are named.
    """
    return lexicons.layers(start(options or Options()), name)


def lexicon_add(
    entries: Sequence[LexiconEntry], options: Options | None = None, *, scope: str = "show", name: str = ""
) -> tuple[Path, tuple[LexiconEntry, ...]]:
    """Write entries into a lexicon, behind those that it has.

    Args:
        entries: What to add.
        options: Which show and which scripts.
        scope: ``"article"``, ``"show"`` or ``"site"``.
        name: Name of the episode, for ``"article"``.

    Returns:
        The lexicon's file, and those of ``entries`` that it has already.

    Raises:
        UsageError: An entry is no entry, or the lexicon says something else of its word.
    """
    path = lexicons.path_of(start(options or Options()), scope, name)
    return path, lexicons.add(path, entries)


def lexicon_from_pls(path: str | Path) -> Exchanged:
    """The entries of a lexicon in W3C PLS 1.0, and what could not be taken over.

    Raises:
        ReadError: It cannot be read, or is not PLS.
    """
    return lexicons.from_pls(Path(path))


def lexicon_to_pls(name: str = "", options: Options | None = None) -> tuple[bytes, tuple[str, ...]]:
    """The lexicons that apply as one file of W3C PLS 1.0, and in words what such a file cannot hold.

    Args:
        name: Name of an episode; empty for no episode in particular.
        options: Which show and which scripts; the language is theirs, the show's, or English.
    """
    return lexicons.to_pls(start(options or Options()), name)


def lexicon_unknown(article: str | Path | Article, options: Options | None = None) -> tuple[UnknownWord, ...]:
    """Words of an article that no lexicon says and no engine's dictionary has, the most frequent first."""
    return unknown_words.unknown(start(options or Options()), _place(article))


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


def _prepared(article: str | Path | Article, options: Options | None) -> tuple[hall.Prepared, Mapping[str, Any]]:
    """The plan of an article as it stands, and what its utterances were made from last time."""
    session = start(options or Options())
    narrated = narration.from_source(session, _place(article), keep=False)
    before = manifests.known(session, known_guid(session, narrated.name), narrated.name).utterances
    return hall.prepare(session, narrated, keep=False), before


def _place(source: str | Path | Article) -> Path | str | Article:
    """A path as such; addresses and articles stay as they are."""
    return Path(source) if isinstance(source, str) and not is_address(source) else source


def _summary(kind: str, name: str) -> str:
    from pipeline.errors import MissingDependency

    try:
        doc = plugins.load(kind, name).__doc__ or ""
    except MissingDependency as error:
        return error.message
    return doc.strip().splitlines()[0] if doc.strip() else ""
