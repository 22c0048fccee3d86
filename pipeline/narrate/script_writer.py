"""A script as the text of its file; the grammar is told in `pipeline.narrate.script_file`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.errors import ScriptError
from pipeline.model.script import Bed, BedEnd, Chapter, Line, Pause, Play, Script, Utterance
from pipeline.narrate import marked_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MARKS = ("<<<<<<<", "=======", ">>>>>>>")
"""What opens, divides and closes a conflict, at the margin."""


def dumps(script: Script) -> str:
    """The script as the text of its file, ending in a line feed.

    Raises:
        ScriptError: A value cannot stand in a script file (nothing spoken, a voice's name with a blank in it).
    """
    return "\n".join((header(script), *(block for chapter in script.chapters for block in chapter_blocks(chapter))))


def header(script: Script) -> str:
    """The ``%`` lines."""
    meta = script.meta
    lines = ["%script 1"]
    fields: list[tuple[str, str]] = [("title", script.title), ("language", script.language)]
    fields += [("author", author) for author in script.authors]
    fields += [("published", script.published), ("description", meta.description), ("link", meta.link)]
    fields += [("image", meta.image), ("licence", meta.licence), ("site", meta.site)]
    if meta.explicit is not None:
        fields.append(("explicit", "yes" if meta.explicit else "no"))
    counts = (("season", meta.season), ("episode", meta.number))
    fields += [(name, str(count)) for name, count in counts if count is not None]
    if script.source is not None:
        digest = f" sha256:{script.source.digest}" if script.source.digest else ""
        fields.append(("source", script.source.uri + digest))
    lines += [f"%{name} {one_line(value)}" for name, value in fields if one_line(value)]
    return "\n".join(lines) + "\n"


def chapter_blocks(chapter: Chapter) -> Iterator[str]:
    """The chapter as blocks of lines, each ending in a line feed, to stand with a blank line between them."""
    level = "" if chapter.level == Chapter.__dataclass_fields__["level"].default else f" level={chapter.level}"
    said = _take(chapter)
    take = f" take={said}" if said else ""
    yield f"# {one_line(chapter.title)}".rstrip(" ") + f"\n  | {chapter.id}{level}{take}\n"
    yield from line_blocks(chapter.lines)


def line_blocks(lines: Iterable[Line]) -> Iterator[str]:
    """Lines of a chapter as blocks of lines of the file."""
    for line in lines:
        if isinstance(line, Pause):
            yield f"(pause {line.duration_ms} ms)\n"
        elif isinstance(line, Play):
            yield f"(play {one_line(line.path)})\n"
        elif isinstance(line, Bed):
            yield f"(bed {one_line(line.path)} {line.level_db} dB)\n"
        elif isinstance(line, BedEnd):
            yield "(bed end)\n"
        else:
            yield _utterance(line)


def _utterance(line: Utterance) -> str:
    try:
        spoken, language = marked_text.write(one_line(line.spoken), line.parts)
    except marked_text.BadPiece as error:
        raise ScriptError(str(error), line.id) from error
    return f"{_spoken(spoken, line.id)}\n  | {_note(line, language)}\n"


def _spoken(text: str, id: str) -> str:
    if not text:
        raise ScriptError("an utterance must say something", id)
    odd = text[0] in "%#(|\\" or text[0].isspace() or text.startswith(MARKS)
    return f"\\{text}" if odd and not text.startswith("\\{") else text


def _note(line: Utterance, language: str) -> str:
    if re.search(r"[\s=]", line.voice):
        raise ScriptError(f"a voice's name has no blanks and no '=': {line.voice!r}", line.id)
    values = {
        "voice": line.voice,
        "lang": language,
        "take": _take(line),
        "rate": "" if line.rate_percent == 100 else str(line.rate_percent),
        "role": "" if line.role == "body" else line.role,
    }
    head = " ".join((line.id, *(f"{key}={value}" for key, value in values.items() if value)))
    written = one_line(line.written)
    return f"{head}  {written}" if written else head


def _take(line: Chapter | Utterance) -> str:
    """What stands behind ``take=``: a person's own goes before a number; nothing for the usual one."""
    if line.recording:
        if re.search(r"\s", line.recording) or not re.search(r"\.[0-9A-Za-z]+$", line.recording):
            raise ScriptError(f"a take's file has a suffix and no blanks: {line.recording!r}", line.id)
        return line.recording
    return "" if line.take == 1 else str(line.take)


def one_line(text: str) -> str:
    """``text`` without line ends and without blanks around it: what the file can hold."""
    return re.sub(r"[ \t]*[\r\n]+[ \t]*", " ", text).strip(" \t\r\n")
