"""``show.toml`` → `Show`; every mistake at once, with its path."""

from __future__ import annotations

import string
import tomllib
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from typing import TYPE_CHECKING

from pipeline.errors import ConfigError
from pipeline.model.codec import from_plain
from pipeline.model.limits import RATE_PERCENT
from pipeline.model.show import (
    ALLOWED,
    FIELDS,
    PROFILES,
    QUALITIES,
    QUOTE_VOICE,
    SIGNPOSTS,
    AudioFormat,
    Credit,
    Pauses,
    Recordings,
    Show,
    Voice,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

SHORTEST_PAUSE_MS = 200
"""Utterances are encoded alone; nearer than this the silence between them would be cut."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _ShowTable:
    title: str = ""
    language: str = ""
    link: str = ""
    description: str = ""
    authors: tuple[str, ...] = ()
    category: str = "News"
    cover: str = ""
    explicit: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _VoiceTable:
    engine: str
    model: str = ""
    speaker: str = ""
    language: str = ""
    rate: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class _PublishTable:
    formats: tuple[str, ...] = Show().formats
    sidecars: tuple[str, ...] = Show().sidecars


@dataclass(frozen=True, slots=True, kw_only=True)
class _SayTable:
    headings: str = ""
    lists: str = ""
    definitions: str = ""
    tables: str = ""
    figures: str = ""
    captions: str = ""
    embeds: str = ""
    quotes: str = ""
    pull_quotes: str = ""
    code: str = ""
    maths: str = ""
    links: str = ""
    abbreviations: str = ""
    footnotes: str = ""
    asides: str = ""
    breaks: str = ""
    opening: str = ""
    closing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _NarrationTable:
    chapter_level: int = Show().chapter_level
    profile: str = Show().profile
    signposts: str = ""
    opening: str = ""
    closing: str = ""
    say: _SayTable = field(default_factory=_SayTable)


@dataclass(frozen=True, slots=True, kw_only=True)
class _CreditTable:
    title: str = ""
    licence: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """The shape of the file."""

    show: _ShowTable = field(default_factory=_ShowTable)
    voices: dict[str, _VoiceTable] = field(default_factory=dict)
    audio: AudioFormat = field(default_factory=AudioFormat)
    pauses: Pauses = field(default_factory=Pauses)
    publish: _PublishTable = field(default_factory=_PublishTable)
    narration: _NarrationTable = field(default_factory=_NarrationTable)
    recordings: Recordings = field(default_factory=Recordings)
    credits: dict[str, _CreditTable] = field(default_factory=dict)


def load(path: Path) -> Show:
    """The show that the file at ``path`` describes.

    Raises:
        ConfigError: The file is missing, is not TOML, or holds mistakes; all of them are named.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ConfigError(f"cannot be read ({error.strerror})", str(path)) from error
    except UnicodeDecodeError as error:
        raise ConfigError("is not UTF-8; save it as UTF-8", str(path)) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"is not TOML: {error}", str(path)) from error
    try:
        show = _show(from_plain(data, _File))
    except ConfigError as error:
        raise ConfigError(error.message, str(path)) from error
    mistakes = [*_mistakes(show), *_file_mistakes(show, path.parent)]
    if mistakes:
        raise ConfigError("; ".join(mistakes), str(path))
    return show


def _show(file: _File) -> Show:
    voices = tuple(
        Voice(
            name=name,
            engine=voice.engine,
            model=voice.model,
            speaker=voice.speaker,
            language=voice.language,
            rate_percent=voice.rate,
        )
        for name, voice in file.voices.items()
    )
    table = file.show
    return Show(
        title=table.title,
        language=table.language,
        link=table.link,
        description=table.description,
        authors=table.authors,
        category=table.category,
        cover=table.cover,
        explicit=table.explicit,
        voices=voices,
        audio=file.audio,
        pauses=file.pauses,
        formats=file.publish.formats,
        sidecars=file.publish.sidecars,
        chapter_level=file.narration.chapter_level,
        profile=file.narration.profile,
        say=tuple(_wishes(file.narration)),
        recordings=file.recordings,
        credits=tuple(
            Credit(path=name, title=credit.title, licence=credit.licence, source=credit.source)
            for name, credit in file.credits.items()
        ),
    )


