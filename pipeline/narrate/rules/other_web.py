"""Addresses of the web in languages other than English: the host's words, never letter by letter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pipeline.text import counting, tongue
from pipeline.text.english import claimed
from pipeline.text.pattern import Pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pipeline.contracts import Claim

_LABEL = r"[^\W_](?:[\w-]*[^\W_])?"
_TLD = r"(?:com|org|net|edu|gov|info|eu|de|at|ch|fr|be|es|it|nl|pt|br|mx|ar|uk|io|tv|cat|app|dev|news|blog|shop|online)"
_PATH = r"(?:[/?#](?:[^\s<>\"”’»]*[^\s<>\"”’».,;:!?)\]])?)?"
_URL = Pattern(rf"\b(?:https?|ftp)://(?:www\.)?(?P<host>[\w.-]+[^\W_])(?::\d+)?{_PATH}")
_WWW = Pattern(rf"\bwww\.(?P<host>{_LABEL}(?:\.{_LABEL})+){_PATH}")
_MAIL = Pattern(rf"(?<![\w.])(?:mailto:)?(?P<user>[\w.+-]+)@(?P<host>{_LABEL}(?:\.{_LABEL})+)")
_DOMAIN = Pattern(rf"(?<![\w@./-])(?P<host>(?:{_LABEL}\.)+{_TLD})(?![\w-]|\.\w){_PATH}")
_HASHTAG = Pattern(r"(?<![\w&#])#(?P<name>\w*[^\W\d]\w*)")
_HANDLE = Pattern(r"(?<![\w@.])@(?P<name>[^\W\d_]\w*)")
_PIECE = re.compile(r"[A-ZÀ-Þ]{2,}(?![a-zß-ÿ])|[A-ZÀ-Þ]?[a-zß-ÿ]+|[A-ZÀ-Þ]|\d+|[^\W\d_]+|[._+-]")
_SIGNS = {".": "dot", "-": "dash", "_": "underscore", "+": "plus"}
_WORDS = ("com", "org", "net", "info", "app", "dev", "news", "blog", "shop", "online", "gov", "cat")
_BRIEF = {
    "sv": ("punkt", "snabel-a"), "da": ("punktum", "snabel-a"), "no": ("punktum", "krøllalfa"),
    "nb": ("punktum", "krøllalfa"), "pl": ("kropka", "małpa"), "cs": ("tečka", "zavináč"), "sk": ("bodka", "zavináč"),
    "fi": ("piste", "ät"), "hu": ("pont", "kukac"), "ro": ("punct", "arond"), "tr": ("nokta", "et"),
    "ru": ("точка", "собака"), "uk": ("крапка", "равлик"), "ca": ("punt", "arrova"), "el": ("τελεία", "παπάκι"),
    "id": ("titik", "at"), "hr": ("točka", "et"), "sl": ("pika", "afna"),
}  # fmt: skip
"""Dot and at in languages without a table: primary subtag → both."""
_VOWEL = re.compile("[aeiouyäöüáéíóúàèìòùâêîôûãõ]", re.IGNORECASE)


def claims(sentence: str, *, language: str) -> Iterable[Claim]:
    """Claims web and mail addresses, hashtags, handles."""
    if not any(c in sentence for c in ".@#"):
        return ()
    words = _words(language)
    if words is None:
        return ()
    return claimed(
        sentence,
        (
            (_URL, lambda m: _host(words, m["host"])),
            (_MAIL, lambda m: f"{_name(words, m['user'])} {words.signs['at']} {_host(words, m['host'])}"),
            (_WWW, lambda m: _host(words, m["host"])),
            (_DOMAIN, lambda m: _host(words, m["host"])),
            (_HASHTAG, lambda m: f"{words.signs['hashtag']} {_parts(words, m['name'])}"),
            (_HANDLE, lambda m: f"{words.signs['at']} {_parts(words, m['name'])}"),
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """What an address needs: the names of its signs, and its numbers in words."""

    signs: Mapping[str, str]
    number: Callable[[str], str]


@cache
def _words(language: str) -> _Words | None:
    """The words of one language; None for English, which has a rule of its own, and where nobody knows them."""
    whole = tongue.of(language)
    if whole is not None:
        return _Words(signs=whole.words, number=whole.number)
    brief = _BRIEF.get(language.lower().replace("_", "-").partition("-")[0])
    if brief is None:
        return None
    signs = {"dot": brief[0], "at": brief[1], "dash": "", "underscore": "", "plus": "plus", "hashtag": "hashtag"}
    return _Words(signs=signs, number=lambda text: counting.cardinal(text, language=language) or text)


def _host(words: _Words, host: str) -> str:
    labels = host.split(".")
    last = labels[-1].lower()
    said = [*(_name(words, label) for label in labels[:-1]), last if last in _WORDS else " ".join(last.upper())]
    return f" {words.signs['dot']} ".join(filter(None, said))


def _name(words: _Words, text: str) -> str:
    """A label of an address with its signs named."""
    return " ".join(filter(None, (_piece(words, piece) for piece in _PIECE.findall(text))))


def _parts(words: _Words, text: str) -> str:
    """The words of a hashtag, its signs left out."""
    return " ".join(_piece(words, piece) for piece in _PIECE.findall(text) if piece not in _SIGNS)


def _piece(words: _Words, piece: str) -> str:
    if piece in _SIGNS:
        return words.signs[_SIGNS[piece]]
    if piece.isdecimal():
        return words.number(piece) if len(piece) < 5 else " ".join(words.number(c) for c in piece)
    if 1 < len(piece) < 5 and not _VOWEL.search(piece):
        return " ".join(piece.upper())
    return piece
