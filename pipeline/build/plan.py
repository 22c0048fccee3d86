"""What is there and what is missing: the script against the store."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline import plugins
from pipeline.build import actions
from pipeline.build.job import Job
from pipeline.errors import ReadError
from pipeline.model.clip import Clip, Encoded
from pipeline.model.script import Play, Script, Utterance
from pipeline.speak import wanted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pipeline.contracts import Codec
    from pipeline.model.action import Action
    from pipeline.model.show import AudioFormat, Voice
    from pipeline.speak import Manner
    from pipeline.store.store import Store

MAX_RECORDING_BYTES = 300_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What an episode is rendered with.

    Attributes:
        voices: Voice by the key that `pipeline.speak.wanted` gives; ``""`` is the narrator.
        gains_db: Gain by the same keys.
        manners: How the voices speak, by the same keys.
        recordings: Folder that `Play` paths are relative to.
    """

    voices: dict[str, Voice]
    gains_db: dict[str, float]
    manners: dict[str, Manner]
    audio: AudioFormat
    formats: tuple[str, ...]
    recordings: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A line of the script and what the store has of it.

    Attributes:
        id: Id of the utterance; ``play:PATH`` for a recording.
        clip: None where it was never spoken.
        encode: Action by format; empty where there is no clip yet.
        encoded: Frames by format, those that are there.
    """

    id: str
    line: Utterance | Play
    speak: Action
    clip: Clip | None
    encode: dict[str, Action]
    encoded: dict[str, Encoded]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All steps in the order of the script, and the jobs that are missing, one for equal utterances."""

    steps: tuple[Step, ...]
    jobs: tuple[Job, ...]

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
    codecs = {name: plugins.load("encoders", name).codec(setting.audio) for name in setting.formats}
    steps: list[Step] = []
    jobs: dict[str, Job] = {}
    for line in _lines(script):
        step = _step(line, setting, codecs, store)
        steps.append(step)
        missing = tuple(name for name in codecs if name not in step.encoded)
        if missing:
            jobs.setdefault(step.speak.key(), _job(step, setting, missing))
    return Plan(steps=tuple(steps), jobs=tuple(jobs.values()))


def play_id(line: Play) -> str:
    """The id of a recording's step and cue."""
    return f"play:{line.path}"


def _lines(script: Script) -> Iterator[Utterance | Play]:
    for chapter in script.chapters:
        for line in chapter.spoken_lines():
            if isinstance(line, Utterance | Play):
                yield line


def _step(line: Utterance | Play, setting: Setting, codecs: Mapping[str, Codec], store: Store) -> Step:
    if isinstance(line, Play):
        speak = _recorded(line, setting)
    else:
        speak = actions.speak(line, setting.voices)
    clip = store.value(speak, Clip)
    encode: dict[str, Action] = {}
    encoded: dict[str, Encoded] = {}
    if clip is not None:
        gains_db = actions.gains(line, clip, setting.voices, setting.gains_db)
        for name, codec in codecs.items():
            encode[name] = actions.encode(clip, gains_db=gains_db, audio=setting.audio, codec=codec)
            found = store.value(encode[name], Encoded)
            if found is not None:
                encoded[name] = found
    name = play_id(line) if isinstance(line, Play) else line.id
    return Step(id=name, line=line, speak=speak, clip=clip, encode=encode, encoded=encoded)


def _recorded(line: Play, setting: Setting) -> Action:
    sha256 = hashlib.sha256()
    path = _recording(line, setting)
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                sha256.update(block)
    except OSError as error:
        raise ReadError(f"the recording cannot be read ({error.strerror})", str(path)) from error
    return actions.record(sha256.hexdigest(), setting.audio.sample_rate_hz)


def _recording(line: Play, setting: Setting) -> Path:
    """The recording's file, which must be one, and lie where the script's own files lie: a script may be hostile.

    Raises:
        ReadError: It is not there, lies elsewhere, or is too large to be a recording for an episode.
    """
    base = setting.recordings.resolve()
    try:
        path = (base / line.path).resolve()
        if not path.is_relative_to(base):
            raise ReadError("a recording must lie in the script's folder or below it", line.path)
        if not path.is_file():
            raise ReadError("there is no such recording", str(path))
        if path.stat().st_size > MAX_RECORDING_BYTES:
            raise ReadError(f"a recording may have {MAX_RECORDING_BYTES:,} bytes", str(path))
    except (OSError, ValueError) as error:
        raise ReadError(f"the recording cannot be read ({error})", line.path) from error
    return path


def _job(step: Step, setting: Setting, formats: tuple[str, ...]) -> Job:
    if isinstance(step.line, Play):
        path = _recording(step.line, setting)
        return Job(
            utterance=None, recording=path, voices={}, gains_db={}, speak=step.speak, clip=step.clip, formats=formats
        )
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
