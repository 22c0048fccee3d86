"""The transcript as Podcasting 2.0 JSON, with the time and the source of every word beside what apps read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pipeline.contracts import Written
from pipeline.publish.sidecars._article_words import maps
from pipeline.publish.sidecars._subtitles import subtitles
from pipeline.units import seconds_from_samples

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.model.clip import Word
    from pipeline.model.episode import Edition
    from pipeline.model.script import SpanMap, Utterance
    from pipeline.publish.sidecars._subtitles import Subtitle

MEDIA_TYPE = "application/json"


def write(edition: Edition, out: Path) -> tuple[Written, ...]:
    """Write ``NAME.transcript.json``.

    Apps read of each segment ``speaker`` (empty for the narrator), ``startTime``, ``endTime`` (seconds) and ``body``.
    Others find there ``id``, ``role``, ``chapter`` (index), ``language`` where it is another one, ``written`` (the
    article's words), ``source`` (``line``, ``endLine``, ``part`` of the article's file) and ``words``: each with
    ``start`` and ``end`` in ``body``, its times, and ``written``, the [start, end) of the written words that it
    stands for.
    """
    name = f"{edition.name}.transcript.json"
    content = {
        "version": "1.0.0",
        "title": edition.tags.title,
        "language": edition.script.language,
        "segments": list(_segments(edition)),
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":")).replace('{"speaker"', '\n{"speaker"')
    (out / name).write_text(text + "\n", encoding="utf-8", newline="\n")
    return (Written(path=name, media_type=MEDIA_TYPE),)


def _segments(edition: Edition) -> Iterator[dict[str, Any]]:
    utterances = {one.id: one for one in edition.script.utterances()}
    rate_hz = edition.timeline.sample_rate_hz
    for one in subtitles(edition.timeline):
        cue, utterance = one.cue, utterances.get(one.cue.id)
        known = one.text == cue.spoken
        spans = maps(cue, utterance) if known else ()
        details = {
            "language": _language(utterance),
            "written": cue.written,
            "source": _source(utterance),
            "words": [_word(word, one, spans, rate_hz) for word in cue.words] if known else [],
        }
        yield {
            "speaker": one.voice,
            "startTime": one.start_ms / 1000,
            "endTime": one.end_ms / 1000,
            "body": one.text,
            "id": one.id,
            "role": cue.role,
            "chapter": cue.chapter,
            **{key: value for key, value in details.items() if value},
        }


def _language(utterance: Utterance | None) -> str:
    """The language of an utterance that is all in another one."""
    parts = utterance.parts if utterance else ()
    return parts[0].language if len(parts) == 1 else ""


def _source(utterance: Utterance | None) -> dict[str, Any]:
    if utterance is None or not utterance.origin.line:
        return {}
    place = utterance.origin
    return {"line": place.line, "endLine": place.end_line, **({"part": place.part} if place.part else {})}


def _word(word: Word, one: Subtitle, spans: tuple[SpanMap, ...], rate_hz: int) -> dict[str, Any]:
    start, end = one.cue.start + word.start_sample, one.cue.start + word.end_sample
    found = [span for span in spans if span.spoken_start < word.end and word.start < span.spoken_end]
    written = [min(span.start for span in found), max(span.end for span in found)] if found else None
    return {
        "start": word.start,
        "end": word.end,
        "startTime": seconds_from_samples(start, rate_hz),
        "endTime": seconds_from_samples(end, rate_hz),
        **({"written": written} if written else {}),
    }
