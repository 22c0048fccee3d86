"""What an episode was made from and what it became, one object in the store: a warm plan reads this alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pipeline.build import explain, told
from pipeline.errors import ConfigError
from pipeline.model.codec import from_plain
from pipeline.model.episode import File
from pipeline.narrate import dumps

if TYPE_CHECKING:
    from pipeline.build.narration import Narrated
    from pipeline.build.plan import Plan
    from pipeline.build.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A finished file, and the key of what an audio file was made from (empty for a sidecar)."""

    key: str
    file: File


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """An episode as the last render left it.

    Attributes:
        folder: Where its files were put; another folder's manifest says nothing of this one's files.
        results: Key of each action → its result as plain data.
        utterances: Id → what it was made from, as `explain.inputs` gives it.
        files: Path → the file made there.
        script: The narration script that was spoken, as the text of its file.
        told: Key of what the render tells later checks, so that it is kept as long as the episode is.
    """

    folder: str = ""
    results: dict[str, Any] = field(default_factory=dict)
    utterances: dict[str, explain.Inputs] = field(default_factory=dict)
    files: dict[str, Made] = field(default_factory=dict)
    script: str = ""
    told: str = ""


def known(session: Session, guid: str, name: str) -> Manifest:
    """The manifest of an episode, an empty one where there is none; its results are known to the store from now on."""
    plain = session.store.manifest(guid)
    try:
        manifest = from_plain(plain, Manifest)
    except ConfigError:
        session.store.warnings.append("the store's manifest of this episode is damaged; it is made again")
        return Manifest()
    if manifest.folder != _folder(session, name):
        return Manifest(results=manifest.results, utterances=manifest.utterances, script=manifest.script)
    return manifest


def keep(session: Session, guid: str, narrated: Narrated, plan: Plan, files: dict[str, Made]) -> None:
    """Write the manifest of an episode."""
    actions = [action for step in plan.clips for action in (step.speak, *step.encode.values())]
    folder, script = _folder(session, narrated.name), dumps(narrated.script)
    manifest = {
        "folder": folder,
        "results": {action.key(): session.store.held(action) for action in actions},
        "utterances": explain.inputs(plan),
        "files": files,
        "script": script,
        "told": told.key(session, guid, narrated.name),
    }
    session.store.write_manifest(guid, manifest)


def _folder(session: Session, name: str) -> str:
    return str(session.workspace.episode_dir(name).resolve())
