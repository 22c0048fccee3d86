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

    def source_uri(self, uri: str) -> str:
        """A path relative to the root, with forward slashes: the same on every machine. An address stays as it is."""
        if "://" in uri:
            return uri
        name, mark, key = uri.partition("#") if not Path(uri).exists() else (uri, "", "")
        return self._relative(Path(name)) + mark + key

    def _relative(self, path: Path) -> str:
        try:
            uri = Path(os.path.relpath(path.absolute(), self.root.absolute())).as_posix()
        except ValueError:  # another drive on Windows
            uri = path.name
        # a name that is not UTF-8 can be opened, but not written down as it is
        return uri.encode(errors="backslashreplace").decode()

    def name_of(self, stem: str, uri: str, digest: str) -> str:
        """The episode name of an article: its file name, numbered where another article has it already.

        A script whose article has gone, and which was made from the same bytes as this one, is taken over: the
        article was moved. A script that names no article is a person's own and is never taken.

        Args:
            stem: Name of the file without its ending, or what stands for it.
            uri: As `source_uri` gives it.
            digest: The sha256 of the article, hex.
        """
        name = slug(stem)
        taken: list[str] = []
        while True:
            candidate = unique(name, taken)
            if not self.script_path(candidate).exists():
                return candidate
            source, made_from = _source_line(self.script_path(candidate))
            if source == uri or (made_from and made_from == digest and not self._exists(source)):
                return candidate
            taken.append(candidate)

    def name_by_source(self, uri: str) -> str:
        """The episode name of the script that was made from ``uri``; empty where there is none."""
        scripts = sorted(self.scripts.glob("*.txt")) if self.scripts.is_dir() else []
        return next((path.stem for path in scripts if _source_line(path)[0] == uri), "")

    def name_of_script(self, path: Path) -> str:
        """The episode name of a script: its own among the show's scripts, else one that none of those has."""
        if path.absolute().parent.resolve() == self.scripts.absolute().resolve():
            return path.stem
        return unique(slug(path.stem), (other.stem for other in self.scripts.glob("*.txt")))

    def _exists(self, source: str) -> bool:
        if "://" in source:
            return True  # whether a page is gone is not asked here
        try:
            return (self.root / source).exists() or ("#" in source and (self.root / source.partition("#")[0]).exists())
        except (OSError, ValueError):  # no name that a file could have
            return False


def _source_line(path: Path) -> tuple[str, str]:
    """The article, and its digest, that a script says it was made from; empty where it does not say."""
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            for line in file:
                if line.startswith("%source "):
                    source, _, digest = line.removeprefix("%source ").strip().rpartition(" sha256:")
                    return source, digest
                if line.startswith("# "):
                    break
    except OSError as error:
        raise ReadError(f"the script cannot be read ({error.strerror})", str(path)) from error
    return "", ""
