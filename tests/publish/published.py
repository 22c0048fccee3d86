"""A published show for the tests of feeds and pages: as many episodes as wanted, every file of every kind."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

from pipeline.model.publication import Item, Posted
from pipeline.model.show import Destination, Show

URL = "https://example.org/slow"
GUID = "f81d4fae-7dec-51d0-a765-00a0c91e6bf6"
COVER = Posted(path="cover-0a1b2c3d.jpg", media_type="image/jpeg", bytes=200_000, sha256="c" * 64, role="cover")
_FILES = (
    ("mp3", "audio/mpeg", "audio"),
    ("m4b", "audio/mp4", "audio"),
    ("opus", "audio/ogg", "audio"),
    ("transcript.html", "text/html", "transcript"),
    ("txt", "text/plain", "transcript"),
    ("json", "application/json", "transcript"),
    ("srt", "application/x-subrip", "transcript"),
    ("words.vtt", "text/vtt", "transcript"),
    ("vtt", "text/vtt", "transcript"),
    ("chapters.json", "application/json+chapters", "chapters"),
    ("readalong.html", "text/html", "page"),
    ("readalong-002.html", "text/html", "page"),
    ("embed.html", "text/html", "page"),
    ("epub", "application/epub+zip", "book"),
    ("script.txt", "text/plain", "script"),
    ("jpg", "image/jpeg", "cover"),
)


def show(**changes: object) -> Show:
    told: dict[str, object] = {
        "title": "Slow Reading",
        "language": "en-GB",
        "description": "Articles about the sea & the shore, read aloud.",
        "link": "https://example.org/",
        "authors": ("The Tide Desk",),
        "category": "Science > Earth Sciences",
        "explicit": False,
        "email": "desk@example.org",
        "licence": "CC-BY-4.0",
        "destination": Destination(folder="public", url=URL),
    }
    return Show(**{**told, **changes})  # type: ignore[arg-type]


def files(name: str) -> tuple[Posted, ...]:
    """One file of every kind, their names ending in digests of their content."""
    out = []
    for number, (suffix, media_type, role) in enumerate(_FILES):
        digest = hashlib.sha256(f"{name} {suffix}".encode()).hexdigest()
        path = f"episodes/{name}/{name}-{digest[:8]}.{suffix}"
        size = 1_000_000 - 1_000 * number
        language = "en-GB" if role == "transcript" else ""
        out.append(
            Posted(path=path, media_type=media_type, bytes=size, sha256=digest, role=role, language=language),
        )
    return tuple(out)


def item(number: int, **changes: object) -> Item:
    name = f"tides-{number}"
    day = datetime(2024, 1, 1, 6, tzinfo=UTC) + timedelta(days=number)
    told: dict[str, object] = {
        "name": name,
        "guid": f"articlecast:{name}",
        "title": f"How tides work, part {number}",
        "number": number,
        "season": 2,
        "published": day.isoformat(),
        "link": f"https://example.org/articles/{name}",
        "description": f"What the moon does to the sea, time and again: part {number}.",
        "notes": f"<p>Notes of part {number}.</p>\n<h2>Links</h2>\n<ul>\n<li>"
        '<a href="https://example.org/moon?a=1&amp;b=2">The moon</a></li>\n</ul>\n',
        "authors": ("The Tide Desk", "The Moon Desk"),
        "language": "en-GB",
        "licence": "https://creativecommons.org/licenses/by-sa/4.0/",
        "narrator": "hibari (synthetic voice)",
        "explicit": False,
        "duration_ms": 754_600,
        "files": files(name),
    }
    return Item(**{**told, **changes})  # type: ignore[arg-type]


def items(count: int) -> tuple[Item, ...]:
    return tuple(item(number) for number in range(1, count + 1))
