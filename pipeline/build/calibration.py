"""The level and the pace of each voice: measured once, frozen in ``show.lock.toml``."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

from pipeline.build import actions
from pipeline.build.job import Job
from pipeline.errors import SpeakError, StoreError
from pipeline.model.clip import Clip
from pipeline.model.script import Utterance
from pipeline.speak import pace, text_for
from pipeline.store.blobs import digest
from pipeline.store.lock import Lock, LockedVoice

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.model.show import AudioFormat, Voice
    from pipeline.store.store import Store

SCHEMA = 1
"""Raised when levelling or the calibration texts change their meaning."""


def measured(
    voice: Voice, audio: AudioFormat, lock: Lock, store: Store, speak: Callable[[Sequence[Job]], None]
) -> tuple[LockedVoice, Lock]:
    """What is known of a voice, and the lock that keeps it: ``lock`` itself where all of it was there.

    A voice that is locked with another engine version, model or aim is measured anew; one that is locked without its
    pace keeps its gain, so that nothing is encoded again for it.

    Args:
        voice: Whose level and pace are wanted.
        audio: The show's settings.
        lock: What is known already.
        store: Where the clips are kept.
        speak: Has jobs done; it may raise a `SpeakError` when all that can be spoken is in the store.

    Raises:
        SpeakError: The voice speaks less than half of the calibration text.
    """
    fingerprint = digest(actions.fingerprint(voice).encode())[:16]
    target = f"{audio.target_lufs:g} LUFS at {audio.sample_rate_hz} Hz under {audio.ceiling_dbfs:g} dBFS, {SCHEMA}"
    name = lock_name(voice)
    kept = lock.voices.get(name)
    is_level = kept is not None and (kept.fingerprint, kept.target) == (fingerprint, target)
    if kept is not None and is_level and kept.is_complete:
        return kept, lock
    jobs = _jobs(voice, store)
    missing = [job for job in jobs if job.clip is None]
    if missing:
        _speak(missing, jobs, store, speak)
    clips = [(job, clip) for job in jobs if (clip := store.value(job.speak, Clip))]
    gain_db = kept.gain_db if kept is not None and is_level else _gain_db(clips, audio, store)
    pairs = [(job.utterance.spoken, clip.length / clip.sample_rate_hz) for job, clip in clips if job.utterance]
    syllables_per_s = round(pace.measure(pairs) * 100 / voice.rate_percent, 2)
    known = LockedVoice(
        gain_db=gain_db,
        fingerprint=fingerprint,
        target=target,
        syllables_per_s=syllables_per_s,
        sample_rate_hz=statistics.mode(clip.sample_rate_hz for _, clip in clips),
    )
    return known, lock.with_voice(name, known)


def _speak(missing: Sequence[Job], jobs: Sequence[Job], store: Store, speak: Callable[[Sequence[Job]], None]) -> None:
    """Have the missing sentences spoken; one that the voice stumbles over is done without."""
    try:
        speak(missing)
    except SpeakError:
        if 2 * sum(store.value(job.speak, Clip) is not None for job in jobs) < len(jobs):
            raise


def _gain_db(clips: Sequence[tuple[Job, Clip]], audio: AudioFormat, store: Store) -> float:
    """The gain that brings the clips to the target.

    Raises:
        StoreError: The store loses what was written to it a moment ago.
    """
    from pipeline.audio.level import calibrate
    from pipeline.audio.pcm import float_from_bytes

    heard = []
    for job, clip in clips:
        pcm = store.get(clip.pcm)
        if pcm is None:
            store.forget(job.speak)
            raise StoreError("the store lost sound; run the same command again", store.url)
        heard.append((float_from_bytes(pcm), clip.sample_rate_hz))
    return calibrate(heard, audio=audio)


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
