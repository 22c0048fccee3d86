"""What a sync did, or would do: the change report."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from pipeline.model.codec import to_plain

NEW = "new"
CHANGED = "changed"
RESTORED = "restored"
"""Nothing changed about it, but a file was missing at the destination, or it was redone with newer voices or rules."""
MOVED = "moved"
RETIRED = "retired"
WAITING = "waiting"
"""For a person who reviews its script."""
HELD = "held"
"""Its article is gone or a draft, but so many are that a person must say so."""
FAILED = "failed"

NEEDS_PERSON = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence that is heard differently.

    Attributes:
        kind: ``"added"``, ``"removed"`` or ``"changed"``.
        before, after: What was and what is said; empty for an added and a removed one.
        how: What else changed, in words.
    """

    kind: str
    before: str
    after: str
    how: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """A file written at the destination."""

    path: str
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What became of an episode that is not as it was.

    Attributes:
        name: Name of the episode; empty where its article could not be read.
        kind: ``"new"``, ``"changed"``, ``"restored"``, ``"moved"``, ``"retired"``, ``"waiting"``, ``"held"`` or
            ``"failed"``.
        source: Path or address of the article.
        why: In words, where there is something to say.
        exit_code: Of what failed; 0 else.
        sentences: Those that are heard differently than in what was published before.
        utterances: How many the script holds.
        spoken: How many of them were spoken, or would be.
        spoken_s: Seconds of sound that were spoken; 0.0 in a check, which does not know them.
        files: What was written of it.
        problems: What is wrong with its finished files.
    """

    name: str
    kind: str
    source: str
    title: str = ""
    why: str = ""
    exit_code: int = 0
    sentences: tuple[Sentence, ...] = ()
    utterances: int = 0
    spoken: int = 0
    spoken_s: float = 0.0
    files: tuple[Put, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncReport:
    """What a sync did, or with ``check`` would do.

    Attributes:
        check: Whether it was only asked what would happen.
        destination: Where the show is published.
        episodes: Those that are not as they were, in the order of their sources.
        published: How many stand at the destination now.
        unchanged: How many of them were left as they were.
        drafts: How many articles are drafts.
        older: How many published episodes an older version of a rule or a voice has made.
        pages: Files of the show itself that were written: pages, catalogue, feed.
        removed: Files that were removed, their grace being over.
        seconds: Wall-clock time.
    """

    check: bool
    destination: str
    episodes: tuple[Changed, ...]
    published: int
    unchanged: int
    drafts: int = 0
    older: int = 0
    pages: tuple[Put, ...] = ()
    removed: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def files(self) -> tuple[Put, ...]:
        """All that was written at the destination, in order."""
        return (*(file for one in self.episodes for file in one.files), *self.pages)

    @property
    def spoken(self) -> int:
        """Utterances spoken."""
        return sum(one.spoken for one in self.episodes)

    @property
    def spoken_s(self) -> float:
        """Seconds of sound spoken."""
        return round(sum(one.spoken_s for one in self.episodes), 3)

    @property
    def bytes(self) -> int:
        """Bytes written at the destination."""
        return sum(file.bytes for file in self.files)

    @property
    def counts(self) -> dict[str, int]:
        """How many episodes are of each kind."""
        return dict(Counter(one.kind for one in self.episodes))

    @property
    def exit_code(self) -> int:
        """1 where an episode failed, 3 where a person is needed, else 0; scripts that wait for review are as usual."""
        codes = {one.exit_code for one in self.episodes} - {0}
        codes |= {1 for one in self.episodes if one.problems}
        return 0 if not codes else NEEDS_PERSON if codes == {NEEDS_PERSON} else 1

    def plain(self) -> dict[str, Any]:
        """The report as JSON has it."""
        totals = {"spoken": self.spoken, "spoken_s": self.spoken_s, "files": len(self.files), "bytes": self.bytes}
        return {**to_plain(self), **totals, "counts": self.counts, "exit_code": self.exit_code}
