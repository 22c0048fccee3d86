"""The lines of a narration script at the margin, each with its place: one can be rewritten and the rest stays as it is.

`pipeline.narrate.script_file` reads a script as a value; what a person's editor wrote around it (CRLF, blank lines, a
byte order mark) is lost there. Here the bytes of every other line are kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.errors import NeedsPerson, ScriptError
from pipeline.model.script import Utterance
from pipeline.narrate import loads, marked_text
from pipeline.text.parts import line_language
from pipeline.text.words import has_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model.script import Script

_LINE_END = re.compile(r"(\r\n|\r|\n)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Margin:
    """A chapter's title or a spoken line.

    Attributes:
        id: Of the chapter or the utterance.
        text: What a person edits: the line without the backslash that the grammar may ask for in front, its pieces in
            braces as they stand; of a chapter its title.
        line: Its line in the file, from 1.
        is_title: Whether it is a chapter's title.
        language: BCP 47 tag of the whole line; empty for the script's.
    """

    id: str
    text: str
    line: int
    is_title: bool = False
    language: str = ""


def margins(text: str, script: Script) -> tuple[Margin, ...]:
    """All lines at the margin that are heard or shown, in order.

    Args:
        text: A script file that `loads` has taken.
        script: What it gave.
    """
    found = list(_found(text))
    titles = sum(is_title for _, _, is_title in found)
    # what stands before the first title is in a chapter that the file does not name
    ids = iter([chapter.id for chapter in script.chapters[len(script.chapters) - titles :]])
    lines = (line for chapter in script.chapters for line in chapter.lines if isinstance(line, Utterance))
    made = []
    for number, said, is_title in found:
        if is_title:
            made.append(Margin(id=next(ids), text=said, line=number, is_title=True))
        else:
            line = next(lines)
            made.append(Margin(id=line.id, text=said, line=number, language=line_language(line.parts)))
    return tuple(made)


def _found(text: str) -> Iterator[tuple[int, str, bool]]:
    """Number, text, and whether it is a title, of every line at the margin."""
    for number, line in enumerate(_LINE_END.split(text.removeprefix("\ufeff"))[::2], 1):
        line = line.rstrip(" \t")
        if not line or line[0] in "%( \t":
            continue
        if line[0] == "#":
            yield number, line[1:].strip(" \t"), True
        else:
            yield number, (line if line.startswith("\\{") else line.removeprefix("\\")).strip(" \t"), False


def rewritten(text: str, margin: Margin, said: str) -> str:
    """The script file with ``said`` in the place of one line; everything else is as it was, byte for byte.

    Args:
        text: The file.
        margin: The line.
        said: What a person wants said there; line ends in it become blanks.

    Raises:
        ScriptError: It says nothing, or holds a piece in braces that nobody understands.
    """
    # half a character, which JSON can hold, cannot be written down
    said = _CONTROL.sub(" ", said.encode(errors="replace").decode()).strip(" \t")
    if not has_words(said):
        raise ScriptError("a sentence says at least one word; to leave it out, delete its line in the script file")
    pieces = _LINE_END.split(text)
    place = 2 * (margin.line - 1)
    pieces[place] = f"# {said}" if margin.is_title else _line(said, margin.language)
    return "".join(pieces)


def _line(said: str, language: str) -> str:
    """``said`` as a line of the file; the grammar itself is asked whether a backslash must stand in front."""
    try:
        meant = marked_text.read(said, language=language)
    except marked_text.BadPiece as error:
        raise ScriptError(str(error)) from error
    note = f"  | lang={language}\n" if language else ""
    for line in (said, f"\\{said}"):
        try:
            script = loads(f"%script 1\n\n{line}\n{note}")
        except (ScriptError, NeedsPerson):
            continue
        if [(one.spoken, one.parts) for one in script.utterances()] == [meant]:
            return line
    raise ScriptError("this cannot stand in a script; write it in other words")
