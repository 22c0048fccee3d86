"""Doing what a plan finds missing, and not resting while a take could still be good.

An utterance whose take is refused, or whose worker hangs or dies, is tried again: the same take in a fresh process,
then the next take, then in clauses. What nothing helped is told, with its words; all the rest is kept.
"""

from __future__ import annotations

from collections import Counter
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pipeline.build import actions
from pipeline.build.batches import Batches
from pipeline.build.job import Failure, Outcome
from pipeline.build.paces import voice_of
from pipeline.errors import PipelineError, SpeakError
from pipeline.model.clip import Clip
from pipeline.model.limits import TIMEOUT_S

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from pipeline.build.executors import Workplace
    from pipeline.build.job import Batch, Job
    from pipeline.model.show import AudioFormat
    from pipeline.store.store import Store

GIVE_UP = 8
"""Utterances that may fail one after the other, none between them spoken, before a voice is taken to be broken."""


@dataclass(slots=True, kw_only=True)
class Tally:
    """What a run did.

    Attributes:
        spoken: Calls of an engine.
        encoded: Runs of frames made.
        warnings: What went wrong without stopping anything.
        notes: What is to be told of an utterance, by the key of speaking it.
        retaken: Take that was good, by the key of speaking the one that was not.
        failures: What could not be spoken, by its key.
        untried: Keys of what was not tried, since its voice is broken.
        pace: Characters a second that a worker did, by voice.
    """

    spoken: int = 0
    encoded: int = 0
    warnings: list[str] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    retaken: dict[str, int] = field(default_factory=dict)
    failures: dict[str, Failure] = field(default_factory=dict)
    untried: set[str] = field(default_factory=set)
    pace: dict[str, float] = field(default_factory=dict)

    def notes_of(self, jobs: Iterable[Job]) -> tuple[str, ...]:
        """The notes of these jobs."""
        return tuple(self.notes[key] for key in (job.speak.key() for job in jobs) if key in self.notes)

    def error(self, jobs: Iterable[Job]) -> SpeakError | None:
        """What keeps these jobs from being done, as one error; None where all of them are."""
        keys = [job.speak.key() for job in jobs]
        failures = [self.failures[key] for key in keys if key in self.failures]
        untried = sum(key in self.untried for key in keys)
        if not failures and not untried:
            return None
        if not failures:
            return SpeakError(f"{untried} utterance(s) were not tried, since the voice failed {GIVE_UP} times in a row")
        what = "; ".join(f"{failure.utterance}: {failure.message}" for failure in failures[:5])
        more = f" and {len(failures) - 5} more" if len(failures) > 5 else ""
        rest = f"; {untried} more were not tried, since the voice failed {GIVE_UP} times in a row" if untried else ""
        return SpeakError(
            f"{len(failures)} utterance(s) could not be spoken, so no audio was written: {what}{more}{rest}",
            "",
            tuple(failure.utterance for failure in failures),
        )


def perform(
    jobs: Sequence[Job],
    audio: AudioFormat,
    store: Store,
    place: Workplace,
    tally: Tally,
    advance: Callable[[int], None] = lambda _: None,
    *,
    timeout_s: float = TIMEOUT_S,
) -> None:
    """Speak and encode what is missing; results are in the store afterwards.

    Args:
        jobs: What is missing.
        audio: The settings that all jobs share.
        store: Where results go.
        place: Where the work is done.
        tally: What was done is added here, also when this raises.
        advance: Told the cost of each job that is settled, in sums.
        timeout_s: How long an utterance may take, and as long again for every 120 characters.

    Raises:
        SpeakError: naming every utterance that could not be spoken; all others are in the store.
        StoreError: The store cannot be written.
    """
    run = _Run(store=store, place=place, tally=tally, advance=advance)

    def batches(some: Sequence[Job], *, fresh: bool) -> Batches:
        return Batches(some, audio, store.url, timeout_s=timeout_s, width=place.width, fresh=fresh)

    known = {job.speak.key(): job for job in jobs}
    failures: dict[str, Failure] = {}
    todo = list(jobs)
    while todo:
        first = batches(todo, fresh=False)
        found = {failure.key: failure for failure in run.all(first)}
        tally.pace |= first.pace
        left = [job for job in todo if job.speak.key() not in run.done and job.speak.key() not in found]
        hopeful = [key for key, failure in found.items() if not failure.final]
        # a voice that was given up must first show that it can speak again
        tested = hopeful if not left else [key for key in hopeful if voice_of(known[key]) not in run.broken]
        tested += [next(keys) for keys in _by_voice(hopeful, known, run.broken)] if left else []
        cured = _mend(run, tested, known, batches)
        again = {voice_of(known[key]) for key in cured}
        if left and again:
            rest = [key for key in hopeful if key not in tested and voice_of(known[key]) in again]
            cured |= _mend(run, rest, known, batches)
        failures |= {key: failure for key, failure in found.items() if key not in cured}
        todo = [job for job in left if voice_of(job) in again]
        tally.untried |= {job.speak.key() for job in left} - {job.speak.key() for job in todo}
    tally.failures |= failures
    error = tally.error(jobs)
    if error is not None:
        raise error


