"""What is embedded in an article: videos, recordings, posts of social networks, pages of other sites."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.model.document import Figure, Inline
from pipeline.text.dom.page import Page, is_gist, position
from pipeline.text.dom.source import Element, one_line, tag
from pipeline.text.embed_sites import host_and_path, shows, why_unwanted

if TYPE_CHECKING:
    from collections.abc import Iterator

_AMP = {
    "youtube": ("video", "data-videoid", "https://www.youtube.com/watch?v={}"),
    "vimeo": ("video", "data-videoid", "https://vimeo.com/{}"),
    "dailymotion": ("video", "data-videoid", "https://www.dailymotion.com/video/{}"),
    "brightcove": ("video", "data-video-id", "{}"),
    "jwplayer": ("video", "data-media-id", "{}"),
    "video": ("video", "src", "{}"),
    "video-iframe": ("video", "src", "{}"),
    "audio": ("audio", "src", "{}"),
    "soundcloud": ("audio", "data-trackid", "https://api.soundcloud.com/tracks/{}"),
    "twitter": ("post", "data-tweetid", "https://twitter.com/i/status/{}"),
    "instagram": ("post", "data-shortcode", "https://www.instagram.com/p/{}/"),
    "tiktok": ("post", "data-src", "{}"),
    "facebook": ("post", "data-href", "{}"),
    "reddit": ("post", "data-src", "{}"),
    "iframe": ("page", "src", "{}"),
    "gist": ("page", "data-gistid", "https://gist.github.com/{}"),
}
"""What follows ``amp-`` → kind, attribute with the address or the number, how that becomes an address."""
_PLAYERS = {"lite-youtube": "youtube", "youtube-video": "youtube", "lite-vimeo": "vimeo"}
_NAMES = frozenset(("iframe", "video", "audio", "object", "embed", "gist-embed", *_PLAYERS))
_GENERIC = re.compile(
    r"(youtube|vimeo|twitter|spotify|soundcloud|instagram|facebook|tiktok)?\W*(embed(ded)?\W*)?(html5)?\W*"
    r"(video|audio|media|tweet|post|content|iframe|embed)?\W*(player|embed|content|frame)?",
    re.IGNORECASE,
)
_EXCUSE = re.compile(r"browser|support|javascript|flash|cookie|enable|<\w|download|navigateur|navegador", re.IGNORECASE)
_LONGEST = 200
"""Characters of a fallback that can be a title."""
_MEDIA_TYPE = re.compile(r"(video|audio|image)/")


def is_embed(element: Element) -> bool:
    """Whether ``element`` shows or plays something from elsewhere; a post that is quoted is not among them."""
    name = tag(element)
    if name == "script":
        return is_gist(element)
    return name in _NAMES or (name.startswith("amp-") and name[4:] in _AMP)


def embed(element: Element, page: Page, caption: Inline = ()) -> Figure | str:
    """The figure for an embedding (see `is_embed`), or the reason why it is not part of the article."""
    kind, address = _kind_and_address(element, page)
    why = _why_not(element, address)
    if why:
        return why
    alt = _words(element)
    if not address and not alt and not caption:
        return "embedding without an address"
    return Figure(source=address, kind=kind, alt=alt, caption=caption, position=position(element))


def _kind_and_address(element: Element, page: Page) -> tuple[str, str]:
    name = tag(element)
    known = _AMP.get(name[4:]) if name.startswith("amp-") else None
    if name in _PLAYERS:
        number = element.get("videoid") or element.get("video-id") or ""
        kind, _, pattern = _AMP[_PLAYERS[name]]
        return kind, pattern.format(number) if number else page.address(element.get("src") or "")
    if known is not None:
        kind, attribute, pattern = known
        value = (element.get(attribute) or element.get("src") or "").strip()
        address = page.address(pattern.format(value) if value else "")
        return (_kind_of(address) if kind == "page" else kind), address
    address = next((found for given in _addresses(element) if (found := page.address(given))), "")
    if name == "script":
        return "page", address.removesuffix(".js")
    if name in ("video", "audio"):
        return name, address
    media = _MEDIA_TYPE.match(element.get("type") or "")
    return (media[1] if media else _kind_of(address)), address


def _addresses(element: Element) -> Iterator[str]:
    """Where the embedded thing may be found, the likeliest first."""
    for attribute in ("src", "data", "data-src", "data-lazy-src", "data-litespeed-src", "data-url"):
        value = (element.get(attribute) or "").strip()
        if value and not value.startswith("about:"):
            yield value
    for below in element.iterdescendants():
        if tag(below) in ("source", "embed", "iframe") and below.get("src"):
            yield below.get("src") or ""
        elif tag(below) == "param" and (below.get("name") or "").lower() in ("movie", "src"):
            yield below.get("value") or ""


def _kind_of(address: str) -> str:
    """What the site at ``address`` is known to show; a ``"page"`` where it is not known."""
    known = shows(address)
    if known:
        return known
    host, path = host_and_path(address)
    if (
        host.startswith(("video.", "videos."))
        or path.endswith((".mp4", ".webm", ".ogv", ".mov", ".m3u8"))
        or "/videos/embed/" in path
    ):
        return "video"
    if path.endswith((".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp")):
        return "image"
    return (
        "audio"
        if host.startswith(("audio.", "podcast.", "podcasts."))
        or path.endswith((".mp3", ".m4a", ".ogg", ".oga", ".wav", ".opus", ".flac"))
        else "page"
    )


def _why_not(element: Element, address: str) -> str:
    """Why the thing at ``address`` is no part of an article; empty where it is one."""
    sizes = [(element.get(side) or "").strip().removesuffix("px") for side in ("width", "height")]
    style = "".join((element.get("style") or "").lower().split())
    if any(size in ("0", "1") for size in sizes) or re.search(r"(?:^|;)(?:width|height):[01](?:px)?(?:;|$)", style):
        return "tracking"
    return why_unwanted(address)


def _words(element: Element) -> str:
    """Its title or label; else what it says to those who cannot play it, unless that is only an excuse."""
    for attribute in ("title", "aria-label", "alt", "data-title", "playlabel"):
        said = " ".join((element.get(attribute) or "").split())
        if said and not _GENERIC.fullmatch(said):
            return said
    pictures = (below.get("alt") or "" for below in element.iterdescendants() if tag(below) in ("img", "amp-img"))
    fallback = one_line(element) or " ".join(" ".join(pictures).split())
    return "" if _EXCUSE.search(fallback) or _GENERIC.fullmatch(fallback) or len(fallback) > _LONGEST else fallback
