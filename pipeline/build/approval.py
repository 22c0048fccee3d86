"""Scripts under review: which of them a person has approved, kept in ``show.lock.toml``.

What is approved is what will be heard, and no byte beside it: the words of every line in their order, their voices,
languages, pronunciations and rates, the pauses, recordings and music. So a new digest of the article, other words in
its front matter, or another take asks no person to look again; one other word or comma that is spoken does. Of
recordings it is the path that counts, not the content of the file.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.build import changed, identity, narration
from pipeline.build.narration import speakable
from pipeline.errors import NeedsPerson, PipelineError, ReadError, ScriptError, UsageError
from pipeline.model.codec import canonical_json, to_plain
from pipeline.model.script import Utterance
from pipeline.narrate import loads
from pipeline.store import lock as locking
from pipeline.store.exclusive import exclusive

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.build.changed import Difference
    from pipeline.build.narration import Narrated
    from pipeline.build.session import Session
    from pipeline.model.script import Line, Script

_SCHEMA = 1
"""Raised when what counts as heard changes: everything waits for approval again then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """How a script stands with the person who reviews it.

    Attributes:
        name: Name of the episode.
        script: The narration script.
        approved: Whether what it says now is approved.
        before: Whether something was approved when this was asked, be it what it says now or not.
        utterances: How many it holds; 0 where it cannot be read.
        problem: Why it cannot be approved as it stands, with its place; empty where it can.
        difference: What the voice will say differently than in the last render; None where nobody asked for it.
    """

    name: str
    script: Path
    approved: bool
    before: bool = False
    utterances: int = 0
    problem: str = ""
    difference: Difference | None = None


def digest_of(script_path: Path) -> str:
    """The sha256, hex, of what the script at ``script_path`` says.

    Raises:
        NeedsPerson: It holds conflicts.
        ScriptError: It breaks its grammar, or is not UTF-8.
        ReadError: It cannot be read.
    """
    try:
        text = script_path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ReadError(f"the script cannot be read ({error.strerror})", str(script_path)) from error
    except UnicodeDecodeError as error:
        raise ScriptError("the script is not UTF-8; save it as UTF-8", str(script_path)) from error
    return heard(speakable(loads(text, name=str(script_path))))


def heard(script: Script) -> str:
    """The sha256, hex, of what a script says."""
    lines = [_heard(line) for chapter in script.chapters for line in chapter.spoken_lines()]
    whole = [chapter.recording for chapter in script.chapters]
    plain = {"schema": _SCHEMA, "language": script.language, "recordings": whole, "lines": lines}
    return hashlib.sha256(canonical_json(plain).encode()).hexdigest()


def _heard(line: Line) -> Any:
    if not isinstance(line, Utterance):
        return to_plain(line)
    parts = [to_plain(part) for part in line.parts]
    return [line.spoken, parts, line.voice, line.rate_percent, line.recording]


def is_approved(session: Session, name: str, script_path: Path) -> bool:
    """Whether what the script of the episode ``name`` says now is approved.

    Raises:
        PipelineError: as `digest_of`, and where ``show.lock.toml`` cannot be read.
    """
    return _approved(session, name) == digest_of(script_path)


def demand(session: Session, narrated: Narrated) -> None:
    """Refuse, in a show under review, what no person has approved.

    Raises:
        NeedsPerson: The message names the command that approves it.
    """
    if not session.show.publishing.review:
        return
    approved = _approved(session, narrated.name)
    if approved != heard(narrated.script):
        state = "what it says has changed since it was approved" if approved else "nobody has approved it yet"
        raise NeedsPerson(f"{state}; read it, then: articlecast approve {narrated.name}", str(narrated.script_path))


def standing(session: Session) -> tuple[Approval, ...]:
    """How each of the show's scripts stands, by name; one with conflicts or mistakes says so in ``problem``."""
    lock = locking.load(session.workspace.lock_path)
    found = []
    for path in sorted(session.workspace.scripts.glob("*.txt")):
        if not narration.is_script(path):
            continue
        known = lock.episodes.get(path.stem)
        before = known.approved if known else ""
        try:
            narrated = narration.from_source(session, path, keep=False)
        except PipelineError as error:
            problem = str(error)
            found.append(Approval(name=path.stem, script=path, approved=False, before=bool(before), problem=problem))
            continue
        found.append(_approval(narrated, before=before, approved=before == heard(narrated.script)))
    return tuple(found)


def waiting(session: Session) -> tuple[Approval, ...]:
    """Those of the show's scripts that say something that nobody has approved."""
    return tuple(one for one in standing(session) if not one.approved)


def approve(session: Session, names: Iterable[str | Path], *, undo: bool = False) -> tuple[Approval, ...]:
    """Note in ``show.lock.toml`` that a person has approved what scripts say; all of them, or none if one cannot be.

    Args:
        session: The show.
        names: Episodes by name, or paths of scripts or of articles that have one.
        undo: Whether approval is taken back instead.

    Returns:
        Each script as it stands now, with what will be heard otherwise than in the last render.

    Raises:
        UsageError: There is no such script.
        NeedsPerson: A script holds conflicts.
        PipelineError: A script cannot be read, or the lock not be written.
    """
    paths = tuple(dict.fromkeys(_script(session, name) for name in names))
    if undo:
        return tuple(_taken_back(session, path) for path in paths)
    every = [(narration.from_source(session, path, keep=False), changed.difference(session, path)) for path in paths]
    made = []
    with exclusive(session.workspace.lock_path):
        for narrated, difference in every:
            lock = locking.load(session.workspace.lock_path)
            # a guid is given now where there is none yet; the day of publication is that of the render
            known = lock.episodes.get(narrated.name) or replace(identity.identify(session, narrated), published="")
            locked = replace(known, approved=heard(narrated.script))
            locking.save(session.workspace.lock_path, lock.with_episode(narrated.name, locked))
            one = _approval(narrated, before=known.approved, approved=True)
            made.append(replace(one, difference=difference))
    return tuple(made)


def _taken_back(session: Session, path: Path) -> Approval:
    """An approval that is no more; a script with mistakes can lose it, too."""
    name = session.workspace.name_of_script(path)
    with exclusive(session.workspace.lock_path):
        lock = locking.load(session.workspace.lock_path)
        known = lock.episodes.get(name)
        if known is not None:
            locking.save(session.workspace.lock_path, lock.with_episode(name, replace(known, approved="")))
    return Approval(name=name, script=path, approved=False, before=bool(known and known.approved))


def _approval(narrated: Narrated, *, before: str, approved: bool) -> Approval:
    return Approval(
        name=narrated.name,
        script=narrated.script_path,
        approved=approved,
        before=bool(before),
        utterances=sum(1 for _ in narrated.script.utterances()),
    )


def _approved(session: Session, name: str) -> str:
    known = locking.load(session.workspace.lock_path).episodes.get(name)
    return known.approved if known else ""


def _script(session: Session, name: str | Path) -> Path:
    """The script that a person means: by its path, by the episode's name, or by the article it was made from."""
    path = Path(name)
    if narration.is_script(path):
        return path
    workspace = session.workspace
    if path.name == str(name) and narration.is_script(workspace.script_path(str(name))):
        return workspace.script_path(str(name))
    made = workspace.name_by_source(workspace.source_uri(str(name)))
    if made:
        return workspace.script_path(made)
    raise UsageError("there is no such episode, script or article; articlecast approve tells what waits", str(name))
