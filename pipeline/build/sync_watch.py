"""A show kept in step while people work on it: a sync after each change of a file, and after a while for the web."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import config
from pipeline.build import sync_ground
from pipeline.build.sync import Wish, sync
from pipeline.build.sync_key import lexicon_paths
from pipeline.errors import PipelineError
from pipeline.store.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from threading import Event

    from pipeline.build.session import Options
    from pipeline.build.sync_report import SyncReport
    from pipeline.model.progress import Listener
    from pipeline.model.show import Show

_LOOK_MS = 1000
"""How often single files are looked at."""
_CALM_MS = 300
"""So long nothing may change before a sync begins: editors write a file in several steps."""
_LONGEST_MS = 3000
"""A sync begins after this time, though something still changes."""


def watch(
    options: Options,
    wish: Wish,
    listen: Listener = lambda _: None,
    *,
    every_minutes: float = 30.0,
    stop: Event | None = None,
) -> Iterator[SyncReport | PipelineError]:
    """Sync now, and after each change; ends when ``stop`` is set.

    Args:
        options: As for `sync`.
        wish: As for `sync`.
        listen: Told of progress.
        every_minutes: How often sources on the web are asked for.
        stop: Ends it from another thread.

    Yields:
        What each sync did, or why it could do nothing; a mistake in ``show.toml`` may be mended meanwhile.
    """
    path = sync_ground.show_file(options)
    while stop is None or not stop.is_set():
        state = _states((path,))
        yield _tried(options, wish, listen)
        try:
            show = config.load(path)
        except PipelineError:
            show = None
        for reason in _changes(options, path, show, every_minutes, stop):
            yield _tried(options, wish, listen)
            if _states((path,)) != state:
                break  # other folders, perhaps
            del reason


def _tried(options: Options, wish: Wish, listen: Listener) -> SyncReport | PipelineError:
    try:
        # a change that is seen while another sync runs would else be forgotten
        return sync(options, replace(wish, wait=True), listen)
    except PipelineError as error:
        return error


def _changes(
    options: Options, path: Path, show: Show | None, every_minutes: float, stop: Event | None
) -> Iterator[None]:
    """One answer for each time that a sync is due."""
    from watchfiles import watch as watch_files

    root = path.parent
    workspace = Workspace(
        scripts=options.scripts or root / "scripts", output=options.output or root / "output", root=root
    )
    folders, files, from_web = _watched(workspace, path, show)
    state, last_s = _states(files), time.monotonic()
    events = watch_files(
        *folders,
        watch_filter=_filter(workspace, show),
        debounce=_LONGEST_MS,
        step=_CALM_MS,
        rust_timeout=_LOOK_MS,
        yield_on_timeout=True,
        stop_event=stop,
    )
    for changes in events:
        now = _states(files)
        due = from_web and time.monotonic() - last_s >= every_minutes * 60
        if not (changes or due or now != state):
            continue
        yield
        # what a sync writes itself is no change
        state, last_s = _states(files), time.monotonic()


def _watched(workspace: Workspace, path: Path, show: Show | None) -> tuple[list[Path], list[Path], bool]:
    """Folders, single files, and whether there are sources on the web."""
    folders = [workspace.scripts]
    files = [path, *lexicon_paths(workspace, "")[1:]]
    if show is not None:
        folders += [workspace.root / show.sources.folder] if show.sources.folder else []
        heard = show.recordings
        named = (show.cover, heard.intro, heard.outro, heard.jingle, show.sources.feed, show.sources.sitemap)
        files += [workspace.root / name for name in named if name and "://" not in name]
    from_web = show is not None and bool(show.sources.feed or show.sources.sitemap or show.sources.urls)
    return [folder for folder in folders if folder.is_dir()] or [path], files, from_web


def _filter(workspace: Workspace, show: Show | None) -> Callable[[object, str], bool]:
    """Whether a change counts: not of hidden files, and not of what we write ourselves."""
    own = [workspace.output.resolve()]
    if show is not None and show.destination.folder:
        own.append((workspace.root / show.destination.folder).resolve())
    root = workspace.root.resolve()

    def counts(_kind: object, name: str) -> bool:
        path = Path(name)
        inside = path.relative_to(root).parts if path.is_relative_to(root) else path.parts[-1:]
        return not any(part.startswith(".") for part in inside) and not any(path.is_relative_to(one) for one in own)

    return counts


def _states(files: tuple[Path, ...] | list[Path]) -> list[tuple[int, int]]:
    """Time and size of files; zeros for those that are not there."""
    found = []
    for path in files:
        try:
            stat = path.stat()
        except OSError:
            found.append((0, 0))
        else:
            found.append((stat.st_mtime_ns, stat.st_size))
    return found
