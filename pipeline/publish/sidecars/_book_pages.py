"""The article as the pages of a book: one a chapter, with what is heard of each and where its headings are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from pipeline.publish.sidecars._article_html import Look, article, escape
from pipeline.publish.sidecars._book import clean, level_of, nested, stem_of, title_of
from pipeline.publish.sidecars._page_words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pipeline.model.episode import Edition
    from pipeline.model.timeline import Cue
    from pipeline.publish.sidecars._article_html import Section, Shown
    from pipeline.publish.sidecars._book import Clip

ROOT = '<div xmlns:epub="http://www.idpf.org/2007/ops">'
"""What a body needs around it to be a document."""
_NO_WORDS = {"mark", "address"}
"""Classes of what a listener does not miss: the mark of a note, the address of a picture."""
_ID = re.compile(r'\sid="([^"]+)"')
_LINK = re.compile(r'(\shref=")#([^"]+)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What is heard of a page: the id of an element, and its sound."""

    id: str
    clip: Clip

    @property
    def note(self) -> bool:
        """Whether it is a footnote, which a listener may skip."""
        return self.clip.cue.role == "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """An entry of the table of contents.

    Attributes:
        level: In the article, from 1.
        line: What is heard first from there on; None where the page has no sound.
        first: Whether it is the page's own title.
    """

    level: int
    title: str
    line: Line | None
    first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A chapter as text.

    Attributes:
        stem: Of its file.
        body: XHTML, with ``epub:type``; links to other pages lead there.
        lines: In the order of hearing; empty where nothing of it is said.
        headings: The page's title, and the headings inside it.
        complete: Whether all words of it are heard; marks of notes and addresses of pictures do not count.
    """

    stem: str
    title: str
    body: str
    lines: tuple[Line, ...]
    headings: tuple[Heading, ...]
    complete: bool

    @property
    def duration_ms(self) -> int:
        """What its lines last."""
        return sum(line.clip.end_ms - line.clip.begin_ms for line in self.lines)


def pages(edition: Edition, clips: Iterable[Clip], *, suffix: str, images: Mapping[str, Shown]) -> tuple[Page, ...]:
    """The pages in reading order.

    Args:
        edition: As `pipeline.publish.sidecars._book.on_mp3` gives it.
        clips: One for each cue.
        suffix: Of the pages' files, such as ``.xhtml``.
        images: How pictures are shown, by source.
    """
    clip_of = {id(clip.cue): clip for clip in clips}
    sections = article(edition, Look(xml=True, images=images, undescribed=words_of(edition)["undescribed"]))
    # a note may stand in another chapter than its mark
    homes = {name: f"{stem_of(one.chapter)}{suffix}" for one in sections for name in _ID.findall(one.body)}
    return tuple(_page(edition, section, clip_of, homes) for section in sections)


def outline(entries: Sequence[tuple[int, str, str]]) -> str:
    """Level, words and address of each heading as lists inside lists."""
    pieces: list[str] = []
    depth = 0
    for level, (_, words, href) in zip(nested([level for level, _, _ in entries]), entries, strict=True):
        if level > depth:
            pieces.append("<ol>\n")
        else:
            pieces.append("</li>\n" + "</ol></li>\n" * (depth - level))
        pieces.append(f'<li><a href="{escape(href)}">{escape(words)}</a>')
        depth = level
    return "".join((*pieces, "</li>\n</ol>", "</li>\n</ol>" * (depth - 1)))


def _page(edition: Edition, section: Section, clip_of: Mapping[int, Clip], homes: Mapping[str, str]) -> Page:
    lines = tuple(Line(id=name, clip=clip_of[id(cue)]) for name, cue in section.cues)
    body = _LINK.sub(
        lambda link: f'{link[1]}{homes[link[2]]}#{link[2]}"' if link[2] in homes else link[0], section.body
    )
    root = ElementTree.fromstring(f"{ROOT}{body}</div>")  # noqa: S314 - it is our own writing
    return Page(
        stem=stem_of(section.chapter),
        title=title_of(edition, section.chapter),
        body=body,
        lines=lines,
        headings=tuple(_headings(edition, section.chapter, lines)),
        complete=not _silent(root, {line.id for line in lines}),
    )


def _silent(element: ElementTree.Element, heard: set[str]) -> bool:
    """Whether words stand in ``element`` that nobody hears."""
    if element.get("id") in heard or element.get("class") in _NO_WORDS:
        return False
    pieces = (element.text, *(child.tail for child in element))
    return any(c.isalnum() for piece in pieces if piece for c in piece) or any(_silent(one, heard) for one in element)


def _headings(edition: Edition, chapter: int, lines: tuple[Line, ...]) -> Iterator[Heading]:
    level = level_of(edition, chapter)
    yield Heading(level=level, title=title_of(edition, chapter), line=lines[0] if lines else None, first=True)
    for role, group in groupby(lines, key=lambda line: line.clip.cue.role):
        if role == "subheading":
            first, *rest = group
            words = " ".join(_words(line.clip.cue) for line in (first, *rest))
            yield Heading(level=level + 1, title=words, line=first, first=False)


def _words(cue: Cue) -> str:
    return clean(cue.written) or clean(cue.spoken)
