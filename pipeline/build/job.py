"""What a worker is given and what it gives back: small values that cross to another process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.model.action import Action
    from pipeline.model.clip import Clip
    from pipeline.model.script import Utterance
    from pipeline.model.show import AudioFormat, Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """An utterance, or a recording, of which something is missing.

    Attributes:
        utterance: What to say; None for a recording.
        recording: File to import; None for an utterance.
        voices: Voice by the keys that the utterance uses.
        gains_db: Gain by the same keys; empty for a recording, which is brought to the target by itself.
        speak: The action of speaking.
        clip: Its result where it is known; then only encoding is missing.
        formats: Names of the encoders whose frames are missing.
    """

    utterance: Utterance | None
    recording: Path | None = None
    voices: dict[str, Voice]
    gains_db: dict[str, float]
    speak: Action
    clip: Clip | None
    formats: tuple[str, ...]

    @property
    def cost(self) -> int:
        """Work in characters to speak; encoding alone counts a quarter."""
        characters = len(self.utterance.spoken) if self.utterance else 100
        return characters if self.clip is None else characters // 4 + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Jobs for one worker; they share a voice, so that a model is loaded once."""

    store_url: str
    audio: AudioFormat
    jobs: tuple[Job, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """An utterance that could not be spoken or encoded."""

    key: str
    utterance: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a worker gives back for a batch.

    Attributes:
        results: Key of each action → its result as plain data, those made now.
        spoken: How many utterances an engine spoke.
        encoded: How many runs of frames were made.
    """

    results: dict[str, Any]
    spoken: int
    encoded: int
    failures: tuple[Failure, ...]
    warnings: tuple[str, ...]
