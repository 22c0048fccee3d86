"""Jobs in batches of a few seconds of work each: measured on the first ones, since nobody knows how quick a voice is.

Small batches lose little when a run is killed and share out evenly; large ones make few blobs.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from pipeline.build.job import Batch
from pipeline.build.paces import voice_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.build.job import Job, Outcome
    from pipeline.model.show import AudioFormat

TARGET_S = 2.0
"""Work in one batch: what a killed run loses at most, for each worker."""
FIRST_COST = 400
"""Characters in the first batches of a voice, while its pace is not known."""
MOST_COST = 2_000
"""Characters in any batch: some two minutes of speech, which a worker holds in memory."""


class Batches:
    """Hands out jobs in batches of one voice.

    Args:
        jobs: What is to be done.
        audio: The settings that all jobs share.
        store_url: Where workers keep results.
        timeout_s: See `Batch`.
        width: How many workers there are, roughly.
        fresh: Whether each job gets a process that has done nothing yet.
    """

    def __init__(
        self,
        jobs: Sequence[Job],
        audio: AudioFormat,
        store_url: str,
        *,
        timeout_s: float,
        width: int,
        fresh: bool = False,
    ) -> None:
        self._waiting: dict[str, deque[Job]] = {}
        for job in jobs:
            self._waiting.setdefault(voice_of(job), deque()).append(job)
        self._left = sum(job.cost for job in jobs)
        self._audio = audio
        self._store_url = store_url
        self._timeout_s = timeout_s
        self._width = width
        self._fresh = fresh
        self.pace: dict[str, float] = {}
        """Characters a second that a worker did, by voice."""

    def next(self) -> Batch | None:
        """The next batch; None when all jobs are out."""
        while self._waiting:
            voice, jobs = next(iter(self._waiting.items()))
            if not jobs:
                del self._waiting[voice]
                continue
            most = self._cost(voice)
            batch = [jobs.popleft()]
            cost = batch[0].cost
            while jobs and cost + jobs[0].cost <= most:
                batch.append(jobs.popleft())
                cost += batch[-1].cost
            self._left -= cost
            return Batch(
                store_url=self._store_url,
                audio=self._audio,
                jobs=tuple(batch),
                timeout_s=self._timeout_s,
                fresh=self._fresh,
            )
        return None

    def learn(self, batch: Batch, outcome: Outcome) -> None:
        """Take note of what a batch took."""
        if outcome.seconds > 0 and not outcome.failures:
            self.pace[voice_of(batch.jobs[0])] = sum(job.cost for job in batch.jobs) / outcome.seconds

    def drop(self, voice: str) -> None:
        """Forget what is left of a voice."""
        self._left -= sum(job.cost for job in self._waiting.pop(voice, ()))

    def _cost(self, voice: str) -> float:
        """How much goes into the next batch: towards the end less, so that all workers end together."""
        if self._fresh:
            return 0
        if voice not in self.pace:
            return FIRST_COST
        share = self._left / (2 * self._width) if self._width > 1 else MOST_COST
        return min(MOST_COST, TARGET_S * self.pace[voice], max(FIRST_COST, share))
