"""How quick the work is on this machine: measured in every run, kept in the store, told before the next one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from pipeline.model.action import Action

if TYPE_CHECKING:
    from collections.abc import Mapping
    from concurrent.futures import Executor

    from pipeline.build.job import Job
    from pipeline.model.show import AudioFormat
    from pipeline.store.store import Store

_SCHEMA = 1
CHARACTERS_PER_S = 15.0
"""Characters in a second of speech: English, read by hibari, pauses included."""
_BYTES_PER_SAMPLE = {"wav": 2.0, "flac": 0.9}
"""What formats take that keep all of the sound; speech with its pauses is halved by FLAC."""


def voice_of(job: Job) -> str:
    """The engine and voice of a job, empty for a recording."""
    voice = job.voices.get(job.utterance.voice) if job.utterance else None
    return f"{voice.engine}:{voice.model}:{voice.speaker}" if voice else ""


def keep(store: Store, measured: Mapping[str, float]) -> None:
    """Keep the characters a second that a worker did for each voice of `voice_of`."""
    for voice, characters_per_s in measured.items():
        store.remember(_action(voice), {"characters_per_s": float(f"{characters_per_s:.2g}")})


def expected_s(store: Store, costs: Mapping[str, int], executor: str | Executor) -> float | None:
    """Wall-clock seconds for so many characters of each voice; None where one of them was never timed."""
    seconds = 0.0
    for voice, cost in costs.items():
        known = store.result(_action(voice))
        pace = known.get("characters_per_s") if isinstance(known, dict) else None
        if not isinstance(pace, int | float) or pace <= 0:
            return None
        seconds += cost / pace
    return round(seconds / (1 if executor == "inline" else os.cpu_count() or 1), 1)


def bytes_per_s(encoder: str, audio: AudioFormat) -> float:
    """What a second of sound takes in this format, roughly."""
    if encoder in _BYTES_PER_SAMPLE:
        return _BYTES_PER_SAMPLE[encoder] * audio.sample_rate_hz
    kbps: int = getattr(audio, f"{encoder}_bit_rate_kbps", audio.bit_rate_kbps)
    return kbps * 1000 / 8


def _action(voice: str) -> Action:
    return Action(room="pace", schema=_SCHEMA, inputs={"voice": voice})
