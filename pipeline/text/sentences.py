"""Text into sentences, and sentences that are too long into breaths.

sentencex finds the sentence ends of some 300 languages; what it gets wrong in prose is put right here by
cutting its pieces once more or joining two of them. Every repair looks at one piece or at one joint, so time is linear.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.text.english import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_TITLES = listed(
    "Mr Ms Mrs Messrs Dr Prof Fr Sr Ft Mt St Gen Lt Col Capt Sgt Maj Cpl Pvt Adm Cmdr Rev Hon Sen Rep Gov Pres Supt"
    " Hr Frau Sig Sra Srta Mme Mgr Dott Ing Avv"
)
"""Titles in front of a name: the sentence goes on."""
_COUNTERS = listed(
    "no nos nr nrs ch chs chap vol vols fig figs sec secs eq eqs art arts ed p pp pt n° bd kap abb abs aufl s op bk ver"
    " ext tel apt par para app tab ex cap pag pág págs núm chap approx ca c cf est min max avg circa abt fl b d v vv"
    " l ll pos bl blz aprox env h mind"
)
"""Abbreviations in front of a number."""
_ROMAN = re.compile(r"[IVXLC]+\b(?![’'])")
_CLOCKS = frozenset(("a.m", "p.m", "am", "pm"))
_ZONE = re.compile(
    r"(?:Eastern|Central|Mountain|Pacific|Greenwich|[A-Z]{2,3}T|UTC|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?"
    r"|(?:January|February|March|April|May|June|July|August|September|October|November|December) \d)\b"
)
_HEADED = re.compile(
    r"(?:Chapter|Part|Section|Appendix|Book|Act|Scene|Kapitel|Teil|Chapitre|Partie|Capítulo|Capitolo) \w{1,5}\.$"
)
_NAMED = re.compile(
    r"(?!(?:I|He|She|It|We|They|You|The|This|That|There|Then|But|And|No|Yes)\b)(?:(?:Dr|Mr|Mrs|Ms|Prof|Sgt|Capt)\. )?"
    r"(?:[A-Z][\w’'-]+ ){1,2}(?:said|says|asked|asks|cried|cries|shouted|whispered|replied|answered|added|muttered"
    r"|called|exclaimed|demanded|wondered|yelled|murmured|sighed|laughed|repeated|insisted|screamed|snapped|hissed"
    r"|gasped|shrieked|declared|announced|continued|echoed|agreed|protested|admitted|pleaded|begged|joked|inquired"
    r"|roared|told|noted|remarked|observed|warned|promised|explained|suggested|concluded|sobbed|growled)\b"
)
_ASIDE = re.compile(r"(?:と|って|などと)|[^，。没不]{1,3}?(?:[说說问問道喊叫]|回答)[，。：]")
_MARKER_ALONE = re.compile(r"(?:[•⁃*–-]\s?)?(?:\d{1,3}|[A-Za-z])[.)]{1,2}$|[. ]+$")
_NOTE_MARKS = re.compile(r"(?:[¹²³⁰⁴-⁹]+|\[\d+\])(?=\s|$)\s*")
_CLOSERS = re.compile(r"[\"”’»)\]]+(?=\s|$)\s*")
_MARKER = re.compile(r"(?:(?<=\s)|^)(?:[•⁃]\s?)?(\d{1,3}|[a-z])(\.\)|[.)])\s+(?=\S)")
_STARTERS = (
    r"(?:He|She|It|We|They|There|This|These|Those|The|His|Her|Its|Their|But|And|Then|However|Nobody|Everyone|My|Our"
    r"|You|What|When|Where|Why|How|If|In)"
)
_STARTER = re.compile(rf"{_STARTERS}\b")
_CUTS = {
    "en": re.compile(
        rf"""
          (?<=…[ ])(?=[“‘"(]?[A-Z][\w’']*[ ,])(?!I\b)           # The coach said so… | Then nothing.
        | (?<=…[”"][ ])(?=[A-Z“"])(?!{_NAMED.pattern.replace(" ", "[ ]")})  # “I thought…” | She stopped.
        | (?<=[!?]{{2}}[ ])(?=[A-Z“])                             # What a day!! | I am tired.
        | (?<=[.!?][”"]\[\d\][ ])(?=[A-Z“])                      # “It ended.”[2] | The rest is known.
        | (?<=[A-Z]{{3}}\.[ ])(?=I[ ’'])                         # at seven EST. | I will wait.
        | (?<=[.!?]’”[ ])(?=[A-Z“])                             # “He said ‘no.’” | She wrote it down.
        | (?<=\bNo\.[ ])(?=[A-Z][a-z]*\b(?![.]))               # No. | I disagree.
        | (?<=[ ]no\.[ ])(?=(?:I|He|She|It|We|They|You|The|That|This|But|And|Then|There)\b)
        | (?<=[ ](?:St|Rd|Dr|Jr|Sr|Co)\.[ ])(?={_STARTERS}\b)   # He lives on Main St. | It is quiet.
        | (?<=[ ,]etc\.[ ]|[ ]Inc\.[ ]|[ ]Ltd\.[ ]|[ ]Ave\.[ ])(?={_STARTERS}\b)
        """,
        re.VERBOSE,
    ),
    "de": re.compile(
        r"(?:(?<= usw\. )|(?<= etc\. )|(?<=[ IVX][IVX]\. ))(?=(?:Der|Die|Das|Den|Dem|Ein|Eine|Es|Er|Sie|Wir|Ich|Ihr"
        r"|Auch|Aber|Und|Doch|Dann|Dies|Diese|Im|In|Am|Bei|Mit|Für|Nach|Wenn|Als|So|Da|Man|Nur|Hier|Dort|Jetzt|Heute"
        r"|Alle|Viele|Manche|Was|Wer|Wie|Wo)\b)"
    ),
} | dict.fromkeys(
    ("fr", "es", "it", "pt", "nl"), re.compile(r"(?:(?<= (?:etc|ecc|enz)\. )|(?<= suiv\. ))(?=[A-ZÀ-Þ¿¡«“])")
)
"""Where pieces are cut once more, by language."""
_PLACED = re.compile(
    r"(?:Jahrhundert|Jh\.|Jahrtausend|Kapitel|Klasse|Stock|Etage|Platz|Geburtstag|Auflage|Bezirk|Weltkrieg|Lebensjahr"
    r"|FC|SC|Armee|Band|Spieltag|Runde|Minute|Tag|Mal|Teil|Akt|Rang|Stelle|Hochzeitstag|Todestag|Semester|Etappe)"
)
"""What a German ordinal ("19.") stands in front of; sentencex knows the months."""
_PARTS = listed("ch chs chap vol vols fig figs sec secs art pt bd kap cap bk app tab p pp nos nr op")
_LETTERED = listed("app fig figs sec vol pt ch ex tab abb table")
_LETTER = re.compile(r"[A-Z](?![\w.’'])")
_VOWEL = re.compile("[aeiouyäöüáéíóúàèìòùâêîôûæø]", re.IGNORECASE)
_GOES_ON = re.compile(r"(?:or|of|and|in|at|to|for|with|by|from|on|per|long|wide|high|tall|und|oder|et|ou|y|o|e)\b")
_BRACKETED = re.compile(r"\([^()]*[.!?…][”\"]?\)(?= [A-Z“‘\"(])|\[[^\[\]]*[.!?…][”\"]?\](?= [A-Z“‘\"(\[])")
_QUOTES = frozenset("\"”’'»」』")
_ENDS = frozenset(".?!…。？！")

_OMISSION = re.compile(r"(?<=\w\. )(?=\. \. \. [A-Z])")

_LONGEST_TAIL = 40
"""Characters at the end of a piece that decide about the joint: more than any abbreviation, less than a sentence."""

_BREATH = re.compile(r"[.!?;:…][\"”’)\]]*\s|[,—–][\"”’)\]]*\s|—|[。！？；：，、]")
_STRONG = re.compile(r"[.!?;:…—。！？；：]")


def split(text: str, *, language: str) -> tuple[str, ...]:
    """The sentences of one block of text, in order; nothing is lost but white space.

    Args:
        text: A paragraph, a heading, a cell: white space is folded, so a line break does not end a sentence.
        language: BCP 47 tag; languages that sentencex does not know are cut like English.
    """
    from sentencex import segment  # loads a compiled library: only when there is text to cut

    code = language.partition("-")[0].lower() or "en"
    sentences: list[str] = []
    for block in _items(" ".join(text.split())):
        done = ""
        for piece in _cut(segment(code, block), code) if ". . . " not in block else _omitted(block, code):
            if not done or _one(done, piece, code):
                done += piece
                continue
            first = piece[0]
            if first.isalpha():
                if piece.startswith("C. ") and done.rstrip().endswith((" a.", " d.")):  # 44 a.C. | Morì giovane
                    done, piece = f"{done.rstrip()}C.", piece[3:]
                sentences.append(done.strip())
                done = piece
                continue
            marks = _NOTE_MARKS.match(piece) or _CLOSERS.match(piece)
            end = marks.end() if marks else 0  # a note's mark or a closing quote belongs to the sentence before
            sentences.append((done + piece[:end]).strip())
            done = piece[end:]
        if done and not done.isspace():
            sentences.append(done.strip())
    return tuple(sentences)


def breath(sentence: str, *, limit: int = 400) -> tuple[str, ...]:
    """``sentence`` in pieces of at most ``limit`` characters.

    Cuts at the last strong mark (``.;:—``) of the allowed length, else at the last comma, both not within its first
    third; else at the last space; inside a word only where the word alone is longer than the limit.
    """
    pieces = []
    rest = sentence.strip()
    start = 0
    while len(rest) - start > limit:
        window = rest[start : start + limit + 1]
        ends = [
            mark for mark in _BREATH.finditer(window) if limit // 3 <= len(mark[0].rstrip()) + mark.start() <= limit
        ]
        strong = [mark for mark in ends if _STRONG.match(mark[0])]
        if ends:
            cut = (strong or ends)[-1].end()
        else:
            cut = window.rfind(" ") if " " in window.strip() else limit
        pieces.append(window[:cut].strip())
        start += max(cut, 1)
        while start < len(rest) and rest[start] == " ":
            start += 1
    pieces.append(rest[start:].strip())
    return tuple(piece for piece in pieces if piece)


def _items(text: str) -> Iterator[str]:
    """Cuts "1. The first item 2. The second item" in front of each marker that counts on from the first."""
    first = _MARKER.match(text)
    if not first:
        yield text
        return
    start, value, style = 0, first[1], first[2]
    for marker in _MARKER.finditer(text, first.end()):
        if marker[2] == style and marker[1] == _next(value):
            yield text[start : marker.start()].rstrip()
            start, value = marker.start(), marker[1]
    yield text[start:]


def _next(marker: str) -> str:
    return str(int(marker) + 1) if marker.isdecimal() else chr(ord(marker) + 1)


def _omitted(block: str, code: str) -> Iterator[str]:
    """Pieces of a block with four dots: a stop, and three that stand for words left out."""
    from sentencex import segment

    for part in _OMISSION.split(block):
        yield from _cut(segment(code, part), code)


def _cut(pieces: Iterable[str], code: str) -> Iterator[str]:
    """What sentencex made, white space included, cut again where it should have been."""
    cuts = _CUTS.get(code)
    for found in pieces:
        piece = found
        if not piece or piece.isspace():
            continue
        if cuts is not None:
            if piece[0] in "([" and code == "en":
                bracket = _BRACKETED.match(piece)
                if bracket:
                    yield bracket[0]
                    piece = piece[bracket.end() :]
            # A stop inside of a piece is rare: most pieces are spared the search.
            if (
                -1 < piece.find(". ") < len(piece) - 2
                or "…" in piece
                or "’”" in piece
                or "!! " in piece
                or "] " in piece
            ):
                yield from filter(str.strip, cuts.split(piece))
                continue
        yield piece


def _one(done: str, piece: str, code: str) -> bool:
    """Whether two pieces are one sentence."""
    first = piece[0]
    if first.isupper() and len(done) > 8 and done[-9:-2].isalpha() and done[-2:] == ". ":
        return False  # the usual case: a word longer than any abbreviation
    before = done[-_LONGEST_TAIL:].rstrip()
    if not before:
        return True
    whole = len(done) < _LONGEST_TAIL
    last = before[-1]
    if whole and len(before) < 10 and _MARKER_ALONE.match(before):
        return True
    if last in _QUOTES:
        inner = before.rstrip("\"”’'»」』")[-1:]
        if inner not in _ENDS:
            return False
        if first.islower() or (last in "」』”" and not first.isascii() and _ASIDE.match(piece)):
            return True
        return first.isupper() and inner in "?!…" and code == "en" and _NAMED.match(piece) is not None
    if first in "—–" and piece[1:2].islower():
        return True
    if last != ".":
        return False
    word = before[before.rfind(" ") + 1 : -1].lstrip('(“"‘[«„')
    if first in "-ºª°":
        return True
    if first.isdecimal():
        return word.lower() in _COUNTERS
    if first.islower():
        # An abbreviation has a stop inside, or no vowel: "a.m. and", "1 tbsp. sugar", "Charles III. spoke".
        short = "." in word or not _VOWEL.search(word) or _ROMAN.fullmatch(word)
        return bool(short and piece.partition(" ")[0].islower()) or _GOES_ON.match(piece) is not None
    if not first.isupper():
        return False
    return (
        (word in _TITLES and _STARTER.match(piece) is None)
        or (code == "fr" and word in ("M", "MM"))
        or (word.lower() in _LETTERED and _LETTER.match(piece) is not None)
        or (word.lower() in _PARTS and _ROMAN.match(piece) is not None)
        or (word.lower() in _CLOCKS and _ZONE.match(piece) is not None)
        or (code == "de" and word.isdecimal() and len(word) < 4 and _PLACED.match(piece) is not None)
        or (whole and _HEADED.match(before) is not None)
    )
