"""Orders and pairs of ids: where a person's lines stand in the machine's new script."""

from __future__ import annotations

from bisect import bisect_left
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping, Sequence

_ALIKE = 0.5
"""Share of words in the same order from which two texts count as versions of each other."""
_MOST_PAIRS = 400
"""Comparisons in one gap, at most; a larger one is a new article, and its lines are paired in order."""


def unmoved(ids: Sequence[str], reference: Iterable[str]) -> set[str]:
    """The largest set of ids that stand in ``ids`` and in ``reference`` in the same order."""
    place = {id: index for index, id in enumerate(reference)}
    common = [id for id in ids if id in place]
    ends: list[int] = []  # place of the last id of the best run of each length
    best: list[int] = []  # index into `common` of that id
    before: list[int] = []
    for index, id in enumerate(common):
        length = bisect_left(ends, place[id])
        before.append(best[length - 1] if length else -1)
        ends[length : length + 1] = [place[id]]
        best[length : length + 1] = [index]
    run: set[str] = set()
    index = best[-1] if best else -1
    while index >= 0:
        run.add(common[index])
        index = before[index]
    return run


def weave(
    skeleton: Sequence[str], person: Iterable[str], *, keep: Container[str], renamed: Mapping[str, str]
) -> list[str]:
    """``skeleton`` with those ids of ``person`` that are in ``keep`` behind the neighbours they had there.

    Args:
        skeleton: Ids in the order of the result.
        person: Ids in the person's order.
        keep: Ids to put in; none is in ``skeleton``.
        renamed: What stands now in the place of an id that is gone.
    """
    known = set(skeleton)
    followers: dict[str, list[str]] = {}
    leading: list[str] = []
    anchor = ""
    for id in person:
        here = id if id in known else renamed.get(id, "")
        if here in known:
            anchor = here
        elif id in keep:
            (followers.setdefault(anchor, []) if anchor else leading).append(id)
    if leading and skeleton and not leading[0].startswith("c"):
        # Lines of a first chapter that is gone: they belong to the chapter that is first now.
        followers[skeleton[0]] = leading + followers.get(skeleton[0], [])
        leading = []
    return leading + [one for id in skeleton for one in (id, *followers.get(id, ()))]


def pairs(before: Sequence[str], after: Sequence[str], text: Callable[[str], str]) -> dict[str, str]:
    """Ids of ``before`` that are gone → ids that are new in ``after`` at the same place.

    The same place is the gap between two ids that stayed. In it the most similar texts are paired first, then the
    rest in order; chapters only with chapters.
    """
    stayed = unmoved(after, before)
    old, new = set(before), set(after)
    found: dict[str, str] = {}
    for gone, come in zip(_gaps(before, stayed), _gaps(after, stayed), strict=True):
        for letter in "cu":
            found |= _pair(
                [id for id in gone if id not in new and id.startswith(letter)],
                [id for id in come if id not in old and id.startswith(letter)],
                text,
            )
    return found


def _gaps(ids: Sequence[str], stayed: set[str]) -> list[list[str]]:
    gaps: list[list[str]] = [[]]
    for id in ids:
        if id in stayed:
            gaps.append([])
        else:
            gaps[-1].append(id)
    return gaps


def _pair(gone: list[str], come: list[str], text: Callable[[str], str]) -> dict[str, str]:
    found: dict[str, str] = {}
    if 0 < len(gone) * len(come) <= _MOST_PAIRS:
        words = {id: text(id).casefold().split() for id in (*gone, *come)}
        matcher: SequenceMatcher[str] = SequenceMatcher(autojunk=False)
        scores = []
        for y, new in enumerate(come):
            matcher.set_seq2(words[new])  # the matcher prepares its second text: compare many with one
            for x, old in enumerate(gone):
                matcher.set_seq1(words[old])
                scores.append((-matcher.ratio(), x, y))
        for score, x, y in sorted(scores):
            if -score >= _ALIKE and gone[x] not in found and come[y] not in found.values():
                found[gone[x]] = come[y]
    rest = [id for id in come if id not in found.values()]
    return found | dict(zip((id for id in gone if id not in found), rest, strict=False))
