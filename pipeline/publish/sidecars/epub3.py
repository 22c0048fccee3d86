"""The episode as a book that is read and heard at once: EPUB 3.3 with Media Overlays.

Sources: W3C EPUB 3.3 (package document, media overlays), EPUB Accessibility 1.1 and its techniques, among them which
access modes a book of text and sound together has. The book claims no conformance to WCAG: nobody has looked at it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from pipeline.contracts import Written
from pipeline.publish.sidecars._article_look import direction
from pipeline.publish.sidecars._book import facts, on_mp3, sounds
from pipeline.publish.sidecars._book_pages import pages
from pipeline.publish.sidecars._epub3_access import access
from pipeline.publish.sidecars._epub3_package import CONTAINER, STYLE, navigation, package
from pipeline.publish.sidecars._pictures import GIF, JPEG, PNG, WEBP, packed
from pipeline.publish.sidecars._zip import zipped

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.model.episode import Edition
    from pipeline.publish.sidecars._book import Clip
    from pipeline.publish.sidecars._book_pages import Line, Page

NEEDS = "mp3"
"""The format that it is made from."""
MEDIA_TYPE = "application/epub+zip"


def write(edition: Edition, out: Path) -> tuple[Written, ...]:
    """Write ``NAME.epub``: a page, an overlay and a sound file for each chapter.

    Raises:
        UsageError: The episode has no MP3.
    """
    edition, mp3 = on_mp3(edition, sidecar="epub3")
    about = facts(edition)
    name = f"{edition.name}.epub"
    with zipped(out / name) as add:
        add("mimetype", MEDIA_TYPE.encode("ascii"))
        add("META-INF/container.xml", CONTAINER.encode("utf-8"))
        add("EPUB/style.css", STYLE.encode("utf-8"))
        if edition.tags.cover:
            add("EPUB/cover.jpg", edition.tags.cover)
        clips: list[Clip] = []
        for sound in sounds(edition, mp3):
            add(f"EPUB/{sound.stem}.mp3", sound.data)
            clips += sound.clips
        images, kept = packed(edition, lambda file, data: add(f"EPUB/{file}", data), allowed=(GIF, JPEG, PNG, WEBP))
        book = pages(edition, clips, suffix=".xhtml", images=images)
        for page in book:
            add(f"EPUB/{page.stem}.xhtml", _page(page, about.language).encode("utf-8"))
            if page.lines:
                add(f"EPUB/{page.stem}.smil", _overlay(page).encode("utf-8"))
        add("EPUB/nav.xhtml", navigation(about, book).encode("utf-8"))
        described = package(
            about,
            edition.tags,
            book,
            sounds=tuple(dict.fromkeys(clip.stem for clip in clips)),
            pictures=kept,
            access=access(edition, complete=all(page.complete for page in book)),
        )
        add("EPUB/package.opf", described.encode("utf-8"))
    return (Written(path=name, media_type=MEDIA_TYPE),)


def _page(page: Page, language: str) -> str:
    tongue, way = quoteattr(language), direction(language)
    return f"""<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang={tongue} xml:lang={tongue}
 dir="{way}">
<head>
<title>{escape(page.title)}</title>
<link rel="stylesheet" type="text/css" href="style.css"/>
</head>
<body>
<section epub:type="chapter" role="doc-chapter" aria-label={quoteattr(page.title)}>
{page.body}
</section>
</body>
</html>
"""


def _overlay(page: Page) -> str:
    pars = "\n".join(_par(page, line) for line in page.lines)
    return f"""<?xml version="1.0" encoding="utf-8"?>
<smil xmlns="http://www.w3.org/ns/SMIL" xmlns:epub="http://www.idpf.org/2007/ops" version="3.0">
<body epub:textref="{page.stem}.xhtml" epub:type="chapter">
{pars}
</body>
</smil>
"""


def _par(page: Page, line: Line) -> str:
    kind = ' epub:type="footnote"' if line.note else ""
    clip = line.clip
    return (
        f'<par id="p-{line.id}"{kind}><text src="{page.stem}.xhtml#{line.id}"/>'
        f'<audio src="{clip.stem}.mp3" clipBegin="{_seconds(clip.begin_ms)}" clipEnd="{_seconds(clip.end_ms)}"/></par>'
    )


def _seconds(ms: int) -> str:
    return f"{ms // 1000}.{ms % 1000:03}s"
