"""Money: $3.5bn, £3–5m, $1.50, a £10m deal, US$200, 50p, EUR 50."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.text.english import NUMBER, claimed, english, plural
from pipeline.text.numerals import cardinal, decimal
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
}  # fmt: skip
_COIN = "(?:" + "|".join(re.escape(sign) for sign in sorted(_COINS, key=len, reverse=True)) + ")"
_SIZE = (
    r"(?:[ -]?(?:[kK]|[mM]|mn|mm|MM|[bB]|bn|BN|Bn|tn|trn|[tT])(?![\w&’'])|[ -](?i:thousand|million"
    r"|billion|trillion|hundred|lakh|crore|mil|bil)\b)"
)
_N = rf"(?:{NUMBER}|\.\d+)"

_RANGE = Pattern(
    rf"(?<!\w)(?P<c>{_COIN}) ?(?P<n>{_N})(?P<s>{_SIZE})?(?: ?[–—] ?| - |-| to )(?P<c2>{_COIN})? ?"
    rf"(?P<n2>{_N})(?P<s2>{_SIZE})?(?![\w%])"
)
_PLAIN = Pattern(
    rf"(?P<a>\b[Aa]n? )?(?<![\w])(?P<minus>[-−])?(?P<c>{_COIN}) ?(?P<n>{_N})(?P<s>{_SIZE})?(?P<plus>\+(?=\s|$|[.,;)]))?"
    rf"(?:(?: ?/ ?| per )(?P<per>{'|'.join(_PER)})\b)?(?![\d])(?P<adj>-(?=[a-z]))?"
)
_BEHIND = Pattern(
    rf"(?<![\w.,$£€])(?P<n>{_N})(?P<s>{_SIZE})? ?(?P<c>€|£|\$|¥|₹|₽|USD|EUR|GBP|JPY|CHF|CAD|AUD|INR|CNY"
    rf"|RMB|NZD|SEK|NOK|DKK)(?![\w$€£])(?! ?\d)"
)
_CENTS = Pattern(rf"(?<![\w.,])(?P<n>{_N})(?: ?¢|(?P<p>p)(?![\w/]|\.\w))")
_NOUN = Pattern(r"[ -][a-z]")


def claims(sentence: str, *, language: str) -> Iterable[Claim]:
    """Claims amounts of money."""
    if not english(language) or not any(c.isdecimal() for c in sentence):
        return ()

    def plain(match: re.Match[str]) -> str:
        article = match["a"] or ""
        noun = bool((article or match["adj"]) and _NOUN.match(sentence, match.end() - len(match["adj"] or "")))
        said = _sum(match["c"], match["n"], match["s"], language, noun=noun)
        per = f" per {_PER[match['per']]}" if match["per"] else ""
        minus = "minus " if match["minus"] else ""
        return f"{article}{minus}{said}{' plus' if match['plus'] else ''}{per}{' ' if match['adj'] else ''}"

    return claimed(
        sentence,
        (
            (_RANGE, lambda m: _range(m, language)),
            (_PLAIN, plain),
            (_BEHIND, lambda m: _sum(m["c"], m["n"], m["s"], language)),
            (_CENTS, lambda m: _few(m["n"], "penny" if m["p"] else "cent", language)),
        ),
    )


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
    whole, point, rest = number.replace(",", "").partition(".")
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
