"""What a book says about itself: the Dublin Core of its package file, with the refinements of EPUB 2 and 3."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.errors import ReadError
from pipeline.text.dom.source import Element, one_line, parse, raw_text, tag
from pipeline.text.plain_dates import iso_date

if TYPE_CHECKING:
    from collections.abc import Iterator

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_LICENCES = frozenset(("license", "dcterms:license", "cc:license", "schema:license"))
_NOT_PUBLISHED = frozenset(("modification", "conversion", "creation"))
_YES_NO = {"true": True, "yes": True, "false": False, "no": False}
_OPF = "{http://www.idpf.org/2007/opf}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the package says; empty where it says nothing. Fields as in `Document` and `Meta`.

    Attributes:
        title: Main title, and behind a colon the subtitle.
        titles: All titles that stand for the book, alone or joined: what a title page repeats.
        names: All people and publishers named: what a title page repeats too.
        cover: Id of the item that is the cover's image (EPUB 2); empty without one.
    """

    title: str
    titles: tuple[str, ...]
    language: str
    authors: tuple[str, ...]
    names: tuple[str, ...]
    published: str
    description: str
    licence: str
    publisher: str
    explicit: bool | None
    cover: str


def said(root: Element) -> Said:
    """All that the package under ``root`` says about its book."""
    book = _Metadata(root)
    title, titles = _titles(book)
    publishers = book.texts("publisher")
    family = next((_YES_NO.get(value.lower()) for value in book.values("schema:isfamilyfriendly")), None)
    links = (link.get("href") or "" for link in book.links if _LICENCES & {*(link.get("rel") or "").lower().split()})
    licences = (*links, *(value for name in sorted(_LICENCES) for value in book.values(name)), *book.texts("rights"))
    return Said(
        title=title,
        titles=titles,
        language=_language(book),
        authors=_authors(book),
        names=tuple(dict.fromkeys((*book.texts("creator"), *book.texts("contributor"), *publishers))),
        published=_published(book),
        description=_without_markup(next(iter(book.texts("description")), "")),
        licence=next((line for licence in licences if (line := _without_markup(licence))), ""),
        publisher=next(iter(publishers), ""),
        explicit=None if family is None else not family,
        cover=next(iter(book.values("cover")), ""),
    )


class _Metadata:
    """The elements of the metadata, and what refines them."""

    def __init__(self, root: Element) -> None:
        holder = next((element for element in root.iter() if tag(element) == "metadata"), root)
        self._elements = [element for element in holder.iter() if tag(element)]
        self.links = [element for element in self._elements if tag(element) == "link"]
        self._values: dict[str, list[str]] = {}
        self._refined: dict[tuple[str, str], str] = {}
        for meta in (element for element in self._elements if tag(element) == "meta"):
            name = (meta.get("property") or meta.get("name") or "").strip().lower()
            value = one_line(meta) or (meta.get("content") or "").strip()
            refines = (meta.get("refines") or "").strip().removeprefix("#")
            if refines:
                self._refined.setdefault((refines, name), value)
            elif name and value:
                self._values.setdefault(name, []).append(value)

    def elements(self, name: str) -> Iterator[Element]:
        """The Dublin Core elements called ``name`` that say something."""
        return (element for element in self._elements if tag(element) == name and one_line(element))

    def texts(self, name: str) -> tuple[str, ...]:
        return tuple(one_line(element) for element in self.elements(name))

    def values(self, name: str) -> tuple[str, ...]:
        """Contents of the ``<meta>`` called ``name``, lower case, that speak of the whole book."""
        return tuple(self._values.get(name, ()))

    def refined(self, element: Element, name: str) -> str:
        """What refines ``element``: by an attribute in EPUB 2 (``opf:role``), by a ``<meta>`` in EPUB 3."""
        attribute = element.get(f"{_OPF}{name}") or element.get(name) or ""
        return (attribute or self._refined.get((element.get("id") or "", name), "")).strip()


def _titles(book: _Metadata) -> tuple[str, tuple[str, ...]]:
    elements = list(book.elements("title"))
    kinds = [book.refined(element, "title-type").lower() for element in elements]
    lines = [one_line(element) for element in elements]
    main = next((line for line, kind in zip(lines, kinds, strict=True) if kind == "main"), next(iter(lines), ""))
    subtitle = next((line for line, kind in zip(lines, kinds, strict=True) if kind == "subtitle"), "")
    joint = " " if main.endswith((":", "?", "!", "…", ".")) else ": "
    title = f"{main}{joint}{subtitle}" if main and subtitle and subtitle != main else main or subtitle
    return title, tuple(dict.fromkeys(filter(None, (title, main, *lines))))


def _authors(book: _Metadata) -> tuple[str, ...]:
    """Creators with the role of author, then those without a role; all of them where there are none of either."""
    roles = {
        one_line(element): book.refined(element, "role").lower().rpartition("/")[2]
        for element in book.elements("creator")
    }
    authors = [name for name, role in roles.items() if role == "aut"] + [
        name for name, role in roles.items() if not role
    ]
    return tuple(authors or roles)


def _language(book: _Metadata) -> str:
    given = (line.replace("_", "-") for line in book.texts("language"))
    return next((line for line in given if _LANGUAGE.fullmatch(line) and line.lower() != "und"), "")


def _published(book: _Metadata) -> str:
    dates = [(book.refined(element, "event").lower(), one_line(element)) for element in book.elements("date")]
    first = [text for event, text in dates if "publication" in event]
    rest = [text for event, text in dates if not event]
    other = [text for event, text in dates if event and event not in _NOT_PUBLISHED]
    return next(filter(None, map(iso_date, (*first, *rest, *book.values("dcterms:issued"), *other))), "")


def _without_markup(text: str) -> str:
    """``text`` on one line; publishers put HTML into descriptions, escaped."""
    if not re.search(r"<[a-zA-Z/!]|&[a-zA-Z#]", text):
        return text
    try:
        spaced = re.sub(r"(?i)(?=<(?:p|br|div|li|h[1-6])\b)", " ", text)
        return " ".join(raw_text(parse(f"<div>{spaced}</div>", "")).split())
    except ReadError:
        return text
