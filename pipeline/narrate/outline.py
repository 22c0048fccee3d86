"""The article's headings as chapters, and the footnotes that belong to each."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, fields, is_dataclass
from typing import TYPE_CHECKING

from pipeline.model.document import Aside, Footnote, Heading, List, Omission, Position, Quote, Span, Table
from pipeline.narrate.teller import written
from pipeline.narrate.trim import choice
from pipeline.text.words import has_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.model.document import Block, Document, Inline
    from pipeline.model.show import Profile


@dataclass(slots=True, kw_only=True)
class Section:
    """What becomes a chapter.

    Attributes:
        title: The heading's words; empty for what stands before the first heading of an article without a title.
        level: Depth of the heading, 1 for the article's own title.
        heading: The heading with its marks.
        blocks: What stands below it, deeper headings included.
        position: Place of the heading.
    """

    title: str
    level: int
    heading: Inline = ()
    blocks: list[Block] = field(default_factory=list)
    position: Position = field(default_factory=Position)


def sections(document: Document, *, chapter_level: int, omitted: list[Omission]) -> list[Section]:
    """The article in sections, the first with the article's own title.

    A heading without a word, and one that says the title above it again, begins no section: what stands below it
    belongs to the section above. Both are reported.

    Args:
        document: The article.
        chapter_level: The deepest heading that begins a section.
        omitted: Takes the reports.
    """
    title = " ".join(document.title.split())
    found = [Section(title=title if has_words(title) else "", level=1)]
    for block in document.blocks:
        if not isinstance(block, Heading) or block.level > chapter_level:
            found[-1].blocks.append(block)
            continue
        text = written(block.text)
        if not has_words(text):
            omitted.append(Omission(what=f"heading {text!r}", why="it holds no word", position=block.position))
        elif same_words(text, found[-1].title) and (len(found) == 1 or not found[-1].blocks):
            why = "it repeats the title above it"
            omitted.append(Omission(what=f"heading {text!r}", why=why, position=block.position))
        else:
            found.append(Section(title=text, level=block.level, heading=block.text, position=block.position))
    return [section for section in found if section.title or section.blocks]


def begins_with(text: str, heading: str) -> bool:
    """Whether ``text`` begins with all words of a heading that has several, letter case and punctuation aside."""
    words = _words(heading)
    return len(words) > 1 and _words(text)[: len(words)] == words


def same_words(one: str, other: str) -> bool:
    """Whether two texts say the same, letter case and punctuation aside; False where there is no word."""
    return bool(_words(one)) and _words(one) == _words(other)


def footnotes(node: object) -> Iterator[Footnote]:
    """All footnotes in a block, or in a tuple of blocks."""
    if isinstance(node, Footnote):
        yield node
    for part in _parts(node):
        yield from footnotes(part)


def marks(node: object, profile: Profile | None = None) -> Iterator[str]:
    """Ids of the notes that a block (or a tuple of blocks) refers to, in order; not those that its notes refer to.

    Args:
        node: What may refer to notes.
        profile: What it only announces refers to nothing, for a listener.
    """
    if isinstance(node, Span) and node.note:
        yield node.note
    if profile is not None and isinstance(node, (List, Table, Quote, Aside)) and choice(node, profile) == "announce":
        return
    for part in _parts(node):
        if not isinstance(part, Footnote):
            yield from marks(part, profile)


def due(section: Section, notes: Mapping[str, Footnote], said: set[str], profile: Profile) -> Iterator[Footnote]:
    """The notes to be said after the section: those it is the first to refer to, and those they refer to in turn.

    Args:
        section: The section.
        notes: The article's notes by id.
        said: Ids of the notes that have been said; those found now are added.
        profile: What is said of each construct.
    """
    waiting = [*marks(section.heading), *marks(tuple(section.blocks), profile)]
    while waiting:
        id = waiting.pop(0)
        if id in notes and id not in said:
            said.add(id)
            yield notes[id]
            waiting += marks(notes[id].blocks, profile)


def _parts(node: object) -> Iterator[object]:
    if isinstance(node, tuple):
        yield from node
    elif is_dataclass(node) and not isinstance(node, (Position, Span)):
        for one in fields(node):
            yield getattr(node, one.name)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())
