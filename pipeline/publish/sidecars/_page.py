"""What the pages have in common: a head that forbids everything it does not name, who made it, chapters, the sound."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from pipeline.publish.sidecars._article_html import direction, escape
from pipeline.publish.sidecars._page_words import language_of, own_language, synthetic, words_of
from pipeline.units import clock, ms_from_samples, seconds_from_samples

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.model.episode import Edition
    from pipeline.model.timeline import ChapterMark


@cache
def asset(name: str) -> str:
    """The text of a style or script that lies beside this module."""
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def page(edition: Edition, body: str, *, style: str, script: str = "", title: str = "", marks: str = "") -> str:
    """A whole HTML page that asks nobody else for anything.

    Its Content-Security-Policy allows this style and this script, by their digests, and sound from where the page
    came from; so nothing that an article smuggles in could run.

    Args:
        edition: Tells language and title.
        body: HTML.
        style: CSS.
        script: JavaScript; empty for none.
        title: Of the page; empty for the episode's.
        marks: Attributes of the root, each with a blank in front.
    """
    language = language_of(edition)
    policy = [
        "default-src 'none'",
        "media-src 'self' file:",
        "img-src 'self' file:",
        f"style-src '{_digest(style)}'",
        *([f"script-src '{_digest(script)}'"] if script else []),
        "base-uri 'none'",
        "form-action 'none'",
    ]
    return "\n".join(
        (
            "<!DOCTYPE html>",
            f'<html lang="{escape(language)}" dir="{direction(language)}"{marks}>',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{"; ".join(policy)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(_short(title or edition.tags.title or edition.name))}</title>",
            f"<style>{style}</style>",
            "</head>",
            "<body>",
            body,
            *([f"<script>{script}</script>"] if script else []),
            "</body>",
            "</html>",
            "",
        )
    )


def audio_of(edition: Edition) -> str:
    """Relative address of the enclosure; empty where there is none."""
    return quote(edition.renditions[0].file.path) if edition.renditions else ""


def player(edition: Edition) -> str:
    """The browser's own player."""
    if not edition.renditions:
        return ""
    # a page beside its own transcript needs no captions: the article is the text of the sound
    return f'<audio controls preload="metadata" src="{escape(audio_of(edition))}"></audio>'


def about(edition: Edition) -> str:
    """Whose article it is, when it appeared, and that a synthetic voice reads it, where one does."""
    tags = edition.tags
    facts = [", ".join(tags.authors), tags.date, tags.show]
    told = [f"<span>{escape(fact)}</span>" for fact in facts if fact]
    if synthetic(edition):
        told.append(f"<span{own_language(edition)}>{escape(words_of(edition)['narrated'])}</span>")
    return f'<p class="about">{" · ".join(told)}</p>'


def moment(edition: Edition, start: int) -> str:
    """Address of the sound from sample ``start`` on, as a media fragment."""
    return f"{audio_of(edition)}#t={seconds_from_samples(start, edition.timeline.sample_rate_hz):.3f}"


def chapter_list(edition: Edition, places: Iterable[tuple[ChapterMark, str, str]]) -> str:
    """The chapters, each with a link to its text and one to its sound.

    Args:
        edition: Tells the rate.
        places: (chapter, address of its text, id of its first element where it is on this page, else empty).
    """
    rate_hz = edition.timeline.sample_rate_hz
    rows = []
    for mark, address, here in places:
        seconds = f"{seconds_from_samples(mark.start, rate_hz):.3f}"
        data = f' data-chapter="{seconds}"' + (f' data-here="{escape(here)}"' if here else "")
        time = clock(ms_from_samples(mark.start, rate_hz))
        heard = (
            f' <a href="{escape(moment(edition, mark.start))}"{data} aria-label="{escape(f"{time} {mark.title}")}">'
            f"{time}</a>"
            if edition.renditions
            else ""
        )
        rows.append(f'<li><a href="{escape(address)}"{data}>{escape(mark.title)}</a>{heard}</li>')
    return (
        f'<nav aria-labelledby="chapters"><h2 id="chapters"{own_language(edition)}>'
        f"{escape(words_of(edition)['chapters'])}</h2><ol>{''.join(rows)}</ol></nav>"
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 70 else f"{text[:69].rstrip()}…"
