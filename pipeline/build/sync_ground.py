"""What a sync stands on: the show, what is published of it, and which files lie at the destination."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import config
from pipeline.build import sync_key
from pipeline.errors import ConfigError, StoreError
from pipeline.model.codec import canonical_json, from_plain, to_plain
from pipeline.model.publication import Catalogue
from pipeline.store.destination import Destination
from pipeline.store.workspace import Workspace

if TYPE_CHECKING:
    from pipeline.build.session import Options
    from pipeline.build.sync_key import Common
    from pipeline.model.publication import Entry, Posted
    from pipeline.model.show import Show

CATALOGUE = "articlecast.json"
FEED = "feed.xml"
PENDING = "articlecast.pending.json"
"""Lies at the destination while files there are replaced in place; who finds it puts no trust in those files."""
JSON = "application/json"
SCHEMA = 1
SHOW_FILE = "show.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """What a killed sync was about to replace in place.

    Attributes:
        episodes: Episodes whose sidecars may be newer than the catalogue says.
        pages: Whether the show's own pages may be.
    """

    episodes: tuple[str, ...] = ()
    pages: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The show and its destination as a sync finds them; nothing of it needs a voice, a reader or a store.

    Attributes:
        catalogue: What is published.
        catalogue_bytes: As it lies at the destination; empty before the first sync.
        listing: Path → size of every file at the destination.
        common: What all episodes have in common.
    """

    options: Options
    show: Show
    workspace: Workspace
    destination: Destination
    catalogue: Catalogue
    catalogue_bytes: bytes
    listing: dict[str, int]
    pending: Pending
    common: Common

    @property
    def local(self) -> bool:
        """Whether the destination is a folder of this machine."""
        return not self.show.destination.store

    def stands(self, entry: Entry) -> bool:
        """Whether all files of an episode lie at the destination as they were put there."""
        sure = entry.item.name not in self.pending.episodes
        return all(self.has(file) and (sure or file.role == "audio") for file in entry.item.files)

    def has(self, file: Posted) -> bool:
        """Whether a file of this size lies there."""
        return self.listing.get(file.path) == file.bytes

    def key_of(self, entry: Entry) -> str:
        """The key of a published episode as the files are now that it was made from; a lost script counts as it was."""
        name = entry.item.name
        path = self.script_of(name, entry.source)
        published = next((file.sha256 for file in entry.item.of_role("script")), "")
        script = sync_key.digest_of(path) if path.exists() or not published else published
        return sync_key.key(self.workspace, name, script, entry.uses, self.common)

    def script_of(self, name: str, source: str) -> Path:
        """The script of an episode: its source itself where that is one."""
        own = self.workspace.root / source
        return own if source.lower().endswith(".txt") and starts_as_script(own) else self.workspace.script_path(name)


def starts_as_script(path: Path) -> bool:
    """Whether a file begins as a narration script does."""
    try:
        with path.open("rb") as file:
            return file.read(12).removeprefix(b"\xef\xbb\xbf").startswith(b"%script ")
    except OSError:
        return False


def show_file(options: Options) -> Path:
    """The path of ``show.toml``.

    Raises:
        ConfigError: There is none.
    """
    path = options.show or Path(SHOW_FILE)
    path = path / SHOW_FILE if path.is_dir() else path
    if not path.is_file():
        raise ConfigError("there is no such file; a show is described by its show.toml", str(path))
    return path


def survey(options: Options) -> Ground:
    """Read the show, and what its destination tells: its catalogue, and one listing.

    Raises:
        ConfigError: ``show.toml`` holds mistakes, or names no sources or no destination.
        StoreError: The destination cannot be read, or its catalogue is damaged.
        UsageError: No show can be published there.
    """
    path = show_file(options)
    show = config.load(path)
    _check(show, path)
    root = path.parent
    workspace = Workspace(
        scripts=options.scripts or root / "scripts", output=options.output or root / "output", root=root
    )
    destination = Destination.open(show.destination.store or str(root / show.destination.folder))
    listing = destination.listing()
    data = (destination.read(CATALOGUE) if CATALOGUE in listing else None) or b""
    catalogue = _catalogue(data, destination)
    pending = _pending(destination, catalogue) if PENDING in listing else Pending()
    return Ground(
        options=replace(options, show=path),
        show=show,
        workspace=workspace,
        destination=destination,
        catalogue=catalogue,
        catalogue_bytes=data,
        listing=listing,
        pending=pending,
        common=sync_key.common(workspace, show),
    )


def dumps(value: Catalogue | Pending) -> bytes:
    """The value as its file at the destination."""
    return (canonical_json(to_plain(value)) + "\n").encode()


def _catalogue(data: bytes, destination: Destination) -> Catalogue:
    if not data:
        return Catalogue()
    try:
        plain = json.loads(data)
        if isinstance(plain, dict) and plain.get("schema", SCHEMA) > SCHEMA:
            raise StoreError(
                "was written by a later version of articlecast: update this one", f"{destination.address}/{CATALOGUE}"
            )
        return from_plain(plain, Catalogue)
    except (ValueError, TypeError, ConfigError) as error:
        message = "the catalogue of what is published is damaged: restore it from a backup, or remove all files there"
        raise StoreError(message, f"{destination.address}/{CATALOGUE}") from error


def _pending(destination: Destination, catalogue: Catalogue) -> Pending:
    """What the journal tells; a damaged one puts everything in doubt, which costs time and nothing else."""
    try:
        return from_plain(json.loads(destination.read(PENDING) or b"{}"), Pending)
    except (ValueError, ConfigError):
        return Pending(episodes=tuple(catalogue.entries), pages=True)


def _check(show: Show, path: Path) -> None:
    sources, there = show.sources, show.destination
    wrong = []
    if not (sources.folder or sources.feed or sources.sitemap or sources.urls):
        wrong.append("$.sources names no folder, feed, sitemap or urls: where are the articles?")
    if not (there.folder or there.store):
        wrong.append("$.destination names no folder and no store: where is the show to be published?")
    if not there.url:
        wrong.append("$.destination.url is missing: at which address does the world find it?")
    if wrong:
        raise ConfigError("; ".join(wrong), str(path))
