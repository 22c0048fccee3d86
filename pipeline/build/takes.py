"""Another take of an utterance, written into its script: an edit like a person's, which every later run keeps."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.errors import ScriptError
from pipeline.model.script import Utterance
from pipeline.narrate import dumps, loads
from pipeline.store.exclusive import exclusive
from pipeline.store.files import write_atomic

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pipeline.model.script import Script


def set_takes(path: Path, takes: Mapping[str, int]) -> None:
    """Let the script at ``path`` ask for these takes; nothing else in it changes.

    Args:
        path: A narration script. One that was never written (`articlecast say` has none) is left alone.
        takes: Take by the id of an utterance, or of a chapter whose title is spoken; ids that it has not are ignored.

    Raises:
        ScriptError: The script breaks its grammar, or is not UTF-8.
        NeedsPerson: It holds conflicts.
        WriteError: It cannot be written.
    """
    with exclusive(path.parent):
        try:
            before = path.read_bytes()
        except FileNotFoundError:
            return
        try:
            script = loads(before.decode("utf-8-sig"), name=str(path))
        except UnicodeDecodeError as error:
            raise ScriptError("the script is not UTF-8; save it as UTF-8", str(path)) from error
        changed = with_takes(script, takes)
        if changed != script:
            write_atomic(path, dumps(changed).encode())


def with_takes(script: Script, takes: Mapping[str, int]) -> Script:
    """``script`` with these takes, by the ids of utterances and chapters."""
    chapters = tuple(
        replace(
            chapter,
            take=takes.get(chapter.id, chapter.take),
            lines=tuple(
                replace(line, take=takes[line.id]) if isinstance(line, Utterance) and line.id in takes else line
                for line in chapter.lines
            ),
        )
        for chapter in script.chapters
    )
    return replace(script, chapters=chapters)
