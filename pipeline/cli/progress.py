"""Progress for people: a bar with the time left on a terminal, a line per tenth elsewhere."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pipeline.model.progress import Progress

_BAR_WIDTH = 30


class Reporter:
    """Listens to progress events and writes to standard error.

    Args:
        plain: No bar, whatever the terminal can do (for screen readers and logs).
        quiet: Nothing at all.
    """

    def __init__(self, *, plain: bool = False, quiet: bool = False) -> None:
        dumb = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
        self._bar = not plain and not dumb and sys.stderr.isatty()
        self._quiet = quiet
        self._started = 0.0
        self._tenth = 0
        self._open = False

    def __call__(self, event: Progress) -> None:
        """Take one event."""
        if self._quiet or event.stage != "speak":
            self.close()
            return
        if event.done == 0:
            self._started, self._tenth = time.monotonic(), 0
        share = event.done / event.total if event.total else 1.0
        if self._bar:
            filled = round(share * _BAR_WIDTH)
            bar = "█" * filled + "░" * (_BAR_WIDTH - filled)
            click.echo(f"\r{event.article}  {bar} {share:4.0%}  {self._left(share):<16}", err=True, nl=False)
            self._open = True
        elif int(share * 10) > self._tenth:
            self._tenth = int(share * 10)
            click.echo(f"{event.article}: {self._tenth * 10} % spoken, {self._left(share)}", err=True)

    def close(self) -> None:
        """End the bar's line."""
        if self._open:
            click.echo("\r" + " " * 100 + "\r", err=True, nl=False)
            self._open = False

    def _left(self, share: float) -> str:
        if share <= 0:
            return "starting"
        seconds = (time.monotonic() - self._started) * (1 - share) / share
        if share >= 1:
            return "done"
        return f"{seconds:.0f} s left" if seconds < 90 else f"{seconds / 60:.0f} min left"
