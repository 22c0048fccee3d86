"""What a render tells the checks that come later: what its files must say, with which settings, what was new.

None of it is needed to render; where the store has lost it, less is checked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.build.dress import dress
from pipeline.model.action import Action
from pipeline.model.codec import to_plain
from pipeline.model.show import AudioFormat, Pauses, Recordings  # noqa: TC001 - the codec reads them at run time
from pipeline.publish.inspect import Said, said

if TYPE_CHECKING:
    from pipeline.build.hall import Prepared
    from pipeline.build.manifests import Manifest
    from pipeline.build.session import Session
    from pipeline.store.lock import LockedEpisode

SCHEMA = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is kept of a render.

    Attributes:
        said: What the tags of its files must say.
        spoken: Ids of what it had spoken anew, or for the first time.
        formats: Of its audio files, the enclosure's first.
        audio: The show's sound as it was.
        pauses: The show's pauses as they were.
        recordings: What it played in every episode.
    """

    said: Said
    spoken: tuple[str, ...]
    formats: tuple[str, ...]
    audio: AudioFormat
    pauses: Pauses
    recordings: Recordings


def keep(session: Session, prepared: Prepared, identity: LockedEpisode, before: Manifest) -> None:
    """Keep what this render tells; ``before`` is what the last one left."""
    spoken = (
        step.id
        for step in prepared.plan.clips
        if step.id not in before.utterances or before.utterances[step.id].speak != step.speak.inputs
    )
    one = Told(
        said=said(dress(session, prepared.narrated, identity)),
        spoken=tuple(spoken),
        formats=session.show.formats,
        audio=session.show.audio,
        pauses=session.show.pauses,
        recordings=session.show.recordings,
    )
    session.store.remember(_action(session, identity.guid, prepared.narrated.name), to_plain(one))


def told(session: Session, guid: str, name: str) -> Told | None:
    """What the last render of an episode into its folder told; None where that is not known any more."""
    return session.store.value(_action(session, guid, name), Told) if guid else None


def key(session: Session, guid: str, name: str) -> str:
    """Under which key of the store it is kept; the episode's manifest names it, so that no clearing away takes it."""
    return _action(session, guid, name).key()


def _action(session: Session, guid: str, name: str) -> Action:
    """Its key; what stands under it is written over by each render, as a manifest is."""
    folder = str(session.workspace.episode_dir(name).resolve())
    return Action(room="told", schema=SCHEMA, inputs={"guid": guid, "folder": folder})
