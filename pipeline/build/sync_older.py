"""Episodes that older versions of rules or voices have made; they stay as they are until a person asks for others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.build.versions import fingerprint
from pipeline.store import lock as locking

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.build.sync_ground import Ground
    from pipeline.model.publication import Entry

_DIGITS = 16
"""Of the fingerprint of reading and narrating."""


def rules() -> str:
    """What reading and narrating are done by now."""
    return fingerprint()[:_DIGITS]


def older(ground: Ground, entries: Mapping[str, Entry], what: str, *, ask: bool = False) -> tuple[str, ...]:
    """Names of the episodes that were made by others than the present ``"rules"``, or ``"voice"``.

    Args:
        ground: The show.
        entries: Published episodes.
        what: ``"rules"`` or ``"voice"``.
        ask: Whether engines are asked for what they are now; else ``show.lock.toml`` tells what they were when they
            last spoke, and none has to be loaded.
    """
    if what == "rules":
        now = rules()
        return tuple(name for name, entry in entries.items() if entry.made_by.get("rules", now) != now)
    voices = {f"voice {name}": one.fingerprint for name, one in locking.load(ground.workspace.lock_path).voices.items()}
    if ask:
        voices |= _asked(ground, {entry.item.language for entry in entries.values()})
    return tuple(
        name
        for name, entry in entries.items()
        if any(voices.get(voice, made) != made for voice, made in entry.made_by.items() if voice.startswith("voice "))
    )


def _asked(ground: Ground, languages: set[str]) -> dict[str, str]:
    """The fingerprints, as a lock has them, of the show's voices and of those that read articles in ``languages``."""
    from pipeline.build import actions, calibration
    from pipeline.build.session import start
    from pipeline.store.blobs import digest

    session = start(ground.options)
    every = [
        *session.show.voices,
        *(session.narrator(one) for one in languages),
    ]
    return {
        f"voice {calibration.lock_name(voice)}": digest(actions.fingerprint(voice).encode())[:_DIGITS]
        for voice in every
    }
