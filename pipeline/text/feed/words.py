"""Small texts of feeds: names, dates, languages, licences, ratings."""

from __future__ import annotations

import re
from datetime import date
from email.utils import parsedate_to_datetime

from pipeline.text.dom.meta import names_in
from pipeline.text.plain_dates import iso_date

_MAIL = re.compile(r"[^\s@<>()]+@[^\s@<>()]+")
_LANGUAGE = re.compile(r"(?!utf|iso)[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*", re.IGNORECASE)
_LICENCE = re.compile(
    r"creativecommons\.org/\S+|\bcc[ -](?:by\b|0\b|zero\b)|creative commons|public domain|open government licen[cs]e",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://[^\s<>\"']*creativecommons\.org/[^\s<>\"')\]]*[^\s<>\"')\].,;]", re.IGNORECASE)
_SHORT_YEAR = re.compile(r"(?:[A-Za-z]{3,9},?\s+)?\d{1,2}[\s-]+[A-Za-z]{3,9}[\s-]+\d{2}\s")
_LONGEST_LICENCE = 300
"""Characters; a longer text speaks about rights, it does not name a licence."""


def people(text: str) -> tuple[str, ...]:
    """The names in an author's line; mail addresses are no names: ``x@example.org (A)`` → A."""
    inside = re.fullmatch(r"\s*\S+@\S+\s*\((.+)\)\s*", text)
    return names_in(_MAIL.sub(" ", inside[1] if inside else text).replace("()", " ").replace("<>", " "))


def person(name: str) -> str:
    """One name of a field that holds one; empty where it is a mail address only."""
    return " ".join(_MAIL.sub(" ", name).replace("()", " ").replace("<>", " ").split())


def day(text: str) -> str:
    """``YYYY-MM-DD`` of a date as feeds write it, years of two digits included; empty where it is none."""
    found = iso_date(text)
    if found or not _SHORT_YEAR.match(text.strip()):
        return found
    try:
        return date.isoformat(parsedate_to_datetime(text.strip()).date())
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def language(text: str) -> str:
    """A BCP 47 tag in its usual spelling (``en-us`` → ``en-US``); empty for all else."""
    text = text.strip().replace("_", "-")
    if not _LANGUAGE.fullmatch(text):
        return ""
    first, *rest = text.split("-")
    usual = (part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part for part in rest)
    return "-".join((first.lower(), *usual))


def licence(rights: str) -> str:
    """Name or address of the licence that a statement of rights grants; empty where it only claims rights."""
    address = _ADDRESS.search(rights)
    if address:
        return address[0]
    text = " ".join(rights.split())
    return text if _LICENCE.search(text) and len(text) <= _LONGEST_LICENCE else ""


def rating(text: str) -> bool | None:
    """``itunes:explicit``, ``media:rating`` or ``media:adult`` in words."""
    word = text.strip().lower()
    if word in ("yes", "true", "explicit", "adult"):
        return True
    return False if word in ("no", "false", "clean", "nonadult") else None
