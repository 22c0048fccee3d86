r"""The narration script as a file: what is said stands at the margin, what was written behind a bar.

    %script 1
    %title How tides work
    %language en-GB
    %source article.md sha256:3fa9c1d0…

    # Why the sea breathes
      | c2m4k7qd

    On the fourth of July, about one thousand two hundred people came.
      | u7k2qd0p  On 4 July, c. 1,200 people came.

    (pause 800 ms)

Read aloud, the margin is the talk; pieces of it may stand in braces with a language, a voice or a pronunciation
(`pipeline.narrate.marked_text`). A note line holds the id, then ``voice= lang= take= rate= role=`` where they are not
the usual ones, then two blanks and the written text. ``take=`` is a number, or the file of a person's own take; in the
note of a chapter such a file holds all of the chapter. Between the lines may stand ``(pause 800 ms)``, ``(play FILE)``,
and ``(bed FILE -18 dB)`` for music under what follows, up to ``(bed end)`` or the end of the chapter. A spoken line
that begins like something else (``% # ( | \``, a blank, a conflict mark) stands behind ``\``.

`loads` takes what people and editors do to a script: CRLF, a byte order mark, a spoken line without a note (a new
utterance), a note without its spoken line (a deleted one). Spans are found anew; places in the article and omissions
are not in the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pipeline.errors import NeedsPerson, ScriptError
from pipeline.model.document import Meta
from pipeline.model.script import (
    BED_LEVELS_DB,
    ROLES,
    Bed,
    BedEnd,
    Chapter,
    Line,
    Part,
    Pause,
    Play,
    Script,
    Source,
    Utterance,
)
from pipeline.narrate import marked_text
from pipeline.narrate.ids import Ids
from pipeline.narrate.script_writer import MARKS, dumps
from pipeline.text.counted import COUNTED, counted
from pipeline.text.spans import align

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["dumps", "loads"]

PAUSE_MS = range(200, 600_001)
"""How long a written pause may be, in ms: joints need 200 ms of silence, and ten minutes are a slip of the finger."""

_FIELDS = ("title", "language", "author", "published", "description", "link", "image", "licence", "site", "explicit")
_COUNTS = ("season", "episode")
_HEADER = ("script", *_FIELDS, *_COUNTS, "source")
_KEYS = {"u": ("voice", "lang", "take", "rate", "role"), "c": ("level", "take")}
_NUMBERS = {"take": range(1, 10_000), "rate": range(20, 501), "level": range(1, 7)}
_PAUSE = re.compile(r"\(pause +(\d{1,7}) *ms\)")
_PLAY = re.compile(r"\(play +([^ \t].*)\)")
_BED = re.compile(r"\(bed +([^ \t].*?)(?: +([-−]?\d{1,3}) *dB)?[ \t]*\)")
_BED_END = re.compile(r"\(bed +end *\)")
_FILE = re.compile(r"\S*\.[0-9A-Za-z]+")
_NOTE = re.compile(r"[ \t]+\|[ \t]?")


def loads(text: str, *, name: str = "") -> Script:
    """The script in ``text``.

    Args:
        text: A whole script file.
        name: The file's name, for messages.

    Raises:
        ScriptError: A line breaks the grammar; ``where`` is ``name:line``, the message says what may stand there.
        NeedsPerson: There are conflict marks: a person has yet to choose.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    parser = _Parser(name=name)
    for number, line in enumerate(lines, 1):
        parser.number = number
        parser.take(line)
    return parser.script()


