"""Word documents (.docx): what their styles, lists, tables, notes, formulas and revisions say, by way of mammoth."""

from __future__ import annotations

from pipeline.errors import ReadError
from pipeline.model.document import Block, Document, Heading, Meta, plain
from pipeline.text.docx.document import read_word
from pipeline.text.dom.sections import same_text
from pipeline.text.plain_dates import iso_date
from pipeline.text.plain_language import guess_language
from pipeline.text.plain_names import title_from
from pipeline.text.plain_words import says_something, text_of
from pipeline.text.walk import walk

SUFFIXES = (".docx",)
MEDIA_TYPES = ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",)


def read(data: bytes, *, uri: str) -> Document:
    """The article in ``data``.

    Positions are numbers of paragraphs, from 1, those in tables and text boxes included.

    Args:
        data: The whole file.
        uri: Where it came from; its name is the title of last resort.

    Raises:
        ReadError: ``data`` is no Word document, an old or a protected one, is not safe to open, or holds nothing to
            say.
    """
    word = read_word(data, uri)
    blocks, omitted = walk(word.root, language=word.language, own=True)
    title, blocks = _title(word.front.title, word.core.title, blocks)
    if not says_something(blocks):
        raise ReadError("there is nothing to read in this document beside its title", uri)
    language = word.language if word.language != "und" else guess_language(text_of(blocks))
    return Document(
        title=title or title_from(uri),
        language=language,
        authors=word.front.authors or word.core.authors,
        published=iso_date(word.front.date) or word.core.created,
        meta=Meta(description=word.core.description),
        blocks=blocks,
        omitted=(*word.omitted, *omitted),
    )


def _title(shown: str, told: str, blocks: tuple[Block, ...]) -> tuple[str, tuple[Block, ...]]:
    """The title, and ``blocks`` without the heading that shows it."""
    given = shown or told
    heads = [block for block in blocks if isinstance(block, Heading) and block.level == 1]
    if not given and len(heads) == 1:
        given = plain(heads[0].text)
    for at, block in enumerate(blocks):
        if isinstance(block, Heading) and block.level == 1 and same_text(plain(block.text), given):
            return given, blocks[:at] + blocks[at + 1 :]
    return given, blocks
