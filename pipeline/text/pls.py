"""The W3C's Pronunciation Lexicon Specification 1.0, in and out.

A file of PLS is in one language and knows words and sounds, no conditions: an entry that holds only near certain words
cannot be told in it. One that holds in every language is marked by its id, which other programs need not know.
Elements of other namespaces are passed over, as the specification wants.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.errors import ReadError
from pipeline.text import ipa as phonetics
from pipeline.text.lexicon import MAX_BYTES, MOST_ENTRIES, Entry, mistakes, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.text.dom.source import Element

NAMESPACE = "http://www.w3.org/2005/01/pronunciation-lexicon"

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_ANY = "any-language-"
"""What the id of a lexeme begins with that holds in every language: the specification knows one for the whole file."""
_NO_LANGUAGE = frozenset(("und", "mul", "mis", "zxx"))
_MOST_TOLD = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchanged:
    """Entries that were understood, and in words what could not be taken over."""

    entries: tuple[Entry, ...]
    left_out: tuple[str, ...]


def loads(data: bytes, *, where: str = "") -> Exchanged:
    """The entries of a PLS file.

    Args:
        data: The file.
        where: Its name, for messages.

    Raises:
        ReadError: It is too large, is not PLS, or declares entities.
    """
    from pipeline.text.xml_safe import parse_xml  # lxml: only where there is XML

    if len(data) > MAX_BYTES:
        raise ReadError(f"a lexicon may have {MAX_BYTES:,} bytes", where)
    root = parse_xml(data, where)
    if root.tag != f"{{{NAMESPACE}}}lexicon":
        raise ReadError(f"is no lexicon of PLS 1.0: its root must be <lexicon xmlns={NAMESPACE!r}>", where)
    lexemes = [child for child in root if child.tag == f"{{{NAMESPACE}}}lexeme"]
    if len(lexemes) > MOST_ENTRIES:
        raise ReadError(f"has {len(lexemes):,} lexemes; a lexicon may have {MOST_ENTRIES:,}", where)
    language = (root.get(_XML_LANG) or "").strip()
    language = "" if language.lower() in _NO_LANGUAGE else language
    alphabet = (root.get("alphabet") or "ipa").strip()
    entries, left_out = [], []
    for number, lexeme in enumerate(lexemes, 1):
        entry, why = _entry(lexeme, language, alphabet)
        if entry is not None:
            entries.append(entry)
        if why:
            words = ", ".join(_texts(lexeme, "grapheme")) or f"lexeme {number}"
            left_out.append(f"{words[:60]}: {why}")
    return Exchanged(entries=tuple(entries), left_out=_few(left_out))


def dumps(entries: Iterable[Entry], *, language: str) -> tuple[bytes, tuple[str, ...]]:
    """A PLS file for one language, and in words what it cannot hold.

    Args:
        entries: In order of precedence; of several for a word, the first is written.
        language: BCP 47 tag of the file; entries for other languages are left out.
    """
    from lxml import etree

    names: dict[str | None, str] = {None: NAMESPACE}
    root = etree.Element(f"{{{NAMESPACE}}}lexicon", nsmap=names)  # type: ignore[arg-type] # the stubs know no default
    root.set("version", "1.0")
    root.set("alphabet", "ipa")
    root.set(_XML_LANG, language)
    told: set[str] = set()
    left_out: list[str] = []
    for entry in entries:
        graphemes = [grapheme for grapheme in entry.graphemes if grapheme not in told]
        why = _untellable(entry, language)
        if why or not graphemes:
            left_out.append(f"{', '.join(entry.graphemes)[:60]}: {why or 'another entry is in front of it'}")
            continue
        told.update(graphemes)
        for some, alias in _aliases(entry, graphemes):
            lexeme = etree.SubElement(root, f"{{{NAMESPACE}}}lexeme")
            if not entry.language:
                lexeme.set(_XML_ID, f"{_ANY}{len(root)}")
            for grapheme in some:
                etree.SubElement(lexeme, f"{{{NAMESPACE}}}grapheme").text = grapheme
            for name, value in (("phoneme", entry.ipa), ("alias", alias)):
                if value:
                    etree.SubElement(lexeme, f"{{{NAMESPACE}}}{name}").text = value
    etree.indent(root)
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return data + b"\n", _few(left_out)


def _entry(lexeme: Element, language: str, alphabet: str) -> tuple[Entry | None, str]:
    """The entry of a lexeme, and what of it could not be taken over."""
    ipa, foreign = _preferred(lexeme, alphabet)
    aliases = sorted(
        (child for child in lexeme if child.tag == f"{{{NAMESPACE}}}alias"),
        key=lambda child: child.get("prefer") != "true",
    )
    entry = Entry(
        graphemes=tuple(dict.fromkeys(_texts(lexeme, "grapheme"))),
        alias=next((text for child in aliases if (text := plain("".join(map(str, child.itertext()))))), ""),
        ipa=ipa,
        language="" if (lexeme.get(_XML_ID) or "").startswith(_ANY) else language,
    )
    wrong = mistakes(entry)
    if entry.ipa and entry.alias and wrong:  # one of the two may do without the other
        for other in (replace(entry, ipa=""), replace(entry, alias="")):
            if not mistakes(other):
                return other, "; ".join(one.lstrip(" .") for one in wrong)
    if wrong:
        elsewhere = f"its sounds are in the alphabet {foreign}, not in IPA" if foreign and not entry.ipa else ""
        return None, elsewhere or wrong[0].lstrip(" .")
    return entry, "its role is not taken over: it holds in every sentence" if lexeme.get("role") else ""


def _preferred(lexeme: Element, alphabet: str) -> tuple[str, str]:
    """The lexeme's sounds in IPA, and the name of another alphabet that has been passed over."""
    phonemes = sorted(
        (child for child in lexeme if child.tag == f"{{{NAMESPACE}}}phoneme"),
        key=lambda child: child.get("prefer") != "true",
    )
    foreign = ""
    for phoneme in phonemes:
        used = (phoneme.get("alphabet") or alphabet).strip()
        text = phonetics.cleaned("".join(map(str, phoneme.itertext())))
        if text and used.lower() == "ipa":
            return text, foreign
        foreign = foreign or used
    return "", foreign


def _texts(lexeme: Element, name: str) -> Iterator[str]:
    for child in lexeme:
        if child.tag == f"{{{NAMESPACE}}}{name}" and (text := plain("".join(map(str, child.itertext())))):
            yield text


def _untellable(entry: Entry, language: str) -> str:
    """Why PLS cannot hold an entry; empty where it can."""
    if entry.conditional:
        return "it holds only near certain words"
    mine, theirs = entry.language.lower().split("-"), language.lower().split("-")
    if entry.language and theirs[: len(mine)] != mine:
        return f"it is for {entry.language}"
    return ""


def _aliases(entry: Entry, graphemes: Sequence[str]) -> Iterator[tuple[Sequence[str], str]]:
    """Graphemes and what is said for them: spelled, each has an alias of its own."""
    if not entry.spell:
        yield graphemes, entry.alias
        return
    for grapheme in graphemes:
        yield (grapheme,), " ".join(character for character in grapheme if character.isalnum())


def _few(found: Sequence[str]) -> tuple[str, ...]:
    more = len(found) - _MOST_TOLD
    return (*found[:_MOST_TOLD], f"and {more} more") if more > 0 else tuple(found)
