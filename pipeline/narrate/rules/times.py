"""Times of day and durations: 9:30pm, 18:00, 9am–5pm, 1:23:45, 2h 30m."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.text.english import DASH, claimed, english
from pipeline.text.numerals import british, cardinal, digits, two_digits
from pipeline.text.pattern import Pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

    from pipeline.contracts import Claim

_HALF = r"(?:[ap]\. ?m\.?|[ap]m\b|A\. ?M\.?|P\. ?M\.?|[AP]M\b)"
_CLOCK = r"(?:[01]?\d|2[0-4])"
_TIME = Pattern(
    rf"(?<![\d/:.,$£€])(?P<h>{_CLOCK})(?:[:.](?P<m>[0-5]\d))? ?(?P<half>{_HALF})(?![\w])|"
    rf"(?<![\d/:.,$£€])(?P<h2>{_CLOCK})(?:[:.](?P<m2>[0-5]\d))? ?(?P<half2>[ap]\.m\.)(?=[a-z]{{3}}\b)"
)
_RANGE = Pattern(
    rf"(?<![\d/:.,$£€])(?P<h>{_CLOCK})(?:[:.](?P<m>[0-5]\d))? ?(?P<half>{_HALF})?{DASH}"
    rf"(?P<h2>{_CLOCK})(?:[:.](?P<m2>[0-5]\d))? ?(?P<half2>{_HALF})(?!\w)"
)
_PLAIN_RANGE = Pattern(rf"(?<![\w/:.,])(?P<h>{_CLOCK}):(?P<m>[0-5]\d){DASH}(?P<h2>{_CLOCK}):(?P<m2>[0-5]\d)(?![:\d])")
_PLAIN = Pattern(rf"(?<![\w/:.,])(?P<h>{_CLOCK}):(?P<m>[0-5]\d)(?![:\d]|\.\d)(?P<hours> ?(?:hrs|hours|h)\b)?")
_LONG = Pattern(r"(?<![\w:])(?P<h>\d{1,2}):(?P<m>[0-5]\d):(?P<s>[0-5]\d)(?:\.\d+)?(?![:\d])")
_STAMP = Pattern(
    r"(?<=\d)T(?P<h>[01]\d|2[0-3]):?(?P<m>[0-5]\d)(?::?(?P<s>[0-5]\d)(?:[.,]\d+)?)?(?P<zone>Z|[+−-]\d\d"
    r"(?::?\d\d)?)?(?!\w)"
)
_MILITARY = Pattern(
    r"(?<![\w.,:])(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d)(?P<hours> ?(?:hours|hrs?|h)\b| ?Z\b| GMT\b| UTC\b)"
)
_LAP = Pattern(r"(?<![\w:.,])(?P<m>\d{1,2}):(?P<s>[0-5]\d)\.(?P<f>\d{1,3})(?![:\d])")
_MINUTES = Pattern(r"(?<![\w:.,])(?P<h>2[5-9]|[3-9]\d):(?P<m>[0-5]\d)(?![:\d]|\.\d)")
_POINT = Pattern(
    r"(?:(?<=\bthe )|(?<=\bThe )|(?<=\ba )|(?<=\bmy )|(?<=\bour ))(?P<h>[01]?\d|2[0-3])\.(?P<m>[0-5]\d)"
    r"(?= (?:train|bus|flight|ferry|service|tram|coach|news|start|kick|departure|arrival|showing|from|to|for)\b)"
    r"|(?:(?<=\b[Aa]t )|(?<=\bby ))(?P<h2>[01]?\d|2[0-3])\.(?P<m2>[0-5]\d)"
    r"(?= (?:on|sharp|today|tonight|tomorrow|this|in the|every|each|and|when|as|we|they|he|she|I)\b|[,;?!)]|\.?$|\. )"
)
_SPAN = Pattern(
    r"(?<![\w.,])(?:(?P<h>\d{1,3}) ?h(?:rs?)?\.? ?(?P<m>[0-5]?\d)(?: ?(?:m|mins?)\b\.?|(?<=h\d\d)\b)(?: ?"
    r"(?P<s>[0-5]?\d) ?(?:s|secs?)\b)?"
    r"|(?P<m2>\d{1,3}) ?m(?:ins?)? ?(?P<s2>[0-5]?\d) ?s(?:ecs?)?\b)"
)
_SPAN_COUNTS = {"h": "hour", "m": "minute", "s": "second", "m2": "minute", "s2": "second"}
_FILM = Pattern(r"\b[Aa]n? $")


def claims(sentence: str, *, language: str) -> Iterable[Claim]:
    """Claims times of day and durations."""
    if not english(language) or not any(c.isdecimal() for c in sentence):
        return ()

    def span(match: re.Match[str]) -> str:
        adjective = _FILM.search(sentence, max(0, match.start() - 4), match.start())
        parts = []
        for name, unit in _SPAN_COUNTS.items():
            if match[name]:
                parts.append(f"{cardinal(int(match[name]))} {unit}{'' if adjective or int(match[name]) == 1 else 's'}")
        return " ".join(parts)

    return claimed(
        sentence,
        (
            (_STAMP, _stamp),
            (_LONG, _long),
            (_LAP, lambda m: f"{_lap(m)}"),
            (
                _RANGE,
                lambda m: f"{_clock(m['h'], m['m'], m['half'], ranged=True)} to {_clock(m['h2'], m['m2'], m['half2'])}",
            ),
            (_TIME, lambda m: _clock(m["h"] or m["h2"], m["m"] or m["m2"], m["half"] or m["half2"])),
            (_PLAIN_RANGE, lambda m: _both(m)),
            (_PLAIN, lambda m: _clock(m["h"], m["m"]) + (" hours" if m["hours"] else "")),
            (_MINUTES, lambda m: f"{cardinal(int(m['h']))} {two_digits(int(m['m'])) if int(m['m']) else 'minutes'}"),
            (_MILITARY, _military),
            (_POINT, lambda m: _clock(m["h"] or m["h2"], m["m"] or m["m2"]) if british(language) else None),
            (_SPAN, span),
        ),
    )


def _clock(hour: str, minute: str | None, half: str | None = None, *, ranged: bool = False) -> str:
    """An hour and its minutes: "nine thirty P M", "eighteen hundred", "one o'clock"."""
    words = cardinal(int(hour))
    if minute and int(minute):
        words += f" {two_digits(int(minute))}"
    elif minute and not half and not ranged:
        words += " o'clock" if 0 < int(hour) <= 12 else " hundred"
    return f"{words} {' '.join(c.upper() for c in half if c.isalpha())}" if half else words


def _both(match: re.Match[str]) -> str:
    """Two times in one style: where the day has twenty-four hours, "nine hundred to seventeen hundred"."""
    ends = [(match["h"], match["m"]), (match["h2"], match["m2"])]
    long = any(int(hour) > 12 for hour, _ in ends) and all(minute == "00" for _, minute in ends)
    return " to ".join(
        f"{cardinal(int(hour))} hundred" if long and hour.strip("0") else _clock(hour, minute) for hour, minute in ends
    )


def _military(match: re.Match[str]) -> str:
    """0600 hours is "oh six hundred hours", 1845 GMT "eighteen forty-five G M T"."""
    hour, minute, mark = int(match["h"]), int(match["m"]), match["hours"].strip()
    said = two_digits(hour) if hour else "zero"
    said += f" {two_digits(minute) if minute else 'hundred'}"
    return f"{said} {'hours' if mark[0] == 'h' else ' '.join(mark.replace('Z', 'UTC'))}"


def _lap(match: re.Match[str]) -> str:
    minutes = int(match["m"])
    seconds = f"{cardinal(int(match['s']))} point {digits(match['f'])} seconds"
    return f"{cardinal(minutes)} minute{'' if minutes == 1 else 's'} {seconds}"


def _stamp(match: re.Match[str]) -> str:
    """The time behind a date as machines write it: T10:00Z."""
    zone = match["zone"] or ""
    said = "" if not zone else " U T C"
    if len(zone) > 1 and int(zone[1:3]):
        said += f" {'plus' if zone[0] == '+' else 'minus'} {cardinal(int(zone[1:3]))}"
    return f" {_clock(match['h'], match['m'])}{said}"


def _long(match: re.Match[str]) -> str:
    hours, minutes, seconds = (int(match[name]) for name in "hms")
    parts = [(hours, "hour"), (minutes, "minute"), (seconds, "second")]
    said = [f"{cardinal(n)} {unit}{'' if n == 1 else 's'}" for n, unit in parts]
    return f"{said[0]} {said[1]} and {said[2]}"
