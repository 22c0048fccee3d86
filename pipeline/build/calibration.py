"""The level of each voice: measured once, frozen in ``show.lock.toml``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.build import actions
from pipeline.build.job import Batch, Job
from pipeline.build.work import calibrate_voice
from pipeline.model.clip import Clip
from pipeline.model.script import Utterance
from pipeline.speak import text_for
from pipeline.store.blobs import digest
from pipeline.store.lock import Lock, LockedVoice

if TYPE_CHECKING:
    from pipeline.model.show import AudioFormat, Voice
    from pipeline.store.store import Store

SCHEMA = 1
"""Raised when levelling or the calibration texts change their meaning."""


def gain_db(voice: Voice, audio: AudioFormat, lock: Lock, store: Store) -> tuple[float, Lock]:
    """The gain of a voice, and the lock that keeps it.

    A voice that is locked with another engine version, model or aim is measured anew.

    Raises:
        SpeakError: The voice does not speak.
    """
    fingerprint = digest(actions.fingerprint(voice).encode())[:16]
    target = f"{audio.target_lufs:g} LUFS at {audio.sample_rate_hz} Hz under {audio.ceiling_dbfs:g} dBFS, {SCHEMA}"
    name = lock_name(voice)
    kept = lock.voices.get(name)
    if kept is not None and (kept.fingerprint, kept.target) == (fingerprint, target):
        return kept.gain_db, lock
    batch = Batch(store_url=store.url, audio=audio, jobs=tuple(_jobs(voice, store)))
    gain = calibrate_voice(batch, store)
    return gain, lock.with_voice(name, LockedVoice(gain_db=gain, fingerprint=fingerprint, target=target))


def lock_name(voice: Voice) -> str:
    """What the lock calls a voice: engine, model and speaker, or the language that stands for the speaker."""
    return ":".join(part for part in (voice.engine, voice.model, voice.speaker or voice.language) if part)


def _jobs(voice: Voice, store: Store) -> list[Job]:
    jobs: list[Job] = []
    for number, sentence in enumerate(text_for(voice.language)):
        utterance = Utterance(id=f"calibration {number}", written="", spoken=sentence)
        voices = {"": voice}
        speak = actions.speak(utterance, voices)
        clip = store.value(speak, Clip)
        jobs.append(Job(utterance=utterance, voices=voices, gains_db={}, speak=speak, clip=clip, formats=()))
    return jobs
