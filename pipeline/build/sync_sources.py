"""The articles that a show's sources hold now, told apart by content and not by date.

Of a folder the bytes of each file are digested and nothing is parsed. Pages of the web are asked for politely, and read
only where their bytes are others than last time.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import PipelineError, ReadError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.build.sync_ground import Ground
    from pipeline.model.document import Article

_MOST_FILES = 20_000
_LOOK = 8192


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An article that is there.

    Attributes:
        source: As the catalogue and scripts name it: a path relative to the show's folder, or an address.
        digest: The sha256 of what it is read from, hex.
        place: What it can be read from: a file, the address of a page that is as it was, or what was read just now.
    """

    source: str
    digest: str
    place: Path | str | Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something that could not be read now.

    Attributes:
        gone: Whether its server says that there is no such page.
    """

    source: str
    error: PipelineError
    gone: bool = False


@dataclass(slots=True, kw_only=True)
class Seen:
    """What the sources hold.

    Attributes:
        found: By source, in order.
        troubles: What could not be read.
        whole_folder: Whether the folder, and all in it, could be listed and held something: only then is what is
            missing there gone.
        notes: What a person should know.
    """

    found: dict[str, Found] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    whole_folder: bool = False
    notes: list[str] = field(default_factory=list)

    def add(self, one: Found | Trouble) -> None:
        """Take one in; what was found already under another source's name counts once."""
        if isinstance(one, Trouble):
            self.troubles.append(one)
        else:
            self.found.setdefault(one.source, one)


def look(ground: Ground) -> Seen:
    """All articles of the show."""
    seen = Seen()
    known = {entry.source: entry.source_digest for entry in ground.catalogue.entries.values()}
    known |= ground.catalogue.drafts
    if ground.show.sources.folder:
        _folder(ground, known, seen)
    sources = ground.show.sources
    if sources.feed or sources.sitemap or sources.urls:
        from pipeline.build.sync_web import look as look_at_web

        for one in look_at_web(ground, known):
            seen.add(one)
    return seen


def _folder(ground: Ground, known: dict[str, str], seen: Seen) -> None:
    folder = ground.workspace.root / ground.show.sources.folder
    refused: list[OSError] = []
    count = 0
    for path in _files(ground, folder, known, refused):
        count += 1
        if count > _MOST_FILES:
            raise ReadError(f"there are more than {_MOST_FILES:,} articles in this folder", str(folder))
        one = _file(ground, path, known, seen)
        if one is not None:
            seen.add(one)
    for error in refused:
        where = error.filename or str(folder)
        wrong = ReadError(f"the folder cannot be read ({error.strerror})", str(where))
        seen.add(Trouble(source=ground.workspace.source_uri(str(where)), error=wrong))
    if not count and not refused:
        wrong = ReadError("there is no article in this folder; nothing is removed for that", str(folder))
        seen.add(Trouble(source=ground.show.sources.folder, error=wrong))
    seen.whole_folder = bool(count) and not refused


def _files(ground: Ground, folder: Path, known: dict[str, str], refused: list[OSError]) -> Iterator[Path]:
    """Files below a folder that are known or that a reader reads; no hidden ones, none of the show's own folders."""
    own = {ground.workspace.output.resolve(), ground.workspace.scripts.resolve()}
    if ground.show.destination.folder:
        own.add((ground.workspace.root / ground.show.destination.folder).resolve())
    suffixes: frozenset[str] | None = None
    for root, folders, files in os.walk(folder, onerror=refused.append):
        base = Path(root)
        folders[:] = sorted(name for name in folders if not name.startswith(".") and (base / name).resolve() not in own)
        for name in sorted(files):
            if name.startswith("."):
                continue
            path = base / name
            if ground.workspace.source_uri(str(path)) not in known:
                suffixes = suffixes if suffixes is not None else _suffixes()
                if path.suffix.lower() not in suffixes:
                    continue
            yield path


def _suffixes() -> frozenset[str]:
    """What readers read; they are loaded only where a file is new, since that takes longer than all the rest."""
    from pipeline import plugins

    return frozenset(suffix for name in plugins.names("readers") for suffix in plugins.load("readers", name).SUFFIXES)


def _file(ground: Ground, path: Path, known: dict[str, str], seen: Seen) -> Found | Trouble | None:
    source = ground.workspace.source_uri(str(path))
    sha256 = hashlib.sha256()
    head = b""
    try:
        with path.open("rb") as opened:
            while block := opened.read(1 << 20):
                head = head or block[:_LOOK]
                sha256.update(block)
    except OSError as error:
        return Trouble(source=source, error=ReadError(f"the file cannot be read ({error.strerror})", str(path)))
    if source not in known and _is_feed(head):
        seen.notes.append(f"{path} is a feed, not an article: name it as $.sources.feed to publish its entries")
        return None
    return Found(source=source, digest=sha256.hexdigest(), place=path)


def _is_feed(head: bytes) -> bool:
    from pipeline.text.feed.sniff import is_feed

    return is_feed(head)
