"""A lexicon: how words are said that no voice can be expected to know.

    [[word]]
    grapheme = "SQL"
    alias = "sequel"

    [[word]]
    graphemes = ["Cholmondeley", "Cholmondeleys"]
    alias = "Chumley"
    ipa = "ˈtʃʌmli"
    language = "en"
    note = "the estate's own pages"

    [[word]]
    grapheme = "lead"
    alias = "led"
    context = ["pipe", "pipes", "metal"]

A lexicon may come from anybody: its size is limited, and its conditions are plain words, never patterns.
"""

from __future__ import annotations

import tomllib
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.errors import ConfigError
from pipeline.model.codec import from_plain
from pipeline.text import ipa as phonetics
from pipeline.text.words import has_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_ENTRIES = 50_000
LONGEST_GRAPHEME = 100
LONGEST_ALIAS = 300
MAX_BYTES = 8_000_000
CASES = ("exact", "any")

_MOST_CONTEXT = 100
_MOST_TOLD = 20
"""Mistakes named at once; a file that is something else altogether would have thousands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """How a word is said.

    Attributes:
        graphemes: The word as written; several are said alike.
        alias: Said in its place, in ordinary letters.
        ipa: Its sounds, for engines that take them; the others say the alias, or the word as it is.
        spell: Whether it is said letter by letter.
        language: BCP 47 tag of the sentences it holds in, ``"en"`` for all English; empty for any language.
        case: ``"exact"``, ``"any"``, or ``""``: exact for a grapheme with a capital letter.
        context: One of these words stands anywhere in the sentence.
        before: One of these words stands directly in front of it.
        after: One of these words stands directly behind it.
        note: Where the pronunciation comes from, for people.
    """

    graphemes: tuple[str, ...]
    alias: str = ""
    ipa: str = ""
    spell: bool = False
    language: str = ""
    case: str = ""
    context: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    note: str = ""

    @property
    def conditional(self) -> bool:
        """Whether it holds only near certain words."""
        return bool(self.context or self.before or self.after)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """The shape of an entry in a file."""

    grapheme: str = ""
    graphemes: tuple[str, ...] = ()
    alias: str = ""
    ipa: str = ""
    spell: bool = False
    language: str = ""
    case: str = ""
    context: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    note: str = ""


def loads(text: str, *, where: str = "") -> tuple[Entry, ...]:
    """The entries of a lexicon in TOML.

    Args:
        text: The whole file.
        where: Its name, for messages.

    Raises:
        ConfigError: It is not TOML, or holds mistakes; each is named with its path.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"is not TOML: {error}", where) from error
    except RecursionError as error:
        raise ConfigError("is nested too deeply", where) from error
    found = [f"unknown key {key} (a lexicon is made of [[word]]) @ $" for key in sorted(data) if key != "word"]
    tables = data.get("word", [])
    if not isinstance(tables, list):
        found.append("must be written [[word]], with two brackets @ $.word")
        tables = []
    if len(tables) > MOST_ENTRIES:
        raise ConfigError(f"$.word has {len(tables):,} entries; a lexicon may have {MOST_ENTRIES:,}", where)
    entries: list[Entry] = []
    for number, plain_table in enumerate(tables):
        place = f"$.word[{number}]"
        try:
            if not isinstance(plain_table, dict):
                raise ConfigError("must be a table @ $")
            table = from_plain(plain_table, _Table)
        except ConfigError as error:
            found.append(error.message.replace("@ $", f"@ {place}"))
            continue
        entries.append(_entry(table))
        found += [f"{place}{mistake}" for mistake in mistakes(entries[-1])]
        if table.grapheme and table.graphemes:
            found.append(f"{place} has both grapheme and graphemes; put all of them into graphemes")
    if found:
        raise ConfigError(_few(found), where)
    return tuple(entries)


def dumps(entries: Sequence[Entry]) -> str:
    """Entries as TOML: a lexicon, or what can stand behind one."""
    import tomli_w

    # table by table: tomli_w would put short ones into one array, behind which nothing can be added
    return "\n".join(f"[[word]]\n{tomli_w.dumps(_plain(entry))}" for entry in entries)


def mistakes(entry: Entry) -> list[str]:
    """All that is wrong with an entry whose values are of the right types; each begins with the key that is meant."""
    return [*_unsaid(entry), *_wrong(entry)]


