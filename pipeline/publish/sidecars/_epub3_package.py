"""Package document, navigation and style of an EPUB with Media Overlays."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from pipeline.publish.sidecars._article_look import direction
from pipeline.publish.sidecars._book import clean
from pipeline.publish.sidecars._book_pages import outline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pipeline.model.episode import Tags
    from pipeline.publish.sidecars._book import Facts
    from pipeline.publish.sidecars._book_pages import Heading, Page

CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
ACTIVE = "-epub-media-overlay-active"
STYLE = f"""body {{ line-height: 1.5; margin: 1em; }}
aside {{ border-left: 0.2em solid; margin-left: 0; padding-left: 1em; }}
blockquote {{ font-style: italic; }}
img {{ max-width: 100%; height: auto; }}
nav ol {{ list-style: none; padding-left: 1em; }}
/* what is heard is underlined too: colour alone would leave some readers out */
.{ACTIVE} {{
  background-color: #ffe9a8; color: #000000;
  text-decoration-line: underline; text-decoration-thickness: 0.15em; text-underline-offset: 0.2em;
}}
"""


def package(
    about: Facts,
    tags: Tags,
    book: Sequence[Page],
    *,
    sounds: Sequence[str],
    pictures: Mapping[str, str],
    access: Iterable[str],
) -> str:
    """The package document.

    Args:
        about: What must be said.
        tags: The rest.
        book: In reading order.
        sounds: Stems of the sound files.
        pictures: Media types of their files, by name.
        access: What readers with one sense or another can do with it, as elements.
    """
    described = "\n".join((*_described(about, tags), *_durations(book), *access))
    manifest = "\n".join(_manifest(book, sounds, pictures, cover=bool(tags.cover)))
    spine = "\n".join(f'<itemref idref="{page.stem}"/>' for page in book)
    return f"""<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang={quoteattr(about.language)}>
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
{described}
</metadata>
<manifest>
{manifest}
</manifest>
<spine page-progression-direction="{direction(about.language)}">
{spine}
</spine>
</package>
"""


def navigation(about: Facts, book: Sequence[Page]) -> str:
    """The table of contents and the landmarks."""
    entries = [
        (heading.level, heading.title, f"{page.stem}.xhtml{_place(heading)}")
        for page in book
        for heading in page.headings
    ]
    contents = outline(entries)
    tongue, way, title = quoteattr(about.language), direction(about.language), escape(about.title)
    return f"""<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang={tongue} xml:lang={tongue}
 dir="{way}">
<head>
<title>{title}</title>
<link rel="stylesheet" type="text/css" href="style.css"/>
</head>
<body>
<nav epub:type="toc" role="doc-toc" id="toc" aria-label={quoteattr(about.title)}>
<h1>{title}</h1>
{contents}
</nav>
<nav epub:type="landmarks" hidden="hidden" aria-label="Landmarks" lang="en" xml:lang="en">
<ol>
<li><a epub:type="bodymatter" href="{book[0].stem}.xhtml">Text</a></li>
</ol>
</nav>
</body>
</html>
"""


def clock(ms: int) -> str:
    """``H:MM:SS.mmm``, a clock value of SMIL."""
    seconds, ms = divmod(ms, 1000)
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}.{ms:03}"


def _described(about: Facts, tags: Tags) -> Iterator[str]:
    yield f'<dc:identifier id="id">{about.identifier}</dc:identifier>'
    yield f"<dc:title>{escape(about.title)}</dc:title>"
    yield f"<dc:language>{about.language}</dc:language>"
    for number, author in enumerate(about.authors, 1):
        yield f'<dc:creator id="author{number}">{escape(author)}</dc:creator>'
        yield f'<meta refines="#author{number}" property="role" scheme="marc:relators">aut</meta>'
    yield f"<dc:publisher>{escape(about.publisher)}</dc:publisher>"
    yield f"<dc:date>{about.date}</dc:date>"
    for name, text in (("description", tags.comment), ("rights", tags.licence), ("source", tags.link)):
        if clean(text):
            yield f"<dc:{name}>{escape(clean(text))}</dc:{name}>"
    yield f'<meta property="dcterms:modified">{about.date}T00:00:00Z</meta>'


def _place(heading: Heading) -> str:
    return "" if heading.first or heading.line is None else f"#{heading.line.id}"


def _durations(book: Sequence[Page]) -> Iterator[str]:
    yield f'<meta property="media:duration">{clock(sum(page.duration_ms for page in book))}</meta>'
    for page in book:
        if page.lines:
            yield f'<meta property="media:duration" refines="#{page.stem}-overlay">{clock(page.duration_ms)}</meta>'
    yield f'<meta property="media:active-class">{ACTIVE}</meta>'


def _manifest(
    book: Sequence[Page], sounds: Sequence[str], pictures: Mapping[str, str], *, cover: bool
) -> Iterator[str]:
    yield '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
    yield '<item id="style" href="style.css" media-type="text/css"/>'
    if cover:
        yield '<item id="cover" href="cover.jpg" media-type="image/jpeg" properties="cover-image"/>'
    for page in book:
        overlay = f"{page.stem}-overlay"
        heard = f' media-overlay="{overlay}"' if page.lines else ""
        yield f'<item id="{page.stem}" href="{page.stem}.xhtml" media-type="application/xhtml+xml"{heard}/>'
        if page.lines:
            yield f'<item id="{overlay}" href="{page.stem}.smil" media-type="application/smil+xml"/>'
    for stem in sounds:
        yield f'<item id="{stem}-sound" href="{stem}.mp3" media-type="audio/mpeg"/>'
    for name, media_type in pictures.items():
        yield f'<item id="{name.partition(".")[0]}" href="{name}" media-type="{media_type}"/>'
