"""Sums, measures, ordinals and plain numbers in languages other than English: 3,50 €, 20 °C, 1er, 1.234."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from pipeline.text import tongue
from pipeline.text.english import claimed
from pipeline.text.pattern import Pattern
from pipeline.text.tongue import BEFORE, BLANK, DASH, NUMBER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.contracts import Claim
    from pipeline.text.english import Say
    from pipeline.text.tongue import Tongue

_SIGN = rf"(?:(?P<minus>(?<![\w.,/:)%°€$-])[-−–](?=\d))|{BEFORE})"
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+")
"""A sum in dollars is written as Americans do: no coin has thousandths."""
_YEAR = re.compile(r"1[1-9]\d\d|20\d\d")
_STOREY = re.compile(r" (?!nord|norte|sud|sur|sul|est\b|ovest|oeste|rispetto|respect)[^\W\d_]{4,}")
_NOUN = re.compile(r" (?!d[ei]\b|d’)[^\W\d_]{3,}")


def claims(sentence: str, *, language: str) -> Iterable[Claim]:
    """Claims numbers and what is counted by a sign."""
    words = tongue.of(language)
    if words is None or not any(c.isdecimal() or c in words.halves for c in sentence):
        return ()
    return claimed(sentence, _table(words))


@cache
def _table(words: Tongue) -> tuple[tuple[Pattern, Say], ...]:
    """The patterns of one language with what they say."""
    coin = _any(words.coins)
    unit = _any(words.units)
    scale = _any(words.scales)
    to, score = words.words["to"], words.words["score"]
    number = NUMBER

    def after(match: re.Match[str]) -> str:
        return match.string[match.end() : match.end() + 30]

    def minus(match: re.Match[str]) -> str:
        return f"{words.words['minus']} " if match["minus"] else ""

    def money(match: re.Match[str]) -> str:
        names = words.coins[match["coin"]]
        if match["scale"]:
            one, many = words.scales[match["scale"]]
            name = names[1]
            joint = words.joint if one[0].islower() and not one.startswith(("mil ", "mille")) and one != "mil" else ""
            joint = "" if many in ("mille", "mil", "mila") else joint
            if joint == " de" and words.tag.startswith("fr") and name[0] in "aeiouyé":
                return f"{minus(match)}{words.counted(match['n'], (one, many))} d’{name}"
            return f"{minus(match)}{words.counted(match['n'], (one, many))}{joint} {name}"
        number = (
            match["n"].replace(",", "") if match["coin"][-1] == "$" and _GROUPED.fullmatch(match["n"]) else match["n"]
        )
        return minus(match) + _sum(words, number, names)

    def sums(match: re.Match[str]) -> str:
        names = words.coins[match["coin"]]
        tail = f" {_sized(words, match['b'], match['scale'])}" if match["scale"] else ""
        last = f"{tail.strip()}{words.joint} {names[1]}" if tail else _sum(words, match["b"], names)
        return f"{words.number(match['a'])} {to} {last}"

    def measure(match: re.Match[str]) -> str:
        return minus(match) + words.counted(match["n"], words.units[match["unit"]])

    def measures(match: re.Match[str]) -> str:
        first = f"{minus(match)}{words.number(match['a'], ' ' + words.units[match['unit']][1])}"
        return f"{first} {to} {words.counted(match['b'], words.units[match['unit']])}"

    def sizes(match: re.Match[str]) -> str:
        last = words.counted(match["b"], words.units[match["unit"]]) if match["unit"] else words.number(match["b"])
        return f"{words.number(match['a'])} {words.words['by']} {last}"

    def scaled(match: re.Match[str]) -> str:
        said = _sized(words, match["n"], match["scale"])
        # "5 mln persone" needs the word that "5 mln di persone" has.
        joint = words.joint if match["scale"] in _SHORT_SCALES and _NOUN.match(after(match)) else ""
        return f"{minus(match)}{said}{joint}"

    def place(match: re.Match[str]) -> str | None:
        # "2° piano" is a storey, "20° rispetto a" and "20° C" are degrees.
        if len(match["n"]) > 4 or ("°" in match["mark"] and not (int(match["n"]) < 20 and _STOREY.match(after(match)))):
            return None
        return words.place(int(match["n"]), match["mark"], match.string[: match.start()], after(match))

    def ranged(match: re.Match[str]) -> str:
        a, b = match["a"], match["b"]
        said = [words.years(int(n)) if _YEAR.fullmatch(n) else words.number(n) for n in (a, b)]
        if _YEAR.fullmatch(a) and len(b) == 2 and int(b) > int(a[2:]):
            return f"{said[0]} {to} {words.cardinal(int(b))}"
        return f"{said[0]} {to} {words.number(b, after(match)) if not _YEAR.fullmatch(b) else said[1]}"

    def fraction(match: re.Match[str]) -> str:
        whole, sign = match["n"], words.halves[match["half"]]
        if whole:
            return words.cardinal(int(whole)) + sign[1]
        return words.half(after(match)) if match["half"] == "½" and _NOUN.match(after(match)) else sign[0]

    def plain(match: re.Match[str]) -> str:
        text = match["n"]
        if _YEAR.fullmatch(text):
            return words.years(int(text))
        return minus(match) + words.number(text, after(match))

    def phone(match: re.Match[str]) -> str:
        plus = f"{words.words['plus']} " if match[0].startswith("+") else ""
        groups = re.findall(r"\d+", match[0])
        if words.pairs and all(len(group) <= 2 for group in groups):
            said = [words.digits(group) if group[0] == "0" else words.cardinal(int(group)) for group in groups]
        else:
            said = [words.digits(group) for group in groups]
        return plus + ", ".join(said)

    def dotted(match: re.Match[str]) -> str:
        mark = f" {words.words['version']} "
        return mark.join(words.cardinal(int(part[:15])) for part in match[0].split("."))

    end = r"(?![\w²³])"
    rows: list[tuple[str, Say]] = [
        (r"(?<![\w.,+])\+\d{1,3}[ -]?(?:\(0\) ?)?\(?\d[\d ()/.-]{5,}\d(?![\w,]\d)", phone),
        (r"(?<![\w.,])(?<!\d )\(?0\d{1,5}\)?[ /-] ?\d{2,}(?:[ .-]?\d{2,})*(?![\w,])", phone),
        (r"(?<![\w.,])0\d(?:[ .]\d\d){4}(?!\d)", phone),
        (r"(?<![\w.,])[679]\d\d(?: \d\d\d){2}(?![ \d])|(?<![\w.,])[679]\d\d(?: \d\d){3}(?![ \d])", phone),
        (r"(?<![\w.,/-])0\d{5,}(?![\w.,]\d)", phone),
        (rf"{BEFORE}(?P<n>\d+)(?P<mark>{words.places})(?![\w])", place),
        (
            rf"{BEFORE}(?P<a>{number})(?: ?(?:{coin}))?{DASH}(?P<b>{number}){BLANK}(?P<scale>{scale})?{BLANK}"
            rf"(?P<coin>{coin}){end}",
            sums,
        ),
        (rf"(?P<minus>[-−–])?(?P<coin>{coin}){BLANK}(?P<n>{number})(?:{BLANK}(?P<scale>{scale}){end})?", money),
        (rf"{_SIGN}(?P<n>{number}){BLANK}(?:(?P<scale>{scale}){BLANK})?(?P<coin>{coin}){end}", money),
        (rf"{BEFORE}(?P<a>{number}){BLANK}[×x]{BLANK}(?P<b>{number})(?:{BLANK}(?P<unit>{unit}))?{end}", sizes),
        (
            rf"{_SIGN}(?P<a>{number})(?:{BLANK}(?:%|°C|°))?{DASH}(?P<b>[-−]?{number}){BLANK}"
            rf"(?P<unit>{unit}){end}",
            measures,
        ),
        (rf"{_SIGN}(?P<n>{number}){BLANK}(?P<unit>{unit}){end}", measure),
        (rf"{_SIGN}(?P<n>{number}){BLANK}(?P<scale>{scale}){end}", scaled),
        (rf"(?:{BEFORE}(?P<n>\d{{1,3}}) ?)?(?P<half>[{''.join(words.halves)}])", fraction),
        (
            rf"{BEFORE}(?P<a>\d{{1,2}}):(?P<b>\d{{1,3}})(?![\w:])",
            lambda m: f"{words.cardinal(int(m['a']))} {score} {words.cardinal(int(m['b']))}",
        ),
        (rf"{BEFORE}(?P<a>{number}){DASH}(?P<b>{number})(?![\w/-]|[.,]\d)", ranged),
        (r"(?<![\w.,/-])(?!\d{1,3}(?:\.\d{3})+(?![\d.]))\d+(?:\.\d+){2,}(?![\w,])", dotted),
        (rf"{BEFORE}(?P<a>[1-9]\d?)/(?P<b>[1-9]\d?)(?![\w/])", lambda m: _fraction(words, int(m["a"]), int(m["b"]))),
        (rf"{_SIGN}(?P<n>{number})(?!\w)", plain),
        (r"(?P<n>\d+(?:,\d+)?)(?P<minus>)", plain),
    ]
    return tuple((Pattern(pattern), say) for pattern, say in rows)


_SHORT_SCALES = ("M", "Md", "Mds", "Mrd", "mln", "mln.", "mld", "mld.", "mrd", "mill.", "mm", "mi", "bi")
"""Scales whose abbreviation hides the "of" that their words need."""


def _any(table: Iterable[str]) -> str:
    """Regular expression of any key, the longest first."""
    return "|".join(re.escape(key) for key in sorted(table, key=len, reverse=True))


def _sized(words: Tongue, number: str, scale: str) -> str:
    return words.counted(number, words.scales[scale])


def _sum(words: Tongue, text: str, names: tuple[str, str]) -> str:
    """A sum of money: "drei Euro fünfzig", "dos euros con cincuenta"."""
    match = re.fullmatch(r"(.+?)[,.](\d\d)", text)
    if not match:
        return words.counted(text, names)
    whole = words.counted(match[1], names)
    if match[2] == "00":
        return whole
    if match[1] == "0":
        return words.counted(text, names)
    return f"{whole}{words.cents}{words.cardinal(int(match[2]))}"


def _fraction(words: Tongue, top: int, bottom: int) -> str:
    known = {(1, 2): "½", (1, 4): "¼", (3, 4): "¾", (1, 3): "⅓", (2, 3): "⅔", (1, 8): "⅛"}.get((top, bottom))
    if known:
        return words.halves[known][0]
    return f"{words.cardinal(top)} {words.words['of']} {words.cardinal(bottom)}"
