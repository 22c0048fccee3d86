"""Processes that wait for work: taken, given back, and none left behind."""

from __future__ import annotations

import subprocess
from concurrent.futures import wait
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.build.executors import ONE_PROCESS, opened
from pipeline.build.reserve import Reserve
from pipeline.build.workers import Crew, InProcess
from pipeline.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The processes that were started, in order."""
    processes: list[subprocess.Popen[bytes]] = []
    before = InProcess.__init__

    def started(self: InProcess) -> None:
        before(self)
        processes.append(self._process)

    monkeypatch.setattr(InProcess, "__init__", started)
    return processes


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store((tmp_path / "store").as_uri())


@pytest.fixture
def reserve() -> Iterator[Reserve]:
    made = Reserve()
    yield made
    made.close()


def crew_of(task: Any) -> Crew:
    found = task.__self__
    assert isinstance(found, Crew)
    return found


def test_a_process_that_has_measured_a_voice_speaks_with_it_too(
    begun: list[subprocess.Popen[bytes]], store: Store, reserve: Reserve
) -> None:
    reserve.begin(1)
    for _ in range(3):
        with opened(ONE_PROCESS, cost=1, store=store, reserve=reserve) as place:
            wait([place.executor.submit(crew_of(place.task)._worker)])
    assert len(begun) == 1
    assert begun[0].poll() is None
    reserve.close()
    assert begun[0].poll() is not None


def test_where_work_is_broken_off_no_process_is_given_back(
    begun: list[subprocess.Popen[bytes]], store: Store, reserve: Reserve
) -> None:
    def broken_off() -> None:
        with opened(ONE_PROCESS, cost=1, store=store, reserve=reserve) as place:
            wait([place.executor.submit(crew_of(place.task)._worker)])
            raise KeyboardInterrupt

    reserve.begin(1)
    with pytest.raises(KeyboardInterrupt):
        broken_off()
    assert begun[0].poll() is not None
    reserve.take().end()
    assert len(begun) == 2


def test_threads_that_take_at_once_get_a_process_each(begun: list[subprocess.Popen[bytes]], reserve: Reserve) -> None:
    class TakenMeanwhile(list[InProcess]):
        def __bool__(self) -> bool:
            return True

    reserve._waiting = TakenMeanwhile()
    reserve.take().end()
    reserve._waiting = []
    assert len(begun) == 1
