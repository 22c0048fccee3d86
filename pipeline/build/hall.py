"""The hall: takes an article through all rooms, and asks the store before it asks a room."""

from __future__ import annotations

import threading
import time
from concurrent.futures import Executor
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from pipeline.assemble import Laid, Placed, lay
from pipeline.build import approval, calibration, manifests, narration, originals, paces, told
from pipeline.build import identity as identities
from pipeline.build import plan as planning
from pipeline.build.calm import calm
from pipeline.build.executors import ONE_PROCESS, WORTH_PROCESSES, Inline, opened
from pipeline.build.leftovers import give_back
from pipeline.build.output import finish
from pipeline.build.run import Tally, perform
from pipeline.build.takes import set_takes, with_takes
from pipeline.errors import PipelineError, SpeakError, StoreError, UsageError
from pipeline.model.clip import Words
from pipeline.model.progress import Listener, Progress
from pipeline.publish import get_ready
from pipeline.speak import Manner
from pipeline.store import lock as locking
from pipeline.store.exclusive import exclusive
from pipeline.units import rescale_samples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from pipeline.build.job import Job
    from pipeline.build.narration import Narrated
    from pipeline.build.plan import Plan, Setting, Step
    from pipeline.build.session import Session
    from pipeline.model.document import Article
    from pipeline.model.episode import Episode
    from pipeline.model.show import AudioFormat
    from pipeline.publish.inspect import Problem

_ATTEMPTS = 3
"""Rounds of planning: results that turn out to be lost or damaged are made again in the next one."""

_ROUNDS = 3
"""What is spoken, then what is mixed from it; once more where something spoken before was lost and is another now."""

