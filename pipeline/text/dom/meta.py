"""What an HTML page says about itself: meta tags, OpenGraph, Dublin Core, JSON-LD and the byline's markup."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pipeline.text.dom.source import one_line, raw_text, tag, words_of
from pipeline.text.plain_dates import iso_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.text.dom.source import Element

_TITLE = ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "headline", "title")
_AUTHOR = ("author", "article:author", "dc.creator", "dcterms.creator", "citation_author", "parsely-author", "byl")
_DATE = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "dc.date",
    "dcterms.created",
    "dcterms.date",
    "dc.date.issued",
    "citation_publication_date",
    "parsely-pub-date",
    "pubdate",
    "publish-date",
    "date",
)
_ARTICLE = re.compile(r"(?:\w*Article|BlogPosting|Report|Review|Recipe|HowTo|FAQPage|WebPage)$")
_EXPLICIT = re.compile(r"\badult\b|mature|restricted|explicit|18\+|\bnsfw\b|rta-5042-1996-1400-1577-rta", re.IGNORECASE)
_CLEAN = re.compile(r"general|safe for kids|all ages", re.IGNORECASE)
_COMMONS = re.compile(r"(?:https?:)?//(?:www\.)?creativecommons\.org/(?:licenses|publicdomain)/\w", re.IGNORECASE)
_NAME = 80
"""Characters beyond which a byline is no name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the page says; empty where it says nothing. Fields as in `Document` and `Meta`.

    Attributes:
        titles: Titles that the page gives for itself, the most trusted first; the last may end in the site's name.
    """

    titles: tuple[str, ...]
    language: str
    authors: tuple[str, ...]
    published: str
    description: str
    link: str
    image: str
    licence: str
    site: str
    explicit: bool | None
    draft: bool = False


@dataclass(slots=True)
class _Table:
    """Names of meta tags, lower case → their contents in order."""

    tags: dict[str, list[str]] = field(default_factory=dict)

    def first(self, *names: str) -> str:
        return next((value for name in names for value in self.tags.get(name, ())), "")

    def all(self, *names: str) -> tuple[str, ...]:
        return next((tuple(self.tags[name]) for name in names if name in self.tags), ())


def said(root: Element) -> Said:
    """All that the page under the ``<html>`` element ``root`` says about itself."""
    metas = _metas(root)
    story = _story(root)
    heads = [one_line(element) for element in root.iter("title") if not _in_svg(element)]
    titles = (metas.first(*_TITLE[:2]), _text(story.get("headline")), metas.first(*_TITLE[2:]), *heads[:1])
    return Said(
        titles=tuple(dict.fromkeys(title for title in titles if title)),
        language=_language(root, metas, story),
        authors=_authors(root, metas, story),
        published=next(filter(None, map(iso_date, _dates(root, metas, story))), ""),
        description=metas.first("og:description", "description", "twitter:description")
        or _text(story.get("description")),
        link=_link(root, "canonical") or metas.first("og:url") or _address(story.get("url")),
        image=metas.first("og:image", "og:image:url", "twitter:image") or _address(story.get("image")),
        licence=_link(root, "license")
        or metas.first("dcterms.license", "dc.rights")
        or _address(story.get("license"))
        or _commons(root),
        site=metas.first("og:site_name", "application-name") or _name(story.get("publisher")),
        explicit=_explicit(metas.first("rating", "rta-label"), story),
        draft=metas.first("draft").lower() in ("true", "yes"),
    )


def names_in(text: str) -> tuple[str, ...]:
    """The names in a byline: ``By A, B and C`` → A, B, C; addresses and whole sentences are no names."""
    text = re.sub(r"^\s*(?:(?:written|posted|published)\s+)?by[\s:]+", "", _line(text), flags=re.IGNORECASE)
    parts = re.split(r"\s*[;,|]\s*(?:and\s+)?|\s+(?:and|&)\s+", text)
    return tuple(
        dict.fromkeys(
            part
            for part in parts
            if len(part) <= _NAME and re.search(r"[^\W\d_]", part) and not re.search(r"^https?:|^www\.|@", part)
        )
    )


def _metas(root: Element) -> _Table:
    table = _Table()
    for meta in root.iter("meta"):
        content = _line(meta.get("content") or "")
        for attribute in ("property", "name", "itemprop"):
            name = (meta.get(attribute) or "").strip().lower()
            if name and content:
                table.tags.setdefault(name, []).append(content)
                break
    return table


def _story(root: Element) -> dict[str, Any]:
    """The JSON-LD object of the article; the first of them that has a headline, else the first."""
    found: list[dict[str, Any]] = []
    for script in root.iter("script"):
        if (script.get("type") or "").lower().strip() != "application/ld+json":
            continue
        try:
            found.extend(_objects(json.loads(raw_text(script), strict=False)))
        except (ValueError, RecursionError):
            continue  # a broken block of metadata is no reason to refuse the page
    stories = [item for item in found if any(_ARTICLE.match(kind) for kind in _list(item.get("@type")))]
    return next((story for story in stories if story.get("headline")), next(iter(stories), {}))


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            yield from (part for part in graph if isinstance(part, dict)) if isinstance(graph, list) else ()


def _language(root: Element, metas: _Table, story: dict[str, Any]) -> str:
    meta = metas.first("og:locale", "dc.language", "dcterms.language", "language")
    given = root.get("lang") or root.get("xml:lang") or _http_language(root) or meta or _text(story.get("inLanguage"))
    given = given.strip().replace("_", "-").split(",")[0]
    return given if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", given) else ""


def _http_language(root: Element) -> str:
    for meta in root.iter("meta"):
        if (meta.get("http-equiv") or "").lower() == "content-language":
            return meta.get("content") or ""
    return ""


def _authors(root: Element, metas: _Table, story: dict[str, Any]) -> tuple[str, ...]:
    people = tuple(filter(None, (_name(person) for person in _list(story.get("author")))))
    listed = people or tuple(name for value in metas.all(*_AUTHOR) for name in names_in(value))
    if listed:
        return tuple(dict.fromkeys(listed))
    for element in root.iter("a", "span", "p", "div", "address"):
        if element.get("itemprop") == "author" or "author" in words_of(element, "rel"):
            found = names_in(raw_text(element))
            if found:
                return found
    return ()


def _dates(root: Element, metas: _Table, story: dict[str, Any]) -> Iterator[str]:
    yield _text(story.get("datePublished"))
    for name in _DATE:
        yield metas.first(name)
    for element in root.iter("time"):
        if element.get("pubdate") is not None or "datePublished" in (element.get("itemprop") or ""):
            yield element.get("datetime") or ""
    times = list(root.iter("time"))
    if len(times) == 1:
        yield times[0].get("datetime") or ""


def _link(root: Element, relation: str) -> str:
    for name in ("link", "a"):
        for element in root.iter(name):
            if relation in words_of(element, "rel") and element.get("href"):
                return (element.get("href") or "").strip()
    return ""


def _commons(root: Element) -> str:
    """The one Creative Commons licence that the page links to; empty where it names several or none."""
    links = (element.get("href") or "" for element in root.iter("a"))
    found = {link.strip() for link in links if _COMMONS.match(link.strip())}
    return found.pop() if len(found) == 1 else ""


def _explicit(rating: str, story: dict[str, Any]) -> bool | None:
    family = story.get("isFamilyFriendly")
    rated = f"{rating} {_text(story.get('contentRating'))}"
    if _EXPLICIT.search(rated) or _text(family).lower() == "false" or family is False:
        return True
    return False if _CLEAN.search(rated) or family is True or _text(family).lower() == "true" else None


def _name(value: Any) -> str:
    name = _text(value.get("name")) if isinstance(value, dict) else _text(value)
    return name if len(name) <= _NAME and not name.startswith("http") else ""


def _address(value: Any) -> str:
    first = next(iter(_list(value)), "")
    return _text(first.get("url") or first.get("@id")) if isinstance(first, dict) else _text(first)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: Any) -> str:
    return _line(value) if isinstance(value, str) else ""


def _line(text: str) -> str:
    return " ".join(text.split())


def _in_svg(element: Element) -> bool:
    return any(tag(up) == "svg" for up in element.iterancestors())
