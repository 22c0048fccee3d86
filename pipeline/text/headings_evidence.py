"""What the whole text tells about its short lines: names in it, who speaks, whether it is an interview."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.text.plain_looks import SMALL, is_known, is_question
from pipeline.text.plain_residue import is_residue, looks_like_a_caption, says_who

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.text.plain_blocks import Chunk

_LABEL = re.compile(r"([^\W\d_a-z][^\W\d_'’]*\.?(?: [^\W\d_][\w'’.-]*){0,3}):(?:\s|$)")
_CAPITAL = re.compile(r"(?<=[\w,;] )[^\W\d_a-z][\w'’]*")
_WORD = re.compile(r"[^\W\d_][\w'’]*")
_NOUNS = 0.2
"""Share of capitals within sentences from which the language writes its nouns so, and a capital tells nothing."""
_I = re.compile(
    r"\b(?:I|we|I[’']m|I[’']ve|we[’']re|we[’']ve|my|our|me|us|ich|wir|mir|mich|mein\w*|uns\w*|je|nous|mon|ma|notre|j[’']\w+)\b",
)
_YOU = re.compile(
    r"\b(?:you|your|yours|yourself|du|dein\w*|dir|dich|Sie|Ihr\w*|Ihnen|vous|votre|vos|tu|ton|ta)\b", re.IGNORECASE
)
_QUESTIONS = 3
"""Questions from which a text may be an interview."""
_TALK = 3
"""Paragraphs that begin with a quotation mark or a dash from which a text is a story with dialogue."""
_BEGINNING = 240
"""Characters of an answer in which a person who was asked speaks of themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Facts about a text.

    Attributes:
        names: Words that it writes with a capital within sentences and never without, case folded.
        speakers: Labels before a colon that come more than once (``Q``, ``Interviewer``).
        captions: How many of its lines are credits or captions.
        interview: Whether its questions are put to somebody who answers.
        dialogue: Whether people talk in it, a paragraph each.
        gap: Blank lines that most often part two blocks.
        indent: Blanks with which most blocks begin.
    """

    names: frozenset[str]
    speakers: frozenset[str]
    captions: int
    interview: bool
    dialogue: bool
    gap: int
    indent: int


def gather(blocks: tuple[Chunk, ...], bodies: tuple[bool, ...]) -> Evidence:
    """The facts about the text of ``blocks``, of which those at ``bodies`` are running text."""
    gaps, indents = Counter(block.before for block in blocks[1:]), Counter(block.indent for block in blocks)
    short = [block for block, body in zip(blocks, bodies, strict=True) if not body]
    return Evidence(
        names=_names(block.text for block, body in zip(blocks, bodies, strict=True) if body),
        speakers=_speakers(blocks),
        captions=sum(_is_below_a_picture(block.text) for block in short),
        interview=_is_interview(blocks, bodies),
        dialogue=sum(re.match(r"[“\"‘„«»—–]", block.text) is not None for block in blocks) >= _TALK,
        gap=gaps.most_common(1)[0][0] if gaps else 1,
        indent=indents.most_common(1)[0][0] if indents else 0,
    )


def is_spoken(text: str, evidence: Evidence) -> bool:
    """Whether ``text`` begins with the label of a speaker."""
    label = _LABEL.match(text)
    return label is not None and label[1] in evidence.speakers


def is_name(core: str, evidence: Evidence) -> bool:
    """Whether ``core`` consists of names alone, perhaps with an initial, ``and`` or a comma between."""
    words = _WORD.findall(core)
    telling = [
        word
        for word in words
        if word.casefold() not in ("and", "und", "et", "of", "de", "von", "van") and len(word) > 1
    ]
    if not telling or len(telling) > 8 or is_known(core) or any(word[0].islower() for word in telling):
        return False
    if any(word.casefold() in SMALL for word in telling):
        return False
    return all(word.casefold() in evidence.names for word in telling)


def _is_below_a_picture(text: str) -> bool:
    return is_residue(text) or looks_like_a_caption(text, titled=False) or says_who(text)


def _names(texts: Iterable[str]) -> frozenset[str]:
    large: set[str] = set()
    small: set[str] = set()
    within = capitals = 0
    for text in texts:
        found = _CAPITAL.findall(text)
        capitals += len(found)
        large.update(word.casefold().removesuffix("’s").removesuffix("'s") for word in found)
        words = [word for word in _WORD.findall(text) if word[0].islower()]
        within += len(words)
        small.update(words)
    if capitals > _NOUNS * (within + capitals):
        return frozenset()
    return frozenset(large - small)


def _speakers(blocks: tuple[Chunk, ...]) -> frozenset[str]:
    labels = Counter(found[1] for block in blocks if (found := _LABEL.match(block.text)))
    return frozenset(label for label, times in labels.items() if times >= 2)


def _is_interview(blocks: tuple[Chunk, ...], bodies: tuple[bool, ...]) -> bool:
    asked = [
        at
        for at, block in enumerate(blocks[:-1])
        if block.text.endswith("?") and bodies[at + 1] and (is_question(block.text) or _YOU.search(block.text))
    ]
    if len(asked) < _QUESTIONS:
        return False
    put = sum(_YOU.search(blocks[at].text) is not None for at in asked)
    answered = sum(_I.search(blocks[at + 1].text[:_BEGINNING]) is not None for at in asked)
    return 2 * put >= len(asked) and 2 * answered >= len(asked)
