"""Timing of a DAISY 2.02 book: SMIL 1.0, one file a chapter, and the list of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.publish.sidecars._article_html import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.publish.sidecars._book import Facts
    from pipeline.publish.sidecars._book_pages import Line, Page

GENERATOR = "articlecast"
_ANGLES = str.maketrans("<>", "‹›")
_BEGINNING = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE smil PUBLIC "-//W3C//DTD SMIL 1.0//EN" "http://www.w3.org/TR/REC-smil/SMIL10.dtd">
<smil>
<head>
"""
_LAYOUT = '<layout><region id="txtView"/></layout>\n</head>\n'


def overlay(about: Facts, page: Page, elapsed_ms: int) -> str:
    """The timing of a page.

    Args:
        about: The book.
        page: One with lines.
        elapsed_ms: What the pages before it last.
    """
    said = {
        "dc:format": "Daisy 2.02",
        "dc:identifier": about.identifier,
        "dc:title": about.title,
        "ncc:generator": GENERATOR,
        "ncc:totalElapsedTime": clock(elapsed_ms),
        "ncc:timeInThisSmil": clock(page.duration_ms),
        "title": page.title,
    }
    pars = "\n".join(_par(page, line) for line in page.lines)
    body = f'<body>\n<seq dur="{_seconds(page.duration_ms)}">\n{pars}\n</seq>\n</body>\n</smil>\n'
    return _BEGINNING + metas(said) + _LAYOUT + body


def master(about: Facts, book: Sequence[Page]) -> str:
    """The list of all timing files, ``master.smil``."""
    said = {
        "dc:format": "Daisy 2.02",
        "dc:identifier": about.identifier,
        "dc:title": about.title,
        "ncc:generator": GENERATOR,
        "ncc:timeInThisSmil": clock(sum(page.duration_ms for page in book)),
    }
    refs = "".join(
        f'<ref title="{escape(page.title)}" src="{page.stem}.smil" id="{page.stem}"/>\n' for page in book if page.lines
    )
    return f"{_BEGINNING}{metas(said)}{_LAYOUT}<body>\n{refs}</body>\n</smil>\n"


def par_of(line: Line) -> str:
    """The id under which a line is found in its timing file."""
    return f"p-{line.id}"


def clock(ms: int) -> str:
    """``HH:MM:SS.mmm``."""
    seconds, ms = divmod(ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{ms:03}"


def metas(said: dict[str, str]) -> str:
    """A line for each name and its content.

    Angle brackets become quotation marks: Readium, and so Thorium, opens no book that has them there, however escaped.
    """
    lines = ((name, escape(content.translate(_ANGLES))) for name, content in said.items())
    return "".join(f'<meta name="{name}" content="{content}"/>\n' for name, content in lines)


def _par(page: Page, line: Line) -> str:
    skippable = ' system-required="footnote-on"' if line.note else ""
    clip = line.clip
    times = f'clip-begin="npt={_seconds(clip.begin_ms)}" clip-end="npt={_seconds(clip.end_ms)}"'
    return (
        f'<par endsync="last" id="{par_of(line)}"{skippable}>'
        f'<text src="{page.stem}.html#{line.id}" id="t-{line.id}"/>'
        f'<seq><audio src="{clip.stem}.mp3" {times} id="a-{line.id}"/></seq></par>'
    )


def _seconds(ms: int) -> str:
    return f"{ms // 1000}.{ms % 1000:03}s"
