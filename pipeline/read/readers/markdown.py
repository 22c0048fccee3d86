"""Markdown articles: CommonMark with front matter, tables, footnotes, tasks, definitions, boxes and HTML inside."""

from __future__ import annotations

from pipeline.errors import ReadError
from pipeline.model.document import Block, Document, Heading, Meta, plain
from pipeline.text.counted import counted
from pipeline.text.dom.pull import without_repeats
from pipeline.text.dom.sections import same_text
from pipeline.text.markdown.front_matter import front_matter, list_in, text_in, truth_in
from pipeline.text.markdown.parse import parse_markdown
from pipeline.text.plain_dates import iso_date
from pipeline.text.plain_decode import decode
from pipeline.text.plain_language import guess_language
from pipeline.text.plain_names import title_from
from pipeline.text.plain_words import says_something, text_of
from pipeline.text.walk import walk

SUFFIXES = (".md", ".markdown", ".mdown", ".mkd")
MEDIA_TYPES = ("text/markdown",)


def read(data: bytes, *, uri: str) -> Document:
    """The article in ``data``.

    Args:
        data: The whole file, UTF-8 or UTF-16 with its byte order mark.
        uri: Where it came from; its name is the title of last resort.

    Raises:
        ReadError: ``data`` is no text, or holds nothing to say.
    """
    front, root = parse_markdown(decode(data, uri), uri)
    said = front_matter(front)
    language = text_in(said, "language", "lang", "locale").replace("_", "-")
    link = text_in(said, "link", "url", "canonical", "canonical_url")
    blocks, omitted = walk(root, language=language or "und", own=True)
    title, blocks = _title(text_in(said, "title"), blocks)
    blocks, repeats = without_repeats(blocks)
    if not says_something(blocks):
        raise ReadError("there is nothing to read in this article beside its title", uri)
    return Document(
        title=title or title_from(uri),
        language=language or guess_language(text_of(blocks)),
        authors=list_in(said, "authors", "author", "by"),
        published=iso_date(text_in(said, "date", "published", "pubdate", "publishdate")),
        draft=truth_in(said, "draft") is True or truth_in(said, "published") is False,
        meta=Meta(
            description=text_in(said, "description", "summary", "abstract"),
            link=link,
            image=text_in(said, "image", "cover"),
            licence=text_in(said, "licence", "license"),
            site=text_in(said, "site", "publication"),
            explicit=truth_in(said, "explicit"),
            season=counted(text_in(said, "season")),
            number=counted(text_in(said, "episode", "episode_number")),
        ),
        blocks=blocks,
        omitted=(*omitted, *repeats),
    )


def _title(given: str, blocks: tuple[Block, ...]) -> tuple[str, tuple[Block, ...]]:
    """The title, and ``blocks`` without the heading that shows it: the first of level 1."""
    for at, block in enumerate(blocks):
        if isinstance(block, Heading) and block.level == 1 and (not given or same_text(plain(block.text), given)):
            return given or plain(block.text), blocks[:at] + blocks[at + 1 :]
    return given, blocks
