"""Quantities with units: 5kg, 20–25°C, 10 x 20 cm, a 10-km run, 9.8 m/s²."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.text.english import AMOUNT, DASH, NUMBER, QUANTITY, after, amount, claimed, english, single
from pipeline.text.pattern import Pattern
from pipeline.text.unit_names import PER, UNITS, Count

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.contracts import Claim


_NAMES = "|".join(re.escape(unit) for unit in sorted(UNITS, key=len, reverse=True) if unit != "st")
_POWER = r"(?P<power>[²³]|(?<=m)[23]|(?<=ft)[23]|\^[23])?"
_BY_UNIT = (
    rf"(?:/(?P<per>{PER})(?P<perpower>[²³]|\^[23])?|[ ·]?(?P<inv>s|h|kg|m|g|L|mol|min|d|K|yr)(?:⁻(?P<invpower>[¹²³])))?"
)
_UNIT = rf"(?P<u>(?:{_NAMES})){_POWER}\.?(?<!\w\.(?=\s[A-Z]))(?<!\w\.(?=$)){_BY_UNIT}(?![\w²³°⁰-⁹])"
_N = r"(?<![\w.,/$£€:^])(?<!\^[-−])"
_SIZE = r"(?: (?P<size>hundred|thousand|million|billion|trillion))?"

_HUGE = Pattern(
    rf"(?P<a>\b[Aa]n? )?{_N}(?P<n>{NUMBER})(?P<size>bn|mn|tn|k|m|M|B)"
    r"(?:[ -](?P<u>km|kg|ha|mi|ft|lbs?|kWh|MWh|GWh|MW|GW|sq (?:km|m|mi|ft))"
    r"(?P<power>[²³]|\^[23])?(?![\w²³/])"
    r"|(?P<noun>[ -])(?=(?:tonne|ton|lit(?:re|er)|gallon|barrel|bushel|acre|hectare"
    r"|mile|kilomet|megawatt|gigawatt|kilowatt|dollar|euro|person|member|seat|strong)(?!\w*ly\b)))"
)
_OTHERWISE = Pattern(rf"{_N}{AMOUNT} ?(?:{_NAMES})(?P<claim>/(?P<n>{AMOUNT}) ?(?P<u>{_NAMES})(?![\w/²³°]))")
_BY = Pattern(
    rf"{_N}(?P<a>{QUANTITY})(?: ?(?P<ua>{_NAMES}))? ?(?:[x×]| by) ?(?P<b>{QUANTITY})(?: ?(?P<ub>{_NAMES})"
    rf"(?= ?[x×]| by))?"
    rf"(?: ?(?:[x×]| by) ?(?P<c>{QUANTITY}))? ?{_UNIT}"
)
_BY_ALONE = Pattern(r"(?<![\w.,/$£€:])(?P<a>\d+) ?× ?(?P<b>\d+)(?: ?× ?(?P<c>\d+))?(?![\w%/]|[.,]\d| ?[=^⁰-⁹⁻])")
_RANGE = Pattern(
    rf"{_N}(?P<minus>(?<!\w)[-−])?(?P<a>{AMOUNT}) ?(?P<ua>{_NAMES})?(?P<joint>{DASH}| to | and | or )(?P<minus2>[-−])?"
    rf"(?P<b>{AMOUNT})[ -]?{_UNIT}"
)
_NOUN = Pattern(rf"{_N}(?P<n>{AMOUNT})-(?P<u>{_NAMES})(?P<power>[²³])?(?P<long>-(?=[a-z])|\b\.?(?= [a-z]))(?<!in-)")
_PLAIN = Pattern(
    rf"(?P<a>\b[Aa]n? )?{_N}(?P<minus>(?<!\w)[-−+])?(?P<about>~ ?)?(?P<n>{AMOUNT}){_SIZE}(?P<gap> ?){_UNIT}"
)
_PLAIN_PER = Pattern(
    rf"{_N}(?P<n>{AMOUNT}) ?/ ?(?P<per>kg|km|m|h|s|min|km[²³]|m[²³]|cm³|L|mL|sq mi|ha|day|week|month|year|hour|person)"
    rf"(?P<perpower>[²³])?(?!\w)"
)
_DEGREES = Pattern(
    rf"(?:{after('to at of is by was hit')}|(?<!\S)(?=[-−]))(?P<n>[-−]?\d{{1,3}}(?:\.\d+)?) ?(?P<u>[FC])\b"
    rf"(?![.’'\w-]\w)"
)
_RAISED = Pattern(rf"(?:(?<=[²³⁰-⁹])|(?<=\^\d)|(?<=\^\d\d)|(?<=\^[-−]\d)|(?<=\^[-−]\d\d)) {_UNIT}")
_PRESSURE = Pattern(r"(?<=/\d\d) ?mm ?Hg\b|(?<=/\d\d\d) ?mm ?Hg\b")
_RATES = Pattern(
    r"(?<![\w/.])(?P<u>km|m|mg|g|kg|kW|W|µg|μg|ml|mL|L)/(?P<per>h|s|L|l|dL|kg|m[²³]|cm³|min|ha|day)(?![\w/])"
)
_LONE = Pattern(r"(?<=[(\[/ ])(?P<u>°[CF]|℃|℉)(?![\w])")
_DESCRIBED = Pattern(
    r"[ -](?!to\b|of\b|in\b|and\b|or\b|at\b|by\b|is\b|was\b|from\b|for\b|per\b|on\b|away\b|above\b"
    r"|below\b|long\b|tall\b|high\b|wide\b|deep\b|ago\b|later\b|apart\b|more\b|less\b|each\b|after\b|before\b)[A-Za-z]"
)
_MILLION = Pattern(
    r" (?:(?!this\b|was\b|has\b|is\b|sprints?\b|swims?\b|races?\b|dashes\b|across\b|hurdles\b|waves\b"
    r"|steps\b|lengths\b)[a-z]{3,}s|people|men|women|children|more|of the|new|other|copies)\b"
)
_DECADE = Pattern(r"\b(?:the|his|her|their|my|our|early|late|mid|of) (?:\w+ )?$", re.IGNORECASE)
_SECONDS = Pattern(
    rf"{_N}(?<![–-])(?:(?P<n>\d+\.\d+)|{after('for in after under took takes last lasts within every about')}"
    rf"(?P<n2>\d+)|"
    r"(?P<n3>\d[1-9]))s\b(?![’'])"
)
_INCHES = Pattern(
    r"\.? (?:wide|long|tall|high|deep|thick|across|in diameter|of|by|x|×)\b|\.? [x×=]|\.(?= [a-z])|\.?[);,]|\.?$"
)
_AMPS = Pattern(r"(?: (?:fuse|circuit|current|breaker|socket|supply|charger|at)\b|[.,;)](?![A-Z])|$)")


def claims(sentence: str, *, language: str) -> Iterable[Claim]:
    """Claims quantities with units."""
    if not english(language) or not any(c.isnumeric() or c in "°℃℉/" for c in sentence):
        return ()
    count = Count(language)

    def behind(match: re.Match[str]) -> str:
        if match["inv"]:
            return f" per {count.per(match['inv'], match['invpower'].replace('¹', ''))}"
        return f" per {count.per(match['per'], (match['perpower'] or '').lstrip('^'))}" if match["per"] else ""

    def unit(match: re.Match[str], *, one: bool) -> str:
        return count.name(match["u"], one=one, power=match["power"] or "") + behind(match)

    def plain(match: re.Match[str]) -> str | None:
        sign, gap = match["u"], match["gap"]
        if not (match["power"] or match["per"] or match["inv"] or _sure(match, sentence)):
            return None
        if sign == "m" and not (match["power"] or match["per"]):
            counted = not gap and _COUNTING.search(sentence) and not _LENGTHS.search(sentence)
            if _MILLION.match(sentence, match.end()):
                return None
            if counted:
                return f"{match['a'] or ''}{count.number(match['n'])} million"
        noun = bool(match["a"] and _DESCRIBED.match(sentence, match.end()))
        sign_word = {"-": "minus ", "−": "minus ", "+": "plus "}.get(match["minus"] or "", "")
        before = (match["a"] or "") + sign_word + ("about " if match["about"] else "")
        size = f" {match['size']}" if match["size"] else ""
        word = unit(match, one=noun or (single(match["n"]) and not size))
        if sign == "pt" and not sentence.startswith(" of", match.end()):
            word = "point" if noun or match["n"] == "1" else "points"
        part = "of a " if match["n"] in ("½", "¼", "¾") and gap and not match["a"] and sign in _SPOONS else ""
        return f"{before}{count.number(match['n'])}{size} {part}{word}"

    def span(match: re.Match[str]) -> str | None:
        joint = match["joint"].strip()
        word = joint if joint in ("and", "or") else "to"
        if match["u"] in ("in", "A", "au", "a", "s", "mo", "at") and not match["power"] and not match["per"]:
            inches = match["u"] == "in" and _INCHES.match(sentence, match.start("u") + 2)
            seconds = match["u"] == "s" and word == "to" and not match["ua"] and match["b"][-1] != "0"
            seconds = seconds and not _DECADE.search(sentence, max(0, match.start() - 16), match.start())
            if not inches and not seconds:
                return None
        if match["u"] == "K" and not (len(match["b"]) > 2 or _WARMTH.search(sentence)):
            return None
        if word != "to" and match["ua"] is None and match["u"] in ("m", "K", "g") and " " not in match[0][-3:]:
            return None
        low = ("minus " if match["minus"] else "") + count.number(match["a"])
        high = ("minus " if match["minus2"] else "") + count.number(match["b"])
        own = (
            f" {count.name(match['ua'], one=single(match['a']))}"
            if match["ua"] and (match["ua"] != match["u"] or joint.isalpha())
            else ""
        )
        return f"{low}{own} {word} {high} {unit(match, one=False)}"

    def noun(match: re.Match[str]) -> str | None:
        if match["u"] == "K":
            return None  # a 10-K is a form
        return f"{count.number(match['n'])} {count.name(match['u'], one=True, power=match['power'] or '')} "

    def by(match: re.Match[str]) -> str:
        sides = " by ".join(count.number(match[side]) for side in "abc" if match[side])
        return f"{sides} {unit(match, one=False)}"

    def huge(match: re.Match[str]) -> str:
        one = bool(match["a"] and _DESCRIBED.match(sentence, match.end()))
        unit = count.name(match["u"], one=one, power=(match["power"] or "").lstrip("^")) if match["u"] else ""
        return f"{match['a'] or ''}{count.number(match['n'])} {_SIZES[match['size']]} {unit}"

    def otherwise(match: re.Match[str]) -> str:
        joint = "per" if match["n"] in ("100", "1,000", "1000") else "or"
        return f" {joint} {count.number(match['n'])} {count.name(match['u'], one=single(match['n']))}"

    return claimed(
        sentence,
        (
            (_HUGE, huge),
            (_OTHERWISE, otherwise),
            (_BY, by),
            (_BY_ALONE, lambda m: " by ".join(count.number(m[side]) for side in "abc" if m[side])),
            (_RANGE, span),
            (_NOUN, noun),
            (_PLAIN, plain),
            (_PLAIN_PER, lambda m: f"{count.number(m['n'])} per {_per(count, m)}"),
            (_SECONDS, lambda m: _seconds(m, sentence, count)),
            (
                _DEGREES,
                lambda m: f"{amount(m['n'].replace('−', '-'), language)} {count.name('°' + m['u'], one=False)}",
            ),
            (_RAISED, lambda m: f" {unit(m, one=False)}"),
            (_PRESSURE, lambda m: f" {count.name('mmHg', one=False)}"),
            (_RATES, lambda m: f"{count.name(m['u'], one=False)} per {count.per(m['per'])}"),
            (_LONE, lambda m: count.name(m["u"], one=False)),
        ),
    )


_COUNTING = Pattern(
    r"\b(?:people|population|users|viewers|subscribers|voters|votes|jobs|patients|copies|sales|waits|homes|cases|deaths"
    r"|residents|inhabitants|customers|passengers|tourists|visitors|workers|readers|listeners|streams|downloads"
    r"|members)\b"
)
_LENGTHS = Pattern(
    r"\b(?:long|tall|high|wide|deep|height|depth|width|length|distance|jump\w*|metres?|meters?|race|sprint|away"
    r"|walls?|waves?"
    r"|river|tower|km|cm|mm|ft|feet)\b"
)
_WARMTH = Pattern(
    r"\b(?:temperatures?|kelvins?|cool(?:ed|ing)|heat(?:ed|ing)|absolute zero|superconduct\w*|cryogenic\w*)\b"
)
_SIZES = {
    "k": "thousand", "m": "million", "mn": "million", "M": "million", "bn": "billion", "B": "billion", "tn": "trillion",
}  # fmt: skip
_SPOONS = frozenset(["tsp", "tbsp", "Tbsp", "oz", "lb", "mi"])


def _per(count: Count, match: re.Match[str]) -> str:
    return match["per"] if len(match["per"]) > 3 else count.per(match["per"], match["perpower"] or "")


def _seconds(match: re.Match[str], sentence: str, count: Count) -> str | None:
    number = match["n"] or match["n2"] or match["n3"]
    if match["n3"] and (_DECADE.search(sentence, max(0, match.start() - 16), match.start())):
        return None
    if match["n2"] and len(number) == 4:
        return None
    return f"{count.number(number)} {'second' if number == '1' else 'seconds'}"


def _sure(match: re.Match[str], sentence: str) -> bool:
    """Whether what stands behind the number is a unit, where it could be another word or letter."""
    unit, number = match["u"], match["n"]
    end = match.end("u")
    following = sentence[end : end + 2]
    if not match["gap"]:
        return not (
            unit in ("A", "au", "K", "s", "mo", "Mt", "kt", "kn", "MT", "N", "t", "MP", "pt", "pts", "AU", "N", "EB")
            or (unit in ("m", "g", "V", "W", "J", "L", "l", "h") and number.isdecimal() and len(number) == 4)
        )
    if following[:1] in ("'", "’", "&"):
        return False
    if unit == "in":
        return bool(_INCHES.match(sentence, end))
    if unit == "A":
        return bool(_AMPS.match(sentence, end))
    if unit == "K":
        return len(number) > 2 or bool(_WARMTH.search(sentence))
    if unit in ("N", "W", "V", "t", "Mt", "kt", "MT", "AU", "EB"):
        return not (following[:1] == "." and sentence[end + 1 : end + 3].strip()[:1].isupper()) and not (
            following[:1] == " " and (following[1:].isupper() or following[1:].isdecimal())
        )
    if unit == "s":
        return not (number.isdecimal() and (len(number) == 4 or number.endswith("0")) and _decade(match, sentence))
    return True


def _decade(match: re.Match[str], sentence: str) -> bool:
    return bool(_DECADE.search(sentence, max(0, match.start("n") - 16), match.start("n"))) or len(match["n"]) == 4
