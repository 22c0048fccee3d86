"""Which published episodes stay as they are, which must be made again, and which are gone."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pipeline.build.sync_report import FAILED, HELD, NEEDS_PERSON, RETIRED, Changed
from pipeline.read.original import is_address

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.build.sync_ground import Ground
    from pipeline.build.sync_sources import Found, Seen, Trouble
    from pipeline.errors import PipelineError
    from pipeline.model.publication import Entry

MISSES = 3
"""Syncs in a row in which a page must be gone before its episode is."""
FEW = 5
"""Episodes; more are not retired in one sync unless a person says so."""
SHARE = 0.1
"""Of the published episodes, likewise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An article whose episode may have to be made.

    Attributes:
        found: The article.
        entry: What is published of it; None for a new one.
        redo: Whether it is made again though nothing about it changed.
        moved: Whether it was published from a file of another name, which is gone, and has the same bytes.
    """

    found: Found
    entry: Entry | None
    redo: bool = False
    moved: bool = False


@dataclass(slots=True, kw_only=True)
class Decided:
    """What is to become of each episode.

    Attributes:
        kept: Entries that stay as they are, by name.
        candidates: Articles to look at.
        gone: Names of episodes whose article is no more, with the reason.
        drafts: Sources that are known to be drafts → their digests.
        told: What there is to report already.
    """

    kept: dict[str, Entry] = field(default_factory=dict)
    candidates: list[Candidate] = field(default_factory=list)
    gone: dict[str, str] = field(default_factory=dict)
    drafts: dict[str, str] = field(default_factory=dict)
    told: list[Changed] = field(default_factory=list)


def decide(ground: Ground, seen: Seen, redo: Iterable[str] = ()) -> Decided:
    """Compare what the sources hold with what is published; nothing is read or narrated for that.

    Args:
        ground: What is published.
        seen: What the sources hold.
        redo: Names of episodes that are made again though nothing about them changed.
    """
    decided = Decided()
    again = frozenset(redo)
    by_source = {entry.source: entry for entry in ground.catalogue.entries.values()}
    decided.kept.update(ground.catalogue.entries)
    moved: set[str] = set()
    left: dict[str, list[Entry]] = {}
    if seen.whole_folder:
        for source, one in by_source.items():
            if source not in seen.found and _is_file(ground, source):
                left.setdefault(one.source_digest, []).append(one)
    for source, found in seen.found.items():
        entry = by_source.get(source)
        if ground.catalogue.drafts.get(source) == found.digest and entry is None:
            decided.drafts[source] = found.digest
            continue
        if entry is None:
            alike = left.get(found.digest)
            was = alike.pop(0) if alike else None
            decided.candidates.append(Candidate(found=found, entry=was, moved=was is not None))
            moved.update([was.source] if was else ())
            continue
        if entry.missed:
            decided.kept[entry.item.name] = replace(entry, missed=0)
        same = entry.source_digest == found.digest and ground.key_of(entry) == entry.key
        if entry.item.name in again or not (same and ground.stands(entry)):
            decided.candidates.append(Candidate(found=found, entry=entry, redo=entry.item.name in again))
    troubles = {trouble.source for trouble in seen.troubles}
    for trouble in seen.troubles:
        _note(decided, trouble, by_source.get(trouble.source))
    for source, entry in by_source.items():
        is_missing = seen.whole_folder and source not in seen.found and source not in moved
        if is_missing and source not in troubles and _is_file(ground, source):
            decided.gone[entry.item.name] = "its article is gone"
    return decided


def _is_file(ground: Ground, source: str) -> bool:
    """Whether a source is a file in a folder, and neither a page nor an entry of a feed that is a file."""
    feed = ground.show.sources.feed
    if feed and not is_address(feed):
        feed = ground.workspace.source_uri(str(ground.workspace.root / feed))
    return not is_address(source) and not (feed and source.startswith(f"{feed}#"))


def _note(decided: Decided, trouble: Trouble, entry: Entry | None) -> None:
    """What could not be read: an episode that is published stays, until its page was gone often enough."""
    name = entry.item.name if entry else ""
    if entry is not None and trouble.gone:
        missed = min(entry.missed + 1, MISSES)
        decided.kept[name] = replace(entry, missed=missed)
        if missed >= MISSES:
            decided.gone[name] = f"its page was not there in {MISSES} syncs"
            return
    decided.told.append(failed(name, trouble.source, trouble.error))


def failed(name: str, source: str, error: PipelineError) -> Changed:
    """An article that could not be made; what is published of it stays."""
    code = NEEDS_PERSON if error.exit_code == NEEDS_PERSON else 1
    return Changed(name=name, kind=FAILED, source=source, why=str(error), exit_code=code)


def retire(decided: Decided, published: int, *, yes: bool) -> None:
    """Take what is gone out of what is kept, unless so much is gone that a person must say so.

    Args:
        decided: Is changed.
        published: How many episodes were published before.
        yes: Whether a person said so.
    """
    many = len(decided.gone) > FEW or len(decided.gone) > SHARE * published
    for name, why in sorted(decided.gone.items()):
        entry = decided.kept[name]
        kind, code = RETIRED, 0
        if many and not yes:
            kind, code = HELD, NEEDS_PERSON
            why = f"{why}; {len(decided.gone)} of {published} episodes would go: say --yes if they are meant to"
        else:
            del decided.kept[name]
        title = entry.item.title
        decided.told.append(Changed(name=name, kind=kind, source=entry.source, title=title, why=why, exit_code=code))
