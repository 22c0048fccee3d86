"""What stands in the folders of the show: names are looked up in their listings, never made from an address."""

from __future__ import annotations

import os
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException

from pipeline.build import approval, reviewing
from pipeline.build.session import start
from pipeline.build.standing import Standing, standing

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.build.session import Options, Session
    from pipeline.model.show import Show

_READABLE = ("fresh", "changed", "never rendered")
Stamp = tuple[tuple[int, int] | None, ...]


class Episodes:
    """The episodes of a show, and how each stands; looked at again only where a file is another one.

    Args:
        options: Which show.
    """

    def __init__(self, options: Options) -> None:
        self._options = options
        self._known: dict[str, tuple[Stamp, Standing]] = {}
        self._lock = threading.Lock()

    def show(self) -> Show:
        """The show as its file says now."""
        return start(self._options).show

    def title(self) -> str:
        """What the show is called."""
        return self.show().title or "A show without a title"

    def standings(self) -> tuple[Standing, ...]:
        """All episodes that have a script, and how they stand."""
        session = start(self._options)
        return tuple(self._standing(session, name) for name in reviewing.names(session))

    def standing(self, name: str) -> Standing:
        """How one episode stands.

        Raises:
            HTTPException: There is none of this name.
        """
        session = start(self._options)
        if name in reviewing.names(session):
            return self._standing(session, name)
        if self.folder(name) is None:
            raise HTTPException(404, "There is no episode of this name.")
        return Standing(name=name, title=name, state="changed", why="it has no script any more")

    def folder(self, name: str) -> Path | None:
        """The folder of an episode's finished files; None where there is none."""
        output = start(self._options).workspace.output
        try:
            with os.scandir(output) as entries:
                found = any(one.name == name and one.is_dir(follow_symlinks=False) for one in entries)
        except OSError:
            return None
        return output / name if found and not name.startswith(".") else None

    def _standing(self, session: Session, name: str) -> Standing:
        workspace = session.workspace
        folder = workspace.episode_dir(name)
        paths = (workspace.script_path(name), workspace.lock_path, workspace.root / "show.toml", folder)
        stamp = tuple(map(_stamp, (*paths, *_inside(folder))))
        with self._lock:
            known = self._known.get(name)
        if known is not None and known[0] == (*stamp, _stamp(known[1].article)):
            return known[1]
        found = standing(session, name)
        asks = session.show.publishing.review and found.state in _READABLE
        if asks and not approval.is_approved(session, name, workspace.script_path(name)):
            found = replace(found, state="waiting", why=found.why or "nobody has approved what it says now")
        with self._lock:
            self._known[name] = ((*stamp, _stamp(found.article)), found)
        return found


def _inside(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _stamp(path: Path | None) -> tuple[int, int] | None:
    try:
        found = path.stat() if path else None
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_size) if found else None
