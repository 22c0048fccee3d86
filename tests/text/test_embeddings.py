"""What is shown or quoted from elsewhere: videos, recordings, posts, drawings, pull quotes."""

from __future__ import annotations

import pytest

from pipeline.model.document import Aside, Paragraph, Quote, Span
from pipeline.text.dom.pull import without_repeats
from pipeline.text.dom.source import parse
from pipeline.text.walk import walk
from tests.read.as_json import _block


def read(markup: str, *, own: bool = True) -> tuple[list[object], list[str]]:
    """Blocks in the form of the case files, and what was left out."""
    blocks, omitted = walk(parse(f"<body>{markup}</body>", "x"), language="en", own=own)
    return [_block(block) for block in blocks], [f"{one.what}: {one.why}" for one in omitted]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<iframe src='https://www.youtube.com/embed/1' title=T></iframe>", {"kind": "video", "alt": "T"}),
        ("<p><iframe src='https://player.vimeo.com/video/1' title='vimeo-player'></iframe>", {"kind": "video"}),
        ("<iframe src='https://open.spotify.com/embed/1'></iframe>", {"kind": "audio"}),
        ("<iframe src='https://embed.bsky.app/embed/x'></iframe>", {"kind": "post"}),
        ("<iframe src='https://example.org/map' aria-label=Map></iframe>", {"kind": "page", "alt": "Map"}),
        ("<video><source src=a.mp4>Your browser cannot play this</video>", {"figure": "a.mp4", "kind": "video"}),
        ("<audio src=a.mp3>The sea</audio>", {"figure": "a.mp3", "kind": "audio", "alt": "The sea"}),
        ("<object data=a.svg type=image/svg+xml><img alt=Map></object>", {"figure": "a.svg", "alt": "Map"}),
        ("<embed src=a.mp4 type=video/mp4>", {"figure": "a.mp4", "kind": "video"}),
        ("<amp-youtube data-videoid=x></amp-youtube>", {"figure": "https://www.youtube.com/watch?v=x"}),
        ("<lite-youtube videoid=x playlabel=T></lite-youtube>", {"kind": "video", "alt": "T"}),
        ("<script src='https://gist.github.com/u/1.js'></script>", {"figure": "https://gist.github.com/u/1"}),
        (
            "<figure><div><iframe src=https://youtu.be/1 title=T></iframe></div><figcaption>C</figcaption></figure>",
            {"alt": "T", "caption": "C"},
        ),
        ("<blockquote class=instagram-media data-instgrm-permalink=/p><a>View this post on Instagram</a></blockquote>",
         {"figure": "/p", "kind": "post"}),
        ("<svg aria-label='A chart'></svg>", {"alt": "A chart"}),
        ("<svg><title>Tides</title><desc>They rise.</desc></svg>", {"alt": "Tides: They rise."}),
        ("<picture><source srcset='a.webp 1x, b.webp 2x'><img alt=A></picture>", {"figure": "a.webp", "alt": "A"}),
        ("<amp-img src=a.png alt=A></amp-img>", {"figure": "a.png", "alt": "A"}),
        ("<figure><img src=a alt=''><span class=sr-only>What it shows</span></figure>", {"alt": "What it shows"}),
    ],
)  # fmt: skip
def test_embeddings_are_announced(markup: str, expected: dict[str, object]) -> None:
    (figure,), omitted = read(markup)
    assert isinstance(figure, dict)
    assert {key: figure.get(key) for key in expected} == expected
    assert not omitted


@pytest.mark.parametrize(
    ("markup", "why"),
    [
        ("<iframe src=https://www.googletagmanager.com/ns.html></iframe>", "tracking"),
        ("<iframe src=https://example.org/a width=1 height=1></iframe>", "tracking"),
        ("<iframe src=https://example.org/a style='display:none'></iframe>", "hidden on the page"),
        ("<iframe src=https://disqus.com/embed></iframe>", "comments"),
        ("<iframe src=https://www.facebook.com/plugins/like.php></iframe>", "share buttons"),
        ("<iframe src=https://ad.doubleclick.net/x></iframe>", "advertisement"),
        ("<video src=blob:x title=''></video>", "embedding without an address"),
    ],
)
def test_what_belongs_to_no_article_is_left_out_and_told(markup: str, why: str) -> None:
    found, (omitted,) = read(markup)
    assert found == []
    assert omitted.endswith(f": {why}")


def test_icons_are_nothing() -> None:
    markup = "<p>a <svg width=16><title>icon</title></svg><a href=x><svg><title>Share</title></svg></a> b</p>"
    assert read(markup) == ([{"p": "a b"}], [])


def test_a_post_is_a_quotation_with_its_author() -> None:
    found, _ = read(
        "<blockquote class=twitter-tweet><p>High water. <a href=https://t.co/a>pic.twitter.com/a</a></p>&mdash; "
        "Harbour office (@harbour) <a href=https://twitter.com/harbour/status/1>June 1, 2020</a></blockquote>"
    )
    assert found == [
        {
            "quote": "High water.",
            "cite": "Harbour office (@harbour) {link=https://twitter.com/harbour/status/1: June 1, 2020}",
        }
    ]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<figure class=pullquote><blockquote>Q</blockquote></figure>", "Q"),
        ("<aside class=pull-quote><blockquote><p>Q</p></blockquote></aside>", "Q"),
        ("<blockquote class=pull>Q</blockquote>", "Q"),
        ("<p class=pullquote>Q</p>", "Q"),
        ("<div role=doc-pullquote>Q</div>", "Q"),
        ("<figure class=pullquote><blockquote>Q</blockquote><figcaption>— B</figcaption></figure>",
         [{"quote": "Q", "cite": "B"}]),
    ],
)  # fmt: skip
def test_pull_quotes_are_known(markup: str, expected: object) -> None:
    assert read(markup)[0] == [{"aside": "pullquote", "blocks": expected}]


@pytest.mark.parametrize("markup", ["<div class=pull-right>R</div>", "<p><span class=pullquote>R</span></p>"])
def test_what_is_only_named_like_a_pull_quote_is_text(markup: str) -> None:
    assert read(markup)[0] == [{"p": "R"}]


@pytest.mark.parametrize(
    ("pulled", "gone"),
    [
        ("“THE SEA - it breathes!”", True),
        ("The sea … breathes twice a day", True),
        ("…it breathes [...] twice a day", True),
        ("Breathes … the sea", False),
        ("Breathes twice a day … look the sea it", False),
        ("The sea sleeps", False),
        ("The sea it breathe", False),
        ("…", False),
    ],
)
def test_a_pull_quote_that_repeats_the_text_is_dropped(pulled: str, gone: bool) -> None:
    text = Paragraph(text=(Span(text="Look: the sea—it breathes twice a day."),))
    quote = Quote(blocks=(Paragraph(text=(Span(text=pulled),)),), cite=(Span(text="Somebody"),))
    pull = Aside(role="pullquote", blocks=(quote,))
    kept, omitted = without_repeats((text, pull))
    assert (kept == (text,)) is gone
    assert len(omitted) == gone