def _by_voice(keys: Sequence[str], known: Mapping[str, Job], voices: Collection[str]) -> list[Iterator[str]]:
    """The keys of each of these voices that has any."""
    groups = [[key for key in keys if voice_of(known[key]) == voice] for voice in sorted(voices)]
    return [iter(group) for group in groups if group]


def _mend(run: _Run, keys: Sequence[str], known: Mapping[str, Job], batches: Callable[..., Batches]) -> set[str]:
    """Try these again in all ways there are; the keys of those that were spoken after all."""
    hopeful = list(keys)
    for rung in (_again, _next_take, _split):
        tries = {key: run.with_clip(rung(known[key])) for key in hopeful}
        run.all(batches(list(tries.values()), fresh=True))
        for key in [key for key, job in tries.items() if job.speak.key() in run.done]:
            hopeful.remove(key)
            run.tell(known[key], tries[key])
    return set(keys) - set(hopeful)


def _again(job: Job) -> Job:
    return job


def _next_take(job: Job) -> Job:
    if job.utterance is None:
        return job
    utterance = replace(job.utterance, take=job.utterance.take + 1)
    speak = actions.speak(utterance, job.voices)
    return replace(job, utterance=utterance, speak=speak)


def _split(job: Job) -> Job:
    return replace(job, split=True)


@dataclass(slots=True, kw_only=True)
class _Run:
    """Batches on their way.

    Attributes:
        done: Keys of speaking that were done.
        in_a_row: How many of a voice failed since the last one that was done.
        broken: Voices that were given up.
    """

    store: Store
    place: Workplace
    tally: Tally
    advance: Callable[[int], None]
    done: set[str] = field(default_factory=set)
    in_a_row: Counter[str] = field(default_factory=Counter)
    broken: set[str] = field(default_factory=set)

    def all(self, batches: Batches) -> tuple[Failure, ...]:
        """Have all batches done; what failed.

        Raises:
            StoreError: The store cannot be written.
            SpeakError: The executor itself broke.
        """
        self.in_a_row.clear()
        self.broken.clear()
        failures: list[Failure] = []
        waiting: dict[Future[Outcome], Batch] = {}
        try:
            while True:
                while len(waiting) < 2 * self.place.width and (batch := batches.next()) is not None:
                    future = self.place.executor.submit(self.place.task, batch)
                    waiting[future] = batch
                    if future.done():
                        break
                if not waiting:
                    return tuple(failures)
                for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                    batch = waiting.pop(future)
                    outcome = _outcome(future, batch)
                    batches.learn(batch, outcome)
                    failures += self._take(batch, outcome)
                    voice = voice_of(batch.jobs[0])
                    if self.in_a_row[voice] >= GIVE_UP:
                        self.broken.add(voice)
                        batches.drop(voice)
        except BrokenExecutor as error:
            raise SpeakError(
                "a worker process died; what was spoken is kept: run the same command again (a program of yours that "
                "calls this needs an `if __name__ == '__main__':` around it)",
                "",
                tuple(job.name for batch in waiting.values() for job in batch.jobs if job.utterance),
            ) from error
        except BaseException:
            for future in waiting:
                future.cancel()
            raise

    def _take(self, batch: Batch, outcome: Outcome) -> tuple[Failure, ...]:
        self.store.learn(outcome.results)
        self.tally.spoken += outcome.spoken
        self.tally.encoded += outcome.encoded
        self.tally.warnings.extend(outcome.warnings)
        failed = {failure.key for failure in outcome.failures}
        self.done |= {job.speak.key() for job in batch.jobs} - failed
        voice = voice_of(batch.jobs[0])
        self.in_a_row[voice] = self.in_a_row[voice] + len(failed) if len(failed) == len(batch.jobs) else 0
        if not batch.fresh:
            self.advance(sum(job.cost for job in batch.jobs))
        return outcome.failures

    def with_clip(self, job: Job) -> Job:
        """The job, with its sound where another article had the same trouble and found the same take."""
        return replace(job, clip=self.store.value(job.speak, Clip)) if job.utterance and not job.clip else job

    def tell(self, before: Job, after: Job) -> None:
        """Note how an utterance was spoken after all."""
        key, take = before.speak.key(), after.utterance.take if after.utterance else 1
        if before.utterance is not None and take != before.utterance.take:
            self.tally.retaken[key] = take
            self.tally.notes[key] = f"{before.name}: take {take} was good where take {before.utterance.take} was not"
        elif after.split:
            self.tally.notes[key] = f"{before.name}: no take of the whole was good, so it was spoken in clauses"


def _outcome(future: Future[Outcome], batch: Batch) -> Outcome:
    """What came of the batch; an executor that gave it up has errors of its own, and they are the batch's.

    Raises:
        PipelineError: The store cannot be written.
        BrokenExecutor: The executor cannot go on.
    """
    try:
        return future.result()
    except (PipelineError, BrokenExecutor):
        raise
    except Exception as error:
        message = f"the executor gave it up ({type(error).__name__}: {error})"
        failures = tuple(Failure(key=job.speak.key(), utterance=job.name, message=message) for job in batch.jobs)
        return Outcome(results={}, spoken=0, encoded=0, failures=failures, warnings=())
