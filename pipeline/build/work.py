"""A worker's task: speak, level and encode a batch; samples stay here, digests go back."""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pipeline import plugins
from pipeline.build import actions
from pipeline.build.job import Batch, Failure, Job, Mix, Outcome
from pipeline.errors import PipelineError, StoreError, UsageError
from pipeline.model.clip import Clip, Encoded, Ref
from pipeline.model.codec import to_plain
from pipeline.store.blobs import digest
from pipeline.store.store import Store
from pipeline.units import amplitude_from_db, rescale_samples

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from pipeline.contracts import Codec
    from pipeline.model.action import Action
    from pipeline.model.show import AudioFormat, Voice


def work(batch: Batch, store: Store | None = None, begin: Callable[[int], None] = lambda _: None) -> Outcome:
    """Do the jobs and keep what they give; an utterance that fails does not stop the others.

    All speech of a batch goes into one pack and all frames into another: two blobs, however many utterances.

    Args:
        batch: The jobs.
        store: The store where the caller shares memory with it; opened from the batch's address otherwise.
        begin: Told the place of each job before it begins, and their number before the results are kept.

    Raises:
        StoreError: Nothing can be kept (a full disk): going on would only waste time.
    """
    store = store or _open_store(batch.store_url)
    done: list[_Done] = []
    failures: list[Failure] = []
    times: list[float] = []
    for index, job in enumerate(batch.jobs):
        begin(index)
        started = time.perf_counter()
        try:
            done += _do(job, batch.audio, store)
        except StoreError:
            raise
        except PipelineError as error:
            final = isinstance(error, UsageError)
            failures.append(Failure(key=job.speak.key(), utterance=job.name, message=str(error), final=final))
        except Exception as error:
            # a codec may be anybody's, too: whatever it raises costs this utterance, not the run
            what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
            failures.append(Failure(key=job.speak.key(), utterance=job.name, message=what))
        times.append(time.perf_counter() - started)
    begin(len(batch.jobs))
    results = _keep(done, store)
    warnings, store.warnings[:] = tuple(store.warnings), []
    return Outcome(
        results=results,
        spoken=sum(one.pcm is not None and one.job.utterance is not None for one in done),
        encoded=sum(run.frames is not None for one in done for run in one.runs.values()),
        failures=tuple(failures),
        warnings=warnings,
        seconds=_steady(batch, times),
    )


def warm(voice: Voice) -> None:
    """Load what a batch for ``voice`` will need; whatever is wrong with the voice is told when it is to speak."""
    with contextlib.suppress(Exception):
        engine = plugins.load("engines", voice.engine)
        getattr(engine, "load", lambda _: None)(voice)
        plugins.load("encoders", "mp3")


def _steady(batch: Batch, times: Sequence[float]) -> float:
    """What the jobs took, the first one, which may load a model, taken to be as quick as the others."""
    if len(times) < 2:
        return sum(times)
    others = sum(job.cost for job in batch.jobs[1:])
    return sum(times[1:]) * (1 + batch.jobs[0].cost / others)


@lru_cache(maxsize=2)
def _open_store(url: str) -> Store:
    return Store(url)


@dataclass(slots=True, kw_only=True)
class _Run:
    """Frames made now, or found."""

    action: Action
    encoded: Encoded
    frames: bytes | None


@dataclass(slots=True, kw_only=True)
class _Done:
    """A job's results before they are kept; ``pcm`` is None where the clip was known."""

    job: Job
    clip: Clip
    pcm: bytes | None
    runs: dict[str, _Run]


