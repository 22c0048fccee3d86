"""What is said differently in a script than in an earlier one, in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from pipeline.model.script import Bed, Pause, Play, Utterance

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.model.script import Script

ADDED, REMOVED, CHANGED = "added", "removed", "changed"

_ALIKE = 0.5
"""Ratio of common words from which on two sentences in one place are the same one, rewritten."""
_NEAR = 8
"""How far apart, in lines of a rewritten stretch, a sentence is looked for."""
_TOKEN = re.compile(r"\s*\S+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Some words of a line: ``kind`` is ``""`` for those in both, else `ADDED` or `REMOVED`."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A line that is heard differently.

    Attributes:
        kind: `ADDED`, `REMOVED` or `CHANGED`.
        utterance: Its id now, or the one that it had; empty for a recording.
        chapter: Title of its chapter.
        before: What was said; empty for an added line.
        after: What will be said; empty for a removed line.
        words: Both in one, with what came and went marked.
        how: What else changed, in words: another voice, take, recording, rate, language or pronunciation.
    """

    kind: str
    utterance: str
    chapter: str
    before: str
    after: str
    words: tuple[Words, ...]
    how: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """All that is heard differently.

    Attributes:
        changes: In the order of the script, removed lines where they were.
        moved: How many lines are said in another place.
        pauses: How many pauses came, went, or have another length.
        same: How many lines are said as before.
    """

    changes: tuple[Change, ...]
    moved: int
    pauses: int
    same: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heard:
    """A line with the title of its chapter."""

    id: str
    chapter: str
    line: Utterance | Play | Bed

    @property
    def words(self) -> str:
        if isinstance(self.line, Bed):
            return f"(bed {self.line.path} {self.line.level_db} dB)"
        return self.line.spoken if isinstance(self.line, Utterance) else f"(play {self.line.path})"


def changes(before: Script, after: Script) -> Changes:
    """How ``after`` is heard differently than ``before``.

    Lines are the same that have one id; what has none of the other's ids is compared with what stands in its place.
    """
    old, new = tuple(_heard(before)), tuple(_heard(after))
    theirs = {one.id: one for one in old}
    kept = {one.id for one in new} & set(theirs)
    found: list[Change] = []
    same = moved = 0
    matcher = SequenceMatcher(None, [one.id for one in old], [one.id for one in new], autojunk=False)
    for _, a, b, c, d in matcher.get_opcodes():
        gone = [one for one in old[a:b] if one.id not in kept]
        for was, now in _paired(gone, [one for one in new[c:d] if one.id not in kept], new[c:d], theirs, kept):
            if was is not None and now is not None and _alike(was, now):
                same += 1
            else:
                found.append(_change(was, now))
    stays = {old[a].id for kind, a, b, _, _ in matcher.get_opcodes() if kind == "equal" for a in range(a, b)}
    moved = len(kept - stays)
    pauses = _pauses(before), _pauses(after)
    return Changes(changes=tuple(found), moved=moved, pauses=_different(*pauses), same=same)


def _paired(
    gone: Sequence[_Heard],
    come: Sequence[_Heard],
    now: Sequence[_Heard],
    theirs: dict[str, _Heard],
    kept: set[str],
) -> Iterator[tuple[_Heard | None, _Heard | None]]:
    """Lines of one stretch as (before, after), in the order of the script, lines that went before those that came."""
    rewritten = _rewritten(gone, come)
    left = [one for one in gone if one.id not in set(rewritten.values())]
    yield from ((one, None) for one in left)
    by_id = {one.id: one for one in gone}
    for one in now:
        if one.id in kept:
            yield theirs[one.id], one
        else:
            yield by_id.get(rewritten.get(one.id, "")), one


