"""Titles before and after names, saints and streets: Dr. Lee, St. Patrick, Main St., Ph.D."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.text.english import claimed, english
from pipeline.text.numerals import british
from pipeline.text.pattern import Pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

    from pipeline.contracts import Claim

_TITLES = {
    "Mr": "Mister", "Mrs": "Missus", "Ms": "Miz", "Messrs": "Messers", "Dr": "Doctor", "Drs": "Doctors",
    "Prof": "Professor", "Profs": "Professors", "Sen": "Senator", "Sens": "Senators", "Rep": "Representative",
    "Reps": "Representatives", "Gov": "Governor", "Gen": "General", "Lt": "Lieutenant", "Col": "Colonel",
    "Capt": "Captain", "Sgt": "Sergeant", "Maj": "Major", "Cpl": "Corporal", "Pvt": "Private", "Adm": "Admiral",
    "Cmdr": "Commander", "Cdr": "Commander", "Rev": "Reverend", "Revd": "Reverend", "Fr": "Father",
    "Mt": "Mount", "Ft": "Fort", "Pres": "President", "Supt": "Superintendent", "Det": "Detective", "Insp": "Inspector",
    "Mme": "Madame", "Mlle": "Mademoiselle", "Br": "Brother", "Msgr": "Monsignor", "Amb": "Ambassador",
    "Atty": "Attorney", "Brig": "Brigadier", "Bp": "Bishop", "Abp": "Archbishop", "Dep": "Deputy",
    "Asst": "Assistant", "Assoc": "Associate", "Cllr": "Councillor", "Gens": "Generals", "Govs": "Governors",
    "Cols": "Colonels", "Capts": "Captains", "Lts": "Lieutenants", "Pfc": "Private First Class", "Spc": "Specialist",
    "Ald": "Alderman", "Sec": "Secretary", "Pvts": "Privates", "Mts": "Mountains",
    "Mmes": "Mesdames", "Vice Adm": "Vice Admiral", "Cpt": "Captain", "Const": "Constable",
}  # fmt: skip
_BARE = "Mr|Mrs|Ms|Dr|Prof|Messrs|Mme|Lt|Sgt|Capt|Col"
"""Titles that are also written without a point."""
_KINDS = {
    "Dr": "Drive", "St": "Street", "Ave": "Avenue", "Blvd": "Boulevard", "Rd": "Road", "Ln": "Lane", "Ct": "Court",
    "Pl": "Place", "Sq": "Square", "Hwy": "Highway", "Pkwy": "Parkway",
}  # fmt: skip

_BEFORE = Pattern(
    rf"\b(?P<claim>(?P<t>{'|'.join(_TITLES)})\. ?(?=[A-Z“\"]|and\b|&)|(?P<bare>{_BARE}) (?=[A-Z]))|"
    rf"(?<![\w.])(?P<small>dr|mr|mrs|ms|prof|mt)\.? (?=[A-Z][a-z])"
)
_ALONE = Pattern(r"(?<![\w.])(?P<t>Mr|Mrs|Ms|Messrs|Prof|Gen|Capt|Sgt|Sen|Rev)\.(?!\w)")
_NAMELESS = Pattern(r"(?<=\b(?:the|her|his|our) )(?P<t>Dr|Prof|Capt|Gen)\.?(?= [a-z]|[,;])")
_SUFFIX = Pattern(r"\b(?P<claim>(?P<t>Jr|Sr|Esq)(?:\.(?P<own>[’']s)?|(?=[,;)]|$)))(?!\w)")
_NTH = Pattern(r"\d+(?:st|nd|rd|th)")
_STARTER = Pattern(r" (?:The|It|He|She|They|We|I|This|That|There|But|And|In|At|A|An|Then|When)\b")
_SUFFIXES = {"Jr": "Junior", "Sr": "Senior", "Esq": "Esquire"}
_DEGREE = Pattern(
    r"(?<![\w.])(?:Ph\. ?D|M\. ?D|B\. ?A|M\. ?A|B\. ?Sc|M\. ?Sc|D\. ?Phil|Ed\. ?D|LL\. ?[BDM]|R\. ?N"
    r"|D\. ?D\. ?S)\.?(?!\w)|\bPhDs?\b"
)
_STREET = Pattern(
    rf"(?<=[a-z\d] )(?P<claim>(?P<t>{'|'.join(_KINDS)})\b\.?)(?=\s*(?:$|[,;:)\"”]|&| (?:[a-z(]|The\b"
    rf"|It\b|He\b|She\b|They\b|We\b|I\b|This\b|There\b)))"
)
_SAINT = Pattern(r"\b(?P<claim>(?P<t>St|Sts|Ste)\.? )(?=[A-Z][a-zà-ÿ’']+)|\bST (?=[A-Z]{3,}[’'])")
_SAINTS = {"St": "Saint", "Sts": "Saints", "Ste": "Sainte"}
_SMALL_STREET = Pattern(
    r"(?<![\w’])(?P<name>[\w’]+) (?P<claim>(?P<t>st|dr|ave|rd)\b\.?)(?=\s*(?:$|[.,;:)\"”#\d]|[a-z&(]|The\b))"
)
_SMALL_SAINT = Pattern(r"(?<![\w.])(?P<claim>st\.? )(?=[A-Z][a-z])")
_HONOURED = Pattern(
    r"\b(?P<right>R(?:igh)?t\.? )Hon\b\.?|(?<=\bthe )Hon\.?(?=\W|$)|(?<=\bRight )Hon\b\.?|\bHon\.(?= [A-Za-z])"
)
_OFFICE = Pattern(
    r"(?:(?<=[a-z], )|(?<=\b[Tt]he )|(?<=\ba )|(?<=\bformer ))(?P<t>Adm|Gen|Gov|Pres|Sec|Sen|Rep|Capt|Col|Prof|Supt)\."
    r"(?= (?:of|at|for|from|in)\b)|(?:(?<=[12]st )|(?<=2nd ))(?P<t2>Lt|Sgt)\b\.?"
)
_RIGHT = Pattern(r"\bRt\.? Rev(?:d|erend)?\b\.?")


def claims(sentence: str, *, language: str) -> Iterable[Claim]:
    """Claims titles, saints and kinds of street."""
    if not english(language):
        return ()

    honour = "Honourable" if british(language) else "Honorable"

    def with_stop(match: re.Match[str], kind: str) -> str:
        """The point is a stop too where the next sentence begins."""
        return f"{kind}." if match[0].endswith(".") and _STARTER.match(sentence, match.end()) else kind

    def street(match: re.Match[str]) -> str | None:
        # A street has a name with a capital in front of it; a doctor at a sentence's end has not.
        before = sentence[: match.start("claim")].rstrip().rpartition(" ")[2].strip('(“"')
        if not before or not (before[0].isupper() or before[0].isdecimal()) or before in ("The", "A", "My", "Our"):
            return None
        return with_stop(match, _KINDS[match["t"]])

    def small_street(match: re.Match[str]) -> str | None:
        name = match["name"]
        if not (name[0].isupper() or _NTH.fullmatch(name)):
            return None
        return with_stop(match, _KINDS[match["t"].capitalize()])

    def suffix(match: re.Match[str]) -> str:
        return _SUFFIXES[match["t"]] + ("’s" if match["own"] else "")

    return claimed(
        sentence,
        (
            (_DEGREE, lambda m: _spelled(m[0])),
            (_STREET, street),
            (_SMALL_STREET, small_street),
            (_SMALL_SAINT, lambda m: "Saint "),
            (_HONOURED, lambda m: ("Right " if m["right"] else "") + honour),
            (_RIGHT, lambda m: "Right Reverend"),
            (_OFFICE, lambda m: _TITLES[m["t"] or m["t2"]]),
            (_SAINT, lambda m: f"{_SAINTS.get(m['t'] or 'St')} "),
            (_BEFORE, lambda m: f"{_TITLES[m['t'] or m['bare'] or m['small'].capitalize()]} "),
            (_SUFFIX, suffix),
            (_NAMELESS, lambda m: _TITLES[m["t"]].lower()),
            (_ALONE, lambda m: _TITLES[m["t"]]),
        ),
    )


def _spelled(text: str) -> str:
    plural = text == "PhDs"
    letters = [c.upper() for c in (text[:-1] if plural else text) if c.isalpha()]
    return " ".join(letters) + ("s" if plural else "")
