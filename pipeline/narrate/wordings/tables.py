"""Tables: caption and size, the columns' names once for narrow ones, else with each cell; then row by row.

A narrow table is read as people do: "The columns are: Day, High water." and then "Monday: 06:12.". Long ones are
summarised and reported.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.contracts import Said
from pipeline.model.document import Table
from pipeline.text.telling import joined, phrases, without_stop
from pipeline.text.words import has_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.contracts import Claim, Teller
    from pipeline.model.document import Inline, Position

BLOCKS = (Table,)

LONGEST = 10
"""Rows that are read out; a longer table is for the eye, and only its columns are named."""
NARROW = 2
"""Columns up to which their names are said once; in wider tables each cell has the name of its column."""

_PHRASES = {
    "en": (
        "Table:",
        "A table of {} and {}.",
        ("one column", "{} columns"),
        ("one row", "{} rows"),
        "The columns are:",
        "End of table.",
    ),
    "de": (
        "Tabelle:",
        "Eine Tabelle mit {} und {}.",
        ("einer Spalte", "{} Spalten"),
        ("einer Zeile", "{} Zeilen"),
        "Die Spalten:",
        "Ende der Tabelle.",
    ),
    "fr": (
        "Tableau :",
        "Un tableau de {} et {}.",
        ("une colonne", "{} colonnes"),
        ("une ligne", "{} lignes"),
        "Les colonnes :",
        "Fin du tableau.",
    ),
    "es": (
        "Tabla:",
        "Una tabla de {} y {}.",
        ("una columna", "{} columnas"),
        ("una fila", "{} filas"),
        "Las columnas:",
        "Fin de la tabla.",
    ),
    "it": (
        "Tabella:",
        "Una tabella di {} e {}.",
        ("una colonna", "{} colonne"),
        ("una riga", "{} righe"),
        "Le colonne:",
        "Fine della tabella.",
    ),
}
_SILENT = ("", "", ("", ""), ("", ""), "", "")


def say(block: Table, teller: Teller) -> Iterator[Said]:
    """One utterance a row."""
    title, size, column, row, names, end = phrases(_PHRASES, teller.language, _SILENT)
    profile = teller.profile
    if profile.captions == "read":
        for index, said in enumerate(teller.sentences(block.caption, role="caption", position=block.position)):
            itself = said.written.casefold().startswith(title.rstrip(" :").casefold())  # "Table 6-1"
            yield said if index or itself else replace(said, before=title)
    elif block.caption:
        teller.omit("caption of a table", "the profile leaves captions out", block.position)
    header = [_cell(cell, teller, block.position) for cell in block.header]
    unread = profile.tables == "announce" or len(block.rows) > LONGEST
    narrow = len(header) <= NARROW
    rows = []
    for cells in () if unread else block.rows:
        told = [_cell(cell, teller, block.position) for cell in cells]
        if said_row := _row([] if narrow else header, told, block):
            rows.append(said_row)
            header = [replace(cell, claims=tuple(filter(_no_addition, cell.claims))) for cell in header]
    wide = max((len(cells) for cells in (block.header, *block.rows)), default=0)
    if size and (rows or unread) and (profile.signposts != "none" or unread):
        told_size = size.format(_count(wide, column), _count(len(block.rows), row))
        yield Said(before=told_size, role="announcement", position=block.position)
    named = [cell for cell in header if has_words(cell.written)]
    whole = len(named) + block.row_header >= len(header)  # the corner of a table often has no name
    if named and whole and (unread or narrow or not rows):
        yield replace(_list(named, block.position), before=names if rows or unread else "")
    if unread:
        why = f"a table of more than {LONGEST} rows is not read out"
        why = "the profile only announces tables" if profile.tables == "announce" else why
        teller.omit(f"table of {len(block.rows)} row{'s' * (len(block.rows) != 1)}", why, block.position)
    for index, said_row in enumerate(rows, 1):
        last = index == len(rows) and profile.signposts != "none"
        yield replace(said_row, after=end) if last else said_row


def _no_addition(claim: Claim) -> bool:
    """Whether a claim says what is written; what the narrator adds, such as an explanation, is said once."""
    return claim.start < claim.end


def _cell(cell: Inline, teller: Teller, position: Position) -> Said:
    """A cell on one line."""
    pieces: list[Said | str] = []
    for said in teller.sentences(cell, role="cell", position=position):
        pieces += [" ", said] if pieces else [said]
    return without_stop(joined(pieces, role="cell", position=position))


def _row(header: Sequence[Said], cells: Sequence[Said], block: Table) -> Said | None:
    """A row as a sentence: "Dover: 6 m." or "Dover; Range: 6 m; Current: 2 knots."; None where nothing can be said.

    The cell that names the row stands first without the name of its column; of two cells the first names the second.
    """
    parts: list[Said | str] = []
    for index, cell in enumerate(cells):
        if not has_words(cell.written):
            continue
        name = header[index] if index < len(header) else None
        if parts:
            parts.append(": " if len(cells) == NARROW else "; ")
        if name is not None and has_words(name.written) and not (index == 0 and block.row_header):
            parts += [name, ": "]
        parts.append(cell)
    return joined([*parts, "."], role="cell", position=block.position) if parts else None


def _list(cells: Sequence[Said], position: Position) -> Said:
    parts: list[Said | str] = []
    for cell in cells:
        parts += [", ", cell] if parts else [cell]
    return joined([*parts, "."], role="cell", position=position)


def _count(number: int, words: tuple[str, str]) -> str:
    """A number of columns or rows; one has a word of its own, whose form follows the sentence ("mit einer Zeile")."""
    return words[number != 1].format(number)
