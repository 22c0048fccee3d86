"""Where the words of a lexicon stand in a sentence.

Graphemes are cut into atoms — a run of letters and digits, a sign, a blank — and kept in a tree of atoms. From each
atom of the sentence the tree is followed as far as it goes, which is never further than its deepest grapheme, so the
time does not depend on how many entries there are.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.text.lookalikes import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.text.lexicon import Entry

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""Thai, Lao, Burmese, Khmer, kana and ideographs: nothing marks where a word ends, so each character is an atom."""
_ATOM = re.compile(rf"\s+|[{_UNSPACED}]|(?:(?![{_UNSPACED}])[^\W_])+|\S")
_OPEN_EDGE = re.compile(f"[{_UNSPACED}]")
_TOKEN = re.compile(r"\S+")
_REACH = 200
"""Characters to either side that are looked at: a longer address is known by its middle as well."""
_JOINTS = frozenset(".&")
"""What makes one word of two where no blank stands."""
_OUTER = ".,;:!?\"'()[]“”‘’…"
_ADDRESS = re.compile(r"://|@|^[\"'(\[“‘]*(?:www\.|[./~\\])|[^\W\d_]\.[^\W\d_].*/|/.*/|\\")
"""What makes a run without blanks an address or a path: its words are not words of the sentence."""
_QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """``sentence[start:end]`` is a word of the lexicon."""

    start: int
    end: int
    entry: Entry


