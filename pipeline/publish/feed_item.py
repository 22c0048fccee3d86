"""An episode as an item of the feed: RSS 2.0 with Apple's and the podcast namespace's elements."""

from __future__ import annotations

from email.utils import format_datetime
from html import escape
from typing import TYPE_CHECKING

from lxml import etree

from pipeline.publish import addresses
from pipeline.publish.feed_text import (
    NAME_CHARACTERS,
    clean,
    cut,
    described,
    integrity,
    licence,
    line,
    moment,
    web,
)
from pipeline.units import rescale_samples

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from lxml.etree import _Element

    from pipeline.model.publication import Item, Posted
    from pipeline.model.show import Show

NAMES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
}
"""Prefix → namespace of the elements that RSS itself has not."""

TRANSCRIPTS = ("text/vtt", "application/x-subrip", "application/json", "text/html", "text/plain")
"""Kinds of transcript that podcast apps read, the best first: some look at one only."""
CAPTIONS = ("text/vtt", "application/x-subrip")
CHAPTERS = "application/json+chapters"
AUDIO = {
    "audio/mpeg": ("MP3", ""),
    "audio/mp4": ("M4B", "mp4a.40.2"),
    "audio/ogg": ("Opus", "opus"),
    "audio/flac": ("FLAC", ""),
    "audio/wav": ("WAV", ""),
}
"""Media type → what people call it, and its codec (RFC 6381) where the type leaves that open."""
PICTURES = ("image/jpeg", "image/png")


def put(parent: _Element, name: str, text: str = "", /, **attributes: str) -> _Element:
    """Add an element; ``name`` is like ``"title"`` or ``"itunes:title"``, empty attributes are left out."""
    prefix, _, local = name.rpartition(":")
    child = etree.SubElement(parent, f"{{{NAMES[prefix]}}}{local}" if prefix else name)
    if text:
        child.text = clean(text)
    for key, value in attributes.items():
        if value:
            child.set(key, clean(value))
    return child


def put_people(parent: _Element, authors: Iterable[str]) -> None:
    """Whose words they are, as ``itunes:author`` and as persons of the namespace's taxonomy."""
    names = [line(name) for name in authors if line(name)]
    if names:
        put(parent, "itunes:author", ", ".join(names))
    for name in names:
        put(parent, "podcast:person", cut(name, NAME_CHARACTERS), role="author", group="writing")


def put_licence(parent: _Element, told: str) -> None:
    """``podcast:license``, where ``told`` is an identifier or an address."""
    identifier, where = licence(told)
    if identifier:
        put(parent, "podcast:license", identifier, url=where)


def put_voice(parent: _Element, *, synthetic: bool) -> None:
    """Whether a synthetic voice is heard: the purpose ``ai-content`` takes true or false."""
    put(parent, "podcast:txt", "true" if synthetic else "false", purpose="ai-content")


def truth(value: bool) -> str:
    """A truth as Apple spells it."""
    return "true" if value else "false"


def rfc_2822(when: datetime) -> str:
    """A moment as RSS writes it, in English whatever the language of the machine."""
    return format_datetime(when)


def add(channel: _Element, show: Show, item: Item, *, full: bool) -> None:
    """Add ``item`` to ``channel``, with all of its show notes or with a summary of them.

    Raises:
        LookupError: The episode has no audio.
    """
    title = line(item.title) or item.name
    summary = described(item.description) or described(item.title) or item.name
    sound = item.of_role("audio")[0]
    when = moment(item)
    node = put(channel, "item")
    put(node, "title", title)
    put(node, "itunes:title", title)
    put(node, "link", web(item.link) or addresses.address(show, addresses.page(item)))
    put(node, "guid", item.guid, isPermaLink="false")
    if when:
        put(node, "pubDate", rfc_2822(when))
    put(node, "description", summary)
    put(node, "content:encoded").text = etree.CDATA(notes(show, item, full=full))
    put(node, "itunes:summary", summary)  # some readers take what comes first, this or the notes, for the content
    put(node, "enclosure", url=addresses.address(show, sound.path), length=str(sound.bytes), type=sound.media_type)
    put(node, "itunes:duration", str(max(rescale_samples(item.duration_ms, 1000, 1), 1)))
    for picture in item.of_role("cover"):
        if picture.media_type in PICTURES:
            put(node, "itunes:image", href=addresses.address(show, picture.path))
            break
    if item.explicit is not None:
        put(node, "itunes:explicit", truth(item.explicit))
    for prefix in ("itunes", "podcast"):
        if item.season is not None:
            put(node, f"{prefix}:season", str(item.season))
        put(node, f"{prefix}:episode", str(item.number))
    put(node, "itunes:episodeType", "full")
    put_people(node, item.authors)
    _put_texts(node, show, item)
    for file in item.of_role("audio"):
        _put_audio(node, show, item, file, chosen=file is sound)
    put_licence(node, item.licence)
    put_voice(node, synthetic=bool(item.narrator))


def notes(show: Show, item: Item, *, full: bool) -> str:
    """Show notes as HTML for a CDATA section: all of them, or a summary that leads to them."""
    if full and item.notes.strip():
        return clean(item.notes).strip()
    told = f"<p>{escape(line(item.description))}</p>" if line(item.description) else ""
    there = escape(addresses.address(show, addresses.page(item)))
    return f'{told}<p><a href="{there}">Show notes and transcript</a></p>'


def word_by_word(file: Posted) -> bool:
    """Whether a transcript has a time for every word: some apps show these times, so it never stands first."""
    return file.path.endswith(".words.vtt")


def _put_texts(node: _Element, show: Show, item: Item) -> None:
    known = [file for file in item.of_role("transcript") if file.media_type in TRANSCRIPTS]
    for file in sorted(known, key=lambda file: (TRANSCRIPTS.index(file.media_type), word_by_word(file))):
        put(
            node,
            "podcast:transcript",
            url=addresses.address(show, file.path),
            type=file.media_type,
            language=file.language or item.language,
            rel="captions" if file.media_type in CAPTIONS else "",
        )
    for file in item.of_role("chapters"):
        if file.media_type == CHAPTERS:
            put(node, "podcast:chapters", url=addresses.address(show, file.path), type=CHAPTERS)
            break


def _put_audio(node: _Element, show: Show, item: Item, file: Posted, *, chosen: bool) -> None:
    name, codecs = AUDIO.get(file.media_type, ("", ""))
    # bits in a ms, and so kbit/s: rounded to whole bits a second
    rate = rescale_samples(file.bytes * 8, item.duration_ms, 1000) if item.duration_ms > 0 else 0
    other = put(
        node,
        "podcast:alternateEnclosure",
        type=file.media_type,
        length=str(file.bytes),
        bitrate=str(rate) if rate else "",
        lang=item.language,
        title=name,
        codecs=codecs,
        default="true" if chosen else "",
    )
    put(other, "podcast:source", uri=addresses.address(show, file.path))
    put(other, "podcast:integrity", type="sri", value=integrity(file))
