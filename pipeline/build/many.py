"""Many articles in one run: looked through first, so that the work is known; what they share is spoken once.

An archive may hold thousands of articles, so they are spoken in windows of a bounded size, and nothing of an article
is held when its window is done. An article that cannot be made does not stop the others.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import plugins
from pipeline.build import hall, narration, originals, paces
from pipeline.build.run import Tally
from pipeline.errors import PipelineError, ReadError, SpeakError
from pipeline.model.document import Article
from pipeline.model.progress import Listener, Progress
from pipeline.read import is_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.build.hall import Prepared, Report
    from pipeline.build.job import Job
    from pipeline.build.session import Session

WINDOW_COST = 300_000
"""Characters to speak in one window: some five hours of speech."""
WINDOW_ARTICLES = 100

Source = Path | str | Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """An article that could not be made.

    Attributes:
        source: Its path, address or title.
        error: Why.
    """

    source: str
    error: PipelineError


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What a run will have to do.

    Attributes:
        articles: How many there are.
        fresh: How many of them need nothing spoken or encoded.
        speak: Utterances to be spoken, each counted once however many articles share it.
        encode: Utterances of which only frames are missing.
        characters: To be spoken.
        audio_s: Seconds of sound to be made, roughly.
        bytes: Size of the audio files' new parts, roughly.
        seconds: Wall-clock time, roughly; None where a voice was never timed here.
    """

    articles: int
    fresh: int
    speak: int
    encode: int
    characters: int
    audio_s: float
    bytes: int
    seconds: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """Articles, looked through.

    Attributes:
        sources: Those that can be made, with the work that each adds to those before it.
        failed: Those that cannot.
        estimate: All that is to be done.
    """

    sources: tuple[tuple[Source, int], ...]
    failed: tuple[Failed, ...]
    estimate: Estimate


def sources(session: Session, places: Iterable[Path | str]) -> Iterator[Source | Failed]:
    """All articles and scripts in files, folders, books and feeds, and at addresses.

    A folder stands for every file below it that a reader knows, in the order of their names, without hidden ones and
    without the show's own folders.
    """
    for place in places:
        if isinstance(place, Path) and place.is_dir():
            inside: Sequence[Path | str] = tuple(_files(session, place))
            if not inside:
                yield Failed(source=str(place), error=ReadError("there is no article in this folder", str(place)))
        else:
            inside = (place,)
        for one in inside:
            yield from _articles(session, one)


def _articles(session: Session, place: Path | str) -> Iterator[Source | Failed]:
    if isinstance(place, Path) and narration.is_script(place):
        yield place
        return
    try:
        found = list(originals.found(place, session.options, session.store))
    except PipelineError as error:
        yield Failed(source=str(place), error=error)
        return
    # a file that holds one article is read again when its turn comes; of several, each is kept
    yield from ((place,) if len(found) == 1 and found[0].whole and not is_address(str(place)) else found)


def _files(session: Session, folder: Path) -> Iterator[Path]:
    suffixes = {suffix for name in plugins.names("readers") for suffix in plugins.load("readers", name).SUFFIXES}
    own = {session.workspace.output.resolve(), session.workspace.scripts.resolve()}
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and (Path(root) / name).resolve() not in own
        )
        for name in sorted(files):
            if not name.startswith(".") and Path(name).suffix.lower() in suffixes:
                yield Path(root) / name


def survey(
    session: Session, given: Iterable[Source | Failed], listen: Listener = lambda _: None, *, keep: bool = True
) -> Survey:
    """Narrate all articles and see what the store has of them; of sound, only what measures a voice is made.

    Args:
        session: Show, folders and options.
        given: What `sources` gives.
        listen: Told of each article.
        keep: Whether scripts are written, and the levels of new voices locked.
    """
    kept: list[tuple[Source, int]] = []
    failed: list[Failed] = []
    seen: set[str] = set()
    jobs: list[_Light] = []
    fresh = 0
    for source in given:
        if isinstance(source, Failed):
            failed.append(source)
            continue
        listen(Progress(stage="read", article=originals.label(source)))
        try:
            plan = hall.prepare(session, narration.from_source(session, source, keep=keep), keep=keep).plan
        except PipelineError as error:
            failed.append(Failed(source=originals.label(source), error=error))
            continue
        new = [job for job in plan.jobs if job.speak.key() not in seen]
        seen.update(job.speak.key() for job in new)
        jobs += [_Light.of(job) for job in new]
        fresh += not plan.jobs
        kept.append((source, sum(job.cost for job in new)))
    estimate = _estimate(session, jobs, articles=len(kept) + len(failed), fresh=fresh)
    return Survey(sources=tuple(kept), failed=tuple(failed), estimate=estimate)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Light:
    """What counts of a job for an estimate."""

    voice: str
    characters: int
    cost: int
    spoken: bool

    @classmethod
    def of(cls, job: Job) -> _Light:
        characters = len(job.utterance.spoken) if job.utterance else 0
        return cls(voice=paces.voice_of(job), characters=characters, cost=job.cost, spoken=job.clip is None)


