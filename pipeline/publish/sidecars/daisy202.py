"""The episode as a DAISY 2.02 book with full text and full audio, for players of libraries: a folder, and a zip of it.

Source: DAISY 2.02 Specification (2001). Its words are XHTML 1.0, its timing SMIL 1.0; a player begins at ``ncc.html``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree

from pipeline.contracts import Written
from pipeline.publish.sidecars._article_html import direction, escape
from pipeline.publish.sidecars._book import facts, on_mp3, sounds
from pipeline.publish.sidecars._book_pages import ROOT, pages
from pipeline.publish.sidecars._daisy202_ncc import control_centre
from pipeline.publish.sidecars._daisy202_smil import master, overlay
from pipeline.publish.sidecars._pictures import GIF, JPEG, PNG, packed
from pipeline.publish.sidecars._zip import zipped

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.model.episode import Edition
    from pipeline.publish.sidecars._book import Clip
    from pipeline.publish.sidecars._book_pages import Page

NEEDS = "mp3"
"""The format that it is made from."""
MEDIA_TYPES = {
    "gif": GIF,
    "html": "text/html",
    "jpg": JPEG,
    "mp3": "audio/mpeg",
    "png": PNG,
    "smil": "application/smil",
    "zip": "application/zip",
}
"""By the ending of a file."""
_NOT_IN_2001 = {"aside", "figure", "figcaption", "footer", "section"}
_OLD_ATTRIBUTES = {
    *("alt", "class", "colspan", "dir", "height", "href", "id", "lang"),
    *("rowspan", "scope", "src", "start", "title", "width"),
}
_XML = "{http://www.w3.org/XML/1998/namespace}"


def write(edition: Edition, out: Path) -> tuple[Written, ...]:
    """Write ``NAME-daisy202/`` and ``NAME-daisy202.zip``: text, timing and sound of each chapter, and ``ncc.html``.

    Raises:
        UsageError: The episode has no MP3.
    """
    edition, mp3 = on_mp3(edition, sidecar="daisy202")
    about = facts(edition)
    folder = f"{edition.name}-daisy202"
    (out / folder).mkdir(exist_ok=True)
    names: list[str] = []
    with zipped(out / f"{folder}.zip") as pack:

        def add(name: str, data: bytes) -> None:
            (out / folder / name).write_bytes(data)
            pack(name, data)
            names.append(f"{folder}/{name}")

        clips: list[Clip] = []
        for sound in sounds(edition, mp3):
            add(f"{sound.stem}.mp3", sound.data)
            clips += sound.clips
        images, _ = packed(edition, add, allowed=(GIF, JPEG, PNG))
        book = pages(edition, clips, suffix=".html", images=images)
        elapsed_ms = 0
        for page in book:
            add(f"{page.stem}.html", _page(page, about.language).encode("utf-8"))
            if page.lines:
                add(f"{page.stem}.smil", overlay(about, page, elapsed_ms).encode("utf-8"))
                elapsed_ms += page.duration_ms
        add("master.smil", master(about, book).encode("utf-8"))
        ncc = control_centre(about, edition.tags, book, files=len(names) + 1)
        add("ncc.html", ncc.encode("utf-8"))
    names.append(f"{folder}.zip")
    return tuple(Written(path=name, media_type=MEDIA_TYPES[name.rpartition(".")[2]]) for name in names)


def _page(page: Page, language: str) -> str:
    return f"""<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" lang="{language}" xml:lang="{language}" dir="{direction(language)}">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8"/>
<title>{escape(page.title)}</title>
</head>
<body>
{_old(page.body)}
</body>
</html>
"""


def _old(body: str) -> str:
    """``body`` with the elements and attributes of XHTML 1.0 alone; what an element was, its class still says."""
    root = ElementTree.fromstring(f"{ROOT}{body}</div>")  # noqa: S314 - it is our own writing
    for element in root.iter():
        if element.tag in _NOT_IN_2001:
            element.set("class", f"{element.tag} {element.get('class', '')}".strip())
            element.tag = "div"
        for name in [name for name in element.attrib if not (name in _OLD_ATTRIBUTES or name.startswith(_XML))]:
            del element.attrib[name]
    return ElementTree.tostring(root, encoding="unicode")
