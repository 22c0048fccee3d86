"""A merged script as a file that shows its conflicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model.script import Chapter, Line
from pipeline.narrate.merge_lines import entries
from pipeline.narrate.script_writer import MARKS, chapter_blocks, header, line_blocks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.narrate.merge import Conflict, Merged


def dumps_merged(merged: Merged) -> str:
    """The script file, its conflicts between marks; `loads` refuses it until a person has chosen."""
    edited = {conflict.at: conflict for conflict in merged.conflicts if conflict.edited}
    behind: dict[str, list[Conflict]] = {}
    for conflict in merged.conflicts:
        if not conflict.edited:
            behind.setdefault(conflict.at, []).append(conflict)
    blocks = [header(merged.script), *(_shown(conflict) for conflict in behind.get("", ()))]
    for id, entry in entries(merged.script).items():
        blocks += [_shown(edited[id])] if id in edited else _blocks((entry.line,))
        blocks += line_blocks(entry.tail)
        blocks += [_shown(conflict) for conflict in behind.get(id, ())]
    return "\n".join(blocks)


def _shown(conflict: Conflict) -> str:
    opening, middle, closing = MARKS
    edited, article = ("\n".join(_blocks(side)) for side in (conflict.edited, conflict.article))
    return f"{opening} edited\n{edited}{middle}\n{article}{closing} article\n"


def _blocks(lines: Sequence[Line | Chapter]) -> Iterator[str]:
    for line in lines:
        yield from chapter_blocks(line) if isinstance(line, Chapter) else line_blocks((line,))