@dataclass(slots=True)
class _Node:
    """A place in the tree: what may follow, and the (grapheme, entry) pairs that end here, the first one first."""

    next: dict[str, _Node] = field(default_factory=dict)
    ends: list[tuple[str, Entry]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Atom:
    start: int
    end: int
    key: str


class Matcher:
    """Finds the words of a lexicon."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        """Entries in order of precedence, see `pipeline.text.lexicon.ranked`."""
        self._root = _Node()
        for entry in entries:
            for grapheme in entry.graphemes:
                for form in {grapheme: None, unicodedata.normalize("NFD", grapheme): None}:
                    self._add(form, entry)

    def __bool__(self) -> bool:
        return bool(self._root.next)

    def find(self, sentence: str, *, language: str) -> tuple[Found, ...]:
        """The words of the lexicon in ``sentence``, none overlapping, of several the longest; linear in its length.

        Args:
            sentence: On one line.
            language: BCP 47 tag of the sentence.
        """
        return tuple(self._found(sentence, language)) if self else ()

    def _add(self, grapheme: str, entry: Entry) -> None:
        node = self._root
        for atom in _atoms(grapheme):
            node = node.next.setdefault(atom.key, _Node())
        node.ends.append((_keyed(grapheme), entry))

    def _found(self, sentence: str, language: str) -> Iterator[Found]:
        atoms = tuple(_atoms(sentence))
        keys = frozenset(atom.key for atom in atoms)
        index = 0
        while index < len(atoms):
            found = self._longest(sentence, atoms, index, language, keys)
            if found is None:
                index += 1
                continue
            last, entry = found
            yield Found(start=atoms[index].start, end=atoms[last].end, entry=entry)
            index = last + 1

    def _longest(
        self, sentence: str, atoms: Sequence[_Atom], first: int, language: str, keys: frozenset[str]
    ) -> tuple[int, Entry] | None:
        """The last atom and the entry of the longest word that begins at ``first``."""
        ending: list[tuple[int, _Node]] = []
        node: _Node | None = self._root
        for last in range(first, len(atoms)):
            node = node.next.get(atoms[last].key) if node else None
            if node is None:
                break
            if node.ends:
                ending.append((last, node))
        for last, node in reversed(ending):
            start, end = atoms[first].start, atoms[last].end
            if not _stands_alone(sentence, start, end):
                continue
            written = _keyed(sentence[start:end])
            for grapheme, entry in node.ends:
                if (
                    _speaks(entry.language, language)
                    and (written == grapheme or not _exact(entry, grapheme))
                    and _in_context(entry, atoms, first, last, keys)
                ):
                    return last, entry
        return None


def _atoms(text: str) -> Iterator[_Atom]:
    keyed = _marked(text)
    folded = fold(text).translate(_QUOTES)
    for match in _ATOM.finditer(keyed):
        start, end = match.span()
        yield _Atom(start=start, end=end, key=" " if text[start].isspace() else folded[start:end].casefold())


def _marked(text: str) -> str:
    """``text`` with marks that continue a letter as letters, so that they do not end a word; same length."""
    if text.isascii():
        return text
    out: list[str] = []
    for character in text:
        mark = unicodedata.category(character)[0] == "M" and bool(out) and (out[-1].isalnum())
        out.append(("x" if not _OPEN_EDGE.match(out[-1]) else character) if mark else character)
    return "".join(out)


def _keyed(text: str) -> str:
    """``text`` as it is compared where letter case counts."""
    return " ".join(fold(text).translate(_QUOTES).split())


def _exact(entry: Entry, grapheme: str) -> bool:
    return entry.case == "exact" or (not entry.case and grapheme != grapheme.lower())


def _speaks(wanted: str, language: str) -> bool:
    """Whether an entry for ``wanted`` holds in ``language``: "en" does in "en-GB", "en-GB" not in "en-US"."""
    if not wanted:
        return True
    mine, theirs = wanted.lower().split("-"), language.lower().replace("_", "-").split("-")
    return theirs[: len(mine)] == mine


def _in_context(entry: Entry, atoms: Sequence[_Atom], first: int, last: int, keys: frozenset[str]) -> bool:
    """Whether the words that the entry wants near it are there."""
    return (
        (not entry.context or any(_key(word) <= keys for word in entry.context))
        and (not entry.before or _neighbour(atoms, first, -1) in _keys(entry.before))
        and (not entry.after or _neighbour(atoms, last, 1) in _keys(entry.after))
    )


def _key(word: str) -> frozenset[str]:
    return frozenset(atom.key for atom in _atoms(word))


def _keys(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word.translate(_QUOTES).casefold() for word in words)


def _neighbour(atoms: Sequence[_Atom], index: int, step: int) -> str:
    """The next word in a direction, a blank, a quote or a bracket between them aside; empty at a comma or stop."""
    at = index + step
    while 0 <= at < len(atoms) and atoms[at].key in _BETWEEN:
        at += step
    return atoms[at].key if 0 <= at < len(atoms) else ""


_BETWEEN = frozenset(" '\"“”«»()")


def _stands_alone(sentence: str, start: int, end: int) -> bool:
    """Whether ``sentence[start:end]`` is whole words, and not a piece of an address, a file's name or a "don't"."""
    before, after = sentence[max(0, start - 2) : start], sentence[end : end + 2]
    first, last = sentence[start], sentence[end - 1]
    if _is_word(before[-1:]) and (_is_word(first) or first in _JOINTS) and not _OPEN_EDGE.match(first):
        return False
    if _is_word(after[:1]) and _is_word(last) and not _OPEN_EDGE.match(last):
        return False
    # "C" is no word in "C++", nor "Node" in "Node.js", nor "T" in "AT&T".
    if after[:1] in {"+", "#", "_"} or before[-1:] in {"_", "#", "@"} or after[:1] == last in {"-", "="}:
        return False
    if (after[:1] in _JOINTS and _is_word(after[1:])) or (before[-1:] in _JOINTS and _is_word(before[:-1])):
        return False
    if (after[:1] == "," and last.isdigit() and after[1:].isdigit()) or (
        before[-1:] == "," and first.isdigit() and before[:-1].isdigit()
    ):
        return False
    # "don" is none in "don't"; but "SQL" is one in "SQL’s".
    if after[:1] in {"'", "’"} and _is_word(after[1:]) and not _possessive(sentence, end):
        return False
    return not _in_address(sentence, start, end)


def _in_address(sentence: str, start: int, end: int) -> bool:
    """Whether the words are only a part of an address or a path."""
    *_, head = ("", *sentence[max(0, start - _REACH) : start].split(" "))
    tail = _TOKEN.match(sentence, end, end + _REACH)
    rest = tail[0] if tail else ""
    return bool((head + rest).strip(_OUTER)) and _ADDRESS.search(head + sentence[start:end] + rest) is not None


def _possessive(sentence: str, end: int) -> bool:
    return sentence[end + 1 : end + 2] in {"s", "S"} and not _is_word(sentence[end + 2 : end + 3])


def _is_word(character: str) -> bool:
    return bool(character) and (character.isalnum() or unicodedata.category(character)[0] == "M")