def _do(job: Job, audio: AudioFormat, store: Store) -> tuple[_Done, ...]:
    """The job's results, after those of what it is made from where that was lost."""
    from pipeline.audio.pcm import float_from_bytes

    clip, made, lost = job.clip, None, []
    pcm = store.get(clip.pcm) if clip else None
    if clip is None or pcm is None:
        if job.mix is not None:
            parts = [_sound(one, audio, store) for one in (job.mix.music, *(one for _, one in job.mix.lines))]
            lost = [one for one in parts if one.pcm is not None]
            if any(one.clip.pcm.digest != one.job.clip.pcm.digest for one in lost if one.job.clip):
                return tuple(lost)  # an engine that repeats nothing spoke it again: the next plan tells what to mix
            clip, pcm = _mix(job.mix, parts, audio, store)
        else:
            clip, pcm = _record(job.recording, audio) if job.recording else _speak(job)
        made = pcm
    samples = float_from_bytes(pcm)
    gains_db = _gains(job, clip) if job.formats else ()
    runs = {
        name: _encode(samples, clip, gains_db, audio, plugins.load("encoders", name).codec(audio), store)
        for name in job.formats
    }
    return (*lost, _Done(job=job, clip=clip, pcm=made, runs=runs))


def _gains(job: Job, clip: Clip) -> actions.Gains:
    """What brings the job's clip to the show's level; nothing for a recording, which is brought there by itself."""
    if job.mix is not None:
        return actions.AS_IT_IS
    return actions.gains(job.utterance, clip, job.voices, job.gains_db) if job.utterance else ()


def _sound(job: Job, audio: AudioFormat, store: Store) -> _Done:
    """The sound of a job; made again where the store has lost it."""
    if job.clip is not None and store.get(job.clip.pcm) is not None:
        return _Done(job=job, clip=job.clip, pcm=None, runs={})
    clip, pcm = _record(job.recording, audio) if job.recording else _speak(job)
    return _Done(job=job, clip=clip, pcm=pcm, runs={})


def _mix(mix: Mix, parts: Sequence[_Done], audio: AudioFormat, store: Store) -> tuple[Clip, bytes]:
    from pipeline.assemble.mix import mixed
    from pipeline.audio.pcm import bytes_from_float, float_from_bytes, float_from_int16

    rate_hz = audio.sample_rate_hz

    def samples(one: _Done) -> NDArray[np.float32]:
        pcm = store.get(one.clip.pcm) if one.pcm is None else one.pcm
        if pcm is None:
            raise StoreError("the store loses what is written to it; choose another with --store", store.url)
        return float_from_bytes(pcm)

    def levelled(one: _Done) -> NDArray[np.float32]:
        return float_from_int16(_levelled(samples(one), one.clip, _gains(one.job, one.clip), audio, to_hz=rate_hz))

    music, *lines = parts
    starts = [start for start, _ in mix.lines]
    lengths = [rescale_samples(one.clip.length, one.clip.sample_rate_hz, rate_hz) for one in lines]
    sound = mixed(
        samples(music),
        ((start, levelled(one)) for start, one in zip(starts, lines, strict=True)),
        [(start, start + length) for start, length in zip(starts, lengths, strict=True)],
        length=mix.length,
        level_db=mix.level_db,
        target_lufs=audio.target_lufs,
        ceiling_dbfs=audio.ceiling_dbfs,
        sample_rate_hz=rate_hz,
    )
    pcm = bytes_from_float(sound)
    clip = Clip(pcm=_unkept(pcm), sample_rate_hz=rate_hz, length=len(sound), words=(), timing="recording")
    return clip, pcm


def _keep(done: Sequence[_Done], store: Store) -> dict[str, Any]:
    """Blobs first, then the results that name them: a run that is killed in between leaves nothing false."""
    spoken = [one for one in done if one.pcm is not None]
    for one, ref in zip(spoken, store.blobs.pack([one.pcm or b"" for one in spoken]), strict=True):
        one.clip = replace(one.clip, pcm=ref)
    encoded = [run for one in done for run in one.runs.values() if run.frames is not None]
    for run, ref in zip(encoded, store.blobs.pack([run.frames or b"" for run in encoded]), strict=True):
        run.encoded = replace(run.encoded, frames=ref)
    made = [(one.job.speak, to_plain(one.clip)) for one in spoken]
    # those that were known, too: what knew them may be this process alone, and the store have forgotten
    made += [(run.action, to_plain(run.encoded)) for one in done for run in one.runs.values()]
    return {store.remember(action, result): result for action, result in made}


