"""Money: $3.5bn, £3–5m, $1.50, a £10m deal, US$200, 50p, EUR 50."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.text.english import QUANTITY, claimed, english, plural
from pipeline.text.numerals import british, cardinal, decimal, plain
from pipeline.text.pattern import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.contracts import Claim

_COINS = {
    "$": ("dollar", "cent"), "US$": ("US dollar", "cent"), "A$": ("Australian dollar", "cent"),
    "C$": ("Canadian dollar", "cent"), "CA$": ("Canadian dollar", "cent"), "AU$": ("Australian dollar", "cent"),
    "NZ$": ("New Zealand dollar", "cent"), "HK$": ("Hong Kong dollar", "cent"), "S$": ("Singapore dollar", "cent"),
    "R$": ("Brazilian real", "centavo"), "£": ("pound", "penny"), "€": ("euro", "cent"), "¥": ("yen", ""),
    "₹": ("rupee", "paisa"), "Rs.": ("rupee", "paisa"), "Rs": ("rupee", "paisa"), "₩": ("won", ""),
    "₽": ("ruble", "kopek"), "₺": ("lira", "kurush"), "₪": ("shekel", "agora"), "₴": ("hryvnia", "kopiyka"),
    "₦": ("naira", "kobo"), "₫": ("dong", ""), "฿": ("baht", "satang"), "₱": ("peso", "centavo"), "₿": ("bitcoin", ""),
    "EUR": ("euro", "cent"), "USD": ("US dollar", "cent"), "GBP": ("pound", "penny"), "JPY": ("yen", ""),
    "CHF": ("Swiss franc", "centime"), "CAD": ("Canadian dollar", "cent"), "AUD": ("Australian dollar", "cent"),
    "INR": ("rupee", "paisa"), "CNY": ("yuan", ""), "RMB": ("yuan", ""), "NZD": ("New Zealand dollar", "cent"),
    "SEK": ("Swedish krona", "öre"), "NOK": ("Norwegian krone", "øre"), "DKK": ("Danish krone", "øre"),
    "HKD": ("Hong Kong dollar", "cent"), "SGD": ("Singapore dollar", "cent"), "BRL": ("Brazilian real", "centavo"),
    "ZAR": ("rand", "cent"), "MXN": ("Mexican peso", "centavo"), "KRW": ("won", ""),
}  # fmt: skip
_PLURALS = {
    "Swedish krona": "Swedish kronor", "Norwegian krone": "Norwegian kroner", "Danish krone": "Danish kroner",
    "Brazilian real": "Brazilian reais", "öre": "öre", "øre": "øre", "paisa": "paise", "lira": "lira",
    "naira": "naira", "dong": "dong",
}  # fmt: skip
_SIZES = {
    "k": "thousand", "m": "million", "mn": "million", "mm": "million", "mio": "million", "mil": "million",
    "b": "billion", "bn": "billion", "bil": "billion", "t": "trillion", "tn": "trillion", "trn": "trillion",
    "thousand": "thousand", "million": "million", "billion": "billion", "trillion": "trillion",
    "hundred": "hundred", "lakh": "lakh", "crore": "crore",
}  # fmt: skip
_PER = {
    "mo": "month", "month": "month", "yr": "year", "year": "year", "wk": "week", "week": "week", "d": "day",
    "day": "day", "hr": "hour", "h": "hour", "hour": "hour", "min": "minute", "kg": "kilogram", "lb": "pound",
    "oz": "ounce", "gal": "gallon", "person": "person", "night": "night", "unit": "unit", "barrel": "barrel",
    "m²": "square meter", "m2": "square meter", "m³": "cubic meter", "km": "kilometer", "km²": "square kilometer",
    "ha": "hectare", "l": "liter", "L": "liter", "kWh": "kilowatt hour", "MWh": "megawatt hour", "t": "tonne",
    "tonne": "tonne", "sq ft": "square foot", "ft²": "square foot",
}  # fmt: skip
_PERS = "|".join(sorted(_PER, key=len, reverse=True))
_COIN = "(?:" + "|".join(re.escape(sign) for sign in sorted(_COINS, key=len, reverse=True)) + ")"
_SIZE = (
    r"(?:[ -]?(?:[kK]|[mM]|mn|mm|MM|[bB]|bn|BN|Bn|tn|trn|[tT])(?![\w&’'])|[ -](?i:thousand|million"
    r"|billion|trillion|hundred|lakh|crore|mil|bil)\b)"
)
_N = rf"(?:{QUANTITY}|\.\d+)"

_RANGE = Pattern(
    rf"(?<!\w)(?P<c>{_COIN}) ?(?P<n>{_N})(?P<s>{_SIZE})?(?: ?[–—] ?| - |-| to )(?P<c2>{_COIN})? ?"
    rf"(?P<n2>{_N})(?P<s2>{_SIZE})?(?![\w%])"
)
_PLAIN = Pattern(
    rf"(?P<a>\b[Aa]n? )?(?<![\w])(?P<about>[~≈] ?)?(?P<minus>[-−])?(?P<c>{_COIN}) ?(?P<n>{_N})(?P<s>{_SIZE})?"
    rf"(?P<plus>\+(?=\s|$|[.,;)]))?"
    rf"(?:(?: ?/ ?| per )(?P<per>{_PERS})\b)?(?![\d])(?P<own>[’']s?(?= worth))?(?P<adj>-(?=[a-z]))?"
)
_BEHIND = Pattern(
    rf"(?<![\w.,$£€])(?P<n>{_N})(?P<s>{_SIZE})? ?(?P<c>€|£|\$|¥|₹|₽|USD|EUR|GBP|JPY|CHF|CAD|AUD|INR|CNY"
    rf"|RMB|NZD|SEK|NOK|DKK)(?![\w$€£])(?! ?\d)"
)
_CENTS = Pattern(rf"(?<![\w.,])(?P<n>{_N})(?: ?¢|(?P<p>p)(?![\w/]|\.\w))(?P<adj>-(?=[a-z]))?")
_OWNED = Pattern(
    r"\b(?:[Tt]he|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Oo]ur|[Mm]y|[Tt]his|[Tt]hat|[Aa]nother|[Ee]ach|[Ee]very) (?:\w+ )?$"
)
_THING = Pattern(
    r" (?!he|she|they|we|you|it\b|that|which|who|in\b|on\b|at\b|for\b|from|to\b|of\b|and\b|or\b|but\b|was\b|is\b"
    r"|were|as\b"
    r"|by\b|with|had|has|per\b|an?\b|each|more|less|spent|lost|paid|left|given|so\b|if\b|the\b|this|going|would"
    r"|will|when|into"
    r"|sum\b|worth|not\b|then|already|now\b|cash|my\b|his\b|her\b|their|our\b|its\b|can|could|may|might)[a-z]+"
    r"(?<!ed)(?![\w-])"
)
_DESCRIBED = Pattern(r"\b[Aa]n? $")
_PIECE = Pattern(r" (?:bills?|notes?|coins?|banknotes?|stamps?|tickets|vouchers?|gift cards?)\b")
_HUNDREDS = Pattern(
    r"(?<!\w)(?P<c>[$£€])(?P<n>10{1,3}|1,000|1,000,000)s(?: of (?P<size>thousands|millions|billions))?(?!\w)"
)
_NOUN = Pattern(r"[ -][a-z]")


def claims(sentence: str, *, language: str) -> Iterable[Claim]:
    """Claims amounts of money."""
    if not english(language) or not any(c.isdecimal() for c in sentence):
        return ()

    def single(match: re.Match[str]) -> str:
        article = match["a"] or ""
        end = match.end() - len(match["adj"] or "")
        noun = bool((article or match["adj"]) and _NOUN.match(sentence, end))
        noun = noun or bool(match["s"] and match["s"][0] == "-" and _NOUN.match(sentence, end))
        noun = noun or bool(
            _OWNED.search(sentence, max(0, match.start() - 9), match.start()) and _THING.match(sentence, end)
        )
        noun = noun or bool(_PIECE.match(sentence, end))
        said = _sum(match["c"], match["n"], match["s"], language, noun=noun)
        per = f" per {_PER[match['per']]}" if match["per"] else ""
        if british(language):
            per = per.replace("meter", "metre").replace("liter", "litre")
        minus = ("about " if match["about"] else "") + ("minus " if match["minus"] else "")
        behind = ("’" if match["own"] else "") + (" " if match["adj"] else "")
        return f"{article}{minus}{said}{' plus' if match['plus'] else ''}{per}{behind}"

    def cents(match: re.Match[str]) -> str | None:
        if match["p"] and match["n"] in ("144", "240", "360", "480", "720", "1080", "1440", "2160"):
            return None  # lines of a picture
        noun = (match["adj"] or _DESCRIBED.search(sentence, max(0, match.start() - 4), match.start())) and not match[
            "p"
        ]
        said = f"{decimal(match['n'], language=language)} cent" if noun else ""
        return said or _few(match["n"], "penny" if match["p"] else "cent", language)

    return claimed(
        sentence,
        (
            (_HUNDREDS, lambda m: f"{_TENS[m['n'].replace(',', '')]} of {_size_of(m)}{_many(_COINS[m['c']][0])}"),
            (_RANGE, lambda m: _range(m, language)),
            (_PLAIN, single),
            (_BEHIND, lambda m: _sum(m["c"], m["n"], m["s"], language)),
            (_CENTS, lambda m: cents(m)),
        ),
    )


_TENS = {"10": "tens", "100": "hundreds", "1000": "thousands", "1000000": "millions"}


def _size_of(match: re.Match[str]) -> str:
    return f"{match['size']} of " if match["size"] else ""


def _few(number: str, coin: str, language: str) -> str:
    return f"{decimal(number, language=language)} {coin if number == '1' else plural(coin)}"


def _many(coin: str) -> str:
    return _PLURALS.get(coin) or plural(coin)


def _size(text: str | None) -> str:
    return f" {_SIZES[text.strip(' -').lower()]}" if text else ""


def _sum(sign: str, number: str, size: str | None, language: str, *, noun: bool = False) -> str:
    """An amount with its currency; ``noun``: it describes a noun, so the currency stays singular."""
    coin, small = _COINS[sign]
    many = coin if noun else _many(coin)
    whole, point, rest = plain(number).partition(".")
    if size:
        return f"{decimal(number, language=language)}{_size(size)} {many}"
    if point and set(rest) <= {"0"}:
        number, point = whole or "0", ""
    if not point:
        return f"{decimal(number, language=language)} {coin if number == '1' else many}"
    cents = rest.rstrip("0").ljust(2, "0")
    if not small or len(cents) > 2:
        return f"{decimal(number, language=language)} {many}"
    parts = []
    if whole.strip("0"):
        parts.append(f"{cardinal(int(whole), language=language)} {coin if int(whole) == 1 else many}")
    parts.append(f"{cardinal(int(cents))} {small if int(cents) == 1 else _many(small)}")
    return " and ".join(parts) if len(parts) > 1 and language.lower() != "en-gb" else " ".join(parts)


def _range(match: re.Match[str], language: str) -> str:
    """Two amounts: £3–5m is "three to five million pounds", $5–$10 "five dollars to ten dollars"."""
    last = _sum(match["c2"] or match["c"], match["n2"], match["s2"], language)
    if match["c2"]:
        return f"{_sum(match['c'], match['n'], match['s'], language)} to {last}"
    return f"{decimal(match['n'], language=language)}{_size(match['s'])} to {last}"
