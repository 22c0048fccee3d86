"""How an episode stands: made from what its script says now, or not."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.build import manifests, narration
from pipeline.build.identity import known_guid
from pipeline.errors import NeedsPerson, PipelineError
from pipeline.narrate import dumps
from pipeline.read import is_address

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.build.session import Session
    from pipeline.model.script import Script

STATES = ("fresh", "changed", "never rendered", "conflict", "broken")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An episode at a glance.

    Attributes:
        name: Of the episode.
        title: As its script says.
        state: One of `STATES`.
        why: In words, where there is something to say.
        article: The file of its article, where it has one of its own: how it stands hangs on its content, too.
    """

    name: str
    title: str
    state: str
    why: str = ""
    article: Path | None = None


def standing(session: Session, name: str) -> Standing:
    """How an episode that has a script stands; no voice is asked, so that a voice of another version is not seen."""
    path = session.workspace.script_path(name)
    try:
        narrated = narration.from_source(session, path)
    except NeedsPerson as error:
        return Standing(name=name, title=name, state="conflict", why=str(error))
    except PipelineError as error:
        return Standing(name=name, title=name, state="broken", why=str(error))
    try:
        state, why = _state(session, name, narrated.script)
    except OSError as error:
        state, why = "broken", f"a file of it cannot be read ({error.strerror})"
    article = _article(session, narrated.script)
    return Standing(name=name, title=narrated.script.title or name, state=state, why=why, article=article)


def _state(session: Session, name: str, script: Script) -> tuple[str, str]:
    guid = known_guid(session, name)
    manifest = manifests.known(session, guid, name) if guid else manifests.Manifest()
    folder = session.workspace.episode_dir(name)
    if not manifest.files:
        if folder.is_dir():
            return "changed", "its files are there, but nothing is known of how they were made"
        return "never rendered", ""
    if manifest.script != dumps(script):
        return "changed", "the script has changed since the last render"
    for path, made in manifest.files.items():
        where = folder / path
        if not where.is_file() or where.stat().st_size != made.file.bytes:
            return "changed", f"{path} is not as the last render left it"
    article = _article(session, script)
    if article and script.source and hashlib.sha256(article.read_bytes()).hexdigest() != script.source.digest:
        return "changed", "the article has changed since the script was made"
    return "fresh", ""


def _article(session: Session, script: Script) -> Path | None:
    """The file that a script was made from, if it holds nothing else; what lies on the web is not asked."""
    source = script.source
    if source is None or not source.digest or is_address(source.uri):
        return None
    try:
        path = session.workspace.root / source.uri
        return path if path.is_file() else None
    except (OSError, ValueError):  # no name that a file could have
        return None
