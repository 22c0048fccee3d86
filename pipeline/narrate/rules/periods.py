"""Names of days and months that are cut short, quarters and fiscal years: Fri, Sept.–Nov., Mon–Fri, Q3 2022, FY24."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.text.english import DASH, MONTH, claimed, english, month
from pipeline.text.numerals import cardinal, ordinal, two_digits, year
from pipeline.text.pattern import Pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

    from pipeline.contracts import Claim

_DAYS = {
    "Mon": "Monday", "Tue": "Tuesday", "Tues": "Tuesday", "Tu": "Tuesday", "Wed": "Wednesday", "Weds": "Wednesday",
    "Thu": "Thursday", "Thur": "Thursday", "Thurs": "Thursday", "Fri": "Friday", "Sat": "Saturday", "Sun": "Sunday",
}  # fmt: skip
_DAY = rf"(?:{'|'.join(sorted(_DAYS, key=len, reverse=True))})\b\.?"
_NTH = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_YEAR = r"(?:1\d{3}|20\d\d|2100)(?![\d:%]|,\d|\.\d)"

_DAY_BEFORE = Pattern(rf"\b(?P<claim>{_DAY})(?=,? (?:the )?(?:{_NTH}(?: of)? {MONTH}|{MONTH} {_NTH}\b)| ?\(\d)")
_DAY_RANGE = Pattern(rf"\b(?P<a>{_DAY}|\w+day){DASH}(?P<b>{_DAY}|\w+day)(?!\w)")
_MONTH_RANGE = Pattern(rf"\b(?P<a>{MONTH}){DASH}(?P<b>{MONTH})(?:(?P<s>,? )(?P<y>{_YEAR}))?(?![\w-])")
_QUARTER = Pattern(
    rf"\b(?P<q>[QH][1-4])(?:{DASH}(?P<last>[QH]?[1-4]))?(?: of)?[ /-]?(?P<mark>FY ?|[’'])?(?P<y>{_YEAR}|"
    rf"(?<=[’'/Y-])\d\d)(?!\w)"
    rf"|\b(?P<n>[1-4])(?P<kind>[QH])[ -]?(?P<y2>{_YEAR}|(?<=[QH])\d\d)(?!\w)"
)
_FISCAL = Pattern(rf"\bFY ?[’']?(?P<y>{_YEAR}|\d\d)(?:[/–-](?P<last>\d\d|{_YEAR}))?(?!\w)")
_NAMED = Pattern(
    rf"\b(?P<claim>(?P<sure>Thurs?|Tues|Weds|Thur)\b\.?|(?P<t>{_DAY})(?=(?: ?[&/,] ?| and | or ){_DAY}(?![\w’']))"
    rf"|(?:(?<=Mon )|(?<=Mon\. )|(?<=\w\w [&] )|(?<=\bon )|(?<=\bevery )|(?<=\bnext )|(?<=\blast )|(?<=\buntil )|"
    rf"(?<=\beach ))"
    rf"(?P<t2>(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b\.?)(?![\w’']| [A-Z][a-z]))|(?P<t3>\b(?:Mon|Tue|Wed|Thu|Fri)\.)"
    rf"(?=,? [a-z\d])"
)
_LIST = Pattern(
    rf"(?P<a>\b{_DAY})(?P<j>, | ?[&/] ?| and | or )(?P<b>{_DAY})(?:(?P<j2>,? ?[&/] ?|, | and |, and )"
    rf"(?P<c>{_DAY}))?(?![\w’'])"
)
_ALONE = Pattern(
    r"^(?P<m>Sept|Oct|Nov|Dec|Jan|Feb|Aug)\.?(?=\W*$)|\b(?P<claim>(?P<m2>Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.)(?= |$)"
)


def claims(sentence: str, *, language: str) -> Iterable[Claim]:
    """Claims days, months, quarters and fiscal years."""
    if not english(language) or sentence.islower():
        return ()
    return claimed(
        sentence,
        (
            (_QUARTER, lambda m: _quarter(m, language)),
            (_FISCAL, lambda m: _fiscal(m, language)),
            (_MONTH_RANGE, lambda m: _months(m, language)),
            (_DAY_RANGE, _day_range),
            (_LIST, _days),
            (_NAMED, lambda m: _day(m["sure"] or m["t"] or m["t2"] or m["t3"])),
            (_DAY_BEFORE, lambda m: _day(m["claim"])),
            (_ALONE, lambda m: month(m["m"] or m["m2"])),
        ),
    )


def _quarter(match: re.Match[str], language: str) -> str:
    """Q3 2022 is "Q three twenty twenty-two", 2Q22 "the second quarter of twenty twenty-two"."""
    if match["n"]:
        part = "quarter" if match["kind"] == "Q" else "half"
        when = f"20{match['y2']}" if len(match["y2"]) == 2 else match["y2"]
        return f"the {ordinal(int(match['n']))} {part} of {_year(when, language)}"
    when = match["y"] if len(match["y"]) == 4 else f"20{match['y']}"
    last = f" to {' '.join(match['last'][:-1])} {cardinal(int(match['last'][-1]))}" if match["last"] else ""
    of = " of" if " of" in match[0] else ""
    fiscal = " fiscal" if (match["mark"] or "").startswith("FY") else ""
    return f"{match['q'][0]} {cardinal(int(match['q'][1]))}{last}{of}{fiscal} {_year(when, language)}"


def _year(text: str, language: str) -> str:
    return year(int(text), language=language)


def _fiscal(match: re.Match[str], language: str) -> str:
    ends = [f"20{text}" if len(text) == 2 else text for text in (match["y"], match["last"]) if text]
    said = [_year(end, language) for end in ends]
    if match["last"] and len(match["last"]) == 2:
        said[1] = two_digits(int(match["last"]))
    return f"fiscal year {' to '.join(said)}"


def _months(match: re.Match[str], language: str) -> str:
    when = f"{match['s']}{_year(match['y'], language)}" if match["y"] else ""
    return f"{month(match['a'])} to {month(match['b'])}{when}"


def _days(match: re.Match[str]) -> str | None:
    ends = [text for text in (match["a"], match["b"], match["c"]) if text]
    if all(text in ("Sat", "Sun") for text in ends) and "&" not in match[0] and "/" not in match[0]:
        return None
    joints = [(match[name] or "").replace("&", " and ").replace("/", " and ") for name in ("j", "j2")]
    return " ".join("".join(f"{_day(end)}{joint}" for end, joint in zip(ends, [*joints, ""], strict=False)).split())


def _day(text: str) -> str:
    return _DAYS[text.rstrip(".")]


def _day_range(match: re.Match[str]) -> str | None:
    ends = [text.rstrip(".") for text in (match["a"], match["b"])]
    if not all(text in _DAYS or text in _DAYS.values() for text in ends):
        return None
    return " to ".join(_DAYS.get(text, text) for text in ends)
