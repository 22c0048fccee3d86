"""An entry of a feed → an article: its text walked like a page's, cleaned of the feed's own lines, and judged."""

from __future__ import annotations

import hashlib
import html
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.errors import ReadError
from pipeline.model.document import Document, Entry, Meta, Omission, Paragraph, Position, Span
from pipeline.text.dom.page import LINES, position
from pipeline.text.dom.pull import without_repeats
from pipeline.text.dom.sections import without_boxes, without_byline, without_title
from pipeline.text.dom.source import one_line, parse, tag, words_of
from pipeline.text.feed import words as feed_words
from pipeline.text.feed.link import without_tracking
from pipeline.text.feed.tail import without_more, without_own_lines
from pipeline.text.feed.whole import is_part, is_whole
from pipeline.text.plain_decode import clean
from pipeline.text.plain_language import guess_language
from pipeline.text.plain_names import title_from
from pipeline.text.plain_words import says_something, text_of
from pipeline.text.walk import walk

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.model.document import Block
    from pipeline.text.dom.source import Element
    from pipeline.text.feed.item import Feed, Item, Markup

_TRACKER = re.compile(
    r"//(?:feeds\.feedburner\.com/~|[\w.-]*feedblitz\.com/|(?:pixel|stats)\.(?:wp|wordpress)\.com/|feeds\.wordpress\.com/1\.0/"
    r"|medium\.com/_/stat|blogger\.googleusercontent\.com/tracker|[\w.-]*(?:doubleclick\.net|google-analytics\.com)/"
    r"|rss\.buysellads\.com/|[\w.-]*pheedo\.com/)",
    re.IGNORECASE,
)
_FLARES = frozenset(("feedflare", "mf-viral", "jp-relatedposts"))
_ELEMENT = re.compile(r"<([a-z][a-z0-9]{0,15})\b[^<>]{0,500}>[^<]*(?:<(?!/\1)[^<]*)*</\1\s*>|<br\s*/?>", re.IGNORECASE)
_TITLE = 2000
"""Characters of a title beyond which no markup is looked for."""
_DESCRIPTION = 600
"""Characters of a description; a longer one is cut between words."""

_CUT = re.compile(r"\s*[\[(]\s*(?:…|\.{3})\s*[\])]$")
_BLOCKS = re.compile(
    r"<(?:p|br|div|ul|ol|li|dl|table|h[1-6]|blockquote|pre|section|article|figure|hr|center|td)\b", re.IGNORECASE
)
_BLANK = re.compile(r"\n(?:[^\S\n]*\n)+")

Blocks = tuple["Block", ...]


def entries_of(feed: Feed, uri: str) -> tuple[Entry, ...]:
    """The articles of ``feed``, in its order, each under a key of its own; repeated ones are left out.

    Args:
        feed: As its format's reader found it.
        uri: Where the feed came from, for messages.
    """
    items = [replace(item, link=without_tracking(item.link)) for item in feed.items]
    ids = Counter(key for key, _ in {(item.id, item.link) for item in items if item.id})
    found: dict[str, Entry] = {}
    for item in items:
        # some programs give every entry the site's address as its identifier
        key = (item.id if ids[item.id] == 1 else "") or item.link or _digest(item)
        if key not in found:
            found[key] = _entry(item, feed, key, uri)
    return tuple(found.values())


def _entry(item: Item, feed: Feed, key: str, uri: str) -> Entry:
    language = feed_words.language(item.common.language) or feed_words.language(feed.common.language)
    base = item.base or item.link or feed.link
    summary, cut_summary, left_of_summary = _blocks(item.summary, language, base, uri)
    blocks, cut, left = summary, cut_summary, left_of_summary
    given = bool(item.content.text.strip())
    if given:
        blocks, cut, left = _blocks(item.content, language, base, uri)
        if not says_something(blocks) and says_something(summary):
            blocks, cut, left, given = summary, cut_summary, left_of_summary, False
    body, teaser = text_of(blocks), text_of(summary)
    named = title_in(item.common.title, uri)
    authors = item.common.authors or feed.common.authors
    title = named or _other_title(item, feed)
    blocks, boxes = without_boxes(without_title(blocks, title))
    blocks, bylines = without_byline(blocks, authors)
    blocks, repeats = without_repeats(blocks)
    document = Document(
        title=title,
        language=language or guess_language(body),
        authors=authors,
        published=feed_words.day(item.published),
        meta=Meta(
            description=_short(teaser) if given and teaser != body else "",
            link=item.link,
            image=item.image,
            licence=item.common.licence or feed.common.licence,
            site=title_in(feed.common.title, uri),
            explicit=item.common.explicit if item.common.explicit is not None else feed.common.explicit,
            season=item.season,
            number=item.number,
        ),
        blocks=blocks,
        omitted=(*left, *boxes, *bylines, *repeats),
    )
    told = teaser if given else None
    return Entry(
        key=key,
        uri=item.link,
        document=document,
        whole=is_whole(blocks, summary=told, cut=cut, elsewhere=bool(item.link)),
        cut=is_part(blocks, summary=told, cut=cut, titled=bool(named)),
    )


