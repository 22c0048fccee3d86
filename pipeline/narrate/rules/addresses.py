"""Addresses of the web: host and words, never letter by letter; e-mail, #hashtags, @handles, file names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.text.english import claimed, english, listed
from pipeline.text.numerals import cardinal, digits
from pipeline.text.pattern import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.contracts import Claim

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?"
_TLD = (
    r"(?:com|org|net|edu|gov|mil|int|info|biz|name|museum|news|blog|shop|online|site|app|dev|page|wiki|tech|radio|live"
    r"|[a-z]{2})"
)
_URL = Pattern(
    r"\b(?:https?|ftp) ?:(?://| //)(?:www\.)?(?P<host>[\w.-]+?)(?::\d+)?(?:[/?#]"
    r"(?:[^\s<>\"”’]*[^\s<>\"”’.,;:!?)\]])?)?(?=[.,;:!?)\]]*(?:[\s<>\"”’]|$))"
)
_WWW = Pattern(rf"\bwww\.(?P<host>{_LABEL}(?:\.{_LABEL})+)(?:/[^\s<>\"”’]*[^\s<>\"”’.,;:!?)\]])?/?")
_EMAIL = Pattern(rf"(?<![\w.])(?:mailto:)?(?P<user>[\w.+&%-]+)@(?P<host>{_LABEL}(?:\.{_LABEL})+)")
_DOMAIN = Pattern(
    rf"(?<![\w@./-])(?P<host>(?:{_LABEL}\.)+{_TLD})(?![\w-]|\.\w)(?:/[^\s<>\"”’]*[^\s<>\"”’.,;:!?)\]])?/?"
)
_FILE = Pattern(
    r"(?<![\w@./-])(?P<name>[A-Za-z0-9][\w-]*)\.(?P<kind>txt|pdf|html?|py|csv|zip|json|xml|md|docx?"
    r"|xlsx?|pptx?|jpe?g|png|gif"
    r"|svg|mp3|mp4|wav|exe|js|css|toml|yaml|yml|epub|tar|gz)\b(?!\.\w)"
)
_PATH = Pattern(r"\bfile:///?(?:[\w.~%-]+/)*(?P<name>[\w~%-]+)(?:\.(?P<kind>\w+))?/?")
_PLACES = r"etc|usr|var|tmp|home|bin|dev|opt|proc|root|lib|mnt|sys|srv|sbin|boot|run|Users|Library|Applications"
_SEGMENT = r"[A-Za-z0-9_.-]*[A-Za-z0-9_]"
_UNIX = Pattern(
    rf"(?<![\w/:.<>)\]])(?P<claim>~?/(?:(?:{_PLACES})(?:/{_SEGMENT})*|{_SEGMENT}(?:/{_SEGMENT}){{2,}})/?)(?![\w/])"
)
_LOCAL = Pattern(r"\blocalhost(?::(?P<port>\d{2,5}))?(?:/[\w/.-]*)?(?![\w.])")
_ENDING = Pattern(
    r"(?:(?<=\s)|(?<=^)|(?<=[(“\"‘']))\.(?P<e>com|org|net|edu|gov|io|uk|de|fr|eu|exe|pdf|doc|docx|txt|csv|zip|jpg"
    r"|png|gif|mp3|mp4|html|xml|json|py|js|md|NET)\b(?!\.\w)"
)
_FORUM = Pattern(r"(?<![\w/])/?(?P<kind>[ru])/(?P<name>[A-Za-z]\w{2,})")
_HASHTAG = Pattern(r"(?<![\w&#])#(?P<name>\w*[^\W\d]\w*)")
_HANDLE = Pattern(r"(?<![\w@.])@(?P<name>[A-Za-z]\w*)")
_PIECE = Pattern(r"[A-Z]{2,}(?![a-z])|[A-Z]?[a-z]+|[A-Z]|\d+|[^\W\d_]+|[._&%+-]")
_SIGNS = {".": "dot", "-": "dash", "_": "underscore", "&": "and", "+": "plus", "%": "percent"}
_ENDINGS = listed(
    """
    uk de fr it es nl eu us tv io ai ca au nz jp cn in ch se dk fi pl pt cz gr hu sm co
    """
) - {"co"}
_AS_WORDS = frozenset(["zip", "com", "md", "exe", "png", "gif", "jpeg", "doc"]) - {"md", "png"}
_COUNTED = Pattern(r"[a-z]{2}")


def claims(sentence: str, *, language: str) -> Iterable[Claim]:
    """Claims web and mail addresses, hashtags, handles, file names."""
    if not english(language) or not (any(c in sentence for c in ".@#/") or "localhost" in sentence):
        return ()
    return claimed(
        sentence,
        (
            (_URL, lambda m: _host(m["host"])),
            (_EMAIL, lambda m: f"{_name(m['user'])} at {_host(m['host'])}"),
            (_WWW, lambda m: _host(m["host"])),
            (_UNIX, lambda m: _path(m[0])),
            (_FILE, lambda m: f"{_name(m['name'])} dot {_ending(m['kind'])}"),
            (_DOMAIN, _domain),
            (_PATH, lambda m: _name(m["name"]) + (f" dot {_ending(m['kind'])}" if m["kind"] else "")),
            (_LOCAL, lambda m: f"localhost port {_port(m['port'])}" if m["port"] else "localhost"),
            (_ENDING, lambda m: f"dot {_ending(m['e'].lower())}"),
            (_FORUM, lambda m: f"{m['kind']} slash {_camel(m['name'])}"),
            (_HASHTAG, lambda m: f"hashtag {_camel(m['name'])}"),
            (_HANDLE, lambda m: f"at {_camel(m['name'])}"),
        ),
    )


def _path(text: str) -> str:
    """A place in a file system: "/etc/hosts" is "slash etc slash hosts"."""
    home = "tilde " if text[0] == "~" else ""
    return home + " ".join(f"slash {_name(segment)}" for segment in text.lstrip("~").strip("/").split("/"))


def _port(text: str) -> str:
    return f"{cardinal(int(text[:2]))} {cardinal(int(text[2:]))}" if text[2:] == text[:2] else digits(text)


def _domain(match: re.Match[str]) -> str | None:
    labels = match["host"].split(".")
    last = labels[-1]
    if len(last) == 2 and ((last not in _ENDINGS and last != "co") or len(labels[0]) < 2):
        return None  # "e.g", "p.m": letters of an abbreviation, not a country
    return None if labels[0].isdecimal() else _host(match["host"])


def _host(host: str) -> str:
    labels = host.strip(".").split(".")
    spoken = [_name(label) for label in labels[:-1]] + [_ending(labels[-1])]
    return " dot ".join(filter(None, spoken))


def _ending(label: str) -> str:
    """The last label of a host, a file's kind: words are said, codes are spelled."""
    if label.isdecimal():
        return digits(label)
    if label in _ENDINGS or (label not in _AS_WORDS and not re.search("[aeiou]", label)) or label in ("pdf", "html"):
        return _spell(label)
    return _name(label)


def _spell(label: str) -> str:
    return " ".join(cardinal(int(c)) if c.isdecimal() else c.upper() for c in label)


def _name(text: str) -> str:
    """A label of an address, its signs named: "my-site2" is "my dash site two"."""
    return " ".join(_piece(piece) for piece in _PIECE.findall(text))


def _camel(text: str) -> str:
    """The words of a hashtag: "BlackLivesMatter" is three."""
    return " ".join(_piece(piece) for piece in _PIECE.findall(text) if piece not in _SIGNS)


def _piece(piece: str) -> str:
    if piece in _SIGNS:
        return _SIGNS[piece]
    if piece.isdecimal():
        return cardinal(int(piece)) if len(piece) < 3 and piece[0] != "0" else digits(piece)
    if 1 < len(piece) < 5 and piece.isascii() and not re.search("[aeiouyAEIOUY]", piece):
        return " ".join(piece.upper())
    return piece
