"""Renders that pages have asked for: one after the other, each told by its page how far it is."""

from __future__ import annotations

import logging
import queue
import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.errors import PipelineError

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.build.hall import Report
    from pipeline.model.progress import Listener, Progress

log = logging.getLogger("articlecast.serve")


@dataclass(frozen=True, slots=True, kw_only=True)
class Render:
    """How a render stands.

    Attributes:
        state: ``"none"``, ``"waiting"``, ``"running"``, ``"done"`` or ``"failed"``.
        done: Characters spoken so far.
        total: All of them; 0 where there is nothing to speak.
        message: What came of it, in words.
        number: Counts the renders of this episode, so that a page knows its own.
    """

    state: str = "none"
    done: int = 0
    total: int = 0
    message: str = ""
    number: int = 0


class Renders:
    """Renders episodes in a thread of its own.

    Args:
        render: Renders the episode of a name.
    """

    def __init__(self, render: Callable[[str, Listener], Report]) -> None:
        self._render = render
        self._lock = threading.Lock()
        self._states: dict[str, Render] = {}
        self._waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
        threading.Thread(target=self._run, name="articlecast-render", daemon=True).start()

    def ask(self, name: str) -> Render:
        """Have an episode rendered; one that waits already is not asked for twice."""
        with self._lock:
            now = self._states.get(name, Render())
            if now.state == "waiting":
                return now
            asked = Render(state="waiting", number=now.number + 1)
            if now.state != "running":
                self._states[name] = asked
                self._waiting.put(name)
                return asked
        return now  # it is rendered at this moment: the page asks again when that is done

    def state(self, name: str) -> Render:
        """How the last render of an episode stands."""
        with self._lock:
            return self._states.get(name, Render())

    def _run(self) -> None:
        while True:
            self._one(self._waiting.get())

    def _one(self, name: str) -> None:
        def listen(event: Progress) -> None:
            if event.stage == "speak":
                self._set(name, done=event.done, total=event.total)

        self._set(name, state="running")
        try:
            report = self._render(name, listen)
        except PipelineError as error:
            self._set(name, state="failed", message=str(error))
            log.warning("render of %s failed: %s", name, error)
        except Exception as error:  # a plug-in may be anybody's: the server goes on whatever it raises
            self._set(name, state="failed", message=f"{type(error).__name__}: {error}")
            log.exception("render of %s failed", name)
        else:
            self._set(name, state="done", message=_told(report))
            log.info("rendered %s: %d spoken, %d encoded, %.1f s", name, report.spoken, report.encoded, report.seconds)

    def _set(self, name: str, **changes: object) -> None:
        with self._lock:
            self._states[name] = replace(self._states[name], **changes)  # type: ignore[arg-type]


def _told(report: Report) -> str:
    count = f"{report.spoken} sentence{'' if report.spoken == 1 else 's'}"
    words = f"{count} spoken, files written in {report.seconds:.1f} s"
    notes = [*report.warnings, *(f"{one.path}: {one.what}" for one in report.problems)]
    return "; ".join((words, *notes[:3]))
