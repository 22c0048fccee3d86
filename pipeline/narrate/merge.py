"""A person's edits and the machine's new script made one: three-way, by id and neighbours.

| line | the machine's new script has it | it has not (its written text changed, or went) |
|---|---|---|
| as the machine last wrote it | the machine's new words | goes |
| edited by the person | the person's words | a conflict with what stands there now |
| deleted by the person | stays deleted | new text at its place is said |
| added by the person | - | stays behind the line it stood behind |

Order follows the machine, but what a person moved stays behind the line they put it behind. Header lines are merged
field by field, pauses and recordings as what follows a line.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from pipeline.model.document import Meta
from pipeline.model.script import Chapter, Line, Script
from pipeline.narrate.merge_lines import Entries, chapters, entries, is_written, keep_tails, merged_entry, text_of, told
from pipeline.narrate.merge_order import pairs, unmoved, weave

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Lines between which a person must choose; a `Chapter` without lines is its title line.

    Attributes:
        at: Id of the edited line, which stands in the merged script; where there is none, of the line behind which
            the article's lines would stand (empty: at the beginning).
        edited: The person's line; empty where nobody can tell whether a person deleted lines or the article got them.
        article: The machine's lines; empty where the article has nothing in this place any more.
    """

    at: str
    edited: tuple[Line | Chapter, ...]
    article: tuple[Line | Chapter, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The merged script, with the person's side of every conflict."""

    script: Script
    conflicts: tuple[Conflict, ...] = ()


def merge(base: Script | None, person: Script, machine: Script) -> Merged:
    """``person``'s edits of ``base`` carried over to ``machine``.

    Without a base every line that differs counts as the person's; new lines of an article that has changed are shown
    as conflicts, since the person may have deleted them.

    Args:
        base: The machine's script that the person edited; None where it is lost or never was.
        person: The script as it stands in the file.
        machine: The machine's script of today.
    """
    mine, theirs = entries(person), entries(machine)
    before = entries(base) if base is not None else _supposed(mine, theirs)
    everything = mine | before | theirs
    replaced = pairs(tuple(before), tuple(theirs), lambda one: text_of(everything[one].line))
    gone = [id for id in mine if id in before and id not in theirs]
    withheld: set[str] = set()
    if base is not None:
        disputed = {id: replaced.get(id) for id in gone if told(mine[id].line) != told(before[id].line)}
    else:
        disputed = {id: replaced.get(id) for id in gone if id in replaced}
        before = {id: entry for id, entry in before.items() if id in theirs or id in disputed}
        withheld = theirs.keys() - mine.keys() - set(replaced.values())
    dropped = {id for id in mine if id in before and id not in theirs and id not in disputed}

    # The machine's order; an edited line stands where the article's new one would.
    instead = {new: old for old, new in disputed.items() if new is not None}
    moved = {id for id in mine if id in before} - unmoved(tuple(mine), before)
    deleted = {id for id in theirs if id in before and id not in mine}
    skeleton = [instead.get(id, id) for id in theirs if id not in deleted and id not in withheld]
    skeleton = [id for id in skeleton if id not in moved]
    order = weave(skeleton, mine, keep=mine.keys() - dropped - set(skeleton), renamed=replaced)

    merged: Entries = {}
    for id in order:
        new = theirs.get(disputed.get(id) or id)
        merged[id] = merged_entry(before.get(id), mine[id], new, disputed=id in disputed) if id in mine else theirs[id]
    keep_tails(merged, mine, before, dropped=dropped, replaced=replaced)

    conflicts = [
        Conflict(at=old, edited=(mine[old].line,), article=() if new is None else (theirs[new].line,))
        for old, new in disputed.items()
    ]
    if not _same_article(person, machine):
        conflicts += _unknown(theirs, withheld, instead, merged)
    script = replace(_header(base, person, machine), chapters=chapters(merged))
    return Merged(script=script, conflicts=tuple(conflicts))


def _supposed(mine: Entries, theirs: Entries) -> Entries:
    """What the base may have been: the common lines as the machine has them, and those that only the article wrote."""
    written = {id for id, entry in mine.items() if id not in theirs and is_written(entry.line)}
    order = weave([id for id in theirs if id in mine], mine, keep=written, renamed={})
    return {id: theirs.get(id) or mine[id] for id in order}


def _same_article(person: Script, machine: Script) -> bool:
    """Whether both scripts are known to be made from the same bytes."""
    sources = person.source, machine.source
    return all(source and source.digest for source in sources) and person.source == machine.source


def _unknown(theirs: Entries, withheld: set[str], instead: dict[str, str], merged: Entries) -> Iterator[Conflict]:
    """Runs of the machine's lines of which nobody knows whether a person deleted them."""
    at = ""
    run: list[Line | Chapter] = []
    for id, entry in theirs.items():
        if id in withheld:
            run += [entry.line, *entry.tail]
        elif instead.get(id, id) in merged:
            if run:
                yield Conflict(at=at, edited=(), article=tuple(run))
            at, run = instead.get(id, id), []
    if run:
        yield Conflict(at=at, edited=(), article=tuple(run))


def _header(base: Script | None, person: Script, machine: Script) -> Script:
    names = [field.name for field in fields(Script) if field.name not in ("chapters", "meta")]
    values: dict[str, Any] = {name: _field(base, person, machine, name) for name in names}
    old = base.meta if base else None
    meta: dict[str, Any] = {field.name: _field(old, person.meta, machine.meta, field.name) for field in fields(Meta)}
    return replace(machine, **values, meta=Meta(**meta))


def _field(base: object | None, person: object, machine: object, name: str) -> object:
    mine, theirs = getattr(person, name), getattr(machine, name)
    if base is None:
        return theirs if mine in ("", "und", (), None) else mine
    return theirs if mine == getattr(base, name) else mine