def _blocks(said: Markup, language: str, base: str, uri: str) -> tuple[Blocks, bool, tuple[Omission, ...]]:
    """The blocks of a content or summary, whether it is cut short, and what was left out."""
    if not said.html:
        blocks: Blocks = tuple(_paragraphs(clean(said.text), said.line))
        omitted: tuple[Omission, ...] = ()
    else:
        try:
            text = clean(said.text)
            if not _BLOCKS.search(text):  # links and emphasis in a text whose paragraphs are plain blank lines
                text = _BLANK.sub(lambda found: found[0] + "<br><br>", text)
            root = parse(text, uri)
        except ReadError as error:  # one entry that cannot be read is no reason to refuse the others
            lost = Omission(what="the entry's text", why=error.message, position=Position(line=said.line))
            return (), True, (lost,)
        body = next(root.iter("body"), root)
        _hide_flares(body)
        _tell_lines(body, said.line)
        blocks, omitted = walk(body, language=language or "und", base=base)
    blocks, own = without_own_lines(blocks)
    blocks, cut = without_more(blocks)
    return blocks, cut, (*omitted, *own)


def _paragraphs(text: str, line: int) -> Iterable[Paragraph]:
    """Plain text, one paragraph between blank lines."""
    at = 0
    for part in re.split(r"(\n(?:[^\S\n]*\n)+)", text):
        words = " ".join(part.split())
        first = line + at + part[: len(part) - len(part.lstrip())].count("\n")
        if words:
            place = Position(line=first, end_line=first + part.strip().count("\n")) if line else Position()
            yield Paragraph(text=(Span(text=words),), position=place)
        at += part.count("\n")


def _hide_flares(body: Element) -> None:
    """Hide what distributors put into every entry to count readers: nobody sees it, and nobody should hear it."""
    for element in body.iter():
        tracks = tag(element) == "img" and _TRACKER.search(element.get("src") or "")
        if tracks or _FLARES & words_of(element, "class"):
            element.set("hidden", "")


def _tell_lines(body: Element, first: int) -> None:
    """Write the feed's own lines on the elements of a content that begins on line ``first``; 0 where it is unknown."""
    places = [(element, position(element)) for element in body.iter() if tag(element)]
    for element, place in places:
        lines = (first + place.line - 1, first + place.end_line - 1) if first and place.line else (0, 0)
        element.set(LINES, f"{lines[0]}:{lines[1]}")


def title_in(said: Markup, uri: str) -> str:
    """A title as plain text: markup goes where it is markup, and stays where it is what the title is about."""
    text = clean(said.text)
    if said.html and len(text) <= _TITLE and _ELEMENT.search(text):
        try:
            text = one_line(parse(text, uri))
        except ReadError:
            return ""
    elif said.html:
        text = html.unescape(text)
    return " ".join(text.split())


def _other_title(item: Item, feed: Feed) -> str:
    """A name for an entry without title: what its address says, else the site and the day."""
    name = title_from(item.link) if item.link else "Untitled"
    if name != "Untitled":
        return name
    return ", ".join(filter(None, (title_in(feed.common.title, ""), feed_words.day(item.published)))) or name


def _short(text: str) -> str:
    line = _CUT.sub("…", " ".join(text.split()))
    return line if len(line) <= _DESCRIPTION else line[: _DESCRIPTION - 1].rpartition(" ")[0] + "…"


def _digest(item: Item) -> str:
    """A key for an entry that the feed gives none: of title and date, or of the text where it has neither."""
    told = item.common.title.text.strip() + "\n" + item.published
    told = told if told.strip() else item.content.text or item.summary.text
    return "sha256:" + hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:16]