def ranked(*lexicons: Sequence[Entry]) -> tuple[Entry, ...]:
    """All entries in order of precedence: those of the first lexicon first, in each those with conditions first."""
    return tuple(entry for lexicon in lexicons for entry in sorted(lexicon, key=lambda one: not one.conditional))


def plain(text: str) -> str:
    """``text`` on one line and in NFC."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _unsaid(entry: Entry) -> Iterator[str]:
    """What is missing, or said in two ways."""
    if not entry.graphemes:
        yield ".grapheme is missing: the word as it is written"
    if not (entry.alias or entry.ipa or entry.spell):
        yield " says nothing: it needs an alias, ipa or spell = true"
    if entry.spell and (entry.alias or entry.ipa):
        yield ".spell cannot stand beside alias or ipa: the word is said in one way"


def _wrong(entry: Entry) -> Iterator[str]:
    """Values that cannot be."""
    for grapheme in entry.graphemes:
        if len(grapheme) > LONGEST_GRAPHEME:
            yield f".grapheme is longer than {LONGEST_GRAPHEME} characters"
        elif not any(character.isalnum() or unicodedata.category(character)[0] == "S" for character in grapheme):
            yield f".grapheme {grapheme!r} holds no letter, digit or sign"
        elif not grapheme.isprintable():
            yield f".grapheme {grapheme!r} holds a character that cannot be seen"
        elif entry.spell and not any(character.isalnum() for character in grapheme):
            yield f".spell: {grapheme!r} has no letters"
    if entry.alias and (
        len(entry.alias) > LONGEST_ALIAS or not entry.alias.isprintable() or not has_words(entry.alias)
    ):
        yield f".alias must hold a word, and at most {LONGEST_ALIAS} characters, all of which can be seen"
    if entry.ipa and (wrong := phonetics.mistake(entry.ipa)):
        yield f".ipa {wrong}"
    if entry.language and not is_tag(entry.language):
        yield f".language must be a tag such as en or pt-BR, not {entry.language!r}"
    if entry.case and entry.case not in CASES:
        yield f".case must be {' or '.join(CASES)}, not {entry.case!r}"
    for name in ("context", "before", "after"):
        words: tuple[str, ...] = getattr(entry, name)
        if len(words) > _MOST_CONTEXT:
            yield f".{name} has {len(words)} words; {_MOST_CONTEXT} are allowed"
        for word in words:
            if len(word.split()) != 1 or len(word) > LONGEST_GRAPHEME or not has_words(word):
                yield f".{name} holds {word[:40]!r}, which is not one word"


def is_tag(text: str) -> bool:
    """Whether ``text`` is made like a BCP 47 tag that begins with a language's code: ``en``, ``pt-BR``, ``zh-Hant``."""
    first, *rest = text.split("-")
    pieces = [2 <= len(first) <= 3 and first.isascii() and first.isalpha()]
    pieces += [1 <= len(piece) <= 8 and piece.isascii() and piece.isalnum() for piece in rest]
    return all(pieces)


def tidied(entry: Entry) -> Entry:
    """The entry with its texts in the form in which they are compared: on one line, in NFC, with IPA's own signs."""
    return Entry(
        graphemes=tuple(dict.fromkeys(filter(None, map(plain, entry.graphemes)))),
        alias=plain(entry.alias),
        ipa=phonetics.cleaned(entry.ipa),
        spell=entry.spell,
        language=entry.language.strip(),
        case=entry.case,
        context=tuple(map(plain, entry.context)),
        before=tuple(map(plain, entry.before)),
        after=tuple(map(plain, entry.after)),
        note=plain(entry.note),
    )


def _entry(table: _Table) -> Entry:
    graphemes = (table.grapheme,) if table.grapheme else table.graphemes
    rest = {name: getattr(table, name) for name in Entry.__dataclass_fields__ if name != "graphemes"}
    return tidied(Entry(graphemes=graphemes, **rest))


def _plain(entry: Entry) -> dict[str, Any]:
    """The entry as plain data, without what is as usual."""
    one = len(entry.graphemes) == 1
    found: dict[str, Any] = {"grapheme": entry.graphemes[0]} if one else {"graphemes": list(entry.graphemes)}
    for name in ("alias", "ipa", "spell", "language", "case", "context", "before", "after", "note"):
        value = getattr(entry, name)
        if value:
            found[name] = list(value) if isinstance(value, tuple) else value
    return found


def _few(found: Sequence[str]) -> str:
    more = len(found) - _MOST_TOLD
    return "; ".join((*found[:_MOST_TOLD], f"and {more} more")) if more > 0 else "; ".join(found)