def _estimate(session: Session, jobs: Sequence[_Light], *, articles: int, fresh: int) -> Estimate:
    characters = sum(job.characters for job in jobs if job.spoken)
    audio_s = sum(job.characters for job in jobs) / paces.CHARACTERS_PER_S
    costs: dict[str, int] = {}
    for job in jobs:
        costs[job.voice] = costs.get(job.voice, 0) + job.cost
    return Estimate(
        articles=articles,
        fresh=fresh,
        speak=sum(job.spoken for job in jobs),
        encode=sum(not job.spoken for job in jobs),
        characters=characters,
        audio_s=round(audio_s, 1),
        bytes=round(audio_s * sum(paces.bytes_per_s(name, session.show.audio) for name in session.show.formats)),
        seconds=paces.expected_s(session.store, costs, session.options.executor),
    )


def render_all(session: Session, looked: Survey, listen: Listener = lambda _: None) -> Iterator[Report | Failed]:
    """Render what was surveyed, in its order; each article is told as soon as its files stand.

    What the survey could not make comes first.
    """
    yield from looked.failed
    total = sum(cost for _, cost in looked.sources)
    done = 0
    for window in _windows(looked.sources):
        base = done

        def onwards(event: Progress, base: int = base) -> None:
            if event.stage == "speak":
                # what turned out to be more, or less, than was foreseen must not upset the count
                listen(replace(event, done=min(base + event.done, total), total=total))

        yield from _rendered(session, [source for source, _ in window], onwards)
        done += sum(cost for _, cost in window)


def _windows(given: Sequence[tuple[Source, int]]) -> Iterator[list[tuple[Source, int]]]:
    window: list[tuple[Source, int]] = []
    for one in given:
        window.append(one)
        if len(window) == WINDOW_ARTICLES or sum(cost for _, cost in window) >= WINDOW_COST:
            yield window
            window = []
    if window:
        yield window


def _rendered(session: Session, window: Sequence[Source], listen: Listener) -> Iterator[Report | Failed]:
    ready: list[Prepared] = []
    for source in window:
        try:
            ready.append(hall.prepare(session, narration.from_source(session, source)))
        except PipelineError as error:
            yield Failed(source=originals.label(source), error=error)
    warnings = session.take_warnings()
    tally = Tally()
    stale = [prepared for prepared in ready if prepared.plan.jobs]
    takes = {}
    if stale:
        try:
            takes = dict(zip(map(id, stale), hall.speak_all(session, stale, tally, listen), strict=True))
        except SpeakError:
            takes = {id(prepared): hall.retaken(prepared, tally, keep=True) for prepared in stale}
    counted: set[str] = set()
    for prepared in ready:
        started = time.perf_counter()
        new = [job for job in prepared.plan.jobs if job.speak.key() not in counted]
        counted.update(job.speak.key() for job in new)
        own = Tally(
            spoken=sum(job.clip is None for job in new),
            encoded=sum(len(job.formats) for job in new),
            warnings=[*warnings, *tally.notes_of(prepared.plan.jobs)],
        )
        warnings = ()
        narrated = takes.get(id(prepared), prepared.narrated)
        try:
            wrong = tally.error(prepared.plan.jobs)
            if wrong is not None:
                raise wrong
            yield hall.complete(session, narrated, own, listen, started)
        except PipelineError as error:
            yield Failed(source=narrated.name, error=error)


def listed(path: Path) -> tuple[Path | str, ...]:
    """The paths and addresses in a list: one a line; empty lines and those that begin with ``#`` do not count.

    Relative paths are relative to the list.

    Raises:
        ReadError: It cannot be read.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise ReadError(f"the list cannot be read ({error.strerror})", str(path)) from error
    except UnicodeDecodeError as error:
        raise ReadError("the list is not UTF-8; save it as UTF-8", str(path)) from error
    places = (line.strip() for line in lines)
    return tuple(
        place if is_address(place) else path.parent / place for place in places if place and not place.startswith("#")
    )