@dataclass(slots=True)
class _Parser:
    """The state between two lines of the file."""

    name: str
    number: int = 0
    header: dict[str, str] = field(default_factory=dict)
    authors: list[str] = field(default_factory=list)
    chapters: list[tuple[Chapter, list[Line]]] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)
    waiting: Callable[[str], None] | None = None
    """What a note in the next line belongs to."""

    def take(self, line: str) -> None:
        """Read one line."""
        note, self.waiting = self.waiting, None
        line = line.rstrip(" \t")
        if not line:
            return
        if line.startswith(MARKS):
            raise NeedsPerson(
                f"a conflict is open: keep the edited lines or the article's, then delete the lines {' '.join(MARKS)}",
                self._where,
            )
        if "script" not in self.header and line[0] != "%":
            raise self._error("a script begins with the line '%script 1'")
        if found := _NOTE.match(line):
            self._note(line[found.end() :], note)
        elif line[0] == "%":
            self._header(line)
        elif line[0] == "#":
            self._chapter(line)
        elif line[0] == "(":
            stage = self._stage(line)
            if not isinstance(stage, Pause):
                self._only_voices()
            self._lines().append(stage)
        elif line[0] in " \t|":
            raise self._error("a spoken line begins at the margin, a note with two blanks and '|'; write '\\' in front")
        else:
            self._spoken((line if line.startswith("\\{") else line.removeprefix("\\")).strip(" \t"))

    def script(self) -> Script:
        """What was read. Lines without an id get theirs now, when all the given ones are known."""
        if "script" not in self.header:
            raise ScriptError("a script begins with the line '%script 1'", self.name)
        ids = Ids(self.ids)
        chapters = []
        for chapter, lines in self.chapters:
            chapter = chapter if chapter.id else replace(chapter, id=ids.chapter(chapter.title))
            named = tuple(_named(line, ids) if isinstance(line, Utterance) else line for line in lines)
            chapters.append(replace(chapter, lines=named))
        header = self.header
        explicit = {"yes": True, "no": False}.get(header.get("explicit", ""))
        words = {key: header.get(key, "") for key in ("description", "link", "image", "licence", "site")}
        season, number = (counted(header.get(key, "")) for key in _COUNTS)
        return Script(
            title=header.get("title", ""),
            language=header.get("language", "und"),
            chapters=tuple(chapters),
            authors=tuple(self.authors),
            published=header.get("published", ""),
            meta=Meta(**words, explicit=explicit, season=season, number=number),
            source=_source(header["source"]) if "source" in header else None,
        )

    def _header(self, line: str) -> None:
        key, _, value = line[1:].partition(" ")
        value = value.strip(" \t")
        if key not in _HEADER:
            raise self._error(f"there is no '%{key}'; there are: {', '.join('%' + word for word in _HEADER)}")
        if self.chapters:
            raise self._error(f"'%{key}' stands at the top of the file, before what is said; write '\\' to say it")
        if key in self.header:
            raise self._error(f"'%{key}' is here a second time")
        if ("script" in self.header) == (key == "script"):
            raise self._error("a script begins with the line '%script 1'")
        if key == "script" and value != "1":
            raise self._error(f"this program reads '%script 1', not '%script {value}'")
        if key == "explicit" and value not in ("yes", "no"):
            raise self._error("'%explicit' is 'yes' or 'no'")
        if key in _COUNTS and counted(value) is None:
            raise self._error(f"'%{key}' is a number from {COUNTED[0]} to {COUNTED[-1]}")
        if key == "author":
            self.authors.append(value)
        else:
            self.header[key] = value

    def _chapter(self, line: str) -> None:
        if line.startswith("##"):
            raise self._error("a chapter begins with one '#' and a blank; its depth is 'level=3' in the note below")
        if line != "#" and line[1] not in " \t":
            raise self._error("a blank follows the '#' of a chapter; write '\\' in front of a spoken line")
        place = len(self.chapters)
        self.chapters.append((Chapter(id="", title=line[1:].strip(" \t")), []))

        def note(text: str) -> None:
            id, values, _ = self._values(text, "c")
            chapter, lines = self.chapters[place]
            level, (take, recording) = int(values.get("level", chapter.level)), _take(values)
            self.chapters[place] = (replace(chapter, id=id, level=level, take=take, recording=recording), lines)

        self.waiting = note

    def _spoken(self, text: str) -> None:
        if not text:
            raise self._error("nothing stands behind the '\\'")
        lines = self._lines()
        place, number = len(lines), self.number
        spoken, parts = self._marked(text, number)
        lines.append(Utterance(id="", written="", spoken=spoken, parts=parts))

        def note(note: str) -> None:
            id, values, written = self._values(note, "u")
            # only now is it known what language the pieces without one are in
            spoken, parts = self._marked(text, number, language=values.get("lang", ""))
            take, recording = _take(values)
            if recording:
                self._only_voices()
            lines[place] = Utterance(
                id=id,
                written=written,
                spoken=spoken,
                parts=parts,
                voice=values.get("voice", ""),
                take=take,
                recording=recording,
                rate_percent=int(values.get("rate", 100)),
                role=values.get("role", "body"),
            )

        self.waiting = note

    def _marked(self, text: str, number: int, *, language: str = "") -> tuple[str, tuple[Part, ...]]:
        try:
            return marked_text.read(text, language=language)
        except marked_text.BadPiece as error:
            raise ScriptError(str(error), self._at(number)) from error

    def _stage(self, line: str) -> Pause | Play | Bed | BedEnd:
        """What is done at this place instead of speaking."""
        if found := _PAUSE.fullmatch(line):
            if int(found[1]) not in PAUSE_MS:
                raise self._error(f"a pause lasts {PAUSE_MS[0]} to {PAUSE_MS[-1]} ms")
            return Pause(duration_ms=int(found[1]))
        if found := _PLAY.fullmatch(line):
            return Play(path=found[1].strip(" \t"))
        if _BED_END.fullmatch(line):
            return BedEnd()
        if found := _BED.fullmatch(line):
            level_db = int((found[2] or str(Bed(path="").level_db)).replace("−", "-"))
            if level_db not in BED_LEVELS_DB:
                raise self._error(f"a bed is {BED_LEVELS_DB[0]} to {BED_LEVELS_DB[-1]} dB against the voice")
            return Bed(path=found[1], level_db=level_db)
        raise self._error(
            "only '(pause 800 ms)', '(play FILE)', '(bed FILE -18 dB)' and '(bed end)' begin with '('; write '\\' in "
            "front of a spoken line"
        )

    def _only_voices(self) -> None:
        """What is recorded as a whole has no other sounds put into it."""
        if self.chapters and self.chapters[-1][0].recording:
            raise self._error(
                f"this chapter is one recording ({self.chapters[-1][0].recording}): no other can stand in it"
            )

    def _note(self, text: str, note: Callable[[str], None] | None) -> None:
        if note is not None:
            note(text)
        else:  # its spoken line was deleted, and with it the utterance; the grammar holds all the same
            known, self.ids = self.ids, {}
            self._values(text, "c" if text.startswith("c") else "u")
            self.ids = known

    def _values(self, text: str, kind: str) -> tuple[str, dict[str, str], str]:
        """Id, values and written text of a note."""
        head, _, written = text.partition("  ")
        words = head.split()
        id = words.pop(0) if words and "=" not in words[0] else ""
        if id and not re.fullmatch(kind + "[0-9a-z]+", id):
            what = {"u": "an utterance", "c": "a chapter"}[kind]
            raise self._error(f"the id of {what} is '{kind}' with digits and lower-case letters, not {id!r}")
        if id in self.ids:
            raise self._error(f"the id {id} stands in line {self.ids[id]} too: delete this one to get another")
        if id:
            self.ids[id] = self.number
        values: dict[str, str] = {}
        for word in words:
            key, equals, value = word.partition("=")
            if not equals or key not in _KEYS[kind] or key in values:
                allowed = ", ".join(f"{word}=" for word in _KEYS[kind])
                raise self._error(f"{word!r} cannot stand here; there are: {allowed} and two blanks before other text")
            values[key] = self._checked(key, value)
        return id, values, written.strip(" \t")

    def _checked(self, key: str, value: str) -> str:
        if key == "role" and value not in ROLES:
            raise self._error(f"there is no role {value!r}; there are: {', '.join(ROLES)}")
        if key == "lang" and not marked_text.TAG.fullmatch(value):
            raise self._error(f"there is no language {value!r}: it is a tag such as fr or pt-BR")
        if key == "take" and _FILE.fullmatch(value):
            return value
        if key in _NUMBERS and not (re.fullmatch("[0-9]{1,5}", value) and int(value) in _NUMBERS[key]):
            other = ", or a sound file such as takes/one.wav" if key == "take" else ""
            numbers = f"{_NUMBERS[key][0]} to {_NUMBERS[key][-1]}{other}"
            raise self._error(f"{key}= is a number from {numbers}, not {value!r}")
        return value

    def _lines(self) -> list[Line]:
        """The lines of the chapter; what stands before the first one is in a chapter without a title."""
        if not self.chapters:
            self.chapters.append((Chapter(id="", title=""), []))
        return self.chapters[-1][1]

    @property
    def _where(self) -> str:
        return self._at(self.number)

    def _at(self, number: int) -> str:
        return f"{self.name}:{number}" if self.name else f"line {number}"

    def _error(self, message: str) -> ScriptError:
        return ScriptError(message, self._where)


def _named(line: Utterance, ids: Ids) -> Utterance:
    """The utterance with its id, and with its spans where it was written."""
    line = line if line.id else replace(line, id=ids.added(line.spoken))
    return replace(line, spans=align(line.written, line.spoken)) if line.written else line


def _take(values: dict[str, str]) -> tuple[int, str]:
    """Number and file of the take that a note asks for."""
    value = values.get("take", "1")
    return (int(value), "") if value.isdecimal() else (1, value)


def _source(value: str) -> Source:
    """``URI sha256:hex``; the address may hold blanks."""
    uri, _, digest = value.rpartition(" ")
    return Source(uri=uri, digest=digest[7:]) if uri and digest.startswith("sha256:") else Source(uri=value, digest="")
