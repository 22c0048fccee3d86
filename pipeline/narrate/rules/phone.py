"""Numbers that are keys, not quantities: telephone numbers, emergency numbers, ISBN, IP addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.text.english import claimed, english
from pipeline.text.numerals import cardinal, digits
from pipeline.text.pattern import Pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

    from pipeline.contracts import Claim

_S = r"[ .\u2011-]"
_INTERNATIONAL = Pattern(
    rf"(?<![\w+])\+(?P<a>\d{{1,3}}){_S}?(?P<rest>\(?\d{{1,5}}\)?(?:{_S}{{0,2}}\d{{2,8}}){{1,5}})(?![\d-])"
)
_AMERICAN = Pattern(
    rf"(?<![\w.-])(?:(?P<a>1){_S})?(?:\(\d{{3}}\){_S}?|\d{{3}}{_S})\d{{3}}[-.]\d{{4}}(?:-\d{{1,4}})?(?![\w-])"
)
_BRACKETED = Pattern(r"(?<![\w.-])(?:(?:\+?1)[ -])?\(\d{3}\) ?\d{3} \d{4}(?![\w-])")
_CALLED = Pattern(
    r"(?i:\b(?:dial|call|text|phone|ring|tel|fax|helpline|hotline)):? (?P<claim>\d{3,5} \d{3}(?: \d{3,4})?)"
    r"(?![\d,.-]*\d| [a-z]+s\b)"
)
_BRITISH = Pattern(r"(?<![\w.-])(?:\(0\d{2,5}\)|0\d{2,5})(?: \d{3,8}){1,3}(?![\d-])")
_LOCAL = Pattern(r"(?<![\w.$£€-])(?:1-)?\d{3}-\d{4}(?![\d-])")
_STARRED = Pattern(r"(?<![\w*])\*(?P<n>\d{2,4})(?P<h>#)?(?!\w|[,.]\d|\*)")
_SOCIAL = Pattern(r"(?<![\w.-])\d{3}-\d{2}-\d{4}(?![\w-])")
_VANITY = Pattern(r"(?<![\w-])(?:1-)?(?P<area>8(?:00|88|77|66|55|44))-(?P<rest>[A-Z0-9]+(?:-[A-Z0-9]+)*)(?![\w-])")
_CALL = Pattern(
    r"(?i:\b(?:dial|call|text|phone|ring|dialled|dialed|called|texted|calling|calls?|dials?)) "
    r"(?P<claim>\d{3,6}(?: or \d{3,6})*)(?![\d,.-]?\d|[ -][a-z]+s\b)"
)
_CODE = Pattern(
    r"(?i:\b(?:area|dialling|dialing|zip|postal|access|pin|security|entry) code(?: is| of|:)? )(?P<claim>\d{3,6})(?!\d)"
)
_SHORT_CODE = Pattern(r"(?i:\btext \w+ to )(?P<claim>\d{4,6})(?!\d)")
_KEY = Pattern(
    r"\b(?:[Ee]nding (?:in|with)|(?:PIN|SSN)(?: is| of)?|[Pp]asscode(?: is)?|OTP(?: is)?|[Ee]xtension|ext\.) "
    r"(?P<claim>\d{3,8})(?![\d,.]*\d)"
)
_EMERGENCY = Pattern(
    r"^(?:911|988|999|112|111|311|211|411)(?=[.!?]?$)|\b(?P<claim>911|988|999|112|311) (?=call"
    r"|dispatch|operator|emergency)"
)
_IP = Pattern(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.]\d)")
_ISBN = Pattern(r"\b(?P<kind>ISBN|ISSN)(?:-1[03])?:? (?P<number>\d[\dX -]{3,}[\dX])")
_GROUP = Pattern(r"[0-9A-Z]+")


def claims(sentence: str, *, language: str) -> Iterable[Claim]:
    """Claims numbers that are said digit by digit, in their groups."""
    if not english(language) or not any(c.isdecimal() for c in sentence):
        return ()
    return claimed(
        sentence,
        (
            (_ISBN, lambda m: f"{' '.join(m['kind'])} {_groups(m['number'])}"),
            (_INTERNATIONAL, lambda m: f"plus {_key(m['a'])}, {_groups(m['rest'])}"),
            (_AMERICAN, lambda m: _groups(m[0])),
            (_VANITY, _vanity),
            (_BRACKETED, lambda m: _groups(m[0])),
            (_CALLED, lambda m: _groups(m["claim"])),
            (_BRITISH, lambda m: _groups(m[0])),
            (_SOCIAL, lambda m: _groups(m[0])),
            (_IP, lambda m: " dot ".join(digits(part) for part in m[0].split("."))),
            (_LOCAL, lambda m: _groups(m[0])),
            (_STARRED, lambda m: f"star {digits(m['n'])}{' pound' if m['h'] else ''}"),
            (_CALL, lambda m: " or ".join(digits(key) for key in m["claim"].split(" or "))),
            (_CODE, lambda m: digits(m["claim"])),
            (_SHORT_CODE, lambda m: digits(m["claim"])),
            (_KEY, lambda m: digits(m["claim"])),
            (_EMERGENCY, lambda m: digits(m[0])),
        ),
    )


def _groups(text: str) -> str:
    return ", ".join(_key(group) for group in _GROUP.findall(text))


def _key(group: str) -> str:
    return " ".join(digits(c) if c.isdecimal() else c for c in group)


def _vanity(match: re.Match[str]) -> str:
    """1-800-GO-2-HAUL: the free-call code as a number, words as words."""
    said = ["one"] if match[0].startswith("1-") else []
    said.append(cardinal(int(match["area"])) if match["area"] == "800" else digits(match["area"]))
    rest = " ".join(digits(part) if part.isdecimal() else part for part in match["rest"].split("-"))
    return ", ".join([*said, rest])