LOUDNESS_TOLERANCE_LU = 1.0
"""Apple's, around the target."""
TRUE_PEAK_DBTP = -1.0
"""Apple's limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What rendering an article did.

    Attributes:
        name: Name of the episode.
        directory: Where its files are.
        script: The narration script that was spoken.
        utterances: How many the script holds.
        spoken: How many of them an engine was asked for; the others were reused.
        encoded: Runs of frames made.
        seconds: Wall-clock time.
        problems: What is wrong with the finished files, where they were checked.
    """

    name: str
    episode: Episode
    directory: Path
    script: Path
    utterances: int
    spoken: int
    encoded: int
    seconds: float
    warnings: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A narrated article against the store, before anything is spoken."""

    narrated: Narrated
    setting: Setting
    plan: Plan


def render(session: Session, source: Path | str | Article, listen: Listener = lambda _: None) -> Report:
    """Render one article, or one narration script, into its episode folder.

    Raises:
        PipelineError: as the rooms do; no audio file is written or replaced then, and what was spoken is kept.
    """
    started = time.perf_counter()
    listen(Progress(stage="read", article=originals.label(source)))
    with calm(), closing(session.reserve):
        narrated = narration.from_source(session, source)
        return complete(session, narrated, Tally(), listen, started, spoken=session.reserve.close)


def complete(
    session: Session,
    narrated: Narrated,
    tally: Tally,
    listen: Listener,
    started: float,
    *,
    spoken: Callable[[], None] = lambda: None,
) -> Report:
    """Speak what is missing of an article and write its files.

    Args:
        session: Show, folders and options.
        narrated: The article.
        tally: What was done for it already.
        listen: Told of progress.
        started: When work on it began, as `time.perf_counter` told.
        spoken: Called when all is spoken: processes that wait for work take as much memory as those that have some.

    Raises:
        PipelineError: as `render`.
    """
    with exclusive(session.workspace.episode_dir(narrated.name)):
        episode = _spoken(session, narrated, tally, listen, spoken)
    give_back()
    omitted = [f"left out: {one.what} ({one.why})" for one in narrated.script.omitted]
    level = list(_level_warnings(episode, session.show.audio))
    notes = (*session.take_warnings(), *tally.warnings, *tally.notes.values(), *level, *omitted)
    return Report(
        name=narrated.name,
        episode=episode,
        directory=session.workspace.episode_dir(narrated.name),
        script=narrated.script_path,
        utterances=sum(1 for _ in narrated.script.utterances()),
        spoken=tally.spoken,
        encoded=tally.encoded,
        seconds=round(time.perf_counter() - started, 3),
        warnings=tuple(dict.fromkeys(notes)),
    )


def prepare(session: Session, narrated: Narrated, *, keep: bool = True) -> Prepared:
    """Plan an article; a voice that was never levelled is calibrated, everything else is left for `render`.

    Args:
        session: Show, folders and options.
        narrated: The article.
        keep: Whether this is for a render: then the level of a new voice is locked, and a show under review asks for
            a person's approval.

    Raises:
        UsageError: A voice or an engine is not known, or the script holds nothing to say.
        NeedsPerson: Nobody has approved the script.
    """
    if next(narrated.script.utterances(), None) is None:
        raise UsageError("there is nothing to say", str(narrated.script_path))
    if keep:
        approval.demand(session, narrated)
    setting = _setting(session, narrated, keep=keep)
    plan = planning.make(narrated.script, setting, session.store)
    return Prepared(narrated=narrated, setting=setting, plan=plan)


def _spoken(
    session: Session, narrated: Narrated, tally: Tally, listen: Listener, spoken: Callable[[], None]
) -> Episode:
    """Speak what is missing, lay it out, and write the files."""
    identity = identities.identify(session, narrated)
    manifest = manifests.known(session, identity.guid, narrated.name)
    for _ in range(_ATTEMPTS):
        prepared = speak(session, narrated, tally, listen)
        spoken()
        give_back()
        narrated = prepared.narrated
        tally.warnings.extend(prepared.plan.warnings)
        laid = lay_out(session, prepared)
        listen(Progress(stage="publish", article=narrated.name))
        episode = finish(session, prepared, identity, laid, manifest)
        if episode is not None:
            identities.keep(session, narrated.name, identity)
            told.keep(session, prepared, identity, manifest)
            return episode
    raise StoreError("the store loses what is written to it; choose another with --store", session.store.url)


def speak(session: Session, narrated: Narrated, tally: Tally, listen: Listener, *, keep: bool = True) -> Prepared:
    """Plan, and do what is missing; the answer's plan has no jobs left.

    Args:
        session: Show, folders and options.
        narrated: What is to be spoken.
        tally: What was done is added here.
        listen: Told of progress.
        keep: Whether the level of a new voice is locked, and another take written into the script.

    Raises:
        SpeakError: Something could not be spoken.
    """
    prepared = prepare(session, narrated, keep=keep)
    for _ in range(_ROUNDS):
        if not prepared.plan.jobs:
            break
        (spoken,) = speak_all(session, (prepared,), tally, listen, keep=keep)
        if spoken is not prepared.narrated:  # other takes: other keys
            prepared = prepare(session, spoken, keep=keep)
            continue
        plan = planning.refresh(prepared.plan, prepared.setting, session.store)
        prepared = replace(prepared, plan=plan)
    return prepared


def speak_all(
    session: Session, every: Sequence[Prepared], tally: Tally, listen: Listener, *, keep: bool = True
) -> tuple[Narrated, ...]:
    """Do what is missing of several articles, in one run: what they share is spoken once.

    Returns:
        The articles, with the takes that were good.

    Raises:
        SpeakError: Something could not be spoken; takes that were good stand in the scripts all the same.
    """
    missing: dict[str, Job] = {}
    for prepared in every:
        for job in prepared.plan.jobs:
            missing.setdefault(job.speak.key(), job)
    jobs = tuple(missing.values())
    done, total = 0, sum(job.cost for job in jobs)
    label = every[0].narrated.name if len(every) == 1 else f"{len(every)} articles"

    def advance(cost: int) -> None:
        nonlocal done
        done += cost
        listen(Progress(stage="speak", article=label, done=done, total=total))

    advance(0)
    options = session.options
    try:
        with opened(options.executor, cost=total, store=session.store, reserve=session.reserve) as place:
            audio, timeout_s = session.show.audio, options.timeout_s
            if session.reserve.begun and total < WORTH_PROCESSES:
                # a voice is being loaded in another process: there is time to load what comes after it
                threading.Thread(target=_get_ready, args=(session.show.formats,), daemon=True).start()
            perform(jobs, audio, session.store, place, tally, advance, timeout_s=timeout_s)
    finally:
        narrated = tuple(retaken(prepared, tally, keep=keep) for prepared in every)
    paces.keep(session.store, tally.pace)
    return narrated


def _get_ready(formats: Sequence[str]) -> None:
    with suppress(Exception):  # whatever is wrong is told when it is needed
        get_ready(formats)


def retaken(prepared: Prepared, tally: Tally, *, keep: bool) -> Narrated:
    """The article with other takes where the first ones were not good."""
    takes = {
        step.id: tally.retaken[step.speak.key()] for step in prepared.plan.clips if step.speak.key() in tally.retaken
    }
    narrated = prepared.narrated
    if takes and keep:
        try:
            set_takes(narrated.script_path, takes)
        except PipelineError as error:
            # the take is spoken all the same; the next run looks for it anew
            for step in prepared.plan.steps:
                if step.id in takes:
                    key = step.speak.key()
                    tally.notes[key] = f"{tally.notes.get(key, step.id)}, and could not be written ({error})"
    return replace(narrated, script=with_takes(narrated.script, takes)) if takes else narrated


def _setting(session: Session, narrated: Narrated, *, keep: bool) -> Setting:
    """Voices, their levels and paces; what is measured now is locked."""
    voices = session.voices(narrated.script, narrated.script_path)
    lock = locking.load(session.workspace.lock_path)
    known: dict[str, locking.LockedVoice] = {}
    measured: dict[str, locking.LockedVoice] = {}
    audio, store = session.show.audio, session.store
    for key, voice in voices.items():
        known[key], after = calibration.measured(voice, audio, lock, store, partial(_calibrate, session))
        if after is not lock:
            measured[calibration.lock_name(voice)] = known[key]
            lock = after
    if measured and keep:
        with exclusive(session.workspace.lock_path):
            latest = locking.load(session.workspace.lock_path)
            for name, level in measured.items():
                other = latest.voices.get(name)
                if other is None or not other.answers(level):
                    latest = latest.with_voice(name, level)
            locking.save(session.workspace.lock_path, latest)
        # another render may have been first: its level holds for both
        known = {key: latest.voices[calibration.lock_name(voice)] for key, voice in voices.items()}
    return planning.Setting(
        voices=voices,
        gains_db={key: level.gain_db for key, level in known.items()},
        manners={
            key: Manner(syllables_per_s=level.syllables_per_s, sample_rate_hz=level.sample_rate_hz)
            for key, level in known.items()
        },
        audio=audio,
        formats=session.show.formats,
        script=narrated.script_path,
        show_folder=session.workspace.root,
        recordings=session.show.recordings,
        pauses=session.show.pauses,
    )


def _calibrate(session: Session, jobs: Sequence[Job]) -> None:
    """Have the sentences spoken by which a voice is measured; in one process, since they are few."""
    executor = session.options.executor
    apart = executor != "inline" and not isinstance(executor, Executor) and session.store.shared
    with opened(ONE_PROCESS if apart else Inline(), cost=0, store=session.store, reserve=session.reserve) as place:
        perform(jobs, session.show.audio, session.store, place, Tally(), timeout_s=session.options.timeout_s)


def lay_out(session: Session, prepared: Prepared) -> Laid:
    """Where what was spoken is on the common timeline."""
    sample_rate_hz = session.show.audio.sample_rate_hz
    placed = {step.id: _placed(step, sample_rate_hz) for step in prepared.plan.clips}
    script = prepared.narrated.script
    show = session.show
    return lay(script, placed, sample_rate_hz=sample_rate_hz, pauses=show.pauses, recordings=show.recordings)


def _placed(step: Step, sample_rate_hz: int) -> Placed:
    """The length and words of a clip at the show's rate."""
    clip = step.clip
    if clip is None:
        raise SpeakError("was not spoken", step.id, (step.id,))
    rate, words, length = clip.sample_rate_hz, clip.words, clip.length
    if rate != sample_rate_hz:
        words = Words.of(
            replace(
                word,
                start_sample=rescale_samples(word.start_sample, rate, sample_rate_hz),
                end_sample=rescale_samples(word.end_sample, rate, sample_rate_hz),
            )
            for word in words
        )
        length = rescale_samples(length, rate, sample_rate_hz)
    voice = getattr(step.line, "voice", "")
    return Placed(length=length, words=words, timing=clip.timing, voice=voice)


def _level_warnings(episode: Episode, audio: AudioFormat) -> Iterator[str]:
    """What a directory would object to."""
    for rendition in episode.renditions:
        if abs(rendition.loudness_lufs - audio.target_lufs) > LOUDNESS_TOLERANCE_LU:
            yield f"{rendition.file.path} measures {rendition.loudness_lufs} LUFS, not {audio.target_lufs:g}"
        if rendition.true_peak_dbtp > TRUE_PEAK_DBTP:
            yield f"{rendition.file.path} peaks at {rendition.true_peak_dbtp} dBTP, over {TRUE_PEAK_DBTP:g}"
