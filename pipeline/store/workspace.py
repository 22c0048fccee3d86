"""Where the files that people keep, and those that are made, lie."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import ReadError
from pipeline.store import lock
from pipeline.store.slugs import slug, unique


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """The folders of a show.

    Attributes:
        scripts: Narration scripts, edited by people; ``.base`` inside holds the machine's last ones.
        output: Rendered episodes, one folder each.
        root: Where ``show.lock.toml`` lies, and what sources are named relative to.
    """

    scripts: Path
    output: Path
    root: Path

    @property
    def lock_path(self) -> Path:
        """Path of ``show.lock.toml``."""
        return self.root / lock.NAME

    def script_path(self, name: str) -> Path:
        """The narration script of an episode."""
        return self.scripts / f"{name}.txt"

    def base_path(self, name: str) -> Path:
        """The machine's last script of an episode."""
        return self.scripts / ".base" / f"{name}.txt"

    def episode_dir(self, name: str) -> Path:
        """The folder of an episode's finished files."""
        return self.output / name

    def source_uri(self, path: Path) -> str:
        """``path`` relative to the root, with forward slashes: the same on every machine."""
        try:
            return Path(os.path.relpath(path.absolute(), self.root.absolute())).as_posix()
        except ValueError:  # another drive on Windows
            return path.name

    def name_of(self, path: Path) -> str:
        """The episode name of an article: its file name, numbered where another article has it already.

        A script whose article has gone away is taken over: the article was moved.
        """
        name = slug(path.stem)
        uri = self.source_uri(path)
        taken: list[str] = []
        while True:
            candidate = unique(name, taken)
            source = _source_line(self.script_path(candidate))
            if source in ("", uri) or not (self.root / source).exists():
                return candidate
            taken.append(candidate)


def _source_line(path: Path) -> str:
    """The article that a script says it was made from; empty where there is no script or it does not say."""
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            for line in file:
                if line.startswith("%source "):
                    return line.removeprefix("%source ").rsplit(" sha256:", 1)[0].strip()
                if line.startswith("# "):
                    break
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise ReadError(f"the script cannot be read ({error.strerror})", str(path)) from error
    return ""
