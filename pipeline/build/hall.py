"""The hall: takes an article through all rooms, and asks the store before it asks a room."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.assemble import Placed, assemble
from pipeline.build import calibration, manifests, narration, originals
from pipeline.build import identity as identities
from pipeline.build import plan as planning
from pipeline.build.executors import opened
from pipeline.build.output import finish
from pipeline.build.run import Tally, perform
from pipeline.errors import SpeakError, StoreError, UsageError
from pipeline.model.progress import Listener, Progress
from pipeline.store import lock as locking
from pipeline.store.exclusive import exclusive
from pipeline.units import rescale_samples

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.build.narration import Narrated
    from pipeline.build.plan import Plan, Setting, Step
    from pipeline.build.session import Session
    from pipeline.model.document import Article
    from pipeline.model.episode import Episode
    from pipeline.model.show import AudioFormat
    from pipeline.model.timeline import Timeline

_ATTEMPTS = 3
"""Rounds of planning: results that turn out to be lost or damaged are made again in the next one."""

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
    narrated = narration.from_source(session, source)
    tally = Tally()
    with exclusive(session.workspace.episode_dir(narrated.name)):
        episode = _spoken(session, narrated, tally, listen)
    omitted = [f"left out: {one.what} ({one.why})" for one in narrated.script.omitted]
    level = list(_level_warnings(episode, session.show.audio))
    return Report(
        name=narrated.name,
        episode=episode,
        directory=session.workspace.episode_dir(narrated.name),
        script=narrated.script_path,
        utterances=sum(1 for _ in narrated.script.utterances()),
        spoken=tally.spoken,
        encoded=tally.encoded,
        seconds=round(time.perf_counter() - started, 3),
        warnings=tuple(dict.fromkeys((*session.take_warnings(), *tally.warnings, *level, *omitted))),
    )


def prepare(session: Session, narrated: Narrated, *, keep: bool = True) -> Prepared:
    """Plan an article; a voice that was never levelled is calibrated, everything else is left for `render`.

    Args:
        session: Show, folders and options.
        narrated: The article.
        keep: Whether the level of a new voice is locked.

    Raises:
        UsageError: A voice or an engine is not known, or the script holds nothing to say.
    """
    if next(narrated.script.utterances(), None) is None:
        raise UsageError("there is nothing to say", str(narrated.script_path))
    setting = _setting(session, narrated, keep=keep)
    plan = planning.make(narrated.script, setting, session.store)
    return Prepared(narrated=narrated, setting=setting, plan=plan)


def _spoken(session: Session, narrated: Narrated, tally: Tally, listen: Listener) -> Episode:
    """Speak what is missing, lay it out, and write the files."""
    identity = identities.identify(session, narrated)
    manifest = manifests.known(session, identity.guid, narrated.name)
    for _ in range(_ATTEMPTS):
        prepared = speak(session, narrated, tally, listen)
        timeline = lay_out(session, prepared)
        listen(Progress(stage="publish", article=narrated.name))
        episode = finish(session, prepared, identity, timeline, manifest)
        if episode is not None:
            identities.keep(session, narrated.name, identity)
            return episode
    raise StoreError("the store loses what is written to it; choose another with --store", session.store.url)


def speak(session: Session, narrated: Narrated, tally: Tally, listen: Listener, *, keep: bool = True) -> Prepared:
    """Plan, and do what is missing; the answer's plan has no jobs left.

    Raises:
        SpeakError: Something could not be spoken.
    """
    prepared = prepare(session, narrated, keep=keep)
    if prepared.plan.jobs:
        _perform(session, prepared, tally, listen)
        prepared = prepare(session, narrated, keep=keep)
    return prepared


def _perform(session: Session, prepared: Prepared, tally: Tally, listen: Listener) -> None:
    done, total = 0, prepared.plan.cost

    def advance(cost: int) -> None:
        nonlocal done
        done += cost
        listen(Progress(stage="speak", article=prepared.narrated.name, done=done, total=total))

    advance(0)
    store = session.store
    with opened(session.options.executor, cost=total, shared_store=store.shared) as executor:
        perform(prepared.plan, prepared.setting, store, executor, tally, advance)


def _setting(session: Session, narrated: Narrated, *, keep: bool) -> Setting:
    """Voices and their levels; a level that is measured now is locked."""
    voices = session.voices(narrated.script, narrated.script_path)
    lock = locking.load(session.workspace.lock_path)
    gains_db: dict[str, float] = {}
    measured: dict[str, locking.LockedVoice] = {}
    for name, voice in voices.items():
        gains_db[name], after = calibration.gain_db(voice, session.show.audio, lock, session.store)
        if after is not lock:
            measured[calibration.lock_name(voice)] = after.voices[calibration.lock_name(voice)]
            lock = after
    if measured and keep:
        with exclusive(session.workspace.lock_path):
            latest = locking.load(session.workspace.lock_path)
            for name, level in measured.items():
                other = latest.voices.get(name)
                if other is None or (other.fingerprint, other.target) != (level.fingerprint, level.target):
                    latest = latest.with_voice(name, level)
            locking.save(session.workspace.lock_path, latest)
        # another render may have been first: its level holds for both
        gains_db = {name: latest.voices[calibration.lock_name(voice)].gain_db for name, voice in voices.items()}
    return planning.Setting(
        voices=voices,
        gains_db=gains_db,
        audio=session.show.audio,
        formats=session.show.formats,
        recordings=narrated.script_path.parent,
    )


def lay_out(session: Session, prepared: Prepared) -> Timeline:
    """The common timeline of what was spoken."""
    sample_rate_hz = session.show.audio.sample_rate_hz
    placed = {step.id: _placed(step, sample_rate_hz) for step in prepared.plan.steps}
    script = prepared.narrated.script
    return assemble(script, placed, sample_rate_hz=sample_rate_hz, pauses=session.show.pauses)


def _placed(step: Step, sample_rate_hz: int) -> Placed:
    """The length and words of a clip at the show's rate."""
    clip = step.clip
    if clip is None:
        raise SpeakError("was not spoken", step.id, (step.id,))
    rate = clip.sample_rate_hz
    words = tuple(
        replace(
            word,
            start_sample=rescale_samples(word.start_sample, rate, sample_rate_hz),
            end_sample=rescale_samples(word.end_sample, rate, sample_rate_hz),
        )
        for word in clip.words
    )
    length = rescale_samples(clip.length, rate, sample_rate_hz)
    voice = "" if step.id.startswith("play:") else getattr(step.line, "voice", "")
    return Placed(length=length, words=words, timing=clip.timing, voice=voice)


def _level_warnings(episode: Episode, audio: AudioFormat) -> Iterator[str]:
    """What a directory would object to."""
    for rendition in episode.renditions:
        if abs(rendition.loudness_lufs - audio.target_lufs) > LOUDNESS_TOLERANCE_LU:
            yield f"{rendition.file.path} measures {rendition.loudness_lufs} LUFS, not {audio.target_lufs:g}"
        if rendition.true_peak_dbtp > TRUE_PEAK_DBTP:
            yield f"{rendition.file.path} peaks at {rendition.true_peak_dbtp} dBTP, over {TRUE_PEAK_DBTP:g}"
