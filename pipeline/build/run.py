"""Doing what a plan finds missing."""

from __future__ import annotations

from concurrent.futures import Executor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from pipeline.build import plan as planning
from pipeline.build.executors import Inline
from pipeline.build.work import work
from pipeline.errors import SpeakError

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from pipeline.build.job import Batch, Failure, Outcome
    from pipeline.store.store import Store


@dataclass(slots=True, kw_only=True)
class Tally:
    """What a run did.

    Attributes:
        spoken: Calls of an engine.
        encoded: Runs of frames made.
    """

    spoken: int = 0
    encoded: int = 0
    warnings: list[str] = field(default_factory=list)


def perform(
    plan: planning.Plan,
    setting: planning.Setting,
    store: Store,
    executor: Executor,
    tally: Tally,
    advance: Callable[[int], None],
) -> None:
    """Speak and encode what is missing; results are in the store afterwards.

    Args:
        plan: What is missing.
        setting: Voices, levels and formats.
        store: Where results go.
        executor: Where the work is done.
        tally: Counts are added here, also when this raises.
        advance: Told the cost of each finished batch.

    Raises:
        SpeakError: naming every utterance that could not be spoken; all others are in the store.
        StoreError: The store cannot be written.
    """
    task = partial(work, store=store) if isinstance(executor, Inline) else work
    futures: dict[Future[Outcome], Batch] = {}
    failures: list[Failure] = []

    def take(future: Future[Outcome]) -> None:
        batch = futures.pop(future)
        outcome = future.result()
        store.learn(outcome.results)
        tally.spoken += outcome.spoken
        tally.encoded += outcome.encoded
        tally.warnings.extend(outcome.warnings)
        failures.extend(outcome.failures)
        advance(sum(job.cost for job in batch.jobs))

    try:
        for batch in planning.batches(plan, setting, store.url):
            future = executor.submit(task, batch)
            futures[future] = batch
            if future.done():
                take(future)
        for future in as_completed(list(futures)):
            take(future)
    except BrokenProcessPool as error:
        raise SpeakError(
            "a worker process died; what was spoken is kept: run the same command again (a program of yours that calls "
            "this needs an `if __name__ == '__main__':` around it)",
            "",
            _open(futures),
        ) from error
    except BaseException:
        for future in futures:
            future.cancel()
        raise
    if failures:
        what = "; ".join(f"{failure.utterance}: {failure.message}" for failure in failures[:5])
        more = f" and {len(failures) - 5} more" if len(failures) > 5 else ""
        raise SpeakError(
            f"{len(failures)} utterance(s) could not be spoken, so no audio was written: {what}{more}",
            "",
            tuple(failure.utterance for failure in failures),
        )


def _open(futures: dict[Future[Outcome], Batch]) -> tuple[str, ...]:
    """Ids of the utterances in unfinished batches."""
    return tuple(job.utterance.id for batch in futures.values() for job in batch.jobs if job.utterance)
