"""What search engines and libraries read of an episode: schema.org in JSON-LD, with how it can be perceived."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pipeline.publish import addresses
from pipeline.publish.editions import embeddable, readable
from pipeline.publish.feed_item import CAPTIONS, CHAPTERS
from pipeline.publish.feed_text import clean, licence, line, moment, web
from pipeline.units import rescale_samples

if TYPE_CHECKING:
    from pipeline.model.publication import Item, Posted
    from pipeline.model.show import Show

_OVERLAY = "application/epub+zip"


def text(show: Show, item: Item, *, cover: Posted | None = None) -> str:
    """`episode` as JSON for a script element: no text in it can end that element or begin another."""
    told = clean(json.dumps(episode(show, item, cover=cover), ensure_ascii=False))
    for character in "<>&\u2028\u2029":
        told = told.replace(character, f"\\u{ord(character):04x}")
    return told


def episode(show: Show, item: Item, *, cover: Posted | None = None) -> dict[str, Any]:
    """The episode as a schema.org ``PodcastEpisode``; what nobody knows is left out."""
    when = moment(item)
    identifier, where = licence(item.licence or show.licence)
    page = addresses.address(show, addresses.page(item))
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "PodcastEpisode",
        "@id": page,
        "url": page,
        "identifier": item.guid,
        "name": line(item.title) or item.name,
        "description": line(item.description),
        "inLanguage": item.language or show.language,
        "datePublished": when.isoformat() if when else "",
        "episodeNumber": item.number,
        "partOfSeason": {"@type": "PodcastSeason", "seasonNumber": item.season} if item.season is not None else None,
        "partOfSeries": {
            "@type": "PodcastSeries",
            "name": line(show.title),
            "url": addresses.address(show, addresses.INDEX),
            "webFeed": addresses.address(show, addresses.FEED),
        },
        "author": [{"@type": "Person", "name": line(name)} for name in item.authors],
        "license": where or identifier or line(item.licence or show.licence),
        "isBasedOn": web(item.link),
        "image": addresses.address(show, cover.path) if cover else "",
        "duration": _lasting(item),
        "isFamilyFriendly": None if item.explicit is None else not item.explicit,
        "associatedMedia": [_audio(show, item, file) for file in item.of_role("audio")],
        **_perceived(item),
    }
    return {key: value for key, value in told.items() if value not in ("", None, [])}


def _audio(show: Show, item: Item, file: Posted) -> dict[str, Any]:
    timed = [one for one in item.of_role("transcript") if one.media_type in CAPTIONS]
    captions = min(timed, key=lambda one: CAPTIONS.index(one.media_type), default=None)
    told: dict[str, Any] = {
        "@type": "AudioObject",
        "contentUrl": addresses.address(show, file.path),
        "encodingFormat": file.media_type,
        "contentSize": str(file.bytes),
        "sha256": file.sha256,
        "duration": _lasting(item),
        "inLanguage": item.language,
        "embedUrl": addresses.address(show, addresses.embedded(item)),
        "accessMode": ["auditory"],
    }
    if captions:
        told["caption"] = {
            "@type": "MediaObject",
            "contentUrl": addresses.address(show, captions.path),
            "encodingFormat": captions.media_type,
            "inLanguage": captions.language or item.language,
        }
    return {key: value for key, value in told.items() if value}


def _perceived(item: Item) -> dict[str, Any]:
    """By which senses the episode can be taken in, and what helps: only what is there (W3C's schema.org terms)."""
    transcripts = item.of_role("transcript")
    together = readable(item) or embeddable(item) or any(one.media_type == _OVERLAY for one in item.of_role("book"))
    text = bool(transcripts or together)
    features = {
        "transcript": bool(transcripts),
        "captions": any(one.media_type in CAPTIONS for one in transcripts),
        "structuralNavigation": any(one.media_type == CHAPTERS for one in item.of_role("chapters")),
        "synchronizedAudioText": bool(together),
    }
    voice = "Narrated by a synthetic voice." if item.narrator else "Narrated."
    return {
        "accessMode": ["auditory", "textual"] if text else ["auditory"],
        "accessModeSufficient": [
            {"@type": "ItemList", "itemListElement": [mode]}
            for mode in (["auditory", "textual"] if text else ["auditory"])
        ],
        "accessibilityFeature": [name for name, there in features.items() if there],
        "accessibilityHazard": ["noFlashingHazard", "noMotionSimulationHazard", "unknownSoundHazard"],
        "accessibilitySummary": f"{voice} The whole text can be read." if text else voice,
    }


def _lasting(item: Item) -> str:
    """Length in ISO 8601, to a second."""
    return f"PT{max(rescale_samples(item.duration_ms, 1000, 1), 1)}S" if item.duration_ms else ""
