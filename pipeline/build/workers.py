"""Workers under watch: one that hangs is let go, one that dies is replaced, and only its utterance is lost.

A worker tells when it begins an utterance; from then on a clock runs. A batch whose worker is lost goes on in the next
one, without the utterance that it was lost at. Most workers are processes, which can be killed. Engines that are known
to be well-behaved (``STABLE``) may work in a thread of the calling process, which saves starting one.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
import weakref
from abc import ABC, abstractmethod
from dataclasses import replace
from queue import Empty, SimpleQueue
from typing import IO, TYPE_CHECKING, Any

from pipeline.build.job import Failure, Outcome
from pipeline.build.work import work
from pipeline.build.worker import receive, send
from pipeline.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.build.job import Batch, Job
    from pipeline.model.show import Voice
    from pipeline.store.store import Store

START = 4
"""Time-outs that a worker may take besides, before its first utterance: a large model is loaded, a disk is slow."""


KEEPING_S = 600.0
"""What a store may take for a batch: no voice is to be blamed for it."""


class WorkerLost(Exception):
    """A worker hung or died.

    Attributes:
        index: Place in the batch of the job that it was at.
        reason: What happened, as the end of a sentence about it.
    """

    def __init__(self, index: int, reason: str) -> None:
        super().__init__(reason)
        self.index = index
        self.reason = reason


class Worker(ABC):
    """Does batches, one at a time."""

    @abstractmethod
    def begin(self, batch: Batch) -> SimpleQueue[Any]:
        """Begin ``batch``; the queue gets the place of each job that begins, then the outcome or an error.

        None in the queue means that the worker has died.
        """

    @abstractmethod
    def end(self) -> None:
        """Stop, in whatever it is doing."""

    def epitaph(self) -> str:
        """What a dead worker leaves to be said."""
        return "the voice stopped"

    fresh = True
    """Whether it has done nothing yet."""

    def do(self, batch: Batch) -> Outcome:
        """What `pipeline.build.work.work` gives for ``batch``.

        Raises:
            WorkerLost: It hung or died.
            StoreError: Nothing can be kept.
        """
        index = 0
        spare_s = START * batch.timeout_s if self.fresh else 0.0
        self.fresh = False
        answers = self.begin(batch)
        while True:
            keeping = index == len(batch.jobs)
            deadline_s = KEEPING_S if keeping else batch.deadline_s(batch.jobs[index]) + spare_s
            try:
                answer = answers.get(timeout=deadline_s)
            except Empty:
                self.end()
                if keeping:
                    message = f"a batch was not kept within {deadline_s:.0f} s; choose another store with --store"
                    raise StoreError(message, batch.store_url) from None
                raise WorkerLost(index, f"the voice had not spoken after {deadline_s:.0f} s") from None
            if isinstance(answer, Outcome):
                return answer
            if isinstance(answer, BaseException):
                raise answer
            if answer is None:
                reason = self.epitaph()
                self.end()
                raise WorkerLost(min(index, len(batch.jobs) - 1), reason)
            spare_s = spare_s if answer == 0 else 0.0
            index = answer


class InThread(Worker):
    """A thread of this process.

    Args:
        store: The store that the caller has open.
    """

    def __init__(self, store: Store | None = None) -> None:
        self._store = store
        self._answers: SimpleQueue[Any] = SimpleQueue()
        self._let_go = threading.Event()

    def begin(self, batch: Batch) -> SimpleQueue[Any]:
        """Begin the batch in a new thread."""
        threading.Thread(target=self._work, args=(batch,), daemon=True).start()
        return self._answers

    def end(self) -> None:
        """A thread cannot be killed: when it wakes up it finds that nobody waits; who waits for it is let go, too."""
        self._let_go.set()
        self._answers.put(None)

    def _work(self, batch: Batch) -> None:
        def tell(index: int) -> None:
            if self._let_go.is_set():
                raise _LetGo
            self._answers.put(index)

        try:
            self._answers.put(work(batch, self._store, tell))
        except _LetGo:
            pass
        except BaseException as error:  # whatever it is, the thread that waits must hear of it
            self._answers.put(error)


class _LetGo(BaseException):
    """Ends a thread that nobody waits for."""


class InProcess(Worker):
    """A process of its own."""

    def __init__(self) -> None:
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - as long as the process
        code = f"import sys; sys.path[:] = {sys.path!r}; from pipeline.build.worker import main; main()"
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter runs our own module
            [sys.executable, "-c", code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            start_new_session=True,  # so that it can be ended together with what an engine has started
        )
        self._answers: SimpleQueue[Any] = SimpleQueue()
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        reader = threading.Thread(target=_read, args=(self._process.stdout, self._answers), daemon=True)
        reader.start()
        self._end = weakref.finalize(self, _end, self._process, reader, self._errors)

    def begin(self, batch: Batch) -> SimpleQueue[Any]:
        """Send it the batch."""
        self._send(batch)
        return self._answers

    def end(self) -> None:
        """Kill the process; done also when nobody holds the worker any more, and when the program ends."""
        self._end()

    def warm(self, voice: Voice) -> None:
        """Have the voice loaded before the first batch comes."""
        self._send(voice)

    def _send(self, message: Any) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):  # it is dead already, and the other pipe tells so
            send(self._process.stdin, message)

    def epitaph(self) -> str:
        """How the process ended, and the last thing that it wrote."""
        code = self._process.wait()
        self._errors.seek(0)
        lines = self._errors.read()[-2000:].decode("utf-8", "replace").strip().splitlines()
        how = f"by signal {-code}" if code < 0 else f"with code {code}"
        return f"the voice's process ended {how}" + (f" ({lines[-1].strip()[:200]})" if lines else "")


def _read(stream: IO[bytes], answers: SimpleQueue[Any]) -> None:
    """Hand on what the process says; None at its end."""
    with contextlib.suppress(EOFError, OSError, ValueError):
        while True:
            answers.put(receive(stream))
    answers.put(None)


def _end(process: subprocess.Popen[bytes], reader: threading.Thread, errors: IO[bytes]) -> None:
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()
    reader.join(timeout=2)  # somebody whom an engine has started may hold the pipe open for ever
    for stream in (process.stdin, process.stdout, errors):
        if stream is not None:
            with contextlib.suppress(OSError):  # what was not written yet has no reader
                stream.close()


class Crew:
    """A worker for each thread that asks for one.

    Args:
        hire: Makes a worker.
    """

    def __init__(self, hire: Callable[[], Worker]) -> None:
        self._hire = hire
        self._own = threading.local()
        self._all: weakref.WeakSet[Worker] = weakref.WeakSet()
        self._closed = False

    def do(self, batch: Batch) -> Outcome:
        """What `pipeline.build.work.work` gives for ``batch``; an utterance that costs a worker is a failure.

        Raises:
            StoreError: Nothing can be kept.
        """
        if batch.fresh:
            self._dismiss()
        todo = list(batch.jobs)
        outcomes: list[Outcome] = []
        lost: list[Failure] = []
        while todo and not self._closed:
            try:
                outcomes.append(self._worker().do(replace(batch, jobs=tuple(todo))))
                break
            except WorkerLost as error:
                self._dismiss()
                job = todo.pop(error.index)
                lost.append(Failure(key=job.speak.key(), utterance=job.name, message=_said(job, error.reason)))
        return _joined(outcomes, lost)

    def idle(self) -> tuple[Worker, ...]:
        """All workers, which are no longer this crew's; none may be at work."""
        workers = tuple(self._all)
        self._all.clear()
        self._closed = True
        return workers

    def close(self) -> None:
        """End all workers, in whatever they are doing."""
        self._closed = True
        for worker in list(self._all):
            worker.end()
            self._all.discard(worker)

    def _worker(self) -> Worker:
        worker: Worker | None = getattr(self._own, "worker", None)
        if worker is None:
            worker = self._own.worker = self._hire()
            self._all.add(worker)
        return worker

    def _dismiss(self) -> None:
        worker: Worker | None = getattr(self._own, "worker", None)
        if worker is not None:
            worker.end()
            self._all.discard(worker)
            self._own.worker = None


def _said(job: Job, reason: str) -> str:
    words = job.utterance.spoken if job.utterance else str(job.recording)
    return f"“{words if len(words) <= 80 else f'{words[:79]}…'}” could not be spoken: {reason}"


def _joined(outcomes: list[Outcome], lost: list[Failure]) -> Outcome:
    return Outcome(
        results={key: value for one in outcomes for key, value in one.results.items()},
        spoken=sum(one.spoken for one in outcomes),
        encoded=sum(one.encoded for one in outcomes),
        failures=(*lost, *(failure for one in outcomes for failure in one.failures)),
        warnings=tuple(warning for one in outcomes for warning in one.warnings),
        seconds=sum(one.seconds for one in outcomes),
    )
