"""Who an episode is: given once, kept in ``show.lock.toml``."""

from __future__ import annotations

import os
import uuid
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pipeline.errors import UsageError
from pipeline.narrate import dumps
from pipeline.store import lock as locking
from pipeline.store.blobs import digest
from pipeline.store.exclusive import exclusive
from pipeline.store.lock import Lock, LockedEpisode

if TYPE_CHECKING:
    from pipeline.build.narration import Narrated
    from pipeline.build.session import Session

_NAMESPACE = uuid.UUID("6c0e2b0e-6f0c-5d55-9a55-0d1c6a5b7a11")
"""Guids are version 5 UUIDs in this namespace, of the show, and the name and bytes with which an episode began."""


def identify(session: Session, narrated: Narrated) -> LockedEpisode:
    """The episode's identity, known or new; `keep` locks a new one when its episode stands.

    A date that the article states is the date of publication. Else the locked one holds, else ``SOURCE_DATE_EPOCH``,
    else the session's day; the clock is never asked here.

    Raises:
        ConfigError: ``show.lock.toml`` cannot be read.
        UsageError: ``SOURCE_DATE_EPOCH`` is not a number.
    """
    lock = locking.load(session.workspace.lock_path)
    known = lock.episodes.get(narrated.name)
    if known is None:
        source = narrated.script.source
        first = source.digest if source else digest(dumps(narrated.script).encode())
        show = session.show.link or session.show.title
        guid = str(uuid.uuid5(_NAMESPACE, "\n".join((show, narrated.name, first))))
        known = LockedEpisode(guid=guid, number=_next_number(lock))
    return replace(known, published=narrated.script.published or known.published or _source_date() or session.today)


def keep(session: Session, name: str, identity: LockedEpisode) -> None:
    """Lock the identity of a finished episode: its guid, its first date, and its number."""
    path = session.workspace.lock_path
    with exclusive(path):
        lock = locking.load(path)
        known = lock.episodes.get(name, identity)
        others = {episode.number for other, episode in lock.episodes.items() if other != name}
        # another episode may have taken the number while this one was made: it keeps it
        number = known.number if known.number not in others else _next_number(lock)
        published = known.published or identity.published
        locking.save(path, lock.with_episode(name, replace(known, number=number, published=published)))


def _next_number(lock: Lock) -> int:
    return 1 + max((episode.number for episode in lock.episodes.values()), default=0)


def known_guid(session: Session, name: str) -> str:
    """The guid that the episode of this name has been given, empty where it has none yet."""
    known = locking.load(session.workspace.lock_path).episodes.get(name)
    return known.guid if known else ""


def _source_date() -> str:
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return ""
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError("SOURCE_DATE_EPOCH must be a number of seconds") from error
