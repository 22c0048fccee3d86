"""Text into sentences, and sentences that are too long into breaths.

sentencex finds the sentence ends of some 300 languages; what it gets wrong in English prose is put right here by
cutting its pieces once more or joining two of them. Every repair looks at one piece or at one joint, so time is linear.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_TITLE = re.compile(
    r"\b(?:Mr|Ms|Mrs|Messrs|Dr|Prof|Fr|Sr|Ft|Mt|St|Gen|Lt|Col|Capt|Sgt|Maj|Cpl|Pvt|Adm|Cmdr|Rev|Hon"
    r"|Sen|Rep|Gov|Pres|Supt)\.$"
)
_COUNTER = re.compile(r"\b(?:[Nn]os?|[Cc]hs?|[Vv]ols?|[Ff]igs?|[Ss]ecs?|[Ee]qs?|[Aa]rt|[Ee]d|pp?|[Pp]t|N°)\.$")
_CLOCK = re.compile(r"\b[ap]\.\s?m\.$", re.IGNORECASE)
_ZONE = re.compile(r"(?:Eastern|Central|Mountain|Pacific|Greenwich|[A-Z]{2,3}T|UTC)\b")
_QUOTE_END = re.compile(r"[.?!…][\"”’'»]+$")
_MARKER_ALONE = re.compile(r"(?:[•⁃*–-]\s?)?(?:\d{1,3}|[A-Za-z])[.)]{1,2}$|[. ]+$")
_NOTE_MARKS = re.compile(r"(?:[¹²³⁰⁴-⁹]+|\[\d+\])(?=\s)\s*")
_CLOSERS = re.compile(r"[\"”’»)\]]+(?=\s|$)\s*")
_MARKER = re.compile(r"(?:(?<=\s)|^)(?:[•⁃]\s?)?(\d{1,3}|[a-z])(\.\)|[.)])\s+(?=\S)")
_CUTS = re.compile(
    r"""
      (?<=…[ ])(?=[“‘"(]?[A-Z][\w’']*[ ,])(?!I\b)      # The coach said so… | Then nothing.
    | (?<=\bNo\.[ ])(?=[A-Z][a-z]*\b(?![.]))           # No. | I disagree.
    | (?<=[ ]no\.[ ])(?=(?:I|He|She|It|We|They|You|The|That|This|But|And|Then|There)\b)
    """,
    re.VERBOSE,
)
_OMISSION = re.compile(r"(?<=\w\. )(?=\. \. \. [A-Z])")
_BRACKETED = re.compile(r"\([^()]*[.!?…][”\"]?\)(?= [A-Z“‘\"])")
_LONGEST_TAIL = 40
"""Characters of a piece that a repair looks at from its end: more than any abbreviation, less than a long sentence."""

_BREATH = re.compile(r"[.!?;:…][\"”’)\]]*\s|[,—–][\"”’)\]]*\s|—|[。！？；：，、]")
_STRONG = re.compile(r"[.!?;:…—。！？；：]")


def split(text: str, *, language: str) -> tuple[str, ...]:
    """The sentences of one block of text, in order; nothing is lost but white space.

    Args:
        text: A paragraph, a heading, a cell: white space is folded, so a line break does not end a sentence.
        language: BCP 47 tag; languages that sentencex does not know are cut like English.
    """
    sentences: list[str] = []
    for block in _items(" ".join(text.split())):
        done = ""
        for piece in _pieces(block, language.partition("-")[0].lower() or "en"):
            if not done or _one(done.rstrip(), piece):
                done += piece
                continue
            marks = _NOTE_MARKS.match(piece) or _CLOSERS.match(piece)
            end = marks.end() if marks else 0  # a note's mark or a closing quote belongs to the sentence before
            sentences.append((done + piece[:end]).strip())
            done = piece[end:]
        if done.strip():
            sentences.append(done.strip())
    return tuple(sentences)


def breath(sentence: str, *, limit: int = 400) -> tuple[str, ...]:
    """``sentence`` in pieces of at most ``limit`` characters.

    Cuts at the last strong mark (``.;:—``) of the allowed length, else at the last comma, both not within its first
    third; else at the last space; inside a word only where the word alone is longer than the limit.
    """
    pieces = []
    rest = sentence.strip()
    start = 0
    while len(rest) - start > limit:
        window = rest[start : start + limit + 1]
        ends = [
            mark for mark in _BREATH.finditer(window) if limit // 3 <= len(mark[0].rstrip()) + mark.start() <= limit
        ]
        strong = [mark for mark in ends if _STRONG.match(mark[0])]
        if ends:
            cut = (strong or ends)[-1].end()
        else:
            cut = window.rfind(" ") if " " in window.strip() else limit
        pieces.append(window[:cut].strip())
        start += max(cut, 1)
        while start < len(rest) and rest[start] == " ":
            start += 1
    pieces.append(rest[start:].strip())
    return tuple(piece for piece in pieces if piece)


def _items(text: str) -> Iterator[str]:
    """Cuts "1. The first item 2. The second item" in front of each marker that counts on from the first."""
    first = _MARKER.match(text)
    if not first:
        yield text
        return
    start, value, style = 0, first[1], first[2]
    for marker in _MARKER.finditer(text, first.end()):
        if marker[2] == style and marker[1] == _next(value):
            yield text[start : marker.start()].rstrip()
            start, value = marker.start(), marker[1]
    yield text[start:]


def _next(marker: str) -> str:
    return str(int(marker) + 1) if marker.isdecimal() else chr(ord(marker) + 1)


def _pieces(block: str, language: str) -> Iterator[str]:
    """What sentencex makes of ``block``, white space included, cut again where it should have been."""
    from sentencex import segment  # loads a compiled library: only when there is text to cut

    for part in _OMISSION.split(block):
        for found in segment(language, part):
            piece = found
            if language == "en":
                bracket = _BRACKETED.match(piece)
                if bracket:
                    yield bracket[0]
                    piece = piece[bracket.end() :]
                yield from filter(str.strip, _CUTS.split(piece))
            elif piece.strip():
                yield piece


def _one(before: str, after: str) -> bool:
    """Whether two pieces are one sentence."""
    tail = before[-_LONGEST_TAIL:]
    first = after[0]
    if _MARKER_ALONE.match(before) or (_QUOTE_END.search(tail) and first.islower()):
        return True
    if first.isdecimal():
        return bool(_COUNTER.search(tail))
    return bool((first.isupper() and _TITLE.search(tail)) or (_CLOCK.search(tail) and _ZONE.match(after)))
