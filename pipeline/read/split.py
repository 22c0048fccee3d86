"""A book → its chapters, each a document of its own."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.model.document import Block, Document, Footnote, Heading, Omission, plain, spans, texts

if TYPE_CHECKING:
    from collections.abc import Sequence

_PART = re.compile(r"(?:part|book|volume|teil|buch|band|partie|livre|tome|parte|libro)\b", re.IGNORECASE)


def by_chapter(document: Document) -> tuple[tuple[str, Document], ...]:
    """The chapters of ``document``, each with a key that stays while other chapters come and go.

    A chapter begins at a heading of the highest level; where that is a part (“Part One”) with chapters and no text of
    its own, its chapters are taken. What stands before the first heading is a document under the book's own title.
    Notes go to the chapter that refers to them; the site is the book, and the part where there is one.
    """
    parts = list(_chapters(document.title, document.title, document.blocks))
    placed = _notes_to_references([blocks for _, _, blocks in parts])
    found: list[tuple[str, Document]] = []
    bare: list[Omission] = []
    keys: dict[str, int] = {}
    for (title, site, _), blocks in zip(parts, placed, strict=True):
        if not any(text.strip() for text in texts(blocks)):
            bare += [Omission(what=title, why="chapter without a text")] if title != document.title else []
            continue
        name = "opening" if title == document.title else title
        key = re.sub(r"[\W_]+", "-", name.casefold()).strip("-") or "chapter"
        keys[key] = keys.get(key, 0) + 1
        key = key if keys[key] == 1 else f"{key}-{keys[key]}"
        meta = replace(document.meta, site=site or document.meta.site, description="")
        found.append((key, replace(document, title=title, blocks=_raised(blocks), meta=meta, omitted=())))
    if found:
        key, first = found[0]
        found[0] = (key, replace(first, omitted=(*document.omitted, *bare)))
    return tuple(found)


def _chapters(title: str, site: str, blocks: Sequence[Block]) -> list[tuple[str, str, tuple[Block, ...]]]:
    """Title, site and blocks of each chapter."""
    level = min((block.level for block in blocks if isinstance(block, Heading)), default=0)
    starts = [at for at, block in enumerate(blocks) if isinstance(block, Heading) and block.level == level]
    if not starts:
        return [(title, site, tuple(blocks))]
    found = [(title, site, tuple(blocks[: starts[0]]))] if starts[0] else []
    for start, end in zip(starts, [*starts[1:], len(blocks)], strict=True):
        head, rest = blocks[start], tuple(blocks[start + 1 : end])
        name = plain(head.text) if isinstance(head, Heading) else ""
        divided = sum(isinstance(block, Heading) for block in rest) > 1
        if divided and isinstance(rest[0], Heading) and _PART.match(name):
            found += _chapters(name, f"{site}, {name}", rest)
        else:
            found.append((name, site, rest))
    return found


def _notes_to_references(parts: list[tuple[Block, ...]]) -> list[tuple[Block, ...]]:
    """``parts``, each note moved to the end of the first part that refers to it, if that is another one."""
    home: dict[str, int] = {}
    for at, blocks in enumerate(parts):
        for span in spans(blocks):
            if span.note:
                home.setdefault(span.note, at)
    out: list[list[Block]] = [[] for _ in parts]
    moved: list[list[Block]] = [[] for _ in parts]
    for at, blocks in enumerate(parts):
        for block in blocks:
            to = home.get(block.id, at) if isinstance(block, Footnote) else at
            (out[at] if to == at else moved[to]).append(block)
    return [(*_without_bare(own, blocks), *notes) for own, blocks, notes in zip(out, parts, moved, strict=True)]


def _without_bare(own: list[Block], before: tuple[Block, ...]) -> list[Block]:
    """``own`` without the headings under which nothing is left since the notes went."""
    kept = list(own)
    while len(own) < len(before) and kept and isinstance(kept[-1], Heading):
        kept.pop()
    return kept


def _raised(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """``blocks`` with their headings moved up so that the highest has level 2."""
    shift = min((block.level for block in blocks if isinstance(block, Heading)), default=2) - 2
    return tuple(
        replace(block, level=max(2, block.level - shift)) if isinstance(block, Heading) else block for block in blocks
    )
