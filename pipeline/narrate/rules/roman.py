"""Roman numerals by context: Henry VIII, World War II, the XIX century, page xii."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from pipeline.text.english import claimed, english, listed
from pipeline.text.numerals import cardinal, ordinal, year
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
    "|Corps|Army|Mark|Mk|Cycle|Region|Factor|Cranial Nerve|Area|Zone|Layer|Page|Star Wars|Marathon|Century|Arts?\\."
    "|Ch\\.|Chap\\.|Pt\\.|Bk\\.|Sec\\.|Vols\\.|Pp\\.|War|Edition|Expo|Plate|Fleet|Legion|Punic War|Issue|Edict"
    "|Godfather|Part No\\.|Henry IV,? Part|Series|Artemis"
    "|Module|Exhibit|Theorem|Lemma"
)
_LOOSELY = (
    "Mission|Project|Plan|Operation|Model|Kings|Souls|Wars|Games|Heroes|Man|Story|Form|Tier|Rule|Step|Unit|Count|Case"
    "|Problem|Question|Legends|Empires"
)
_FUNCTION = listed(
    """
    The And But For With From This That These Those When Then There Here What Why How His Her Our Your Their Its My
    She They You Not Was Were Are Has Had Have Did Does Can Could Will Would Should May Might Must After Before Since
    While Because Although Though Where Which Who Whom Whose Also Only Just Now Yet Nor Into Onto Over Under About
    """
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
    Vladimir Yaroslav Vasili Alexei Frederik Ladislaus Matthias Boleslaw Mieszko Tiberius Claudius Valentinian Clovis
    Childeric Theodoric Menelik Kamehameha Yazdegerd Hormizd Bahram Andronikos Isaac Romanos Leon Bela Emeric
    Hirohito Wen Jean Jacques Guy Raymond Roger Bohemond Reza
    """
)
_FAMILIAR = frozenset(["Malcolm", "Sam", "Mary", "Anne", "David", "Thomas", "Martin", "Michael", "Peter"])
"""Names of rulers that are more often somebody else's."""
_HEIRS = frozenset(["II", "III", "IV"])

_SECTION = Pattern(
    rf"\b(?i:(?:{_COUNTED}|(?P<loose>{_LOOSELY}))s?) (?P<claim>(?P<n>{_ROMAN})"
    rf"(?P<more>(?:(?: ?[–-] ?|, and |, | and | or | to |/| & )"
    rf"(?!I\b){_ROMAN})*))(?P<verb> "
    rf"(?:[a-z]+(?:ed|ght|ew)|am|have|was|will|would|do|did|had|can|could|think|know|like|love|read"
    rf"|wrote|saw|need|want|hate)\b)?"
)
_CENTURY = Pattern(
    rf"\b(?P<claim>(?P<n>{_ROMAN}))(?= centur|-century|th centur| dynasty| Dynasty| (?:Winter |Summer "
    rf"|Commonwealth )?(?:Olympi|Games)| Congress| Corps| Army)"
)
_ORDINAL = Pattern(r"\b(?P<n>[MDCLXVI]{2,})(?:th|st|nd|rd)\b")
_NAMED = Pattern(
    rf"\b(?P<name>[A-Z][a-zà-ÿ]{{2,}}|[A-Z]{{4,}}) (?P<claim>(?P<n>{_ROMAN})(?P<s>[’']s)?(?P<dot>\."
    rf"(?= [a-z]|[,;:]))?)|\b(?P<name2>[A-Z][a-z]{{2,}}) (?P<n2>[IVX]+)(?P<s2>[’']s)\b"
)
_PAGE = Pattern(
    r"\b(?:[Pp]ages?|pp?\.|[Ss]cene|[Cc]hapter|[Ss]ection|[Pp]art|[Vv]olume|[Bb]ook|[Aa]ct|[Ff]igure|[Tt]able"
    r"|[Cc]lause|[Pp]aragraph|[Vv]ol\.|[Cc]hap\.) (?P<claim>"
    r"(?P<n>[ivxl]{1,7})(?:[–-](?P<last>[ivxl]{1,7}))?)(?!\w|[’']|\.\w)"
)
_HEADING = Pattern(r"^(?P<n>[IVX]+)(?=[.)](?: (?![A-Z]\. ?[A-Z])|$))")
_WAR = Pattern(r"\bWW ?(?:(?P<n>I{1,3})|(?P<d>[123]))\b")
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
_NUMERAL = re.compile(rf"\b{_ROMAN}")
_DASH = re.compile(r" ?[–-] ?")
_ITEM = Pattern(r"(?:(?<=^)|(?<=\s))\((?P<claim>(?P<n>i{1,3}|iv|v|vi{1,3}|ix|xi{1,3}))\)")
_OF = Pattern(r" of | (?:was|were)\b|’s|'s|\)| \(")
_SIGNS = Pattern("[\u2160-\u217f]+")
_RULED = Pattern(
    r" (?:died|ruled|reigned|became|succeeded|ascended|granted|married|executed|abdicated|ordered|issued|founded|built"
    r"|came|took|made|had|won|lost|sent|gave|fell|fled|began|signed|declared|established|commissioned|inherited|visited"
    r"|(?:himself|herself|himself|later|also|then|then|never|eventually|soon)\b)\b"
)
_INITIAL = Pattern(r"\. (?P<next>[A-Z][a-zà-ÿ]+)")
_OPENERS = _FUNCTION | {"He", "It", "In", "At", "On", "As", "By", "If", "A", "An", "So", "One", "No", "Some", "All"}
_YEAR = Pattern(r"\b(?P<n>M[MCDXLVI]{3,})\b")
_WELL_FORMED = Pattern(_ROMAN)