def _unkept(data: bytes) -> Ref:
    """The ref of bytes that are not in the store yet: only their digest counts."""
    return Ref(digest=digest(data), blob="", offset=0, length=len(data))


def _speak(job: Job) -> tuple[Clip, bytes]:
    from pipeline.audio.pcm import bytes_from_float
    from pipeline.speak import say

    assert job.utterance is not None
    if actions.speak(job.utterance, job.voices).key() != job.speak.key():
        raise UsageError("this worker has another version of the voice than the program that plans; give both the same")
    speech, timing = say(job.utterance, job.voices, manners=job.manners, split=job.split)
    pcm = bytes_from_float(speech.samples)
    clip = Clip(
        pcm=_unkept(pcm),
        sample_rate_hz=speech.sample_rate_hz,
        length=len(speech.samples),
        words=speech.words,
        timing=timing,
    )
    return clip, pcm


def _record(path: Path, audio: AudioFormat) -> tuple[Clip, bytes]:
    from pipeline.assemble.recordings import load
    from pipeline.audio.pcm import bytes_from_float

    samples = load(path, sample_rate_hz=audio.sample_rate_hz)
    pcm = bytes_from_float(samples)
    clip = Clip(
        pcm=_unkept(pcm), sample_rate_hz=audio.sample_rate_hz, length=len(samples), words=(), timing="recording"
    )
    return clip, pcm


def _encode(
    samples: NDArray[np.float32], clip: Clip, gains_db: actions.Gains, audio: AudioFormat, codec: Codec, store: Store
) -> _Run:
    from pipeline.publish.encode import encode_clip

    action = actions.encode(clip, gains_db=gains_db, audio=audio, codec=codec)
    known = store.value(action, Encoded)
    if known is not None and store.get(known.frames) is not None:
        # other words gave the same samples, or another run was faster
        return _Run(action=action, encoded=known, frames=None)
    run = encode_clip(codec, _levelled(samples, clip, gains_db, audio, to_hz=codec.sample_rate_hz))
    encoded = Encoded(
        frames=_unkept(run.frames),
        count=run.count,
        length=run.length,
        energies=tuple(float(f"{energy:.6g}") for energy in run.energies),
        peak=float(f"{run.peak:.6g}"),
    )
    return _Run(action=action, encoded=encoded, frames=run.frames)


def _levelled(
    samples: NDArray[np.float32], clip: Clip, gains_db: actions.Gains, audio: AudioFormat, *, to_hz: int
) -> NDArray[np.int16]:
    """The clip as the show plays it; without gains it is brought to the target by itself."""
    from pipeline.audio.level import calibrate, level

    if gains_db:
        samples, gain_db = _evened(samples, gains_db)
    else:
        gain_db = calibrate([(samples, clip.sample_rate_hz)], audio=audio)
    return level(samples, clip.sample_rate_hz, to_hz=to_hz, gain_db=gain_db, ceiling_dbfs=audio.ceiling_dbfs)


def _evened(samples: NDArray[np.float32], gains_db: actions.Gains) -> tuple[NDArray[np.float32], float]:
    """The samples so that one gain does for all of them, and that gain: the softest voice's; others are turned down."""
    gain_db = max(gain for _, gain in gains_db)
    if len(gains_db) == 1:
        return samples, gain_db
    evened = samples.copy()
    ends = (*(start for start, _ in gains_db[1:]), len(samples))
    for (start, gain), end in zip(gains_db, ends, strict=True):
        evened[start:end] *= amplitude_from_db(gain - gain_db)
    return evened, gain_db
