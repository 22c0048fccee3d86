r"""The text of a spoken line: words, and pieces in braces that have a language, a voice or a pronunciation.

    He said {fr: déjà vu} and left.
    {voice=guide: Welcome aboard.} The boat left at four.
    The query is written in {ipa=ˈsiːkwəl: SQL}.

In the head of a piece stand a language tag, ``voice=NAME`` and ``ipa=…``, this last, as far as the colon. A brace of
the text stands behind ``\``. So that scripts from before there were pieces are read as they were, an opening brace
behind which no such head stands is text too, and a backslash that is not in front of a brace is nothing but itself:
only of those in front of one, two make one.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.model.script import Part
from pipeline.text.ipa import cleaned, mistake
from pipeline.text.parts import line_language, settled, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
"""A BCP 47 tag that begins with a language's code."""
_OPENS = re.compile(
    rf"""
    [ \t]*
    (?: {TAG.pattern} (?= [ \t]*: | [ \t]+ [A-Za-z]+= )     # a language …
      | [A-Za-z]+= (?= [^{{}}:]* : ) )                      # … or a value with a colon to come
    """,
    re.VERBOSE,
)
_TOKEN = re.compile(r"(?P<slashes>\\*)(?P<brace>[{}])")


class BadPiece(ValueError):
    """A piece in braces breaks the grammar; the message says what may stand there."""


def read(text: str, *, language: str = "") -> tuple[str, tuple[Part, ...]]:
    """What is spoken, and its parts.

    Args:
        text: The line as it stands in the script.
        language: Language of all of it but the pieces that have another one.

    Raises:
        BadPiece: A piece has a head that nobody understands, no words or no end, or stands in another one.
    """
    pieces = list(_pieces(text, language))
    spoken = text_of(pieces)
    return spoken.strip(" \t"), settled(_trimmed(pieces, spoken))


def _trimmed(pieces: Sequence[Part], spoken: str) -> Iterator[Part]:
    """The pieces without the blanks at the ends of the line."""
    start, end = len(spoken) - len(spoken.lstrip(" \t")), len(spoken.rstrip(" \t"))
    place = 0
    for piece in pieces:
        length = len(piece.text)
        yield replace(piece, text=piece.text[max(0, start - place) : max(0, end - place)])
        place += length


def _pieces(text: str, language: str) -> Iterator[Part]:
    plain = Part(text="", language=language)
    inside: Part | None = None
    said = ""
    place = 0
    while found := _TOKEN.search(text, place):
        slashes = len(found["slashes"])
        said += text[place : found.start()] + "\\" * (slashes // 2)
        place = found.end()
        if slashes % 2:
            said += found["brace"]
        elif inside is not None and found["brace"] == "{":
            raise BadPiece("a piece in braces cannot stand in another one; write '\\{' to say a brace")
        elif inside is not None:
            if not said.strip():
                raise BadPiece("a piece in braces says something; write '\\{' to say a brace")
            yield replace(inside, text=said)
            inside, said = None, ""
        elif found["brace"] == "{" and _OPENS.match(text, place):
            yield replace(plain, text=said)
            colon = _colon(text, place)
            inside, said = _head(text[place:colon].strip(" \t"), language), ""
            place = colon + 1 + text.startswith(" ", colon + 1)
        else:
            said += found["brace"]
    if inside is not None:
        raise BadPiece("a piece in braces has no end: write '}' behind it, or '\\{' to say a brace")
    yield replace(plain, text=said + text[place:])


def _colon(text: str, place: int) -> int:
    """Where the head of a piece ends: at its first colon; a pronunciation may hold one that no blank follows."""
    colon = text.find(":", place)
    if colon < 0:
        raise BadPiece("a colon ends the head of a piece, {fr voice=guide: Bonjour}; write '\\{' to say a brace")
    if "ipa=" not in text[place:colon]:
        return colon
    found = re.compile(r"[^{}]*?(:)[ \t]").match(text, place)
    if found is None:
        raise BadPiece("a colon and a blank stand behind a pronunciation: {ipa=ˈsiːkwəl: SQL}")
    return found.start(1)


def _head(head: str, language: str) -> Part:
    """What stands in front of the colon, as a part without text."""
    fore, mark, ipa = head.partition("ipa=")
    ipa = cleaned(ipa)
    if mark and mistake(ipa):
        raise BadPiece(
            f"a pronunciation in IPA is the last in its braces, {{ipa=ˈsiːkwəl: SQL}}; {ipa!r} {mistake(ipa)}"
        )
    values = {"lang": language, "voice": ""}
    for index, word in enumerate(fore.split()):
        key, equals, value = word.partition("=")
        if not equals and not index:
            key, value = "lang", word
        if key not in values or not value:
            raise BadPiece(
                f"{word!r} cannot stand in braces; there are: a language such as 'fr', then 'voice=' and 'ipa='; "
                "write '\\{' to say a brace"
            )
        if key == "lang" and not TAG.fullmatch(value):
            raise BadPiece(f"there is no language {value!r}: it is a tag such as fr or pt-BR")
        values[key] = value
    return Part(text="", voice=values["voice"], language=values["lang"], ipa=ipa)


def write(spoken: str, parts: Sequence[Part]) -> tuple[str, str]:
    """The line as it stands in a script, and the language of all of it, empty where it is the script's.

    Raises:
        BadPiece: A voice, a language or a pronunciation cannot stand in a script, or the parts are not what is said.
    """
    if not parts:
        return _escaped(spoken, "{"), ""
    if text_of(parts) != spoken:
        raise BadPiece("the parts of a line must say together what the line says")
    language = line_language(parts)
    base = Part(text="", language=language)
    wrong = next((part.language for part in parts if part.language and not TAG.fullmatch(part.language)), "")
    if wrong:
        raise BadPiece(f"there is no language {wrong!r}: it is a tag such as fr or pt-BR")
    out = []
    for index, part in enumerate(parts):
        if replace(part, text="") == base:
            out.append(_escaped(part.text, "{", before_brace=index + 1 < len(parts)))
        else:
            out.append(f"{{{_written_head(part, language)}: {_escaped(part.text, '{}', before_brace=True)}}}")
    return "".join(out), language


def _written_head(part: Part, language: str) -> str:
    if re.search(r"[\s=:{}]", part.voice):
        raise BadPiece(f"the voice of a piece has a name without blanks and without '=:{{}}', not {part.voice!r}")
    if part.ipa and (mistake(part.ipa) or part.ipa != cleaned(part.ipa)):
        raise BadPiece(f"{part.ipa!r} is no pronunciation in IPA: it {mistake(part.ipa) or 'has other signs'}")
    if not part.text.strip():
        raise BadPiece("a part must say something")
    words = [part.language if part.language != language else ""]
    words += [f"voice={part.voice}" if part.voice else "", f"ipa={part.ipa}" if part.ipa else ""]
    return " ".join(filter(None, words))


def _escaped(text: str, braces: str, *, before_brace: bool = False) -> str:
    """``text`` with a backslash in front of ``braces`` and of backslashes that stand in front of any brace."""

    def one(found: re.Match[str]) -> str:
        slashes, brace = found[1], found[2]
        return slashes * 2 + ("\\" if brace in braces else "") + brace

    text = re.sub(r"(\\*)([{}])", one, text)
    tail = len(text) - len(text.rstrip("\\"))
    return text + "\\" * tail if before_brace and tail else text
