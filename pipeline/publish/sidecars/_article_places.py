"""Where in the article each cue is read: the one step behind every sidecar that shows text and sound together.

What a cue's ``written`` holds is looked for in the lines of the article: first at the place that its utterance names,
then behind the cue before it, then anywhere that nothing has claimed. A row of a table is found by its cells.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.model.document import Position

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.model.document import Inline
    from pipeline.model.timeline import Cue

_UNKNOWN = Position()
_STOPS = " .,;:!?…"


@dataclass(slots=True, kw_only=True, eq=False)
class Line:
    """A line of the article as `pipeline.text.lay.laid` lays it; where the cues are read in it is added later.

    Attributes:
        text: What is looked for in, white space folded.
        spans: The same text with its marks.
        position: Of the block that the line belongs to.
        note: Whether it stands in a footnote.
        whole: Whether a cue found in it has all of it, such as a line of code whose blanks are not folded.
        row: The table row that it is a cell of.
        found: The cues in it, in the order of the text.
    """

    text: str
    spans: Inline
    position: Position = _UNKNOWN
    note: bool = False
    whole: bool = False
    row: Row | None = None
    found: list[Found] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Found:
    """A cue, or a piece of one, in a line.

    Attributes:
        start: First character in the line.
        end: Character after its last one.
        at: The place of that first character in ``cue.written``.
    """

    cue: Cue
    start: int
    end: int
    at: int


@dataclass(slots=True, kw_only=True, eq=False)
class Row:
    """A row of a table, which one cue reads whole."""

    cells: list[Line] = field(default_factory=list)
    head: bool = False
    cue: Cue | None = None


def place(lines: Sequence[Line], cues: Iterable[tuple[Cue, Position]]) -> tuple[Line | None, ...]:
    """Put each cue into the line where it is read, and tell the first line of each; None for what has no place.

    Args:
        lines: All lines of the article, in order.
        cues: With the place that the utterance names, in the order of hearing.
    """
    running, notes = _Text([one for one in lines if not one.note]), _Text([one for one in lines if one.note])
    rows = list(dict.fromkeys(one.row for one in lines if one.row is not None))
    rows.sort(key=lambda row: row.head)  # a row of a wide table says the columns' names too
    by_position: dict[Position, list[Row]] = {}
    for row in rows:
        by_position.setdefault(row.cells[0].position, []).append(row)
    placed: list[Line | None] = []
    for cue, position in cues:
        written = " ".join(cue.written.split())
        if not written:
            placed.append(None)
            continue
        texts = (notes, running) if cue.role == "note" else (running, notes)
        line = _row(cue, by_position.get(position, rows)) if cue.role == "cell" else None
        placed.append(line or next((found for text in texts if (found := text.find(cue, written, position))), None))
    for line in lines:
        line.found.sort(key=lambda one: one.start)
    return tuple(placed)


def _row(cue: Cue, rows: Iterable[Row]) -> Line | None:
    """The first cell of the first row that nothing has claimed and whose cells ``cue`` reads in order."""
    for row in rows:
        if row.cue is not None:
            continue
        at = 0
        pieces: list[tuple[Line, Found]] = []
        for cell in row.cells:
            text = cell.text.rstrip(_STOPS)
            if not any(map(str.isalnum, text)):
                continue
            at = cue.written.find(text, at)
            if at < 0:
                break
            pieces.append((cell, Found(cue=cue, start=0, end=len(text), at=at)))
            at += len(text)
        if at >= 0 and pieces:
            row.cue = cue
            for cell, found in pieces:
                cell.found.append(found)
            return pieces[0][0]
    return None


class _Text:
    """Lines as one text, and what of it is claimed."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.starts: list[int] = []
        self.positions: dict[Position, list[tuple[int, int]]] = {}
        at = 0
        for line in lines:
            self.starts.append(at)
            self.positions.setdefault(line.position, []).append((at, at + len(line.text)))
            at += len(line.text) + 1
        self.text = "\n".join(line.text for line in lines)
        self.taken = bytearray(len(self.text))
        self.place = 0

    def find(self, cue: Cue, written: str, position: Position) -> Line | None:
        """Claim ``written`` for ``cue``, and tell its line."""
        for start, end in self._ranges(position):
            at = self.text.find(written, start, end)
            while at >= 0 and self.taken.find(1, at, at + len(written)) >= 0:
                at = self.text.find(written, at + 1, end)
            if at < 0:
                continue
            self.place = at + len(written)
            self.taken[at : self.place] = b"\1" * len(written)
            number = bisect_right(self.starts, at) - 1
            line = self.lines[number]
            first = at - self.starts[number]
            start, end = (0, len(line.text)) if line.whole else (first, first + len(written))
            line.found.append(Found(cue=cue, start=start, end=end, at=0))
            return line
        return None

    def _ranges(self, position: Position) -> Iterator[tuple[int, int]]:
        if position != _UNKNOWN:
            yield from self.positions.get(position, ())
        yield self.place, len(self.text)
        yield 0, len(self.text)
