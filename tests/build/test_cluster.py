"""A real Dask cluster of two workers, one of which is killed in the middle: the others do its work."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.conftest import Workbench, make_workbench

LONG = "# The gauges\n\n" + "\n\n".join(f"The gauge at mile {number} tells its own story." for number in range(150))


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What one process makes."""
    bench = make_workbench(tmp_path_factory.mktemp("inline") / "bench", LONG)
    bench.render()
    return bench.files()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")
def test_a_worker_that_is_lost(tmp_path: Path, clean: dict[str, bytes]) -> None:
    distributed = pytest.importorskip("distributed")
    bench = make_workbench(tmp_path / "bench", LONG)
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0") as cluster:
        pids = [info["pid"] for info in _workers(cluster)]

        def kill_one() -> None:
            while not cluster.scheduler.tasks:
                time.sleep(0.02)
            time.sleep(0.3)
            os.kill(pids[0], signal.SIGKILL)

        killer = threading.Thread(target=kill_one)
        killer.start()
        report = bench.render(executor=cluster.scheduler_address)
        killer.join()
    assert report.spoken >= report.utterances
    assert bench.files() == clean


def _workers(cluster: object) -> list[dict[str, int]]:
    return [{"pid": nanny.process.pid} for nanny in cluster.workers.values()]  # type: ignore[attr-defined]


def test_executors_of_a_callers_own(tmp_path: Path, clean: dict[str, bytes]) -> None:
    threads = make_workbench(tmp_path / "threads", LONG)
    with ThreadPoolExecutor(2) as pool:
        threads.render(executor=pool)
    assert threads.files() == clean


def test_a_pool_of_a_callers_own(tmp_path: Path, clean: dict[str, bytes]) -> None:
    import multiprocessing

    processes: Workbench = make_workbench(tmp_path / "processes", LONG)
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        processes.render(executor=pool)
    assert processes.files() == clean


def test_a_scheduler_that_is_not_there(bench: Workbench) -> None:
    pytest.importorskip("distributed")
    from pipeline.errors import UsageError

    with pytest.raises(UsageError, match="no Dask scheduler answers"):
        bench.render(executor="tcp://127.0.0.1:9")
