"""One run at a time: who asks while one goes on gets one more afterwards, however many ask."""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING

from pipeline.errors import PipelineError

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger("articlecast.serve")


class Runs:
    """Runs ``task`` in a thread of its own whenever it is asked for.

    Args:
        task: What is run; its answer is written into the log.
    """

    def __init__(self, task: Callable[[], object]) -> None:
        self._task = task
        self._changed = threading.Condition()
        self._due = False
        self._runs = False
        threading.Thread(target=self._work, name="articlecast-sync", daemon=True).start()

    def ask(self) -> str:
        """Have it run; the answer tells in a word when: ``"started"``, ``"queued"`` behind the one that runs."""
        with self._changed:
            self._due = True
            self._changed.notify_all()
            return "queued" if self._runs else "started"

    def wait(self, timeout_s: float) -> bool:
        """Wait until nothing runs and nothing is due; False where that took longer."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._due and not self._runs, timeout_s)

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._due)
                self._due, self._runs = False, True
            self._once()
            with self._changed:
                self._runs = False
                self._changed.notify_all()

    def _once(self) -> None:
        started = time.monotonic()
        try:
            told = self._task()
        except PipelineError as error:
            log.error("sync failed: %s", error)
        except Exception as error:  # whatever it is, the next webhook must be heard
            log.exception("sync failed: %s", type(error).__name__)
        else:
            log.info("sync done in %.1f s%s", time.monotonic() - started, f": {told}" if told else "")
