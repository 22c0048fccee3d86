"""What will be heard differently than in the last render: other words, other voices."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.build import actions, explain, manifests, narration
from pipeline.build.identity import known_guid
from pipeline.errors import NeedsPerson, ScriptError
from pipeline.narrate import loads
from pipeline.narrate.changes import changes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pipeline.build.narration import Narrated
    from pipeline.build.session import Session
    from pipeline.model.document import Article
    from pipeline.model.script import Script
    from pipeline.narrate.changes import Change, Changes


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """An article as it would be heard now, against its last render.

    Attributes:
        name: Name of the episode.
        script: The narration script.
        rendered: Whether anything is known of a last render; nothing is where the store was deleted.
        made: Whether the episode's folder in ``output/`` is there, so that there was a last render, known or not.
        changes: Lines that are heard differently, in order.
        moved: How many lines are said in another place.
        pauses: How many pauses are other ones.
        same: How many lines are said as before, in the words, voice and take that they had.
        sound: What makes lines with the same words sound otherwise, in words, and how many lines it does that to.
    """

    name: str
    script: Path
    rendered: bool
    made: bool = False
    changes: tuple[Change, ...] = ()
    moved: int = 0
    pauses: int = 0
    same: int = 0
    sound: tuple[tuple[str, int], ...] = ()


def difference(session: Session, source: Path | str | Article) -> Difference:
    """What `render` would make the voice say differently; nothing is spoken and no file is written.

    Raises:
        PipelineError: as narrating does.
    """
    narrated = narration.from_source(session, source, keep=False)
    manifest = manifests.known(session, known_guid(session, narrated.name), narrated.name)
    before = _script(manifest.script)
    made = session.workspace.episode_dir(narrated.name).is_dir()
    if before is None:
        return Difference(name=narrated.name, script=narrated.script_path, rendered=False, made=made)
    found = changes(before, narrated.script)
    return Difference(
        name=narrated.name,
        script=narrated.script_path,
        rendered=True,
        made=made,
        changes=found.changes,
        moved=found.moved,
        pauses=found.pauses,
        same=found.same,
        sound=_sound(session, narrated, manifest.utterances, found),
    )


def _script(text: str) -> Script | None:
    """The script that was spoken; None where it is not known, or was kept by a version with another grammar."""
    try:
        return loads(text) if text else None
    except (ScriptError, NeedsPerson):
        return None


def _sound(
    session: Session, narrated: Narrated, before: Mapping[str, explain.Inputs], found: Changes
) -> tuple[tuple[str, int], ...]:
    """Reasons why lines that are not among the changes sound otherwise: another engine, speaker, version."""
    told = {change.utterance for change in found.changes}
    voices = session.voices(narrated.script, narrated.script_path)
    counted: Counter[str] = Counter()
    for utterance in narrated.script.utterances():
        last = before.get(utterance.id)
        if last is not None and utterance.id not in told and not utterance.recording:
            counted[explain.differences(last.speak, actions.speak(utterance, voices).inputs)] += 1
    return tuple((why, count) for why, count in counted.most_common() if why)
