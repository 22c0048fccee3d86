"""The cacheable actions: what can change their result, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from importlib import metadata
from typing import TYPE_CHECKING, Any

from pipeline import plugins
from pipeline.model.action import Action

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.contracts import Codec
    from pipeline.model.clip import Clip
    from pipeline.model.script import Utterance
    from pipeline.model.show import AudioFormat, Voice

SPEAK_SCHEMA = 1
ENCODE_SCHEMA = 2


def speak(utterance: Utterance, voices: Mapping[str, Voice]) -> Action:
    """Speaking an utterance: its words, the voice and the engine behind it — not the voice's name or level.

    Where a language changes the sound, the engine's fingerprint tells.
    """
    parts = [(part.text, _in(voices[part.voice], part.language)) for part in utterance.parts] or [
        (utterance.spoken, voices[utterance.voice])
    ]
    inputs: dict[str, Any] = {
        "parts": [
            {
                "text": text,
                "engine": voice.engine,
                "fingerprint": fingerprint(voice),
                "model": voice.model,
                "speaker": voice.speaker,
                "rate_percent": voice.rate_percent * utterance.rate_percent,
            }
            for text, voice in parts
        ],
        "take": utterance.take,
    }
    return Action(room="speak", schema=SPEAK_SCHEMA, inputs=inputs)


def _in(voice: Voice, language: str) -> Voice:
    return replace(voice, language=language) if language else voice


def record(digest: str, sample_rate_hz: int) -> Action:
    """Importing a recording, known by the digest of its file."""
    inputs = {"recording": digest, "sample_rate_hz": sample_rate_hz}
    return Action(room="record", schema=SPEAK_SCHEMA, inputs=inputs)


def encode(clip: Clip, *, gain_db: float | None, audio: AudioFormat, codec: Codec) -> Action:
    """Levelling and encoding a clip; ``gain_db`` None means that the clip is brought to the target by itself."""
    inputs: dict[str, Any] = {
        "pcm": clip.pcm.digest,
        "from_hz": clip.sample_rate_hz,
        "gain_db": gain_db,
        "target_lufs": audio.target_lufs if gain_db is None else None,
        "ceiling_dbfs": audio.ceiling_dbfs,
        "codec": codec.fingerprint,
        "resampler": metadata.version("soxr") if clip.sample_rate_hz != codec.sample_rate_hz else "",
    }
    return Action(room="encode", schema=ENCODE_SCHEMA, inputs=inputs)


def fingerprint(voice: Voice) -> str:
    """The engine's fingerprint for this voice."""
    text: str = plugins.load("engines", voice.engine).fingerprint(voice)
    return text
