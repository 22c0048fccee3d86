"""The navigation control centre of a DAISY 2.02 book: ``ncc.html``, what it is and where its headings are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.publish.sidecars._article_html import escape
from pipeline.publish.sidecars._book import clean, nested
from pipeline.publish.sidecars._daisy202_smil import GENERATOR, clock, metas, par_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.model.episode import Tags
    from pipeline.publish.sidecars._book import Facts
    from pipeline.publish.sidecars._book_pages import Page

_TITLE = ' class="title"'


def control_centre(about: Facts, tags: Tags, book: Sequence[Page], *, files: int) -> str:
    """The whole file.

    Args:
        about: What must be said.
        tags: The rest.
        book: In reading order.
        files: How many the book has, this one included.
    """
    entries = list(_entries(about, book))
    levels = list(nested([level for level, _, _ in entries]))
    items = "".join(
        f'<h{level} id="item{number + 1}"{"" if number else _TITLE}><a href="{href}">{escape(words)}</a></h{level}>\n'
        for number, (level, (_, words, href)) in enumerate(zip(levels, entries, strict=True))
    )
    said = {
        "dc:title": about.title,
        "dc:date": about.date,
        "dc:format": "Daisy 2.02",
        "dc:identifier": about.identifier,
        "dc:language": about.language,
        "dc:publisher": about.publisher,
        "dc:rights": clean(tags.licence),
        "dc:source": clean(tags.link),
        "dc:description": clean(tags.comment),
        "ncc:charset": "utf-8",
        "ncc:depth": str(max(levels)),
        "ncc:files": str(files),
        "ncc:footnotes": str(sum(page.body.count('role="doc-footnote"') for page in book)),
        "ncc:generator": GENERATOR,
        "ncc:maxPageNormal": "0",
        "ncc:multimediaType": "audioFullText",
        "ncc:narrator": clean(tags.narrator),
        "ncc:pageFront": "0",
        "ncc:pageNormal": "0",
        "ncc:pageSpecial": "0",
        "ncc:prodNotes": "0",
        "ncc:setInfo": "1 of 1",
        "ncc:sidebars": "0",
        "ncc:tocItems": str(len(entries)),
        "ncc:totalTime": clock(sum(page.duration_ms for page in book)),
    }
    creators = "".join(metas({"dc:creator": author}) for author in about.authors)
    described = creators + metas({name: content for name, content in said.items() if content})
    return f"""<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" lang="{about.language}" xml:lang="{about.language}">
<head>
<meta http-equiv="Content-type" content="text/html; charset=utf-8"/>
<title>{escape(about.title)}</title>
{described}</head>
<body>
{items}</body>
</html>
"""


def _entries(about: Facts, book: Sequence[Page]) -> Iterator[tuple[int, str, str]]:
    """Level, words and place of the book's title and of each heading that is heard."""
    heard = [(page, heading) for page in book for heading in page.headings if heading.line is not None]
    for number, (page, heading) in enumerate(heard):
        assert heading.line is not None
        href = f"{page.stem}.smil#{par_of(heading.line)}"
        if not number:
            yield 1, about.title, href
        if number or heading.title != about.title:
            yield heading.level, heading.title, href
