"""What a worker is given and what it gives back: small values that cross to another process."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pipeline.model.limits import TIMEOUT_S

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.model.action import Action
    from pipeline.model.clip import Clip
    from pipeline.model.script import Utterance
    from pipeline.model.show import AudioFormat, Voice
    from pipeline.speak import Manner


PER_TIMEOUT = 120
"""Characters that may take a time-out more: with the usual one, a voice four times slower than speech is waited for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mix:
    """Music, and the lines that it lies under.

    Attributes:
        music: The job of its recording, whose clip is known.
        level_db: How loud it is against a voice.
        lines: First sample of each line, at the show's rate, and the job of its clip, which is known.
        length: Samples of the whole.
    """

    music: Job
    level_db: int
    lines: tuple[tuple[int, Job], ...]
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """An utterance, a recording or a bed of which something is missing.

    Attributes:
        utterance: What to say; None for a recording and a bed.
        recording: File to import; None for an utterance and a bed.
        mix: What is mixed; None for anything else.
        voices: Voice by the keys that the utterance uses.
        gains_db: Gain by the same keys; empty for a recording, which is brought to the target by itself.
        manners: How the voices speak, by the same keys, where it is known.
        speak: The action of speaking.
        clip: Its result where it is known; then only encoding is missing.
        formats: Names of the encoders whose frames are missing.
        split: Whether it is spoken in clauses, since nothing else gave a good take.
    """

    utterance: Utterance | None
    recording: Path | None = None
    mix: Mix | None = None
    voices: dict[str, Voice]
    gains_db: dict[str, float]
    speak: Action
    clip: Clip | None
    formats: tuple[str, ...]
    manners: dict[str, Manner] = field(default_factory=dict)
    split: bool = False

    @property
    def name(self) -> str:
        """What it is told by: the utterance's id, or the recording's path."""
        if self.mix is not None:
            return f"the bed {self.mix.music.name}"
        return self.utterance.id if self.utterance else str(self.recording)

    @property
    def cost(self) -> int:
        """Work in characters to speak; encoding alone counts a quarter."""
        if self.mix is not None:
            return sum(job.cost for _, job in self.mix.lines) + 100
        characters = len(self.utterance.spoken) if self.utterance else 100
        return characters if self.clip is None else characters // 4 + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Jobs for one worker; they share a voice, so that a model is loaded once.

    Attributes:
        timeout_s: How long an utterance may take, and as long again for every `PER_TIMEOUT` characters.
        fresh: Whether a new process does it, since the last one may have been in a bad state.
    """

    store_url: str
    audio: AudioFormat
    jobs: tuple[Job, ...]
    timeout_s: float = TIMEOUT_S
    fresh: bool = False

    def deadline_s(self, job: Job) -> float:
        """Seconds after which ``job`` is given up."""
        return self.timeout_s * (1 + job.cost / PER_TIMEOUT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """An utterance that could not be spoken or encoded.

    Attributes:
        key: Of the action of speaking.
        utterance: Its id, or a recording's path.
        final: Whether no other take can help: the voice or its package is not there.
    """

    key: str
    utterance: str
    message: str
    final: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a worker gives back for a batch.

    Attributes:
        results: Key of each action → its result as plain data, those made now.
        spoken: How many utterances an engine spoke.
        encoded: How many runs of frames were made.
        seconds: What it took, without what only the first utterance of a process costs.
    """

    results: dict[str, Any]
    spoken: int
    encoded: int
    failures: tuple[Failure, ...]
    warnings: tuple[str, ...]
    seconds: float = 0.0
