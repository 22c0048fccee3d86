"""Written ↔ spoken: claims put into a sentence, and the map between the two that read-along needs."""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from pipeline.model.script import SpanMap
from pipeline.text.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.contracts import Claim

_TOKEN = re.compile(r"\s+|\S+")
_UNSPACED = re.compile("[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Kana and ideographs: words of these scripts stand without blanks."""
_CLOSING = frozenset(",.;:!?)]}”’»…")


def settle(claims: Sequence[Claim]) -> tuple[int, ...]:
    """Indices of the claims that win, in the order of the text; the first of two overlapping ones wins."""
    taken: list[tuple[int, int, int]] = []
    points: list[int] = []  # where something is inserted: an empty span
    occupied = bytearray(max((claim.end for claim in claims), default=0) + 1)
    for index, claim in enumerate(claims):
        start, end = claim.start, claim.end
        if start < end:
            free = occupied.find(1, start, end) < 0 and not any(start < point < end for point in points)
            if free:
                occupied[start:end] = b"\1" * (end - start)
        else:
            free = not any(a < start < b for a, b, _ in taken)
            if free:
                points.append(start)
        if free:
            taken.append((start, end, index))
    return tuple(index for _, _, index in sorted(taken))


def within(claims: Sequence[Claim], start: int, end: int) -> tuple[Claim, ...]:
    """The claims inside ``text[start:end]``, in the offsets of that piece."""
    return tuple(
        replace(claim, start=claim.start - start, end=claim.end - start)
        for claim in claims
        if start <= claim.start <= claim.end <= end
    )


def apply(sentence: str, claims: Sequence[Claim]) -> tuple[str, tuple[SpanMap, ...]]:
    """What is said for ``sentence``, and the map from its words and claims to it.

    The first of two overlapping claims wins; what nobody claims is said as written. White space is folded; a claim
    never grows together with its neighbour word; silence leaves no blank in front of a comma or stop.

    Args:
        sentence: As written.
        claims: In order of priority, none outside the sentence.
    """
    line = _Line()
    position = 0
    for index in settle(claims):
        claim = claims[index]
        line.pass_on(sentence, position, claim.start)
        line.say(claim)
        position = claim.end
    line.pass_on(sentence, position, len(sentence))
    return "".join(line.out), tuple(line.spans)


class _Line:
    """A spoken line in the making."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.length = 0
        self.spans: list[SpanMap] = []
        self.blank = False  # white space was seen since the last character
        self.seam = False  # a claim lies between the last character and the next
        self.hole = False  # and it is silent

    def put(self, text: str) -> int:
        """Add ``text`` (no white space at its ends) and tell where it starts."""
        if self.out:
            last = self.out[-1][-1]
            spaced = not (_UNSPACED.match(last) and _UNSPACED.match(text))
            touching = self.seam and last.isalnum() and text[0].isalnum() and spaced
            closing = self.hole and text[0] in _CLOSING
            if touching or (self.blank and not closing):
                self.out.append(" ")
                self.length += 1
        start = self.length
        self.out.append(text)
        self.length += len(text)
        self.blank = self.seam = self.hole = False
        return start

    def pass_on(self, sentence: str, start: int, end: int) -> None:
        """Say ``sentence[start:end]`` as written."""
        for token in _TOKEN.finditer(sentence, start, end):
            text = token[0]
            if text[0].isspace():
                self.blank = True
                continue
            at = self.put(text)
            for first, last in words(text):
                written = token.start() + first
                self.spans.append(
                    SpanMap(start=written, end=written + last - first, spoken_start=at + first, spoken_end=at + last)
                )

    def say(self, claim: Claim) -> None:
        """Say what ``claim`` wants said."""
        text = " ".join(claim.spoken.split())
        self.seam = True
        if text:
            self.blank = self.blank or claim.spoken[0].isspace()
            at = self.put(text)
            self.seam = True
            self.blank = claim.spoken[-1].isspace()
        else:
            at = self.length
            self.hole = True
            self.blank = self.blank or bool(claim.spoken)
        self.spans.append(SpanMap(start=claim.start, end=claim.end, spoken_start=at, spoken_end=at + len(text)))


def align(written: str, spoken: str) -> tuple[SpanMap, ...]:
    """A map between two lines whose claims are not known, such as a line that a person edited.

    Equal words (letter case aside) are mapped one to one; the words between two equal runs are mapped as a whole.
    """
    mine, theirs = words(written), words(spoken)
    matcher = SequenceMatcher(
        None,
        [written[a:b].casefold() for a, b in mine],
        [spoken[a:b].casefold() for a, b in theirs],
        autojunk=False,
    )
    spans = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            runs = [(a + i, a + i + 1, c + i, c + i + 1) for i in range(b - a)]
        else:
            runs = [(a, b, c, d)] if b > a and d > c else []
        for first, last, said, said_last in runs:
            spans.append(
                SpanMap(
                    start=mine[first][0],
                    end=mine[last - 1][1],
                    spoken_start=theirs[said][0],
                    spoken_end=theirs[said_last - 1][1],
                )
            )
    return tuple(spans)
