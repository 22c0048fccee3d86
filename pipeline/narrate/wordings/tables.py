"""Tables: caption and size, then row by row with each cell's column; long ones are summarised and reported."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.contracts import Said
from pipeline.model.document import Position, Table
from pipeline.text.words import has_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.contracts import Teller
    from pipeline.model.document import Inline

BLOCKS = (Table,)

LONGEST = 10
"""Rows that are read out; a longer table is for the eye, and only its columns are named."""

_PHRASES = {
    "en": (
        "Table:",
        "A table of {} and {}.",
        ("column", "columns"),
        ("row", "rows"),
        "The columns are:",
        "End of table.",
    ),
    "de": (
        "Tabelle:",
        "Eine Tabelle mit {} und {}.",
        ("Spalte", "Spalten"),
        ("Zeile", "Zeilen"),
        "Die Spalten:",
        "Ende der Tabelle.",
    ),
    "fr": (
        "Tableau :",
        "Un tableau de {} et {}.",
        ("colonne", "colonnes"),
        ("ligne", "lignes"),
        "Les colonnes :",
        "Fin du tableau.",
    ),
    "es": (
        "Tabla:",
        "Una tabla de {} y {}.",
        ("columna", "columnas"),
        ("fila", "filas"),
        "Las columnas:",
        "Fin de la tabla.",
    ),
}
_SILENT = ("", "", ("", ""), ("", ""), "", "")


def say(block: Table, teller: Teller) -> Iterator[Said]:
    """One utterance a row."""
    title, size, column, row, names, end = _PHRASES.get(teller.language.partition("-")[0].lower(), _SILENT)
    header = [_cell(cell, teller) for cell in block.header]
    rows = [spoken for cells in block.rows if (spoken := _row(header, [_cell(cell, teller) for cell in cells]))]
    if not rows:
        rows = [alone] if (alone := _row([], header)) else []
    for index, said in enumerate(teller.sentences(block.caption, role="caption", position=block.position)):
        yield said if index else replace(said, before=title)
    wide = max((len(cells) for cells in (block.header, *block.rows)), default=0)
    if size and block.rows and rows:
        told = size.format(_count(wide, column), _count(len(block.rows), row))
        yield Said(before=told, role="announcement", position=block.position)
    if len(block.rows) > LONGEST:
        columns = [cell for cell in header if has_words(cell)]
        if columns:
            yield Said(written=f"{', '.join(columns)}.", before=names, role="cell", position=block.position)
        teller.omit(
            f"table of {len(block.rows)} rows", f"a table of more than {LONGEST} rows is not read out", block.position
        )
        return
    for index, spoken in enumerate(rows, 1):
        yield Said(written=spoken, after=end if index == len(rows) else "", role="cell", position=block.position)


def _cell(cell: Inline, teller: Teller) -> str:
    """A cell on one line."""
    text = " ".join(said.written for said in teller.sentences(cell, role="cell", position=Position()))
    return text.rstrip(" .,;:")


def _row(header: list[str], cells: list[str]) -> str:
    """A row as a sentence, such as "Harbour: Dover; Range: 6 m."; empty where there is nothing to say."""
    parts = []
    for index, cell in enumerate(cells):
        name = header[index] if index < len(header) else ""
        if has_words(cell):
            parts.append(f"{name}: {cell}" if has_words(name) else cell)
    return f"{'; '.join(parts)}." if parts else ""


def _count(number: int, words: tuple[str, str]) -> str:
    return f"{number} {words[number != 1]}"
