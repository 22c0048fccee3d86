"""Everything that the command line does, for programs."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import plugins
from pipeline.build import (
    approval,
    changed,
    checking,
    drawing,
    explain,
    hall,
    lexicons,
    listening,
    manifests,
    many,
    mending,
    narration,
    originals,
    speech,
    unknown_words,
)
from pipeline.build import finished as episodes
from pipeline.build.approval import Approval
from pipeline.build.changed import Difference
from pipeline.build.finished import Fault
from pipeline.build.hall import Report
from pipeline.build.identity import known_guid
from pipeline.build.listening import Listened, Lost
from pipeline.build.many import Estimate, Failed, Survey
from pipeline.build.narration import is_script
from pipeline.build.session import Options, start
from pipeline.build.unknown_words import UnknownWord
from pipeline.model.document import Article, Heading, plain
from pipeline.model.progress import Progress
from pipeline.narrate.normalise import normalise
from pipeline.read import is_address, read
from pipeline.speak import choose
from pipeline.store import care, collect
from pipeline.store.care import Usage, Verified
from pipeline.store.collect import GRACE_S, Collected
from pipeline.text.lexicon import Entry as LexiconEntry
from pipeline.text.plain_words import count_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from pipeline.build.checking import AudioFile
    from pipeline.build.explain import Reason
    from pipeline.build.lexicons import Layer
    from pipeline.build.narration import Narrated
    from pipeline.build.session import Session
    from pipeline.build.speech import Speech
    from pipeline.contracts import VoiceInfo
    from pipeline.model.progress import Listener
    from pipeline.model.script import Script
    from pipeline.publish.inspect import Problem
    from pipeline.store.store import Store
    from pipeline.text.pls import Exchanged

__all__ = [
    "Approval",
    "Article",
    "Checked",
    "Collected",
    "Difference",
    "Estimate",
    "Failed",
    "Fault",
    "LexiconEntry",
    "Listened",
    "Lost",
    "Options",
    "Outline",
    "PluginInfo",
    "Report",
    "Status",
    "Survey",
    "UnknownWord",
    "Usage",
    "Verified",
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
    "narrate",
    "normalise",
    "outline",
    "plugin_list",
    "read",
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


def render(
    article: str | Path | Article,
    options: Options | None = None,
    listen: Listener = lambda _: None,
    *,
    check: bool = True,
) -> Report:
    """Render an article, or a narration script, into an episode.

    Args:
        article: Path or address, or what `articles` gave.
        options: What is not to be as the show and the article say.
        listen: Told of progress, in the calling thread.
        check: Whether the finished files are read back and compared with what they should say (quick).

    Raises:
        PipelineError: No audio file was written or replaced; what was spoken is kept for the next call.
    """
    session = start(options or Options())
    report = hall.render(session, _place(article), listen)
    return _looked_at(session, report) if check else report


def survey(
    places: Iterable[str | Path],
    options: Options | None = None,
    listen: Listener = lambda _: None,
    *,
    keep: bool = True,
) -> Survey:
    """Look through many articles, and tell what rendering them takes; scripts are written, nothing is rendered.

    Args:
        places: Files, folders, books, feeds, addresses, scripts.
        options: As for `render`.
        listen: Told of each article.
        keep: Whether scripts and the levels of new voices are written.
    """
    session = start(options or Options())
    return many.survey(session, many.sources(session, map(_source, places)), listen, keep=keep)


def render_all(
    looked: Survey, options: Options | None = None, listen: Listener = lambda _: None, *, check: bool = True
) -> Iterator[Report | Failed]:
    """Render all articles of a survey in one run: what they share is spoken once, what fails stops no other.

    Args:
        looked: What `survey` found.
        options: Those that it was given.
        listen: Told of progress over all articles.
        check: As for `render`.
    """
    session = start(options or Options())
    for one in many.render_all(session, looked, listen):
        yield _looked_at(session, one) if check and isinstance(one, Report) else one


def listed(path: str | Path) -> tuple[Path | str, ...]:
    """The paths and addresses in a list, one a line; ``#`` begins a remark.

    Raises:
        ReadError: It cannot be read.
    """
    return many.listed(Path(path))


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


def approvals(options: Options | None = None) -> tuple[Approval, ...]:
    """How each script of the show stands with the person who reviews it, by name.

    Raises:
        ConfigError: ``show.toml`` or ``show.lock.toml`` cannot be read.
    """
    return approval.standing(start(options or Options()))


def approve(
    scripts: Iterable[str | Path], options: Options | None = None, *, undo: bool = False
) -> tuple[Approval, ...]:
    """Note that a person has approved what scripts say: all that are named, or none if one cannot be.

    A show with ``review = true`` under ``[publish]`` renders nothing else.

    Args:
        scripts: Episodes by name, or paths of scripts or of articles that have one.
        options: Which show and which scripts.
        undo: Whether approval is taken back instead.

    Raises:
        UsageError: There is no such script.
        NeedsPerson: A script holds conflicts.
    """
    return approval.approve(start(options or Options()), scripts, undo=undo)


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


def voices(engine: str = "", language: str = "", *, ready: bool = False) -> tuple[tuple[str, VoiceInfo], ...]:
    """Engine and voice, for every voice of every engine, or of those that are asked for; the default one comes first.

    Args:
        engine: Only those of this engine.
        language: Only those that speak it (BCP 47; a region is looked at where the tag has one).
        ready: Only those that can speak now; the others say what they need.

    Raises:
        UsageError: There is no such engine.
    """
    return choose.offered(engine, language, ready=ready)


def fetch_voice(name: str) -> Path:
    """Get a voice that is not included, ``engine:voice``, from the web; checked by its digest. The answer is its file.

    Raises:
        UsageError: There is no such voice, or it is none that can be fetched.
        PipelineError: It cannot be had, or is not the one that is known.
    """
    return choose.fetch(name)


def cache_usage(options: Options | None = None, listen: Listener = lambda _: None) -> Usage:
    """How much the store holds, and how much of that no episode uses.

    Args:
        options: Which store.
        listen: Told of progress, in bytes read.

    Raises:
        StoreError: It cannot be listed or read.
    """
    store = _store(options)
    return care.usage(store, _heard(listen, "usage", store))


def cache_verify(options: Options | None = None, listen: Listener = lambda _: None) -> Verified:
    """Read all of the store and remove what is damaged; a render that needs it makes it again.

    Args:
        options: Which store.
        listen: Told of progress, in bytes read.

    Raises:
        StoreError: It cannot be listed or read, or what is damaged cannot be removed.
    """
    store = _store(options)
    return care.verify(store, _heard(listen, "verify", store))


def cache_collect(
    options: Options | None = None,
    *,
    max_bytes: int | None = None,
    grace_s: float = GRACE_S,
    dry_run: bool = False,
    listen: Listener = lambda _: None,
) -> Collected:
    """Remove from the store what no episode uses; a render may run meanwhile.

    Args:
        options: Which store.
        max_bytes: What it may hold afterwards: the episodes that changed longest ago are forgotten until it does.
        grace_s: Age in seconds up to which nothing is removed that no episode uses.
        dry_run: Whether nothing is removed, only told.
        listen: Told of progress, in bytes read.

    Raises:
        StoreError: It cannot be listed or read, or something cannot be removed.
    """
    store = _store(options)
    advance = _heard(listen, "collect", store)
    return collect.collect(store, max_bytes=max_bytes, grace_s=grace_s, dry_run=dry_run, advance=advance)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What `check` found of an episode.

    Attributes:
        name: Name of the episode.
        directory: Where its files are.
        script: Its narration script.
        files: How many the last render made.
        faults: Those that are not as it left them.
        listened: What the recogniser made of it; None where it was not asked.
        mended: Sentences that another take has mended.
        audio: The audio files, with their figures; empty where the cache no longer knows the episode.
        problems: What they, or the files beside them, do not say or hold as they should.
        notes: What is no problem, but should be known.
    """

    name: str
    directory: Path
    script: Path
    files: int
    faults: tuple[Fault, ...]
    listened: Listened | None = None
    mended: tuple[Lost, ...] = ()
    audio: tuple[AudioFile, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


def check(
    episode: str | Path,
    options: Options | None = None,
    *,
    by_ear: bool = False,
    fix: bool = False,
    deep: bool = False,
    report: Path | None = None,
    listen: Listener = lambda _: None,
) -> Checked:
    """Whether an episode's files stand as its last render left them, and are what they should be.

    Args:
        episode: Its folder, its audio file, its narration script, or the path of its article.
        options: As for the render.
        by_ear: Whether a speech recogniser hears the audio (extra ``check``).
        fix: Whether the sentences that it misses are spoken again, as other takes.
        deep: Whether the audio files are decoded, measured, and every clip looked for in them.
        report: Where to draw the episode, as an HTML page; the first audio file is decoded for it.
        listen: Told of progress.

    Raises:
        UsageError: No such episode is known, or the recogniser does not know its language.
        MissingDependency: The extra ``check`` is not installed.
        WriteError: The report cannot be written.
    """
    finished = episodes.find(options or Options(), Path(episode))
    heard: Listened | None = None
    mended: tuple[Lost, ...] = ()
    if by_ear:
        from pipeline.audio.recognise import recogniser

        ears = recogniser()
        heard = listening.listen(finished, ears, listen)
        if fix and heard.lost:
            done = mending.fix(options or Options(), Path(episode), heard, ears, listen)
            heard, mended = done.listened, done.mended
            finished = episodes.find(options or Options(), Path(episode))
    looked = checking.check(finished, deep=deep, first=report is not None, listen=listen)
    faults = tuple(episodes.faults(finished))
    if report is not None:
        drawing.write(finished, looked, faults, report)
    return Checked(
        name=finished.name,
        directory=finished.folder,
        script=finished.script_path,
        files=len(finished.manifest.files),
        faults=faults,
        listened=heard,
        mended=mended,
        audio=looked.audio,
        problems=looked.problems,
        notes=looked.notes,
    )


def _looked_at(session: Session, report: Report) -> Report:
    """The report of a render, with what is wrong with its files."""
    started = time.perf_counter()
    problems = checking.rendered(session, report)
    return replace(report, problems=problems, seconds=round(report.seconds + time.perf_counter() - started, 3))


def _store(options: Options | None) -> Store:
    from pipeline.store.store import Store

    return Store((options or Options()).store)


def _heard(listen: Listener, stage: str, store: Store) -> Callable[[int, int], None]:
    return lambda done, total: listen(Progress(stage=stage, article=store.url, done=done, total=total))


def _prepared(article: str | Path | Article, options: Options | None) -> tuple[hall.Prepared, Mapping[str, Any]]:
    """The plan of an article as it stands, and what its utterances were made from last time."""
    session = start(options or Options())
    narrated = narration.from_source(session, _place(article), keep=False)
    before = manifests.known(session, known_guid(session, narrated.name), narrated.name).utterances
    return hall.prepare(session, narrated, keep=False), before


def _source(source: str | Path) -> Path | str:
    """A path as such; an address stays as it is."""
    return source if is_address(str(source)) else Path(source)


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
