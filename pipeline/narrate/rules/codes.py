"""Letters and figures mixed: versions, models, gates and rooms: v2.0.1, iOS 17.2, B12, 3D, Boeing 747, COVID-19."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.text.english import claimed, english
from pipeline.text.numerals import cardinal, digits, two_digits
from pipeline.text.numerals import year as year_words
from pipeline.text.pattern import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.contracts import Claim

_VERSION = Pattern(r"(?<![\w.])(?P<word>[Vv]ersions? )?(?P<v>[vV]\.? ?(?=\d))(?P<n>\d+(?:\.\d+)*)(?![\w]|\.\d)")
_DOTTED = Pattern(r"(?<![\w.])(?P<n>\d+(?:\.\d+){2,})(?![\w]|\.\d)")
_ACROSS = Pattern(r"(?<![\w.,])(?P<a>\d{1,4})[x×](?P<b>\d{1,4})(?![\w])")
_LINEAGE = Pattern(r"(?<![\w.])(?P<a>[A-Z]{1,2})\.(?P<n>\d+(?:\.\d+)+)(?!\w)")
_SOFTWARE = Pattern(
    r"\b(?P<name>Python|Java|iOS|iPadOS|Android|Windows|Ubuntu|macOS|OS X|[Vv]ersion|Debian|Linux|Node"
    r"|Firefox|Chrome|PHP|HTTP|USB|Bluetooth|TLS|GPT)"
    r"(?P<gap>[ -/])(?P<n>\d+(?:\.\d+)+)(?![\w]|\.\d)"
)
_JET = Pattern(r"(?<![\w.,-])(?P<n>7[0-9]7)-(?P<m>\d{3})(?!\w)|(?<=[Tt]he )(?P<n2>7[0-9]7)(?=s\b)")
_LINES = Pattern(r"(?<![\w.,])(?P<n>144|240|360|480|720|1080|1440|2160)(?P<p>[pi])(?!\w)")
_FLIGHT = Pattern(r"\b(?P<name>[Ff]light|Route|Highway|Interstate|[Tt]rain) (?P<a>[1-9]\d)(?P<b>\d\d)(?![\w,.]*\d)")
_MACHINE = Pattern(
    r"\b(?P<name>Boeing|Airbus|Route|Highway|Interstate|Flight|Room|Area|Bus|Peugeot|Porsche|Ferrari"
    r"|Fiat|US|I-)(?P<gap> ?)(?P<n>[1-9]\d\d)(?![\w,.]*\d)"
)
_FIXED = {
    "401(k)": "four oh one K", "403(b)": "four oh three B", "4x4": "four by four", "4×4": "four by four",
    "C#": "C sharp", "F#": "F sharp", "2x4": "two by four", "7-Eleven": "Seven Eleven", "7-eleven": "seven eleven",
    "MP3": "M P three", "MP4": "M P four", "A4": "A four", "W3C": "W three C", "K-12": "K through twelve",
    "501(c)(3)": "five oh one C three", "U2": "U two", "R2-D2": "R two D two", "C-3PO": "C three P O",
    "iOS": "i O S", "20/20": "twenty twenty", "O2": "O two", "24x7": "twenty-four seven", "9to5": "nine to five",
    "B2B": "B to B", "B2C": "B to C", "P2P": "P to P",
}  # fmt: skip
_KNOWN = Pattern(
    rf"(?<![\w/.-])(?:{'|'.join(re.escape(text) for text in sorted(_FIXED, key=len, reverse=True))})(?![\w-])"
)
_HYPHENED = Pattern(r"(?<![\w.-])(?P<name>[A-Za-z]+)-(?P<n>\d{1,4})(?P<tail>[A-Za-z]?)(?![\w.-]|[,:/]\d)")
_MIXED = Pattern(r"(?<![\w.,$£€#@-])(?=[A-Za-z]*\d)(?=\d*[A-Za-z])(?P<code>[A-Za-z\d]+)(?![\w’']|[.,:]\d|-\d)")
_AFTER_NUMBER = Pattern(r"(?<![\w.,/$£€-])(?P<n>\d+)-(?P<word>[A-Za-z][a-z]+)\b")
_RUNS = Pattern(r"\d+|[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[A-Z]")
_ORDINAL = Pattern(r"\d+(?:st|nd|rd|th)", re.IGNORECASE)
_SIZES = {
    "k": "thousand",
    "K": "thousand",
    "M": "million",
    "bn": "billion",
    "B": "billion",
    "m": "million",
    "mn": "million",
}
_GRADE = Pattern(r"(?<![\w.-])(?P<g>[A-F])[-−](?=[\s.,;)]|$)(?! [-–])")
_PLURAL = Pattern(r"(?<![\w.,$£€#@-])(?!10+s of\b)(?P<n>[2-9]\d|\d{3,4})(?:[’']?s)(?![\w’'-])")
_TIMES = Pattern(r"(?<![\w.,])(?P<n>\d+(?:\.\d+)?)[x×](?!\w)")
_MANY = Pattern(
    r"(?<![\w.,$£€])(?P<n>\d+(?:\.\d+)?)(?P<s>k|K|bn|mn|M(?= [a-z])|B(?= [a-z])|m(?= (?:[a-z]{3,}s"
    r"|people|men|women|children|more|of|new|other)\b))(?P<plus>\+)?(?![\w-])"
)


def claims(sentence: str, *, language: str) -> Iterable[Claim]:
    """Claims names that hold figures."""
    if not english(language) or (not any(c.isdecimal() or c in "#-" for c in sentence) and "iOS" not in sentence):
        return ()

    def many(match: re.Match[str]) -> str | None:
        if match["s"] == "K" and match["n"] in ("2", "4", "5", "8"):
            return None  # a 4K film
        whole, _, rest = match["n"].partition(".")
        part = f" point {digits(rest)}" if rest else ""
        return f"{cardinal(int(whole), language=language)}{part} {_SIZES[match['s']]}{' plus' if match['plus'] else ''}"

    def version(match: re.Match[str]) -> str:
        if match["word"]:
            return f"{match['word']}{_points(match['n'])}"
        if match["v"] == "V" and match["n"].isdecimal():
            return f"V {number(match['n'])}"  # a V8 engine
        return f"version {_points(match['n'])}"

    def many_of(match: re.Match[str]) -> str:
        said = number(match["n"])
        return f"{said[:-1]}ies" if said.endswith("y") else f"{said}{'es' if said.endswith('x') else 's'}"

    def times(match: re.Match[str]) -> str:
        return f"{_points(match['n'])} times"

    def hyphened(match: re.Match[str]) -> str | None:
        if len(match["name"]) > 1 and match["name"].islower() and match["name"] != "covid":
            return (
                None if match["name"] in _JOINING else f"{match['name']} {number(match['n'])} {match['tail']}".rstrip()
            )
        return f"{_letters(match['name'])} {number(match['n'])} {match['tail']}".rstrip()

    def number(text: str) -> str:
        if text[0] == "0":
            return digits(text)
        if len(text) == 3:
            return (
                cardinal(int(text)) if text.endswith("00") else f"{cardinal(int(text[0]))} {two_digits(int(text[1:]))}"
            )
        if text in ("1080", "1440", "2160"):
            return f"{cardinal(int(text[:2]))} {cardinal(int(text[2:]))}"
        if (len(text) == 4 and text[:2] in ("19", "20")) or (len(text) == 4 and text.endswith("00")):
            return cardinal(int(text)) if text.endswith("000") else year_words(int(text), language=language)
        return cardinal(int(text)) if len(text) < 3 else digits(text)

    def mixed(match: re.Match[str]) -> str | None:
        code = match["code"]
        if _ORDINAL.fullmatch(code) or (code in ("10s", "100s", "1000s") and sentence.startswith(" of", match.end())):
            return None
        runs = _RUNS.findall(code)
        return " ".join(number(run) if run.isdecimal() else _letters(run, code) for run in runs)

    return claimed(
        sentence,
        (
            (_KNOWN, lambda m: _FIXED[m[0]]),
            (_ACROSS, lambda m: f"{cardinal(int(m['a']))} by {cardinal(int(m['b']), language=language)}"),
            (_LINEAGE, lambda m: f"{' '.join(m['a'])} point {_points(m['n'])}"),
            (_VERSION, version),
            (_SOFTWARE, lambda m: f"{_letters(m['name'])} {_points(m['n'])}"),
            (_DOTTED, lambda m: _points(m["n"])),
            (_LINES, lambda m: f"{number(m['n'])} {m['p'].upper()}"),
            (_JET, lambda m: f"{number(m['n'] or m['n2'])} {number(m['m']) if m['m'] else ''}".rstrip()),
            (_FLIGHT, lambda m: f"{m['name']} {cardinal(int(m['a']))} {two_digits(int(m['b']))}"),
            (_MACHINE, lambda m: f"{_letters(m['name'].rstrip('-'))} {number(m['n'])}"),
            (_GRADE, lambda m: f"{m['g']} minus"),
            (_PLURAL, many_of),
            (_TIMES, times),
            (_MANY, many),
            (_HYPHENED, hyphened),
            (_MIXED, mixed),
            (
                _AFTER_NUMBER,
                lambda m: (
                    f"{number(m['n']) if len(m['n']) < 3 else cardinal(int(m['n']), language=language)} {m['word']}"
                ),
            ),
        ),
    )


_JOINING = frozenset(["mid", "pre", "post", "non", "sub", "under", "over", "early", "late"])


def _points(text: str) -> str:
    return " point ".join(
        cardinal(int(part)) if part[0] != "0" or part == "0" else digits(part) for part in text.split(".")
    )


def _letters(run: str, code: str = "") -> str:
    """Capitals are spelled, words are words."""
    if run == "iOS":
        return "i O S"
    if run == "COVID":
        return run
    if run.isupper() and (len(run) <= 3 or not any(c in "AEIOUY" for c in run)):
        return " ".join(run)
    if len(run) <= 2 and code and run.islower():
        return " ".join(run.upper())
    return run
