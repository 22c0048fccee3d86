"""What every other rule has left: figures and signs that no voice should guess, said by a general grammar.

The grammar is slow, so it is asked only about words that hold a figure or a sign, each with one neighbour on either
side, because a neighbour decides what a figure is ("5 kg", "May 5"). Its answer is laid against the question: words at
either end that came back unchanged are not claimed, so written and spoken stay mapped word by word.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.contracts import Claim
from pipeline.text import grammar, leftovers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LEFTOVERS = True
"""Asks to be shown the sentence with everything that other rules claimed blotted out."""

_WORD = re.compile(f"[^\\s{leftovers.BLOT}]+")
_EDGE = "\"'“”‘’„‚«»‹›()[],;:!?…¿¡。，、！？；：「」『』（）،؟।"
_PLAIN = f"(?!{leftovers.SIGN})[^\\s{leftovers.BLOT}{re.escape(_EDGE)}]"
_WIDE = re.compile(f"(?:{_PLAIN}){{0,2}}(?:{leftovers.SIGN}(?:{_PLAIN}){{0,2}})+")
"""A figure with its neighbours where words are not set apart: two characters on either side."""
_UNSPACED = frozenset({"zh", "ja"})
_LONGEST_RUN = 6
"""Words in a row that are asked about together: more make no number, date or sum."""


def claims(sentence: str, *, language: str) -> Iterable[Claim]:
    """Claims figures and signs, in every language that a grammar or a table of number words knows."""
    if not leftovers.found(sentence):
        return ()
    primary = language.lower().replace("_", "-").partition("-")[0]
    claims: list[Claim] = []
    for start, end in _wide(sentence) if primary in _UNSPACED else _windows(sentence):
        claims.extend(_claims(sentence, start, end, primary, language))
    return claims


def _claims(sentence: str, start: int, end: int, primary: str, language: str) -> Iterator[Claim]:
    """Claims for one stretch: the grammar's, or sign by sign where it has no answer."""
    written = sentence[start:end]
    unsure = primary in grammar.UNSURE and not leftovers.found(leftovers.worded(written, language=language))
    said = None if unsure else grammar.said(written, primary)
    if said is not None and leftovers.found(said):
        said = leftovers.worded(said, language=language)
    if said is not None and said != written and not leftovers.found(said):
        yield from _changed(written, said, start, words=primary not in _UNSPACED)
        return
    for sign in leftovers.pieces(written):
        spoken_sign = leftovers.piece(sign[0], language=language)
        if spoken_sign is not None:
            yield Claim(start=start + sign.start(), end=start + sign.end(), spoken=spoken_sign)


def _windows(sentence: str) -> Iterator[tuple[int, int]]:
    """(start, end) of words with figures or signs, neighbouring ones together, with a word on either side."""
    spans = [match.span() for match in _WORD.finditer(sentence)]
    risky = [leftovers.found(sentence[a:b]) for a, b in spans]
    # Words belong together over one blank; a comma, a bracket or a blot between them parts them.
    joined = [
        sentence[a:d].find(leftovers.BLOT, b - a, c - a) < 0
        and sentence[b - 1] not in _EDGE
        and sentence[c] not in _EDGE
        for (a, b), (c, d) in pairwise(spans)
    ]
    index = 0
    while index < len(spans):
        if not risky[index]:
            index += 1
            continue
        last = index
        while last - index < _LONGEST_RUN:
            # Over one plain word, too: "3 maj 2021" is one date.
            steps = [step for step in (1, 2) if all(joined[last : last + step]) and any(risky[last + step :][:1])]
            if not steps:
                break
            last += steps[0]
        first = index - 1 if index and joined[index - 1] and not risky[index - 1] else index
        after = last + 1 if last + 1 < len(spans) and joined[last] and not risky[last + 1] else last
        yield _trimmed(sentence, spans[first][0], spans[after][1])
        index = after + 1


def _wide(sentence: str) -> Iterator[tuple[int, int]]:
    """The same for languages that write no blanks."""
    for match in _WIDE.finditer(sentence):
        yield match.span()


def _trimmed(sentence: str, start: int, end: int) -> tuple[int, int]:
    """Without quotes, brackets and stops at the ends: they are the sentence's, not the figure's."""
    while start < end and sentence[start] in _EDGE:
        start += 1
    while start < end and (sentence[end - 1] in _EDGE or (sentence[end - 1] == "." and end == len(sentence.rstrip()))):
        end -= 1
    return start, end


def _changed(written: str, said: str, offset: int, *, words: bool) -> Iterator[Claim]:
    """Claims for what differs between question and answer.

    Where words were only replaced, each run of replaced words is a claim; where some came or went ("5 May" is "the
    fifth of May"), nothing tells which belongs to which, and all from the first difference to the last is one.
    """
    mine, theirs = _units(written, words=words), _units(said, words=words)
    matcher = SequenceMatcher(None, [u[0].casefold() for u in mine], [u[0].casefold() for u in theirs], autojunk=False)
    steps = [step for step in matcher.get_opcodes() if step[0] != "equal"]
    if not steps:
        return
    if any(kind != "replace" for kind, *_ in steps):
        steps = [("replace", steps[0][1], steps[-1][2], steps[0][3], steps[-1][4])]
    for _, a, b, c, d in steps:
        start = mine[a].start() if a < len(mine) else len(written)
        spoken = said[theirs[c].start() : theirs[d - 1].end()] if c < d else ""
        yield Claim(start=offset + start, end=offset + mine[b - 1].end() if a < b else offset + start, spoken=spoken)


def _units(text: str, *, words: bool) -> list[re.Match[str]]:
    return list(re.finditer(r"\S+" if words else r"\S", text))
