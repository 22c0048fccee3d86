"""Where batches are worked on: here, in processes of this machine, on a Dask cluster, or in a caller's executor."""

from __future__ import annotations

import importlib
import os
import re
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from pipeline import plugins
from pipeline.build.workers import Crew, InProcess, InThread
from pipeline.errors import MissingDependency, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipeline.build.job import Batch, Outcome
    from pipeline.build.reserve import Reserve
    from pipeline.store.store import Store

NAMES = ("auto", "inline", "processes", "dask")
ONE_PROCESS = "one process"
"""What the hall asks for, for a few sentences by a voice that is not to be loaded into the calling process."""
WORTH_PROCESSES = 6_000
"""Characters to speak from which starting worker processes pays: about as long as one core speaks in 4 seconds."""
_ADDRESS = re.compile(r"(?:tcp|tls|ws|wss|ucx|inproc)://\S+")
"""A Dask scheduler's."""
_UNKNOWN_WIDTH = 8
"""How many batches an executor is taken to do at once that does not tell."""

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Workplace:
    """Somewhere to have batches done.

    Attributes:
        executor: Takes them.
        task: What it is given to call with each.
        width: How many it does at once.
    """

    executor: Executor
    task: Callable[[Batch], Outcome]
    width: int


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


def known(executor: str | Executor) -> None:
    """Nothing, where there is such an executor.

    Raises:
        UsageError: There is not.
    """
    if isinstance(executor, str) and executor not in (*NAMES, ONE_PROCESS) and not _ADDRESS.fullmatch(executor):
        names = ", ".join(NAMES)
        raise UsageError(f"no executor is called {executor!r}; there are: {names}, tcp://HOST:PORT of a Dask scheduler")


@contextmanager
def opened(executor: str | Executor, *, cost: int, store: Store, reserve: Reserve | None = None) -> Iterator[Workplace]:
    """The place for a run that costs so much.

    Args:
        executor: A name of `NAMES`, the address of a Dask scheduler (``tcp://…``), or an executor of the caller's,
            which is not shut down.
        cost: Characters to speak.
        store: Where results go.
        reserve: Processes that may have been started already.

    Raises:
        UsageError: There is no such executor, or the store cannot be shared with other processes.
        MissingDependency: Dask is not installed.
    """
    if isinstance(executor, Executor):
        if not store.shared and not isinstance(executor, Inline | ThreadPoolExecutor):
            raise UsageError("this store lives in one process; choose another store or an executor with threads")
        with _watched(store) as task:
            # what goes to another process must be a function that is found there by its name
            local = isinstance(executor, Inline | ThreadPoolExecutor)
            yield Workplace(executor=executor, task=task if local else anywhere, width=_width(executor))
        return
    known(executor)
    distributed = executor == "dask" or _ADDRESS.fullmatch(executor) is not None
    if (executor == "processes" or distributed) and not store.shared:
        raise UsageError("this store lives in one process; choose --executor inline or another --store")
    if distributed:
        with _dask("" if executor == "dask" else executor) as place:
            yield place
    elif executor == "processes" or (executor == "auto" and store.shared and cost >= WORTH_PROCESSES):
        with _processes(os.cpu_count() or 1, reserve) as place:
            yield place
    elif executor == ONE_PROCESS or (executor == "auto" and reserve is not None and reserve.begun):
        with _processes(1, reserve) as place:
            yield place
    else:
        with _watched(store) as task:
            yield Workplace(executor=Inline(), task=task, width=1)


def anywhere(batch: Batch) -> Outcome:
    """Do a batch in whatever process this is: in it where its engines are known to be stable, else in a child."""
    return _in(batch, _threads(), _children())


def _in(batch: Batch, threads: Crew, processes: Crew) -> Outcome:
    stable = not batch.fresh and all(
        getattr(plugins.load("engines", voice.engine), "STABLE", False)
        for job in batch.jobs
        for voice in job.voices.values()
    )
    return (threads if stable else processes).do(batch)


@cache
def _threads() -> Crew:
    return Crew(InThread)


@cache
def _children() -> Crew:
    return Crew(InProcess)


@contextmanager
def _watched(store: Store) -> Iterator[Callable[[Batch], Outcome]]:
    """`anywhere`, with a store that is open already; the workers end with the block."""
    with ExitStack() as stack:
        threads = Crew(partial(InThread, store))
        # a store that lives in this process cannot be reached from a child
        processes = Crew(InProcess) if store.shared else threads
        stack.callback(threads.close)
        stack.callback(processes.close)
        yield lambda batch: _in(batch, threads, processes)


@contextmanager
def _processes(width: int, reserve: Reserve | None) -> Iterator[Workplace]:
    hired: list[InProcess] = []  # a thread that ends lets go of its worker, who would end with it

    def hire() -> InProcess:
        worker = reserve.take() if reserve is not None else InProcess()
        hired.append(worker)
        return worker

    crew = Crew(hire)
    pool = ThreadPoolExecutor(width, thread_name_prefix="articlecast")  # a thread for each process, to watch it
    try:
        yield Workplace(executor=pool, task=crew.do, width=width)
    except BaseException:
        crew.close()  # threads that wait for a process would keep the program from ending
        raise
    finally:
        pool.shutdown(cancel_futures=True)
        for worker in crew.idle():
            if reserve is not None and isinstance(worker, InProcess):
                reserve.give(worker)
            else:
                worker.end()


@contextmanager
def _dask(address: str) -> Iterator[Workplace]:
    """A cluster that runs already, or one of this machine's cores."""
    try:
        dask: Any = importlib.import_module("distributed")
    except ImportError as error:
        raise MissingDependency('the executor dask needs a package: pip install "articlecast[dask]"') from error
    with ExitStack() as stack:
        try:
            cluster: Any = address or stack.enter_context(
                dask.LocalCluster(n_workers=os.cpu_count() or 1, threads_per_worker=1, dashboard_address="127.0.0.1:0")
            )
            client = stack.enter_context(dask.Client(cluster))
        except OSError as error:
            raise UsageError(f"no Dask scheduler answers ({error})", address) from error
        width = sum(client.ncores().values()) or 1
        yield Workplace(executor=client.get_executor(pure=False), task=anywhere, width=width)


def _width(executor: Executor) -> int:
    if isinstance(executor, Inline):
        return 1
    return int(getattr(executor, "_max_workers", 0)) or _UNKNOWN_WIDTH
