"""The cacheable actions: what can change their result, and nothing else."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import metadata
from typing import TYPE_CHECKING, Any

from pipeline import plugins
from pipeline.model.action import Action
from pipeline.model.codec import to_plain
from pipeline.model.script import Bed, Utterance
from pipeline.speak import joints, pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipeline.contracts import Codec
    from pipeline.model.clip import Clip
    from pipeline.model.show import AudioFormat, Voice
    from pipeline.speak import Piece

Gains = tuple[tuple[int, float], ...]
"""(first sample, gain in dB) of each voice in a clip, in order, the first sample 0; empty for a recording."""
AS_IT_IS: Gains = ((0, 0.0),)
"""Of what has the show's level already."""

SPEAK_SCHEMA = 2
MIX_SCHEMA = 2
ENCODE_SCHEMA = 4


def speak(utterance: Utterance, voices: Mapping[str, Voice]) -> Action:
    """Speaking an utterance: its words, the voice and the engine behind it — not the voice's name or level.

    Where a language changes the sound, the engine's fingerprint tells.
    """
    parts = [_part(piece, utterance) for piece in pieces(utterance, voices)]
    inputs: dict[str, Any] = {"parts": parts, "take": utterance.take}
    return Action(room="speak", schema=SPEAK_SCHEMA, inputs=inputs)


def _part(piece: Piece, utterance: Utterance) -> dict[str, Any]:
    """What one call to an engine depends on; sounds count where the engine takes them."""
    voice = piece.voice
    inputs: dict[str, Any] = {
        "text": piece.text,
        "engine": voice.engine,
        "fingerprint": fingerprint(voice),
        "model": voice.model,
        "speaker": voice.speaker,
        "rate_percent": voice.rate_percent * utterance.rate_percent,
    }
    if piece.changed:
        inputs["language"] = voice.language
    if piece.sounds:
        inputs["sounds"] = to_plain(piece.sounds)
    return inputs


def record(digest: str, sample_rate_hz: int) -> Action:
    """Importing a recording, known by the digest of its file."""
    inputs = {"recording": digest, "sample_rate_hz": sample_rate_hz}
    return Action(room="record", schema=SPEAK_SCHEMA, inputs=inputs)


def mix(
    music: Clip, lines: Iterable[tuple[int, Clip, Gains]], *, level_db: int, length: int, audio: AudioFormat
) -> Action:
    """Mixing music with the clips that it lies under, each with its first sample and its gains."""
    inputs = {
        "music": music.pcm.digest,
        "level_db": level_db,
        "lines": [
            {
                "pcm": clip.pcm.digest,
                "from_hz": clip.sample_rate_hz,
                "gain_db": [list(step) for step in gains_db],
                "start": start,
            }
            for start, clip, gains_db in lines
        ],
        "length": length,
        "sample_rate_hz": audio.sample_rate_hz,
        "target_lufs": audio.target_lufs,
        "ceiling_dbfs": audio.ceiling_dbfs,
        "resampler": _version("soxr"),
    }
    return Action(room="mix", schema=MIX_SCHEMA, inputs=inputs)


def of_clip(inputs: dict[str, Any]) -> Action:
    """The action that made a clip from these inputs."""
    if "music" in inputs:
        return Action(room="mix", schema=MIX_SCHEMA, inputs=inputs)
    return Action(room="record" if "recording" in inputs else "speak", schema=SPEAK_SCHEMA, inputs=inputs)


def gains(line: object, clip: Clip, voices: Mapping[str, Voice], gains_db: Mapping[str, float]) -> Gains:
    """The gain from each sample of ``clip`` on at which another voice begins; none for what a person recorded."""
    if isinstance(line, Bed):
        return AS_IT_IS
    if not isinstance(line, Utterance) or line.recording:
        return ()
    found = pieces(line, voices)
    starts = (0, *joints(found, clip.words, clip.sample_rate_hz))
    steps = [(start, gains_db[piece.key]) for start, piece in zip(starts, found, strict=True)]
    return tuple(step for index, step in enumerate(steps) if not index or step[1] != steps[index - 1][1])


def encode(clip: Clip, *, gains_db: Gains, audio: AudioFormat, codec: Codec) -> Action:
    """Levelling and encoding a clip; without gains it is brought to the target by itself."""
    alone = gains_db[0][1] if gains_db else None
    inputs: dict[str, Any] = {
        "pcm": clip.pcm.digest,
        "from_hz": clip.sample_rate_hz,
        "gain_db": [list(step) for step in gains_db] if len(gains_db) > 1 else alone,
        "target_lufs": None if gains_db else audio.target_lufs,
        "ceiling_dbfs": audio.ceiling_dbfs,
        "codec": codec.fingerprint,
        "resampler": _version("soxr") if clip.sample_rate_hz != codec.sample_rate_hz else "",
    }
    return Action(room="encode", schema=ENCODE_SCHEMA, inputs=inputs)


@cache
def _version(package: str) -> str:
    """Its installed version; asking takes as long as reading the clip, so it is asked once."""
    return metadata.version(package)


@lru_cache(maxsize=64)
def fingerprint(voice: Voice) -> str:
    """The engine's fingerprint for this voice: asked once for each plan, which begins with ``cache_clear``."""
    text: str = plugins.load("engines", voice.engine).fingerprint(voice)
    return text
