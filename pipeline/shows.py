"""A show for programs: its articles, and the feed that they become.

```python
report = Show.open("show.toml").sync()
```
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.build.session import Options
from pipeline.build.sync import REFRESH, Wish, items, sync
from pipeline.build.sync_ground import show_file
from pipeline.build.sync_report import Changed, Put, Sentence, SyncReport

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from threading import Event

    from pipeline.errors import PipelineError
    from pipeline.model.progress import Listener
    from pipeline.model.publication import Item

__all__ = ["REFRESH", "Changed", "Put", "Sentence", "Show", "SyncReport"]


class Show:
    """A show that is described by a ``show.toml``; nothing is kept open between calls.

    Attributes:
        path: Of ``show.toml``.
    """

    def __init__(self, options: Options) -> None:
        self.path = show_file(options)
        self._options = replace(options, show=self.path)

    @classmethod
    def open(cls, path: str | Path = ".", options: Options | None = None) -> Show:
        """The show at a path.

        Args:
            path: Of ``show.toml``, or of its folder.
            options: ``store``, ``executor`` and ``timeout_s``, where they are not to be the usual ones.

        Raises:
            ConfigError: There is no ``show.toml``.
        """
        return cls(replace(options or Options(executor="auto"), show=Path(path)))

    def sync(
        self,
        *,
        check: bool = False,
        refresh: str = "",
        only: Sequence[str] = (),
        yes: bool = False,
        wait: bool = False,
        listen: Listener = lambda _: None,
    ) -> SyncReport:
        """Render what is new or changed, publish it, and retire what is gone.

        Args:
            check: Whether it only tells what it would do: no file is written, and nothing but a new voice is spoken.
            refresh: Which episodes are made again though nothing changed: those of an older ``"voice"``, of older
                ``"rules"``, or ``"all"``.
            only: With ``refresh``, names of episodes that are made again whatever made them.
            yes: Whether more than a tenth of the episodes, or more than five, may be retired.
            wait: Whether to wait for another sync of the show that is running, rather than raise.
            listen: Told of progress, in the calling thread.

        Raises:
            ConfigError: ``show.toml`` holds mistakes.
            StoreError: The destination cannot be reached or written, or another sync of the show is running. What
                is published stays as it was, and the next sync goes on from there.
        """
        return sync(self._options, Wish(check=check, refresh=refresh, only=tuple(only), yes=yes, wait=wait), listen)

    def items(self) -> tuple[Item, ...]:
        """The episodes as they are published, by number.

        Raises:
            ConfigError: ``show.toml`` holds mistakes.
            StoreError: The destination cannot be reached.
        """
        return items(self._options)

    def watch(
        self,
        *,
        every_minutes: float = 30.0,
        yes: bool = False,
        stop: Event | None = None,
        listen: Listener = lambda _: None,
    ) -> Iterator[SyncReport | PipelineError]:
        """Sync now, and again whenever a file changes; an endless iterator of what each sync did.

        Args:
            every_minutes: How often sources on the web are asked for.
            yes: As for `sync`.
            stop: Ends it, from another thread.
            listen: Told of progress.
        """
        from pipeline.build.sync_watch import watch

        yield from watch(self._options, Wish(yes=yes), listen, every_minutes=every_minutes, stop=stop)
