"""The title of a page's article: a heading that agrees with what the page calls itself."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from pipeline.text.dom.clutter import why_hidden
from pipeline.text.dom.sections import same_text
from pipeline.text.dom.source import one_line, tag

if TYPE_CHECKING:
    from pipeline.text.dom.article import Place
    from pipeline.text.dom.meta import Said
    from pipeline.text.dom.source import Element

_SEPARATOR = re.compile(r"(\s+[|\-–—·•:»/<]+\s+|\s*[|»_]\s*|--+|-|:\s+)")
"""What stands between a title and the names of section and site."""
_LONGEST = 400
"""Characters of a title from which it is not taken apart."""
_HEADS = 20
"""Headings of level 1 that are looked at."""
_SECTIONS = 2
"""Headings of level 2 that may be the title of a page whose ``<h1>`` is the name of the site."""


def title_of(root: Element, here: Place, page: Said) -> str:
    """The heading that shows one of the page's titles, or else the most trusted of them; empty without either."""
    inside, heads = _heads(here.mark), _heads(root)
    for title in page.titles:
        for head in (*inside, *heads):
            if same_text(head, title):
                return head
    for title in page.titles:
        parts = [part for part in _parts(title) if not same_text(part, page.site)]
        for head in (*inside, *heads) if title == page.titles[0] else inside:
            if _is_one(head, parts):
                return _rest(head, parts, here) or head
    if page.titles:
        return _without_site(page.titles[0], page.site)
    return next(iter(heads), "")


def _rest(head: str, parts: list[str], here: Place) -> str:
    """The article's heading where ``head``, outside of it, names the site; else empty."""
    if head in _heads(here.element):
        return ""
    rest = [part for part in parts if part not in head and head not in part]
    return next((line for line in _heads(here.element, "h2", _SECTIONS) if _is_one(line, rest)), "")


def _is_one(line: str, parts: list[str]) -> bool:
    return any(same_text(line, part) for part in parts)


def _heads(element: Element, name: str = "h1", most: int = _HEADS) -> list[str]:
    """The texts of the headings of a level that are seen in ``element``, without the marks of their links."""
    seen = islice((heading for heading in element.iter(name) if not _is_unseen(heading)), most)
    return [line for heading in seen if (line := one_line(heading).rstrip(" #¶§"))]


def _is_unseen(element: Element) -> bool:
    return any(why_hidden(up) or tag(up) in ("nav", "aside") for up in (element, *element.iterancestors()))


def _parts(title: str) -> list[str]:
    """What a title may be once the names of site and section are cut off on either side."""
    pieces = _SEPARATOR.split(title) if len(title) <= _LONGEST else [title]
    count = len(pieces)
    return ["".join(pieces[:end]) for end in range(1, count, 2)] + ["".join(pieces[at:]) for at in range(2, count, 2)]


def _without_site(title: str, site: str) -> str:
    pieces = _SEPARATOR.split(title) if site and len(title) <= _LONGEST else [title]
    for end in range(1, len(pieces), 2):
        if same_text("".join(pieces[end + 1 :]), site):
            return "".join(pieces[:end])
    return title
