"""Paragraphs: their sentences, as they stand; links are their text, their hosts told where a profile asks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipeline.model.document import Paragraph
from pipeline.text.telling import phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.contracts import Said, Teller

BLOCKS = (Paragraph,)

_LINK = {
    "en": "Link to {}.",
    "de": "Link zu {}.",
    "fr": "Lien vers {}.",
    "es": "Enlace a {}.",
    "it": "Collegamento a {}.",
}


def say(block: Paragraph, teller: Teller) -> Iterator[Said]:
    """One `Said` a sentence."""
    link = phrases(_LINK, teller.language, "") if teller.profile.links == "announce" else ""
    for said in teller.sentences(block.text, role="body", position=block.position):
        hosts = dict.fromkeys(filter(None, map(_host, said.text))) if link else ()
        yield replace(said, after=" ".join(link.format(host) for host in hosts)) if hosts else said


def _host(span: object) -> str:
    """The host that a span leads to; empty where it is no link to the web, or says its address itself."""
    href, text = getattr(span, "href", ""), getattr(span, "text", "")
    try:
        parts = urlsplit(href)
        host = parts.hostname or ""
    except ValueError:  # no address that could be followed
        return ""
    host = host.removeprefix("www.")
    return host if parts.scheme in ("http", "https") and host and host not in text else ""
