"""Chapter and verse: Genesis 1:3, Micah 6:6–8."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.text.english import claimed, english
from pipeline.text.numerals import cardinal, ordinal
from pipeline.text.pattern import Pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

    from pipeline.contracts import Claim

_BOOKS = (
    "Genesis|Exodus|Leviticus|Numbers|Deuteronomy|Joshua|Judges|Ruth|Samuel|Kings|Chronicles|Ezra|Nehemiah|Esther|Job"
    "|Psalms?|Proverbs|Ecclesiastes|Song of Songs|Isaiah|Jeremiah|Lamentations|Ezekiel|Daniel|Hosea|Joel|Amos|Obadiah"
    "|Jonah|Micah|Nahum|Habakkuk|Zephaniah|Haggai|Zechariah|Malachi|Matthew|Mark|Luke|John|Acts|Romans|Corinthians"
    "|Galatians|Ephesians|Philippians|Colossians|Thessalonians|Timothy|Titus|Philemon|Hebrews|James|Peter|Jude"
    "|Revelation|Qur[’']an|Quran|Surah"
)
_VERSE = Pattern(
    rf"\b(?:(?P<part>[123]) )?(?P<book>{_BOOKS}) (?P<chapter>\d{{1,3}}):(?P<verse>\d{{1,3}})(?:[–-]"
    rf"(?P<last>\d{{1,3}}))?"
)


def claims(sentence: str, *, language: str) -> Iterable[Claim]:
    """Claims references to verses."""
    if not english(language) or ":" not in sentence:
        return ()
    return claimed(sentence, ((_VERSE, _say),))


def _say(match: re.Match[str]) -> str:
    part = f"{ordinal(int(match['part'])).capitalize()} " if match["part"] else ""
    last = f" to {cardinal(int(match['last']))}" if match["last"] else ""
    return f"{part}{match['book']} {cardinal(int(match['chapter']))}, {cardinal(int(match['verse']))}{last}"
