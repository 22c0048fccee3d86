"""The article as HTML or XHTML with an element for every sentence that is heard.

For the sidecars that show text and sound together::

    for section in article(edition, Look(xml=True, words=True)):
        section.chapter   # index into edition.timeline.chapters
        section.body      # well-formed: <h2><span class="s" id="u7k2qdaa">…</span></h2><p>…</p>
        section.cues      # ((element id, Cue), …) of this section, in the order of hearing

* All text is escaped; links lead to http, https and mailto only; no picture is shown but those in ``Look.images``.
* A sentence is ``<span class="s" id=…>``; a row of a table that is read as one is ``<tr class="s" id=…>``. What the
  narrator adds, and what a person added to the script, is ``<p class="narrator">``; a recording is
  ``<p class="music">``. So every cue has exactly one element, and its id is ``section.cues``' first value.
* Other classes: ``w`` (a word, only with ``Look.words``), ``narrator``, ``music``, ``description`` (of a picture),
  ``address``, ``table`` (around a table), ``aside``, ``note``, ``mark`` (of a note).
* With ``Look.times``, what is heard has ``data-t="START END"`` in seconds of the enclosure, and with words
  ``data-w="START END START END…"`` in ms from there, one pair for each ``w`` inside.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.model.document import Document, Heading, Paragraph, Position, Span
from pipeline.model.script import Pause, Utterance
from pipeline.publish.sidecars._article_grow import grow
from pipeline.publish.sidecars._article_look import Look, Shown, direction, escape
from pipeline.publish.sidecars._article_places import Found, Line, place
from pipeline.publish.sidecars._article_tree import Element, Tree
from pipeline.publish.sidecars._article_writer import Writer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.model.document import Block
    from pipeline.model.episode import Edition
    from pipeline.model.script import Script
    from pipeline.model.timeline import Cue

MUSIC = "[music]"
"""What stands in a transcript for a recording."""
__all__ = ["MUSIC", "Look", "Section", "Shown", "article", "direction", "escape", "names_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """What is heard in one chapter, as it stands in the article.

    Attributes:
        chapter: Index into ``timeline.chapters``; 0 where there is none.
        body: HTML or XHTML, without an element around it.
        cues: (id of the element, cue) in the order of hearing.
    """

    chapter: int
    body: str
    cues: tuple[tuple[str, Cue], ...]


def article(edition: Edition, look: Look) -> tuple[Section, ...]:
    """The article in sections, one a chapter, the first beginning with the title as ``<h1>``."""
    look = replace(look, direction=direction(edition.document.language or edition.script.language))
    cues = edition.timeline.cues
    utterances = {one.id: one for one in edition.script.utterances()}
    document = edition.document if edition.document.blocks else _document(edition.script, edition.document)
    tree = grow(document, look)
    known = [(cue, utterances[cue.id].origin if cue.id in utterances else Position()) for cue in cues]
    homes = place(tree.lines, known)
    names = dict(zip(map(id, cues), names_of(cues), strict=True))
    elements = [tree.homes[id(line)] if line else None for line in homes]
    for index, element in enumerate(elements):
        if element is None:
            elements[index] = _add(tree, index, cues[index], known[index][1], elements)
    tops = [_top(element) for element in elements if element is not None]
    chapter_of: dict[int, int] = {}
    for cue, top in zip(cues, tops, strict=True):
        chapter_of.setdefault(id(top), cue.chapter)
    chapter = 0
    chapters: dict[int, list[Element]] = {}
    waiting: list[Element] = []  # headings that nobody reads belong to what follows
    for one in tree.root.inside:
        if not isinstance(one, Element):
            continue
        if id(one) not in chapter_of and re.fullmatch("h[2-6]", one.tag):
            waiting.append(one)
            continue
        chapter = chapter_of.setdefault(id(one), chapter)
        chapters.setdefault(chapter, []).extend((*waiting, one))
        waiting.clear()
    chapters.setdefault(chapter, []).extend(waiting)
    writer = Writer(
        look=look,
        names=names,
        notes=tree.notes,
        utterances=utterances,
        rate_hz=edition.timeline.sample_rate_hz,
    )
    heard: dict[int, list[tuple[str, Cue]]] = {}
    for cue, top in zip(cues, tops, strict=True):
        heard.setdefault(chapter_of[id(top)], []).append((names[id(cue)], cue))
    return tuple(
        Section(
            chapter=number,
            body="\n".join(map(writer.element, chapters[number])),
            cues=tuple(heard.get(number, ())),
        )
        for number in sorted(chapters)
    )


def names_of(cues: Sequence[Cue]) -> tuple[str, ...]:
    """Ids of the cues' elements: the cue's own where it is fit and not used before."""
    used: set[str] = set()
    names = []
    for number, cue in enumerate(cues, 1):
        fit = re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", cue.id) and not cue.id.startswith(("note-", "mark-"))
        name = cue.id if fit and cue.id not in used else f"cue-{number}"
        used.add(name)
        names.append(name)
    return tuple(names)


def _top(element: Element) -> Element:
    while element.parent is not None and element.parent.parent is not None:
        element = element.parent
    return element


def _document(script: Script, document: Document) -> Document:
    """A script as an article: chapters as headings, what stands between two pauses as a paragraph."""
    blocks: list[Block] = []
    for chapter in script.chapters:
        if chapter.title and (blocks or chapter.title != document.title):
            blocks.append(Heading(level=max(2, chapter.level), text=(Span(text=chapter.title),)))
        sentences: list[str] = []
        for line in (*chapter.lines, Pause(duration_ms=0)):
            if isinstance(line, Utterance) and line.role != "heading":
                sentences += filter(None, [line.written])
            elif isinstance(line, Pause) and sentences:
                blocks.append(Paragraph(text=(Span(text=" ".join(sentences)),)))
                sentences = []
    return replace(document, blocks=tuple(blocks))


def _add(tree: Tree, index: int, cue: Cue, position: Position, elements: Sequence[Element | None]) -> Element:
    """A paragraph for what is not in the article, in front of what is heard next."""
    text = cue.spoken if cue.spoken.strip() else MUSIC
    line = Line(text=text, spans=(Span(text=text),))
    line.found.append(Found(cue=cue, start=0, end=len(text), at=-1))
    before = _ancestors(elements[index - 1]) if index else []
    target = tree.blocks.get(position) if position != Position() else None
    if target is None or target in before:
        later = next((one for one in elements[index + 1 :] if one is not None), None)
        outer = [one for one in _ancestors(later) if one.block and one not in before]
        shared = [one for one in _ancestors(later) if one.block]  # between two lines of one table
        target = outer[-1] if outer else shared[0] if shared else None
    parent = target.parent if target is not None and target.parent is not None else tree.root
    made = Element(tag="p", attributes={"class": "narrator" if text is cue.spoken else "music"}, parent=parent)
    made.inside.append(line)
    parent.inside.insert(parent.inside.index(target) if target is not None else len(parent.inside), made)
    return made


def _ancestors(element: Element | None) -> list[Element]:
    found = []
    while element is not None:
        found.append(element)
        element = element.parent
    return found
