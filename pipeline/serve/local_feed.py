"""The show's feed as the destination has it, with addresses of this machine, for a podcast app to try."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.build.session import start
from pipeline.build.sync_ground import CATALOGUE
from pipeline.errors import ConfigError, PipelineError
from pipeline.model.codec import from_plain
from pipeline.model.publication import Catalogue

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.build.session import Options, Session

PLACE = "/published"
"""Where the preview shows the destination's files."""


def folder(options: Options) -> Path | None:
    """The show's destination, where that is a folder of this machine and something was published there."""
    session = start(options)
    name = session.show.destination.folder
    found = session.workspace.root / name if name else None
    return found if found is not None and (found / CATALOGUE).is_file() else None


def is_there(options: Options) -> bool:
    """Whether there is anything that a feed could tell of."""
    there = folder(options)
    return there is not None and bool(_catalogue(there).entries)


def made(options: Options, address: str) -> dict[str, bytes]:
    """The pages of the feed by their paths; none where nothing was published yet.

    Args:
        options: Which show.
        address: Of this preview.
    """
    from pipeline.publish import feed

    there = folder(options)
    if there is None:
        return {}
    session: Session = start(options)
    catalogue = _catalogue(there)
    if not catalogue.entries:
        return {}
    local = f"{address}{PLACE}"
    show = replace(session.show, destination=replace(session.show.destination, url=local))
    cover = next((one for one in catalogue.pages if one.role == "cover"), None)
    guid = catalogue.feed_guid or feed.guid_of(local)
    try:
        items = [one.item for one in catalogue.entries.values()]
        return dict(feed.write(show, guid=guid, items=items, cover=cover))
    except LookupError as error:
        raise ConfigError(f"the catalogue names an episode without sound ({error})", str(there / CATALOGUE)) from error


def _catalogue(there: Path) -> Catalogue:
    try:
        return from_plain(json.loads((there / CATALOGUE).read_text(encoding="utf-8")), Catalogue)
    except (OSError, ValueError, PipelineError):  # of another version, or being written: a preview goes on without
        return Catalogue()
