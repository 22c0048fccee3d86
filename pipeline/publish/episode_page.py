"""The page of an episode, at an address that stays while its files are replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.publish import addresses, embed, json_ld
from pipeline.publish.editions import named, readable
from pipeline.publish.feed import MEDIA_TYPE as FEED_TYPE
from pipeline.publish.feed_text import clean, cut, line, web
from pipeline.publish.page_frame import escape, facts, frame, size, speaks

if TYPE_CHECKING:
    from pipeline.model.publication import Item, Posted
    from pipeline.model.show import Show

_META_CHARACTERS = 300


def page(show: Show, item: Item, *, cover: Posted | None) -> bytes:
    """Title, player, show notes, every edition, and how to embed the episode; it works without a network.

    Raises:
        UsageError: The show has no address.
        LookupError: The episode has no audio.
    """
    here = addresses.page(item)
    title = line(item.title) or item.name
    own = speaks(item.language)

    def to(path: str) -> str:
        return escape(addresses.between(here, path))

    text = readable(item)
    home = to(addresses.INDEX)
    notes = clean(item.notes).strip() or _summary(item)
    rows = (f'<li><a href="{to(file.path)}">{name}</a> ({size(file.bytes)})</li>' for name, file in named(item))
    parts = (
        '<a class="skip" href="#episode">Skip to the episode</a>',
        f'<header><p{speaks(show.language)}><a href="{home}">{escape(line(show.title))}</a></p></header>',
        '<main id="episode" tabindex="-1">',
        f"<h1{own}>{escape(title)}</h1>",
        facts(item),
        f'<audio controls preload="metadata" src="{to(item.of_role("audio")[0].path)}"></audio>',
        f'<p><a href="{to(text.path)}">Read along</a> while you listen.</p>' if text else "",
        f"<div{own}>\n{notes}\n</div>",
        "<h2>All editions</h2>",
        f"<ul>\n{chr(10).join(rows)}\n</ul>",
        "<h2>Show it on your site</h2>",
        f"<pre><code>{escape(embed.snippet(show, item))}</code></pre>",
        "</main>",
    )
    described = escape(cut(line(item.description), _META_CHARACTERS))
    head = (
        f'<meta name="description" content="{described}">' if described else "",
        f'<link rel="canonical" href="{escape(addresses.address(show, here))}">',
        f'<link rel="alternate" type="{FEED_TYPE}" title="{escape(line(show.title))}" href="{to(addresses.FEED)}">',
        f'<link rel="alternate" type="{embed.OEMBED_LINK}" title="{escape(title)}" '
        f'href="{escape(addresses.address(show, addresses.oembed(item)))}">',
    )
    return frame(title, "\n".join(filter(None, parts)), head=head, data=json_ld.text(show, item, cover=cover))


def _summary(item: Item) -> str:
    """What stands where an episode has no show notes."""
    told = f"<p>{escape(line(item.description))}</p>" if line(item.description) else ""
    link = web(item.link)
    return told + (f'<p><a href="{escape(link)}">The article</a></p>' if link else "")
