"""What is there and what is missing: the script against the store."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline import plugins
from pipeline.assemble import Passage, passages
from pipeline.build import actions, beds, recorded
from pipeline.build.job import Job
from pipeline.model.clip import Clip, Encoded
from pipeline.model.script import Bed, Chapter, Play, Utterance
from pipeline.speak import wanted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from pipeline.contracts import Codec
    from pipeline.model.action import Action
    from pipeline.model.script import Script
    from pipeline.model.show import AudioFormat, Pauses, Recordings, Voice
    from pipeline.speak import Manner
    from pipeline.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What an episode is rendered with.

    Attributes:
        voices: Voice by the key that `pipeline.speak.wanted` gives; ``""`` is the narrator.
        gains_db: Gain by the same keys.
        manners: How the voices speak, by the same keys.
        script: The script's file; what it plays lies in its folder.
        show_folder: Where the show's own recordings lie.
        recordings: What the show plays in every episode.
        pauses: The usual ones.
    """

    voices: dict[str, Voice]
    gains_db: dict[str, float]
    manners: dict[str, Manner]
    audio: AudioFormat
    formats: tuple[str, ...]
    script: Path
    show_folder: Path
    recordings: Recordings
    pauses: Pauses


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A passage of the script, or a line of one, and what the store has of it.

    Attributes:
        id: The passage's key: the id of an utterance, ``play:PATH`` for a recording, ….
        speak: What makes the clip; without inputs for a bed, while something under it has no clip yet.
        clip: None where it was never spoken.
        encode: Action by format; empty where there is no clip yet.
        encoded: Frames by format, those that are there.
        passage: What it is a step of.
        file: The recording, where a person made it.
        inside: Of a bed: the music, and the lines that it lies under; these have a clip, but no frames of their own.
        length: Of a bed, in samples; 0 while it is not known.
    """

    id: str
    line: Utterance | Play | Bed | Chapter
    speak: Action
    clip: Clip | None
    encode: dict[str, Action]
    encoded: dict[str, Encoded]
    passage: Passage
    file: Path | None = None
    inside: tuple[Step, ...] = ()
    length: int = 0

    @property
    def text(self) -> str:
        """What will be heard, in words, or the recording's name."""
        return self.line.spoken if isinstance(self.line, Utterance) else recorded.named(self.line)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All steps in the order of the script, and the jobs that are missing, one for equal utterances."""

    steps: tuple[Step, ...]
    jobs: tuple[Job, ...]
    warnings: tuple[str, ...] = ()

    @property
    def clips(self) -> tuple[Step, ...]:
        """All steps, and those under beds."""
        return tuple(one for step in self.steps for one in (step, *step.inside))

    @property
    def cost(self) -> int:
        """Work in characters to speak."""
        return sum(job.cost for job in self.jobs)


def make(script: Script, setting: Setting, store: Store) -> Plan:
    """Compare the script with the store; nothing is spoken, and no engine is loaded.

    Raises:
        UsageError: A voice, an engine or a format is not known.
        ReadError: A recording cannot be read.
    """
    actions.fingerprint.cache_clear()
    codecs = _codecs(setting)
    found = (one for one in passages(script, setting.recordings) if isinstance(one, Passage))
    return _planned([_step(one, setting, codecs, store) for one in found], setting)


def refresh(plan: Plan, setting: Setting, store: Store) -> Plan:
    """``plan``, looked up again where something was missing: what was there is taken to be there still."""
    codecs = _codecs(setting)
    steps = [
        _step(step.passage, setting, codecs, store) if len(step.encoded) < len(codecs) else step for step in plan.steps
    ]
    return _planned(steps, setting)


def _codecs(setting: Setting) -> dict[str, Codec]:
    return {name: plugins.load("encoders", name).codec(setting.audio) for name in setting.formats}


def _planned(steps: Sequence[Step], setting: Setting) -> Plan:
    """The plan that these steps make."""
    jobs: dict[str, Job] = {}
    for step in steps:
        for job in _missing(step, setting):
            key = job.speak.key()
            known = jobs.get(key, job)  # the same words may stand under a bed and elsewhere
            jobs[key] = replace(known, formats=tuple(dict.fromkeys((*known.formats, *job.formats))))
    warnings = tuple(one for step in steps for one in beds.warnings(step, setting))
    return Plan(steps=tuple(steps), jobs=tuple(jobs.values()), warnings=warnings)


def _missing(step: Step, setting: Setting) -> Iterator[Job]:
    """What must be done for a step; a bed is mixed when all that it lies under is there."""
    yield from (_job(one, setting, ()) for one in step.inside if one.clip is None)
    formats = tuple(name for name in setting.formats if name not in step.encoded)
    if formats and all(one.clip is not None for one in step.inside):
        yield _job(step, setting, formats)


def _step(passage: Passage, setting: Setting, codecs: Mapping[str, Codec], store: Store) -> Step:
    line = passage.line
    if isinstance(line, Bed):
        step = beds.step(passage, line, [_clip(one, setting, store) for one in beds.sounds(passage, line)], setting)
        step = replace(step, clip=store.value(step.speak, Clip) if step.speak.inputs else None)
    else:
        step = _clip(passage, setting, store)
    clip = step.clip
    encode: dict[str, Action] = {}
    encoded: dict[str, Encoded] = {}
    if clip is not None:
        gains_db = actions.gains(line, clip, setting.voices, setting.gains_db)
        for name, codec in codecs.items():
            encode[name] = actions.encode(clip, gains_db=gains_db, audio=setting.audio, codec=codec)
            found = store.value(encode[name], Encoded)
            if found is not None:
                encoded[name] = found
    return replace(step, encode=encode, encoded=encoded)


def _clip(passage: Passage, setting: Setting, store: Store) -> Step:
    """A step, and what the store has of its sound."""
    line, file = passage.line, None
    name = recorded.named(line)
    if name:
        folder = setting.show_folder if passage.place else setting.script.parent
        where = f"the show's {passage.place}" if passage.place else recorded.place(setting.script, line)
        file = recorded.file(name, folder, where)
        speak = actions.record(recorded.digest(file, where), setting.audio.sample_rate_hz)
    else:
        assert isinstance(line, Utterance)
        speak = actions.speak(line, setting.voices)
    clip = store.value(speak, Clip)
    return Step(id=passage.key, line=line, passage=passage, file=file, speak=speak, clip=clip, encode={}, encoded={})


def _job(step: Step, setting: Setting, formats: tuple[str, ...]) -> Job:
    if step.inside:
        mix = beds.mix(step, setting, lambda one: _job(one, setting, ()))
        return Job(utterance=None, mix=mix, voices={}, gains_db={}, speak=step.speak, clip=step.clip, formats=formats)
    if step.file is not None:
        return Job(
            utterance=None,
            recording=step.file,
            voices={},
            gains_db={},
            speak=step.speak,
            clip=step.clip,
            formats=formats,
        )
    assert isinstance(step.line, Utterance)
    keys = sorted(one.key for one in wanted(step.line))
    return Job(
        utterance=step.line,
        voices={key: setting.voices[key] for key in keys},
        gains_db={key: setting.gains_db[key] for key in keys},
        manners={key: setting.manners[key] for key in keys},
        speak=step.speak,
        clip=step.clip,
        formats=formats,
    )
