"""Worker processes that are started before it is known what they will do, while the article is being narrated.

A process needs a second until it can speak: Python starts, libraries and the voice are loaded. Nothing of that depends
on the words, so it is done beside reading and narrating, on another core.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from pipeline.build.workers import InProcess

if TYPE_CHECKING:
    from pipeline.model.show import Voice


class Reserve:
    """Processes that wait for work; whoever takes one may give it back."""

    def __init__(self) -> None:
        self._waiting: list[InProcess] = []
        self._voice: Voice | None = None
        self._begun = 0

    def begin(self, count: int = 0) -> None:
        """Start processes until there were ``count`` of them, 0 for one a core; they load the voice if it is known."""
        while self._begun < (count or os.cpu_count() or 1):
            worker = InProcess()
            self._begun += 1
            if self._voice is not None:
                worker.warm(self._voice)
            self._waiting.append(worker)

    def warm(self, voice: Voice) -> None:
        """Have them load a voice."""
        self._voice = voice
        for worker in self._waiting:
            worker.warm(voice)

    def take(self) -> InProcess:
        """A process, one that waits if there is one."""
        try:
            return self._waiting.pop()
        except IndexError:  # asking first would not do: several threads take at once
            return InProcess()

    def give(self, worker: InProcess) -> None:
        """Put back a process that has nothing to do."""
        worker.fresh = True  # the next voice may have to be loaded: that takes as long as in a new one
        self._waiting.append(worker)

    @property
    def begun(self) -> bool:
        """Whether any process was started."""
        return self._begun > 0

    def close(self) -> None:
        """End those that wait."""
        while self._waiting:
            self._waiting.pop().end()
        self._begun, self._voice = 0, None
