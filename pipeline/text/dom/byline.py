"""Who wrote an article and when, from the lines around it, where the page's metadata does not tell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.text.dom.clutter import is_silent, why_hidden
from pipeline.text.dom.meta import names_in
from pipeline.text.dom.source import one_line, tag, words_of
from pipeline.text.plain_calendar import date_in
from pipeline.text.plain_dates import iso_date
from pipeline.text.plain_terms import terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.text.dom.article import Place
    from pipeline.text.dom.source import Element

_AUTHOR = terms("byline author authors writer bylines autor autoren auteur autore contributor contributors byl")
_DATE = terms(
    "date dateline datetime published pubdate publishdate timestamp time posted postdate entrydate publicationdate "
    "datum fecha data dates updated"
)
_ELSEWHERE = re.compile(r"comment|related|recommend|sidebar|footer|teaser|trending|popular|promo|widget|copyright")
_NAMED = re.compile(r"author|byl|writer|autor|auteur|contributor|dat[eu]|time|publish|posted|fecha")
"""What is worth taking apart into words."""
_APART = terms("nav aside footer")
_LONGEST = 150
"""Characters of a line from which it is no byline."""
_BY = re.compile(
    r"^(?:(?:written|posted|published|text|words|story)\s+)?(?:by|von|par|por|di|door|av|af|autor|auteur|text|作者|记者|文)"
    r"(?:\s*[:：]\s*|\s+)",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s*(?:[|·•–—(]|\s-\s|\b(?:on|am|le|el|il|op)\s+\d|\b(?:updated|published|posted|follow|edited)\b|\d{1,4}[-./ ])"
    r".*$",
    re.IGNORECASE,
)
_MOST = 6
"""Words that a name may have."""
_PARTICLE = 3
"""Letters of a word that need no capital in a name: de, van, von."""
_SCRIPTS = re.compile(r"[\u3040-\u9fff\uac00-\ud7af]{2,8}")


def byline(root: Element, here: Place) -> tuple[tuple[str, ...], str]:
    """Authors and date (``YYYY-MM-DD``) as the lines around the article tell them; empty where none does.

    Looked for within the article's mark first, then on the page up to its text.
    """
    authors: tuple[str, ...] = ()
    published = ""
    for element in _lines(root, here):
        pieces = _pieces(element)
        if not authors and (pieces & _AUTHOR or "author" in words_of(element, "rel")):
            authors = _names(one_line(element))
        if not published and (tag(element) == "time" or pieces & _DATE):
            published = iso_date(element.get("datetime") or "") or date_in(one_line(element))
        if authors and published:
            break
    return authors, published


def _lines(root: Element, here: Place) -> Iterator[Element]:
    """Short elements named like a byline or a date: those around the article's text first, then those before it."""
    around = {here.element, *here.element.iterancestors()}
    for outer in dict.fromkeys((here.mark, root)):
        stack = [outer]
        while stack:
            element = stack.pop()
            if not tag(element) or is_silent(element) or tag(element) in _APART:
                continue
            named = " ".join(element.get(name) or "" for name in ("class", "id", "itemprop", "rel")).lower()
            if element not in around and (_ELSEWHERE.search(named) or why_hidden(element)):
                continue
            if (_NAMED.search(named) or tag(element) == "time") and _is_short(element):
                yield element
            if element is here.element and outer is root:
                return
            stack.extend(reversed(element))


def _is_short(element: Element) -> bool:
    letters = 0
    for text in element.itertext():
        letters += len(str(text).strip())
        if letters > _LONGEST:
            return False
    return letters > 0 or tag(element) == "time"


def _names(text: str) -> tuple[str, ...]:
    text = _AFTER.sub("", _BY.sub("", text))
    return tuple(name for name in names_in(text) if _is_name(name))


def _is_name(text: str) -> bool:
    words = text.split()
    if _SCRIPTS.fullmatch(text.replace(" ", "")):
        return True
    if not 2 <= len(words) <= _MOST or any(character.isdigit() for character in text):
        return False
    return all(word[0].isupper() or len(word) <= _PARTICLE for word in words) and words[0][0].isupper()


def _pieces(element: Element) -> frozenset[str]:
    """The words that class, id and itemprop are made of, and each whole: ``entry-date`` → entry, date, entrydate."""
    found: set[str] = set()
    for value in (element.get("class"), element.get("id"), element.get("itemprop")):
        for word in (value or "").split():
            parts = re.findall(r"[A-Z]?[a-z]+", word)
            found |= {part.lower() for part in parts} | {"".join(parts).lower()}
    return frozenset(found)