def claims(sentence: str, *, language: str) -> Iterable[Claim]:
    """Claims roman numerals where the words around them call for one."""
    if not english(language):
        return ()

    def named(match: re.Match[str]) -> str | None:
        name, text = match["name"] or match["name2"], match["n"] or match["n2"]
        name = name.title() if name.isupper() else name
        titled = _TITLED.search(sentence, max(0, match.start() - 30), match.start())
        if name in _FUNCTION:
            return None
        if len(text) == 1 and not match["dot"] and not titled:
            following = _INITIAL.match(sentence, match.end())
            if following and following["next"] not in _OPENERS:
                return None  # a middle initial, then the family name
        if text in ("I", "V", "X") and not (
            titled or (name in _KINGS and (name not in _FAMILIAR or _OF.match(sentence, match.end())))
        ):
            return None
        if text == "I" and not titled:
            ruled = _RULED.match(sentence, match.end()) and name not in _FAMILIAR
            known = (
                match["s2"] or match["s"] or _AFTER_ONE.match(sentence, match.end()) or _OF.match(sentence, match.end())
            )
            if not ruled and not known:
                return None
        if set(text) - set("IVX") and not titled and name not in _KINGS:
            return None  # a CD, a DC motor
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
            (_SIGNS, lambda m: f" {cardinal(_value(unicodedata.normalize('NFKC', m[0]).upper()))} "),
            (_ITEM, lambda m: cardinal(_value(m["n"].upper()))),
            (_ORDINAL, lambda m: ordinal(_value(m["n"])) if _WELL_FORMED.fullmatch(m["n"]) else None),
            (_NAMED, named),
            (_WAR, lambda m: f"World War {cardinal(int(m['d']) if m['d'] else _value(m['n']))}"),
            (_LISTED, lambda m: "one"),
            (_PAGE, _page),
            (_HEADING, lambda m: cardinal(_value(m["n"]))),
            (_YEAR, lambda m: year(_value(m["n"])) if _dated(m["n"]) else None),
            (_WHOLE, lambda m: cardinal(_value(m["n"])) if _WELL_FORMED.fullmatch(m["n"]) else None),
            (_ALONE, lambda m: cardinal(_value(m["n"]))),
        ),
    )


def _dated(text: str) -> bool:
    """Whether ``text`` is a year of our era, long enough to be no acronym."""
    return len(text) >= 4 and bool(_WELL_FORMED.fullmatch(text)) and 1100 <= _value(text) < 2100


def _section(match: re.Match[str]) -> str | None:
    """A numbered thing; a single letter is one only behind a capital, and C, D, L, M are letters: Grade C, Part D."""
    text = match["n"]
    if len(text) == 1 and (
        text not in "IVX"
        or match["loose"]
        or (match[0][0].islower() and not match["more"])
        or (text == "I" and match["verb"] and not match[0].startswith("World War"))
    ):
        return None
    more = _DASH.sub(" to ", match["more"]).replace("/", " ").replace("&", "and")
    return cardinal(_value(text)) + _NUMERAL.sub(lambda m: cardinal(_value(m[0])), more)


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
