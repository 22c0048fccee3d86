"""The episode as a W3C Audiobook in one file (LPF): a sound file and its text for each chapter, contents, cover.

Sources: W3C Audiobooks, Publication Manifest, and Lightweight Packaging Format. Players skip within a sound file by
seconds at best, so each chapter has its own.
"""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from typing import TYPE_CHECKING, Any

from pipeline.contracts import Written
from pipeline.publish.sidecars._article_html import direction, escape
from pipeline.publish.sidecars._book import (
    MP3,
    clean,
    facts,
    hazards,
    on_mp3,
    reader,
    recordings,
    sounds,
    sufficient,
    title_of,
)
from pipeline.publish.sidecars._book_pages import outline, pages
from pipeline.publish.sidecars._pictures import ENDINGS, moving, packed, undescribed
from pipeline.publish.sidecars._zip import zipped

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pipeline.model.episode import Edition, Tags
    from pipeline.publish.sidecars._book import Clip, Facts
    from pipeline.publish.sidecars._book_pages import Heading, Page

NEEDS = "mp3"
"""The format that it is made from."""
MEDIA_TYPE = "application/lpf+zip"
_OF_XML = re.compile(r' (?:epub:type|xml:lang)="[^"]*"')
"""Attributes that HTML does not have; a quotation mark in the text is written otherwise."""
PROFILE = "https://www.w3.org/TR/audiobooks/"
_SUMMARY = (
    "The text is read aloud by {narrator}. Each chapter is a sound file, reached from the table of contents, with its "
    "text beside it."
)


def write(edition: Edition, out: Path) -> tuple[Written, ...]:
    """Write ``NAME.lpf``.

    Raises:
        UsageError: The episode has no MP3.
    """
    edition, mp3 = on_mp3(edition, sidecar="lpf")
    about, cover = facts(edition), edition.tags.cover
    name = f"{edition.name}.lpf"
    with zipped(out / name) as add:
        clips: list[Clip] = []
        order: list[dict[str, Any]] = []
        total_ms = 0
        for sound in sounds(edition, mp3):
            add(f"{sound.stem}.mp3", sound.data)
            clips += sound.clips
            total_ms += sound.duration_ms
            resource = _resource(f"{sound.stem}.mp3", MP3, sound.data, name=title_of(edition, sound.chapter))
            order.append({**resource, "duration": _duration(sound.duration_ms)})
        pictures: dict[str, bytes] = {}
        images, kept = packed(edition, pictures.__setitem__, allowed=tuple(ENDINGS))
        book = pages(edition, clips, suffix=".html", images=images)
        texts = {}
        for page in book:
            text = _page(page, about.language).encode("utf-8")
            add(f"{page.stem}.html", text)
            texts[f"{page.stem}.mp3"] = _resource(f"{page.stem}.html", "text/html", text)
        for one in order:
            if text_of := texts.pop(one["url"], None):
                one["alternate"] = [text_of]
        contents = _contents(about, book).encode("utf-8")
        add("index.html", contents)
        resources = [_resource("index.html", "text/html", contents, rel="contents"), *texts.values()]
        for file, data in pictures.items():
            add(file, data)
            resources.append(_resource(file, kept[file], data))
        if cover:
            add("cover.jpg", cover)
            resources.append(_resource("cover.jpg", "image/jpeg", cover, rel="cover", name="Cover"))
        access = _access(edition, complete=all(page.complete for page in book))
        manifest = _manifest(about, edition.tags, order, resources, total_ms=total_ms, access=access)
        add("publication.json", (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode("utf-8"))
    return (Written(path=name, media_type=MEDIA_TYPE),)


def _manifest(
    about: Facts,
    tags: Tags,
    order: list[dict[str, Any]],
    resources: list[dict[str, Any]],
    *,
    total_ms: int,
    access: dict[str, Any],
) -> dict[str, Any]:
    link, narrator = clean(tags.link), clean(tags.narrator)
    return {
        "@context": ["https://schema.org", "https://www.w3.org/ns/pub-context", {"language": about.language}],
        "conformsTo": PROFILE,
        "type": "Audiobook",
        "id": about.identifier,
        **({"url": link} if "://" in link and " " not in link else {}),
        "name": about.title,
        "author": list(about.authors),
        **({"readBy": narrator} if narrator else {}),
        "publisher": about.publisher,
        "inLanguage": about.language,
        "readingProgression": direction(about.language),
        "datePublished": about.date,
        "dateModified": about.date,
        "duration": _duration(total_ms),
        **access,
        "readingOrder": order,
        "resources": resources,
    }


def _access(edition: Edition, *, complete: bool) -> dict[str, Any]:
    """What readers with one sense or another can do with it."""
    pictures, lacking = bool(edition.pictures), undescribed(edition)
    sets = sufficient(complete=complete, pictures=pictures, undescribed=lacking)
    described = ("alternativeText",) if pictures and not lacking else ()
    return {
        "accessMode": ["auditory", "textual", *(["visual"] if pictures else [])],
        "accessModeSufficient": [{"type": "ItemList", "itemListElement": list(senses)} for senses in sets],
        "accessibilityFeature": [*described, "readingOrder", "structuralNavigation", "tableOfContents", "transcript"],
        "accessibilityHazard": list(hazards(recordings=recordings(edition), moving=moving(edition))),
        "accessibilitySummary": {
            "value": _SUMMARY.format(narrator=reader(edition)),
            "language": "en",
        },
    }


def _resource(url: str, media_type: str, data: bytes, *, rel: str = "", name: str = "") -> dict[str, Any]:
    digest = b64encode(hashlib.sha256(data).digest()).decode("ascii")
    said = {"url": url, "encodingFormat": media_type, "rel": rel, "name": name, "integrity": f"sha256-{digest}"}
    return {"type": "LinkedResource", **{key: value for key, value in said.items() if value}}


def _contents(about: Facts, book: Sequence[Page]) -> str:
    entries = [(one.level, one.title, _place(one)) for page in book for one in page.headings if one.line is not None]
    return f"""<!DOCTYPE html>
<html lang="{about.language}" dir="{direction(about.language)}">
<head>
<meta charset="utf-8">
<title>{escape(about.title)}</title>
<link rel="publication" href="publication.json">
</head>
<body>
<h1>{escape(about.title)}</h1>
<nav role="doc-toc" aria-label="{escape(about.title)}">
{outline(entries)}
</nav>
</body>
</html>
"""


def _place(heading: Heading) -> str:
    assert heading.line is not None
    clip = heading.line.clip
    return f"{clip.stem}.mp3" + (f"#t={_seconds(clip.begin_ms)}" if clip.begin_ms else "")


def _page(page: Page, language: str) -> str:
    return f"""<!DOCTYPE html>
<html lang="{language}" dir="{direction(language)}">
<head>
<meta charset="utf-8">
<title>{escape(page.title)}</title>
</head>
<body>
{_OF_XML.sub("", page.body)}
</body>
</html>
"""


def _duration(ms: int) -> str:
    """As ISO 8601 has it, in seconds."""
    return f"PT{_seconds(ms)}S"


def _seconds(ms: int) -> str:
    return f"{ms // 1000}.{ms % 1000:03}"