def _wishes(table: _NarrationTable) -> Iterator[tuple[str, str]]:
    """What the table wants otherwise than its profile; a text for the closing wants the closing said."""
    if table.closing:
        yield "closing", "read"
    if table.opening:
        yield "opening", "read"
    found = {key.name: str(getattr(table.say, key.name)) for key in fields(_SayTable)}
    found |= {"signposts": table.signposts, "opening_text": table.opening, "closing_text": table.closing}
    yield from ((name, value) for name, value in found.items() if value)


def _mistakes(show: Show) -> list[str]:
    """What is wrong though it is of the right type."""
    found = [
        f"$.pauses.{name} must be {SHORTEST_PAUSE_MS} to 60000 ms, not {getattr(show.pauses, name)}"
        for name in Pauses.__dataclass_fields__
        if not SHORTEST_PAUSE_MS <= getattr(show.pauses, name) <= 60_000
    ]
    found += [
        f"$.voices['{voice.name}'].rate must be 50 to 200 percent, not {voice.rate_percent}"
        for voice in show.voices
        if not RATE_PERCENT[0] <= voice.rate_percent <= RATE_PERCENT[1]
    ]
    if not -40 <= show.audio.target_lufs <= -8:
        found.append(f"$.audio.target_lufs must be -40 to -8, not {show.audio.target_lufs}")
    if not -12 <= show.audio.ceiling_dbfs <= -0.5:
        found.append(f"$.audio.ceiling_dbfs must be -12 to -0.5, not {show.audio.ceiling_dbfs}")
    if show.audio.quality not in QUALITIES:
        found.append(f"$.audio.quality must be {_one_of(QUALITIES)}, not {show.audio.quality!r}")
    if not 6 <= show.audio.opus_bit_rate_kbps <= 256:
        found.append(f"$.audio.opus_bit_rate_kbps must be 6 to 256, not {show.audio.opus_bit_rate_kbps}")
    if not 1 <= show.chapter_level <= 6:
        found.append(f"$.narration.chapter_level must be 1 to 6, not {show.chapter_level}")
    found += _narration_mistakes(show)
    if not show.formats:
        found.append("$.publish.formats must name at least one audio format")
    return found


def _file_mistakes(show: Show, folder: Path) -> Iterator[str]:
    """Recordings that are not there, or not among the show's own files."""
    named = [(f"$.recordings.{one.name} ", getattr(show.recordings, one.name)) for one in fields(Recordings)]
    named += [("$.credits.", credit.path) for credit in show.credits]
    for key, name in named:
        # an empty name in [recordings] means none; in [credits] it is a mistake
        if (name or key == "$.credits.") and not _is_file(folder, name):
            yield f"{key}{name!r} is no file in this folder or below it"


def _is_file(folder: Path, name: str) -> bool:
    try:
        path = (folder / name).resolve()
        return path.is_file() and path.is_relative_to(folder.resolve())
    except (OSError, ValueError):  # no name that a file could have
        return False


def _narration_mistakes(show: Show) -> Iterator[str]:
    if show.profile not in PROFILES:
        near = get_close_matches(show.profile, PROFILES, n=1)
        hint = f" (did you mean {near[0]}?)" if near else ""
        yield f"$.narration.profile must be {_one_of(PROFILES)}, not {show.profile!r}{hint}"
    for name, value in show.say:
        if name in ALLOWED and value not in ALLOWED[name]:
            yield f"$.narration.say.{name} must be {_one_of(ALLOWED[name])}, not {value!r}"
        elif name == "signposts" and value not in SIGNPOSTS:
            yield f"$.narration.signposts must be {_one_of(SIGNPOSTS)}, not {value!r}"
        elif name.endswith("_text"):
            yield from _template_mistakes(f"$.narration.{name.removesuffix('_text')}", value)
    if ("quotes", "voice") in show.say and QUOTE_VOICE not in {voice.name for voice in show.voices}:
        yield f"$.narration.say.quotes is 'voice', but there is no [voices.{QUOTE_VOICE}]"


def _template_mistakes(path: str, text: str) -> Iterator[str]:
    """What a text with fields names that there is not."""
    try:
        parsed = list(string.Formatter().parse(text))
    except ValueError as error:
        yield f"{path}: {error}"
        return
    for _, name, form, conversion in parsed:
        if name is not None and (name not in FIELDS or form or conversion):
            yield f"{path} names {{{name}}}; it may name {', '.join(f'{{{one}}}' for one in FIELDS)}"


def _one_of(names: Iterable[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} or {last}"
