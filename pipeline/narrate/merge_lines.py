"""Lines of a script by their ids, and one line of three made."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from pipeline.model.script import Bed, BedEnd, Chapter, Line, Part, Pause, Play, Script, Utterance
from pipeline.narrate.ids import Ids
from pipeline.text.parts import carried
from pipeline.text.spans import align

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

T = TypeVar("T")
_TOLD = {
    Chapter: ("title", "level", "take", "recording"),
    Utterance: ("written", "spoken", "parts", "voice", "rate_percent", "take", "recording", "role"),
}
"""What the script file holds of a line: a difference in any of them is an edit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line with an id, and the pauses, recordings and beds behind it."""

    line: Chapter | Utterance
    tail: tuple[Pause | Play | Bed | BedEnd, ...] = ()


Entries = dict[str, Entry]


def entries(script: Script) -> Entries:
    """The lines of the script by their ids, in order; a chapter's title counts as a line."""
    found: Entries = {}
    for chapter in script.chapters:
        last = chapter.id
        found[last] = Entry(line=replace(chapter, lines=()))
        for line in chapter.lines:
            if isinstance(line, Utterance):
                last = line.id
                found[last] = Entry(line=line)
            else:
                found[last] = replace(found[last], tail=(*found[last].tail, line))
    return found


def chapters(merged: Entries) -> tuple[Chapter, ...]:
    """The chapters that the lines make."""
    heads: list[tuple[Chapter, list[Line]]] = []
    for entry in merged.values():
        if isinstance(entry.line, Chapter):
            heads.append((entry.line, []))
        else:
            if not heads:  # a person deleted the first chapter's title together with the line that was there
                heads.append((Chapter(id=Ids(merged).chapter(""), title=""), []))
            heads[-1][1].append(entry.line)
        heads[-1][1].extend(entry.tail)
    return tuple(replace(chapter, lines=tuple(lines)) for chapter, lines in heads)


def merged_entry(before: Entry | None, mine: Entry, theirs: Entry | None, *, disputed: bool) -> Entry:
    """One line of the person's, with what the machine has at its place."""
    if theirs is None:
        return mine
    tail = _choose(before.tail if before else None, mine.tail, theirs.tail)
    if disputed:
        return replace(mine, tail=tail)
    return Entry(line=_merged_line(before.line if before else None, mine.line, theirs.line), tail=tail)


def _merged_line(
    before: Chapter | Utterance | None, mine: Chapter | Utterance, theirs: Chapter | Utterance
) -> Chapter | Utterance:
    names = _TOLD[type(mine)]
    values: dict[str, Any] = {
        name: _choose(getattr(before, name) if before else None, getattr(mine, name), getattr(theirs, name))
        for name in names
    }
    if isinstance(mine, Utterance) and isinstance(theirs, Utterance):
        old = before if isinstance(before, Utterance) else None
        values["spoken"], values["parts"] = _merged_words(old, mine, theirs)
    if values == {name: getattr(theirs, name) for name in names}:
        return theirs
    if isinstance(mine, Chapter) or isinstance(theirs, Chapter):
        return replace(mine, **values)
    written, spoken = values["written"], values["spoken"]
    if (written, spoken) == (theirs.written, theirs.spoken):
        return replace(theirs, **values)
    if (written, spoken) != (mine.written, mine.spoken):
        values["spans"] = align(written, spoken) if written else ()
    return replace(mine, **values, origin=theirs.origin)


def _merged_words(before: Utterance | None, mine: Utterance, theirs: Utterance) -> tuple[str, tuple[Part, ...]]:
    """What is said, and its parts: one thing, save that marks set on the machine's old words go to its new ones."""
    if before is None or mine.spoken != before.spoken:
        return mine.spoken, mine.parts
    if mine.parts == before.parts:
        return theirs.spoken, theirs.parts
    kept = mine.parts if theirs.spoken == mine.spoken else carried(mine.parts, theirs.spoken)
    return (mine.spoken, mine.parts) if kept is None else (theirs.spoken, kept)


def _choose(before: T | None, mine: T, theirs: T) -> T:
    """The person's value unless they left the machine's old one."""
    return theirs if before is not None and mine == before else mine


def keep_tails(
    merged: Entries, mine: Entries, before: Entries, *, dropped: Collection[str], replaced: Mapping[str, str]
) -> None:
    """Put pauses and recordings that a person set behind lines that go now behind what takes their place.

    Args:
        merged: The result so far; changed in place.
        mine: The person's lines.
        before: The lines of the base.
        dropped: Ids of the person's lines that go.
        replaced: What stands now in the place of an id that is gone.
    """
    anchor = next(iter(merged), "")
    for id, entry in mine.items():
        new = replaced.get(id, "")
        if id in merged:
            anchor = id
        elif id not in dropped or entry.tail == before[id].tail:
            continue
        elif new in merged and new not in mine:
            merged[new] = replace(merged[new], tail=entry.tail)
        elif anchor:
            extra = tuple(one for one in entry.tail if one not in before[id].tail)
            merged[anchor] = replace(merged[anchor], tail=merged[anchor].tail + extra)


def told(line: Chapter | Utterance) -> tuple[object, ...]:
    """What the script file holds of the line."""
    return tuple(getattr(line, name) for name in _TOLD[type(line)])


def text_of(line: Chapter | Utterance) -> str:
    """The line's own text: what was written, else what is said."""
    return line.title if isinstance(line, Chapter) else line.written or line.spoken


def is_written(line: Chapter | Utterance) -> bool:
    """Whether the line comes from an article; the narrator's own words and those of a person do not."""
    return isinstance(line, Chapter) or bool(line.written)
