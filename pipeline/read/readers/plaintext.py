"""Plain text without markup: paragraphs, lists, and the headings that only look like it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.errors import ReadError
from pipeline.model.document import Block, Break, Document, Heading, Item, List, Paragraph, Position, Quote, Span
from pipeline.text.headings import Found, detect
from pipeline.text.plain_blocks import Chunk, bullet, chunks, is_rule, number, quoted
from pipeline.text.plain_decode import decode
from pipeline.text.plain_language import guess_language
from pipeline.text.plain_names import title_from
from pipeline.text.plain_words import says_something, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

SUFFIXES = (".txt", ".text")
MEDIA_TYPES = ("text/plain",)
MAX_LINES = 300_000
"""Lines of the longest text: five times a long novel; reading them takes some seconds."""

Entry = tuple[int | None, str]
"""Number of a list entry, None for a bullet, and its text."""


def read(data: bytes, *, uri: str) -> Document:
    """The article in ``data``.

    Args:
        data: The whole file, UTF-8 or UTF-16 with its byte order mark.
        uri: Where it came from; its name is the title where the text begins with none.

    Raises:
        ReadError: ``data`` is no text, holds nothing to say, or more lines than `MAX_LINES`.
    """
    text = decode(data, uri)
    count = text.count("\n")
    if count > MAX_LINES:
        raise ReadError(f"this text has {count:,} lines, more than the {MAX_LINES:,} allowed: split it", uri)
    parts = chunks(text)
    found = {heading.index: heading for heading in detect(parts)}
    title = _title(parts, found)
    blocks = tuple(_blocks(parts[1:] if title else parts, found, 1 if title else 0))
    if not says_something(blocks):
        raise ReadError("there is nothing to read in this text", uri)
    return Document(title=title or title_from(uri), language=guess_language(text_of(blocks)), blocks=blocks)


def _title(parts: tuple[Chunk, ...], found: dict[int, Found]) -> str:
    """The first block, if it is a heading or a line so short and without a stop that it can be nothing else."""
    if 0 in found:
        return found[0].title
    first = parts[0]
    lone = len(first.lines) == 1 and len(first.text) <= 120 and len(parts) > 1 and len(parts[1].text) > 1
    if lone and not first.text.endswith((".", ",", ";", ":", "…")) and not _entry(first) and not is_rule(first.text):
        return first.text if any(map(str.isalpha, first.text)) else ""
    return ""


def _blocks(parts: tuple[Chunk, ...], found: dict[int, Found], offset: int) -> Iterator[Block]:
    entries = [None if at + offset in found else _entry(part) for at, part in enumerate(parts)]
    at = 0
    while at < len(parts):
        part = parts[at]
        heading = found.get(at + offset)
        end = at + 1
        if heading:
            yield Heading(level=heading.level, text=(Span(text=heading.title),), position=_place(part))
        elif is_rule(part.text):
            yield Break(position=_place(part))
        elif _is_quoted(part):
            while end < len(parts) and _is_quoted(parts[end]) and not parts[end].before:
                end += 1
            yield _quote(parts[at:end])
        elif entries[at]:
            while end < len(parts) and _follows(entries[end - 1], entries[end]):
                end += 1
            yield _list(parts[at:end], [entry for entry in entries[at:end] if entry])
        else:
            yield _paragraph(part.text, part)
        at = end


def _is_quoted(part: Chunk) -> bool:
    return all(quoted(line) is not None for line in part.lines)


def _quote(parts: tuple[Chunk, ...]) -> Quote:
    """What an e-mail quotes, its paragraphs and lists found anew without the marks in front."""
    first = parts[0].line
    lines = [quoted(line) or "" for part in parts for line in part.lines]
    inner = tuple(replace(part, line=first - 1 + part.line) for part in chunks("\n".join(lines)))
    return Quote(blocks=tuple(_blocks(inner, {}, 0)), position=Position(line=first, end_line=parts[-1].end_line))


def _entry(part: Chunk) -> Entry | None:
    """Number (None for a bullet) and text of a list entry; None for what is none."""
    numbered = number(part.lines[0])
    if numbered:
        return numbered[0], _joined(numbered[1], part)
    marked = bullet(part.lines[0])
    return (None, _joined(marked, part)) if marked is not None else None


def _joined(first: str, part: Chunk) -> str:
    return " ".join([*first.split(), *(word for line in part.lines[1:] for word in line.split())])


def _follows(entry: Entry | None, after: Entry | None) -> bool:
    """Whether ``after`` is the next entry of the list that ``entry`` belongs to."""
    if entry is None or after is None:
        return False
    if entry[0] is None or after[0] is None:
        return entry[0] is after[0]
    return after[0] == entry[0] + 1


def _list(parts: tuple[Chunk, ...], entries: list[Entry]) -> Block:
    first = entries[0][0]
    if len(entries) == 1 and (first is None or first != 1 or parts[0].lines[0].lstrip()[:1] in "–—-"):
        return _paragraph(parts[0].text, parts[0])  # a dash of dialogue, a year, a lone number
    items = tuple(
        Item(blocks=(_paragraph(text, part),), position=_place(part))
        for part, (_, text) in zip(parts, entries, strict=True)
    )
    place = Position(line=parts[0].line, end_line=parts[-1].end_line)
    return List(ordered=first is not None, items=items, start=first if first is not None else 1, position=place)


def _paragraph(text: str, part: Chunk) -> Paragraph:
    return Paragraph(text=(Span(text=text),), position=_place(part))


def _place(part: Chunk) -> Position:
    return Position(line=part.line, end_line=part.end_line)
