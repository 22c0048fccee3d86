"""What the show's pages have in common: a head that forbids everything it does not name, and words made safe."""

from __future__ import annotations

import base64
import hashlib
import html
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.publish.feed_text import clean, cut, line, moment
from pipeline.units import clock

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.model.publication import Item

MEDIA_TYPE = "text/html"
_RIGHT_TO_LEFT = {"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"}
# strftime would ask the machine's language
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_TITLE_CHARACTERS = 70


def frame(title: str, body: str, *, head: Iterable[str] = (), data: str = "", marks: str = "") -> bytes:
    """A whole page in English that runs no script and asks nobody else for anything.

    Args:
        title: Of the page.
        body: HTML.
        head: Elements of the head beside the usual ones.
        data: JSON-LD, safe in a script element; browsers do not run it, and the policy names its digest.
        marks: Attributes of the body, with a blank in front.
    """
    style = _style()
    allowed = [
        "default-src 'none'",
        "media-src 'self' file:",
        "img-src 'self' file:",
        f"style-src '{_digest(style)}'",
        *([f"script-src '{_digest(data)}'"] if data else []),
        "base-uri 'none'",
        "form-action 'none'",
    ]
    return "\n".join(
        (
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{"; ".join(allowed)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(cut(line(title), _TITLE_CHARACTERS))}</title>",
            *filter(None, head),
            f"<style>{style}</style>",
            *([f'<script type="application/ld+json">{data}</script>'] if data else []),
            "</head>",
            f"<body{marks}>",
            body,
            "</body>",
            "</html>",
            "",
        )
    ).encode()


def escape(text: str) -> str:
    """``text`` as HTML shows it, inside an element or an attribute; what HTML forbids is left out."""
    return html.escape(clean(text))


def speaks(language: str) -> str:
    """The attributes that words in ``language`` need on an English page, with a blank in front; or nothing."""
    primary = language.lower().partition("-")[0]
    if primary in {"", "en", "und"}:
        return ""
    return f' lang="{escape(language)}" dir="{"rtl" if primary in _RIGHT_TO_LEFT else "ltr"}"'


def facts(item: Item) -> str:
    """Whose article it is, when the episode appeared, how long it is, and that a synthetic voice reads it."""
    told = [f"<span{speaks(item.language)}>{escape(line(', '.join(item.authors)))}</span>"] if item.authors else []
    if when := moment(item):
        day = f"{when.day} {_MONTHS[when.month - 1]} {when.year}"
        told.append(f'<span><time datetime="{when.date().isoformat()}">{day}</time></span>')
    if item.duration_ms:
        told.append(f"<span>{clock(item.duration_ms)}</span>")
    if item.narrator:
        told.append("<span>Narrated by a synthetic voice</span>")
    if item.explicit:
        told.append("<span>Explicit</span>")
    return f'<p class="about">{" ".join(told)}</p>' if told else ""


def size(count: int) -> str:
    """Bytes for people: ``"3.2 MB"``, rounded to a tenth, or ``"14 kB"``, rounded up."""
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{-(-count // 1000)} kB"


@cache
def _style() -> str:
    return Path(__file__).with_name("pages.css").read_text(encoding="utf-8").strip()


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
