"""The chapters as Podcasting 2.0 JSON, version 1.2: what podcast apps fetch from the feed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pipeline.contracts import Written
from pipeline.units import seconds_from_samples

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.model.episode import Edition
    from pipeline.model.timeline import ChapterMark

MEDIA_TYPE = "application/json+chapters"


def write(edition: Edition, out: Path) -> tuple[Written, ...]:
    """Write ``NAME.chapters.json``; its times are those of the chapters in the audio file."""
    tags = edition.tags
    head = {
        "title": tags.title,
        "author": ", ".join(tags.authors),
        "podcastName": tags.show,
        "description": tags.comment,
    }
    chapters = [_chapter(mark, edition.timeline.sample_rate_hz) for mark in edition.timeline.chapters]
    content = {"version": "1.2.0", **{key: text for key, text in head.items() if text}, "chapters": chapters}
    name = f"{edition.name}.chapters.json"
    (out / name).write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")
    return (Written(path=name, media_type=MEDIA_TYPE),)


def _chapter(mark: ChapterMark, sample_rate_hz: int) -> dict[str, float | str]:
    """Seconds to a millisecond, as the chapter frames of the audio count them."""
    times = {
        "startTime": seconds_from_samples(mark.start, sample_rate_hz),
        "endTime": seconds_from_samples(mark.end, sample_rate_hz),
    }
    return {**times, "title": mark.title} if mark.title else {**times}
