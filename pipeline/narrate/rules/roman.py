"""Roman numerals by context: Henry VIII, World War II, the XIX century, page xii."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.text.english import claimed, english, listed
from pipeline.text.numerals import cardinal, ordinal
from pipeline.text.pattern import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.contracts import Claim

_ROMAN = r"(?=[MDCLXVI])M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})(?![\w’'])"
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_COUNTED = (
    "World War|Super Bowl|WrestleMania|Chapter|Part|Act|Scene|Book|Volume|Vol\\.|Type|Phase|Section"
    "|Title|Appendix|Article"
    "|Final Fantasy|Rocky|Apollo|Gemini|Saturn|Grade|Class|Letter|Division|Category|Level|Stage|Tome"
    "|Canto|Psalm|Table|Figure"
    "|Fig\\.|No\\.|Number|Lesson|Round|Episode|Season|Vatican|Group|Schedule|Annex|Symphony|Olympiad|Amendment|Quarto"
    "|Corps|Army|Mark|Mk|Cycle|Region|Factor|Cranial Nerve|Area|Zone|Layer|Page|Star Wars|Marathon"
)
_KINGS = listed(
    """
    Henry Henri Enrique Enrico Heinrich Elizabeth Charles George William James Edward Richard John Paul Pius
    Louis Philip Philippe Francis Frederick Napoleon Nicholas Alexander Catherine Leo Gregory Benedict Clement
    Innocent Urban Alfonso Ferdinand Joseph Leopold Maximilian Otto Ivan Mary Margaret Carl Karl Gustav Gustavus
    Christian Harald Haakon Olaf Olav Ramses Rameses Ptolemy Darius Xerxes Cyrus Artaxerxes Robert David Kenneth
    Constantine Justinian Theodosius Emmanuel Emanuel Umberto Pedro Sancho Wilhelm Friedrich Ludwig Rudolf
    Rudolph Baldwin Edmund Harold Stephen Akbar Mehmed Murad Selim Suleiman Thutmose Amenhotep Seti Rama Carlos
    Albert Boniface Celestine Sixtus Julius Adrian Hadrian Eugene Martin Callixtus Peter Basil Michael Andrew
    Isabella Christina Anne Victoria Casimir Sigismund Wladyslaw Stanislaus Conrad Lothair Berengar Charlemagne
    Mithridates Antiochus Seleucus Philopator Cleopatra Tiglath Shapur Khosrow Abbas Ismail Mahmud Osman Ahmed
    Mustafa Baudouin Juan Felipe Luis Manuel Afonso Joao Miguel Vittorio Amadeus Malcolm Duncan Donald Llywelyn
    Rhys Owain Sam Thomas Lucius Hugh Ernest Adolf Augustus Franz Valdemar Eric Erik Canute Magnus Sweyn
    Theodore Alexios Manuel Ivan Feodor Boris Honorius Alexius Sylvester Marcellus Nebuchadnezzar Sargon
    Hirohito Wen Jean Jacques Guy Raymond Roger Bohemond Reza
    """
)
_HEIRS = frozenset(["II", "III", "IV"])

_SECTION = Pattern(
    rf"\b(?i:{_COUNTED}) (?P<claim>(?P<n>{_ROMAN})(?:(?P<dash>[–-])(?P<last>{_ROMAN}))?)(?P<verb> "
    rf"(?:[a-z]+(?:ed|ght|ew)|am|have|was|will|would|do|did|had|can|could|think|know|like|love|read"
    rf"|wrote|saw|need|want|hate)\b)?"
)
_CENTURY = Pattern(
    rf"\b(?P<claim>(?P<n>{_ROMAN}))(?= centur|-century|th centur| dynasty| Dynasty| Olympi| Congress| Corps| Army)"
)
_ORDINAL = Pattern(r"\b(?P<n>[MDCLXVI]{2,})(?:th|st|nd|rd)\b")
_NAMED = Pattern(
    rf"\b(?P<name>[A-Z][a-zà-ÿ]{{2,}}|[A-Z]{{4,}}) (?P<claim>(?P<n>{_ROMAN})(?P<s>[’']s)?(?P<dot>\."
    rf"(?= [a-z]|[,;:]))?)|\b(?P<name2>[A-Z][a-z]{{2,}}) (?P<n2>[IVX]+)(?P<s2>[’']s)\b"
)
_PAGE = Pattern(
    r"\b(?:[Pp]ages?|pp?\.|[Ss]cene|[Cc]hapter|[Ss]ection|[Pp]art|vol\.|chap\.) (?P<claim>"
    r"(?P<n>[ivxl]{1,7})(?:[–-](?P<last>[ivxl]{1,7}))?)(?!\w|[’']|\.\w)"
)
_HEADING = Pattern(r"^(?P<n>[IVX]+)(?=[.)](?: (?![A-Z]\. ?[A-Z])|$))")
_WAR = Pattern(r"\bWW ?(?P<n>I{1,3})\b")
_LISTED = Pattern(r"(?<![\w’'])I(?=(?:,| and| or|[–/-]) ?II\b)")
_WHOLE = Pattern(r"^(?P<n>[IVXLC]{2,})(?=[.]?$)")
_ALONE = Pattern(
    r"\b(?P<n>II|III|IV|VI|VII|VIII|IX|XI{1,3}|XIV|XVI{0,3}|XIX|XXI{1,3}|XXIV|XXV)\b(?![’'&-]|\.[A-Z])"
    r"(?! (?:drip|fluid|antibiotic|line|therap|inject|infus|bag|access))"
)
_AFTER_ONE = Pattern(r"\s*(?:$|[.,;:)(\"”–—-]|of\b|was\b|and\b|in\b|is\b|had\b|the\b|who\b|at\b|to\b)")
_TITLED = Pattern(
    r"\b(?:King|Queen|Pope|Emperor|Empress|Tsar|Czar|Prince|Kaiser|Sultan|Pharaoh|Shah|Duke|Count"
    r"|Elector|Saint|St\.|Patriarch|Archduke) (?:[A-Z][a-z]+ )?$"
)
_WELL_FORMED = Pattern(_ROMAN)


def claims(sentence: str, *, language: str) -> Iterable[Claim]:
    """Claims roman numerals where the words around them call for one."""
    if not english(language):
        return ()

    def named(match: re.Match[str]) -> str | None:
        name, text = match["name"] or match["name2"], match["n"] or match["n2"]
        name = name.title() if name.isupper() else name
        titled = _TITLED.search(sentence, max(0, match.start() - 30), match.start())
        if text in ("I", "V", "X") and not (
            titled or (name in _KINGS and name not in ("Malcolm", "Sam", "Mary", "Anne"))
        ):
            return None
        if text == "I" and not titled and not _AFTER_ONE.match(sentence, match.end()):
            return None
        if len(text) == 1 and text not in "IVX":
            return None
        kingly = titled or name in _KINGS or (text in _HEIRS and _person(sentence, match.start()))
        own = "’s" if match["s"] or match["s2"] else ""
        said = f"the {ordinal(_value(text))}{own}" if kingly else f"{cardinal(_value(text))}{own}"
        return f"{match['name2']} {said}" if match["name2"] else said

    return claimed(
        sentence,
        (
            (_CENTURY, lambda m: ordinal(_value(m["n"]))),
            (_SECTION, _section),
            (_ORDINAL, lambda m: ordinal(_value(m["n"])) if _WELL_FORMED.fullmatch(m["n"]) else None),
            (_NAMED, named),
            (_WAR, lambda m: f"World War {cardinal(_value(m['n']))}"),
            (_LISTED, lambda m: "one"),
            (_PAGE, _page),
            (_HEADING, lambda m: cardinal(_value(m["n"]))),
            (_WHOLE, lambda m: cardinal(_value(m["n"])) if _WELL_FORMED.fullmatch(m["n"]) else None),
            (_ALONE, lambda m: cardinal(_value(m["n"]))),
        ),
    )


def _section(match: re.Match[str]) -> str | None:
    """A numbered thing; a single letter is one only behind a capital, and C, D, L, M are letters: Grade C, Part D."""
    text = match["n"]
    if len(text) == 1 and (
        text not in "IVX"
        or match[0][0].islower()
        or (text == "I" and match["verb"] and not match[0].startswith("World War"))
    ):
        return None
    last = f" to {cardinal(_value(match['last']))}" if match["last"] else ""
    return cardinal(_value(text)) + last


def _page(match: re.Match[str]) -> str | None:
    ends = [text for text in (match["n"], match["last"]) if text]
    if not all(_WELL_FORMED.fullmatch(text.upper()) for text in ends) or (
        match["n"] == "i" and match[0][0] in "sSpP" and "age" not in match[0]
    ):
        return None
    return " to ".join(cardinal(_value(text.upper())) for text in ends)


def _person(sentence: str, start: int) -> bool:
    """Whether the name at ``start`` follows another: a family name, so the numeral counts the generation."""
    return bool(re.search(r"[A-Z][a-z]+ (?:[A-Z]\.? )?$", sentence[max(0, start - 20) : start]))


def _value(text: str) -> int:
    total = 0
    for sign, following in zip(text, [*text[1:], ""], strict=True):
        value = _VALUES[sign]
        total += -value if following and _VALUES[following] > value else value
    return total
