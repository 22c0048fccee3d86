"""Sites whose pages are embedded in others: what they show, and which of them are no part of an article."""

from __future__ import annotations

from urllib.parse import urlsplit

_HOSTS = (
    (
        "video",
        "youtube.com youtube-nocookie.com youtu.be vimeo.com dailymotion.com dai.ly twitch.tv ted.com wistia.com "
        "wistia.net brightcove.net jwplayer.com jwplatform.com loom.com rumble.com kaltura.com vidyard.com "
        "streamable.com bilibili.com rutube.ru odysee.com archive.org/embed tiktok.com/embed "
        "facebook.com/plugins/video",
    ),
    (
        "audio",
        "soundcloud.com spotify.com anchor.fm podcasts.apple.com embed.podcasts.apple.com bandcamp.com mixcloud.com "
        "simplecast.com libsyn.com buzzsprout.com megaphone.fm audioboom.com transistor.fm podbean.com spreaker.com "
        "acast.com omny.fm podlove.org deezer.com music.apple.com",
    ),
    (
        "post",
        "twitter.com x.com instagram.com threads.net threads.com bsky.app tiktok.com reddit.com redditmedia.com t.me "
        "linkedin.com/embed pinterest.com facebook.com/plugins/post",
    ),
)
_UNWANTED = (
    ("comments", "disqus.com giscus.app utteranc.es hyvor.com commento.io facebook.com/plugins/comments cusdis.com"),
    (
        "share buttons",
        "platform.twitter.com/widgets/tweet_button platform.twitter.com/widgets/follow_button addthis.com "
        "sharethis.com "
        "addtoany.com facebook.com/plugins/like facebook.com/plugins/share facebook.com/plugins/page facebook.com/v",
    ),
    (
        "advertisement",
        "doubleclick.net googlesyndication.com amazon-adsystem.com taboola.com outbrain.com adnxs.com criteo.com "
        "pubmatic.com rubiconproject.com adsystem.com teads.tv googleadservices.com",
    ),
    (
        "tracking",
        "googletagmanager.com google-analytics.com facebook.com/tr scorecardresearch.com quantserve.com hotjar.com "
        "bluekai.com demdex.net doubleverify.com",
    ),
    ("control", "google.com/recaptcha recaptcha.net hcaptcha.com challenges.cloudflare.com accounts.google.com"),
    ("cookie notice", "onetrust.com cookiebot.com consensu.org sp-prod.net privacy-mgmt.com trustarc.com"),
    (
        "newsletter box",
        "list-manage.com mailchimp.com convertkit.com buttondown.email buttondown.com mailerlite.com ck.page",
    ),
)
_KIND = {address: kind for kind, addresses in _HOSTS for address in addresses.split()}
_WHY = {address: why for why, addresses in _UNWANTED for address in addresses.split()}


def shows(address: str) -> str:
    """What the site at ``address`` is known to show: ``"video"``, ``"audio"``, ``"post"``; else empty."""
    return _known(address, _KIND)


def why_unwanted(address: str) -> str:
    """Why the thing at ``address`` is no part of any article; empty where it may be one."""
    return _known(address, _WHY) or ("advertisement" if "/ads/" in host_and_path(address)[1] else "")


def _known(address: str, table: dict[str, str]) -> str:
    """What ``table`` (domain, or domain and beginning of the path → answer) says of an address; else empty."""
    host, path = host_and_path(address)
    for name, answer in table.items():
        domain, _, below = name.partition("/")
        if (host == domain or host.endswith(f".{domain}")) and path.startswith(f"/{below}" if below else ""):
            return answer
    return ""


def host_and_path(address: str) -> tuple[str, str]:
    """Host and path of an address, lower case; both empty where it is none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "", ""
    return (parts.hostname or "").lower(), parts.path.lower()
