"""English number words: cardinals, ordinals, years, digits, decimals, fractions.

``language`` decides about "and": British English (and every other but the American and the unmarked one) says "one
hundred and five", American English "one hundred five".
"""

from __future__ import annotations

LARGEST = 10**36 - 1
"""Numbers beyond it are said digit by digit."""

_SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES = (
    (10**33, "decillion"),
    (10**30, "nonillion"),
    (10**27, "octillion"),
    (10**24, "septillion"),
    (10**21, "sextillion"),
    (10**18, "quintillion"),
    (10**15, "quadrillion"),
    (10**12, "trillion"),
    (10**9, "billion"),
    (10**6, "million"),
    (1000, "thousand"),
)
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}


def british(language: str) -> bool:
    """Whether ``language`` (BCP 47) counts and dates the British way."""
    region = language.lower().replace("_", "-").split("-")[1:]
    return bool(region) and "us" not in region


def cardinal(number: int, *, language: str = "en-US") -> str:
    """``number`` in words; digit by digit beyond `LARGEST`."""
    if number < 0:
        return f"minus {cardinal(-number, language=language)}"
    if number > LARGEST:
        return digits(str(number))
    joint = " and " if british(language) else " "
    parts = []
    for value, name in _SCALES:
        if number >= value:
            parts.append(f"{_hundreds(number // value, joint)} {name}")
            number %= value
    if number or not parts:
        rest = _hundreds(number, joint)
        if parts and number < 100:
            return " ".join(parts) + joint + rest
        parts.append(rest)
    return " ".join(parts)


def ordinal(number: int, *, language: str = "en-US") -> str:
    """``number`` as a place in a row: "twenty-first"."""
    words = cardinal(number, language=language)
    cut = max(words.rfind(" "), words.rfind("-")) + 1
    last = words[cut:]
    if last in _ORDINALS:
        last = _ORDINALS[last]
    elif last.endswith("y"):
        last = f"{last[:-1]}ieth"
    else:
        last += "th"
    return words[:cut] + last


def year(number: int, *, language: str = "en-US") -> str:
    """``number`` as a year: "ten sixty-six", "nineteen oh five", "two thousand nine", "twenty twenty-four"."""
    century, rest = divmod(number, 100)
    if number < 100 or number > 9999 or number % 1000 == 0 or 2000 <= number <= 2009:
        return cardinal(number, language=language)
    if rest == 0:
        return f"{_hundreds(century, ' ')} hundred"
    return f"{_hundreds(century, ' ')} {two_digits(rest)}"


def two_digits(number: int) -> str:
    """The last two digits of a year, the minutes of a time: "oh five", "forty-five"."""
    return f"oh {_SMALL[number]}" if number < 10 else _hundreds(number, " ")


def digits(text: str) -> str:
    """The decimal digits of ``text`` one by one; everything else in it is left out."""
    return " ".join(_SMALL[int(c)] for c in text if c.isdecimal())


def decimal(text: str, *, language: str = "en-US") -> str:
    """A number as written: "1,234", "3.14", ".5", "-2", "1 000 000"; digits after the point one by one.

    Continental ones too: "1.234,5", "3,75".
    """
    text = plain(text)
    if text[:1] in ("-", "−"):
        return f"minus {decimal(text[1:], language=language)}"
    whole, point, rest = text.partition(".")
    if not point or not rest:
        return cardinal(int(whole or 0), language=language)
    return " ".join(filter(None, (cardinal(int(whole), language=language) if whole else "", "point", digits(rest))))


def plain(text: str) -> str:
    """``text`` with a point for the decimals and nothing between groups of figures."""
    text = text.replace(" ", "")
    whole, comma, rest = text.rpartition(",")
    if comma and "." not in rest and len(rest) != 3 and (rest.isdecimal() or "." in whole):
        return f"{whole.replace('.', '').replace(',', '')}.{rest}"
    return text.replace(",", "")


def fraction(numerator: int, denominator: int, *, language: str = "en-US") -> str:
    """A fraction: "one half", "three quarters", "two thirds", "five over one"."""
    top = cardinal(numerator, language=language)
    if denominator < 2:
        return f"{top} over {cardinal(denominator, language=language)}"
    if denominator == 2:
        return f"{top} {'half' if numerator == 1 else 'halves'}"
    part = "quarter" if denominator == 4 else ordinal(denominator, language=language)
    return f"{top} {part}" if numerator == 1 else f"{top} {part}s"


def _hundreds(number: int, joint: str) -> str:
    """A number below a thousand."""
    if number < 20:
        return _SMALL[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens] + (f"-{_SMALL[ones]}" if ones else "")
    hundreds, rest = divmod(number, 100)
    return f"{_SMALL[hundreds]} hundred" + (joint + _hundreds(rest, joint) if rest else "")
