"""Where on a page the article stands."""

from __future__ import annotations

import pytest

from pipeline.text.dom_article import found, marked
from pipeline.text.dom_source import Element, parse

PROSE = (
    "The harbour lay still in the morning, and the boats hung on their lines as if they had been painted there. "
    "Nobody spoke before the first of them came in, and then all of them spoke at once about the price of fish. "
    "It had been a good night, for the wind had stayed in the west and the nets had come up heavy. "
    "By noon the last crate was sold, and the harbour slept again. "
)
OTHER = PROSE.replace("harbour", "market").replace("boats", "carts").replace("fish", "corn")


def name(element: Element | None) -> str | None:
    """The id of ``element``."""
    return None if element is None else element.get("id")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<article id=a><p>{PROSE}</p></article>", "a"),
        (f"<main id=m><p>{PROSE}</p></main>", "m"),
        (f"<main id=m><article id=a><p>{PROSE}</p></article></main>", "a"),
        (f"<main id=m><p>{PROSE * 3}</p><article id=a><p>{OTHER}</p></article></main>", "m"),
        (f"<main id=m><article><p>{PROSE}</p></article><article><p>{OTHER}</p></article></main>", "m"),
        (f"<article><p>{PROSE}</p></article><article><p>{OTHER}</p></article>", None),
        (f"<article id=a>Teaser</article><p>{PROSE}</p>", None),
        (f"<div id=b itemprop=articleBody><p>{PROSE}</p></div><div><p>Short.</p></div>", "b"),
        (f"<div role=main id=r><p>{PROSE}</p></div>", "r"),
        (f"<p>{PROSE}</p>", None),
    ],
)
def test_marked_article(body: str, expected: str | None) -> None:
    assert name(marked(parse(f"<body>{body}</body>", "x"))) == expected


def test_found_element_holds_nearly_all_of_the_text() -> None:
    halves = f"<div id=one><p>{PROSE}</p></div><div id=two><p>{OTHER}</p></div>"
    page = parse(f"<body><nav><a href=1>Home</a></nav><div id=story>{halves}</div><div>Imprint</div></body>", "x")
    element, metadata = found(page)
    assert name(element) == "story"
    assert metadata is not None


def test_page_beyond_measure_is_not_given_to_trafilatura() -> None:
    assert found(parse(f"<body>{'<p>a</p>' * 30_001}</body>", "x")) == (None, None)
