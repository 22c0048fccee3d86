"""Where batches are worked on: here, in processes of this machine, or in any executor that a caller brings."""

from __future__ import annotations

from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from pipeline.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NAMES = ("auto", "inline", "processes")
WORTH_PROCESSES = 6_000
"""Characters to speak from which starting worker processes pays: about as long as one core speaks in 4 seconds."""

P = ParamSpec("P")
T = TypeVar("T")


class Inline(Executor):
    """Does each call at once, in the calling thread."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Call ``fn`` now; the future is done when it comes back."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


@contextmanager
def opened(executor: str | Executor, *, cost: int, shared_store: bool) -> Iterator[Executor]:
    """The executor for a run that costs so much.

    Args:
        executor: A name of `NAMES`, or an executor of the caller's, which is not shut down.
        cost: Characters to speak.
        shared_store: Whether another process could see the store.

    Raises:
        UsageError: There is no such executor, or the store cannot be shared with other processes.
    """
    if isinstance(executor, Executor):
        if not shared_store and not isinstance(executor, Inline | ThreadPoolExecutor):
            raise UsageError("this store lives in one process; choose another store or an executor with threads")
        yield executor
        return
    if executor not in NAMES:
        raise UsageError(f"no executor is called {executor!r}; there are: {', '.join(NAMES)}")
    if executor == "processes" and not shared_store:
        raise UsageError("this store lives in one process; choose --executor inline or another --store")
    if executor == "processes" or (executor == "auto" and shared_store and cost >= WORTH_PROCESSES):
        with _processes() as pool:
            yield pool
    else:
        yield Inline()


@contextmanager
def _processes() -> Iterator[Executor]:
    import multiprocessing
    import os
    from concurrent.futures import ProcessPoolExecutor

    # spawn everywhere: the same on every system, and no thread's lock is inherited half-held
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(max_workers=os.cpu_count() or 1, mp_context=context, initializer=_end_with_parent)
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()


def _end_with_parent() -> None:
    """Let this worker end when the process that started it is gone, however it went: a killed one tells nobody."""
    import multiprocessing
    import os
    import threading

    parent = multiprocessing.parent_process()

    def wait() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