def _rewritten(gone: Sequence[_Heard], come: Sequence[_Heard]) -> dict[str, str]:
    """For the new id of each rewritten sentence its old one."""
    found: dict[str, str] = {}
    free = dict(enumerate(gone))
    for place, one in enumerate(come):
        expected = place * len(gone) // max(1, len(come))
        near = [number for number in range(expected - _NEAR, expected + _NEAR + 1) if number in free]
        scored = [(_ratio(free[number].words, one.words), -abs(number - expected), number) for number in near]
        best = max(scored, default=None)
        if best is not None and best[0] >= _ALIKE:
            found[one.id] = free.pop(best[2]).id
    return found


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()


def _alike(was: _Heard, now: _Heard) -> bool:
    return was.words == now.words and not any(_how(was.line, now.line))


def _change(was: _Heard | None, now: _Heard | None) -> Change:
    one = now or was
    assert one is not None, "a change has a line"
    before, after = (was.words if was else ""), (now.words if now else "")
    return Change(
        kind=CHANGED if was and now else ADDED if now else REMOVED,
        utterance=one.id if isinstance(one.line, Utterance) else "",
        chapter=one.chapter,
        before=before,
        after=after,
        words=tuple(marked(before, after)),
        how=tuple(_how(was.line, now.line)) if was and now else (),
    )


def marked(before: str, after: str) -> Iterator[Words]:
    """Both texts in one: words in both, words that went, words that came."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    matcher = SequenceMatcher(None, [word.strip() for word in old], [word.strip() for word in new], autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            yield Words(kind="", text="".join(new[c:d]).strip())
            continue
        if a < b:
            yield Words(kind=REMOVED, text="".join(old[a:b]).strip())
        if c < d:
            yield Words(kind=ADDED, text="".join(new[c:d]).strip())


def _how(was: Utterance | Play | Bed, now: Utterance | Play | Bed) -> Iterator[str]:
    """What else changed about a line, in words."""
    if not (isinstance(was, Utterance) and isinstance(now, Utterance)):
        return
    if was.voice != now.voice:
        yield f"voice: {was.voice or 'narrator'} → {now.voice or 'narrator'}"
    if was.take != now.take:
        yield f"take: {was.take} → {now.take}"
    if was.recording != now.recording:
        yield f"recording: {was.recording or 'none'} → {now.recording or 'none'}"
    if was.rate_percent != now.rate_percent:
        yield f"rate: {was.rate_percent} % → {now.rate_percent} %"
    for what, name in (("ipa", "pronunciation"), ("language", "language"), ("voice", "voice of a part")):
        old, new = _marks(was, what), _marks(now, what)
        if old != new:
            yield f"{name}: {old or 'as usual'} → {new or 'as usual'}"


def _marks(line: Utterance, what: str) -> str:
    """What the parts of a line have of their own, in words."""
    return ", ".join(f"{part.text.strip()} {getattr(part, what)}" for part in line.parts if getattr(part, what))


def _heard(script: Script) -> Iterator[_Heard]:
    for chapter in script.chapters:
        count = 0
        if chapter.recording:
            whole = Play(path=chapter.recording)
            yield _Heard(id=f"{chapter.id} take {whole.path}", chapter=chapter.title, line=whole)
        for line in chapter.spoken_lines():
            if isinstance(line, Play | Bed):
                count += 1
                yield _Heard(id=f"{chapter.id} {count} {line.path}", chapter=chapter.title, line=line)
            elif isinstance(line, Utterance):
                yield _Heard(id=line.id, chapter=chapter.title, line=line)


def _pauses(script: Script) -> list[tuple[str, int]]:
    """Every pause with the line it stands behind."""
    found = []
    last = ""
    for chapter in script.chapters:
        for line in chapter.spoken_lines():
            if isinstance(line, Pause):
                found.append((last, line.duration_ms))
            elif isinstance(line, Utterance | Play):
                last = line.id if isinstance(line, Utterance) else line.path
    return found


def _different(old: Sequence[tuple[str, int]], new: Sequence[tuple[str, int]]) -> int:
    """How many pauses stand behind other lines, or are of another length."""
    return len({place for place, _ in set(old) ^ set(new)})
