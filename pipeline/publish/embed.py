"""An episode on other people's pages: a small page for a frame, that frame's HTML, and oEmbed, which tells of both."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pipeline.publish import addresses
from pipeline.publish.editions import embeddable, readable
from pipeline.publish.feed_text import clean, line
from pipeline.publish.page_frame import escape, frame, speaks

if TYPE_CHECKING:
    from pipeline.model.publication import Item
    from pipeline.model.show import Show

WIDTH_PX = 640
PLAYER_PX, ARTICLE_PX = 180, 480
"""Height of a frame that shows a player, and of one that shows the article beside it."""
OEMBED = "application/json"
OEMBED_LINK = "application/json+oembed"


def height_px(item: Item) -> int:
    """Height of the frame that the episode needs."""
    return ARTICLE_PX if embeddable(item) else PLAYER_PX


def snippet(show: Show, item: Item) -> str:
    """HTML that shows the episode on any page; it stays right when the episode's files are replaced.

    Raises:
        UsageError: The show has no address.
    """
    source = escape(addresses.address(show, addresses.embedded(item)))
    title = escape(f"{line(item.title) or item.name} – {line(show.title)}")
    return (
        f'<iframe src="{source}" title="{title}" width="{WIDTH_PX}" height="{height_px(item)}" '
        'style="width: 100%; border: 0" loading="lazy"></iframe>'
    )


def oembed(show: Show, item: Item) -> bytes:
    """The answer of an oEmbed 1.0 provider about the episode, of type ``rich``."""
    told = {
        "version": "1.0",
        "type": "rich",
        "title": line(item.title) or item.name,
        "author_name": line(", ".join(item.authors)),
        "provider_name": line(show.title),
        "provider_url": addresses.address(show, addresses.INDEX),
        "html": snippet(show, item),
        "width": WIDTH_PX,
        "height": height_px(item),
    }
    text = json.dumps({key: value for key, value in told.items() if value != ""}, ensure_ascii=False, indent=2)
    return clean(text).encode() + b"\n"


def page(show: Show, item: Item) -> bytes:
    """The page inside the frame: the read-along page for frames where there is one, else title and player."""
    here = addresses.embedded(item)
    title = line(item.title) or item.name
    if made := embeddable(item):
        there = escape(addresses.between(here, made.path))
        way = f'<p><a href="{there}">Open the player</a></p>'
        body = f"<main><h1{speaks(item.language)}>{escape(title)}</h1>\n{way}</main>"
        refresh = f'<meta http-equiv="refresh" content="0; url={there}">'
        return frame(title, body, head=(refresh,), marks=' class="embed"')
    sound = escape(addresses.between(here, item.of_role("audio")[0].path))
    text = readable(item)
    there = escape(addresses.between(here, text.path if text else addresses.page(item)))
    body = (
        f"<main><h1{speaks(item.language)}>{escape(title)}</h1>\n"
        f'<audio controls preload="metadata" src="{sound}"></audio>\n'
        f'<p><a href="{there}" target="_top">{"Read along" if text else "About this episode"}</a> – '
        f"<span{speaks(show.language)}>{escape(line(show.title))}</span></p></main>"
    )
    return frame(title, body, marks=' class="embed"')
