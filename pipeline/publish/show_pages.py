"""The pages of a show that a browser opens: its episodes, and for each a page, a frame and what tells of the frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.publish import addresses, embed, episode_page
from pipeline.publish.editions import readable
from pipeline.publish.feed import MEDIA_TYPE as FEED_TYPE
from pipeline.publish.feed_text import line, newest_first
from pipeline.publish.page_frame import MEDIA_TYPE, escape, facts, frame, speaks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.model.publication import Item, Posted
    from pipeline.model.show import Show


def write(show: Show, *, items: Sequence[Item], cover: Posted | None) -> tuple[tuple[str, bytes, str], ...]:
    """Path, content and media type of every page; the same show gives the same bytes.

    Args:
        show: With its address at the destination.
        items: Episodes in any order.
        cover: The show's picture.

    Raises:
        UsageError: The show has no address, or an episode's date is none.
        LookupError: An episode has no audio.
    """
    return tuple(_pages(show, newest_first(tuple(items)), cover))


def _pages(show: Show, items: Sequence[Item], cover: Posted | None) -> Iterator[tuple[str, bytes, str]]:
    yield addresses.INDEX, _index(show, items, cover), MEDIA_TYPE
    for item in items:
        yield addresses.page(item), episode_page.page(show, item, cover=cover), MEDIA_TYPE
        yield addresses.embedded(item), embed.page(show, item), MEDIA_TYPE
        yield addresses.oembed(item), embed.oembed(show, item), embed.OEMBED


def _index(show: Show, items: Sequence[Item], cover: Posted | None) -> bytes:
    own = speaks(show.language)
    title = escape(line(show.title))
    feed = escape(addresses.address(show, addresses.FEED))
    told = escape(line(show.description))
    # the title stands beside it: the picture adds nothing to hear
    picture = f'<img class="cover" src="{_to(cover.path)}" alt="" width="144" height="144">' if cover else ""
    parts = (
        '<a class="skip" href="#episodes">Skip to the episodes</a>',
        f"<header>\n{picture}\n<h1{own}>{title}</h1>",
        f"<p{own}>{told}</p>" if told else "",
        "</header>",
        "<main>",
        "<h2>Subscribe</h2>",
        f'<p>Add this address in any podcast app: <a href="{feed}">{feed}</a></p>',
        '<h2 id="episodes" tabindex="-1">Episodes</h2>',
        f'<ul class="episodes">\n{chr(10).join(map(_row, items))}\n</ul>' if items else "<p>None yet.</p>",
        "</main>",
    )
    head = (
        f'<meta name="description" content="{told}">' if told else "",
        f'<link rel="alternate" type="{FEED_TYPE}" title="{title}" href="{addresses.FEED}">',
    )
    return frame(show.title, "\n".join(filter(None, parts)), head=head)


def _row(item: Item) -> str:
    own = speaks(item.language)
    title = escape(line(item.title) or item.name)
    sound, text = item.of_role("audio")[0], readable(item)
    links = [f'<a href="{_to(text.path)}" aria-label="Read along: {title}">Read along</a>'] if text else []
    links.append(f'<a href="{_to(sound.path)}" aria-label="Listen: {title}">Listen</a>')
    told = f"<p{own}>{escape(line(item.description))}</p>" if line(item.description) else ""
    return (
        f'<li>\n<h3{own}><a href="{_to(addresses.page(item))}">{title}</a></h3>\n{facts(item)}\n{told}\n'
        f'<p class="links">{" ".join(links)}</p>\n</li>'
    )


def _to(path: str) -> str:
    return escape(addresses.between(addresses.INDEX, path))
