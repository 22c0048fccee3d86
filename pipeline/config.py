"""``show.toml`` → `Show`; every mistake at once, with its path."""

from __future__ import annotations

import re
import string
import tomllib
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipeline.errors import ConfigError
from pipeline.model.categories import is_category, near
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
    Destination,
    Pauses,
    Publishing,
    Recordings,
    Show,
    Sources,
    Voice,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

SHORTEST_PAUSE_MS = 200
"""Utterances are encoded alone; nearer than this the silence between them would be cut."""
LONGEST_GRACE_DAYS = 3650
FEWEST_PAGE_ITEMS = 10
"""Pages of fewer episodes would make apps ask for page after page."""


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
    email: str = ""
    licence: str = ""


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
    review: bool = Publishing().review
    grace_days: int = Publishing().grace_days
    page_items: int = Publishing().page_items


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
    sources: Sources = field(default_factory=Sources)
    destination: Destination = field(default_factory=Destination)
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
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ConfigError(f"cannot be read ({error.strerror})", str(path)) from error
    except UnicodeDecodeError as error:
        raise ConfigError("is not UTF-8; save it as UTF-8", str(path)) from error
    return loads(text, path)


def loads(text: str, path: Path) -> Show:
    """As `load`, of a text that lies, or will lie, at ``path``.

    Raises:
        ConfigError: It is not TOML, or holds mistakes; all of them are named.
    """
    try:
        data = tomllib.loads(text)
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
        email=table.email,
        licence=table.licence,
        sources=file.sources,
        destination=replace(file.destination, url=file.destination.url.rstrip("/")),
        publishing=Publishing(
            review=file.publish.review, grace_days=file.publish.grace_days, page_items=file.publish.page_items
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
    found = [*_show_mistakes(show), *_publishing_mistakes(show)]
    found += [
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
    """Recordings, a cover and articles that are not there, or not among the show's own files."""
    yield from _source_mistakes(show.sources, folder)
    named = [("$.show.cover ", show.cover)]
    named += [(f"$.recordings.{one.name} ", getattr(show.recordings, one.name)) for one in fields(Recordings)]
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


def _source_mistakes(sources: Sources, folder: Path) -> Iterator[str]:
    """Sources that are not there; what an address answers is not asked here."""
    if sources.folder and _is_address(sources.folder):
        yield f"$.sources.folder is a folder, not an address; did you mean feed, sitemap or urls? ({sources.folder})"
    elif sources.folder and not _is_there(folder, sources.folder, kind="dir"):
        yield f"$.sources.folder {sources.folder!r} is no folder; it is given relative to this file"
    for key, value in (("feed", sources.feed), ("sitemap", sources.sitemap)):
        if _is_address(value):
            yield from _address_mistakes(f"$.sources.{key}", value)
        elif value and not _is_there(folder, value, kind="file"):
            yield f"$.sources.{key} {value!r} is no file here, and no address{_with_scheme(value)}"


def _is_there(folder: Path, name: str, *, kind: str) -> bool:
    """Whether a relative path leads to a folder (``"dir"``) or a file; it may lead out of the show's folder."""
    try:
        path = (folder / name).resolve()  # the show's folder itself may still have to be made
        return not PurePath(name).anchor and (path.is_dir() if kind == "dir" else path.is_file())
    except (OSError, ValueError):  # no name that a file could have
        return False


def _show_mistakes(show: Show) -> Iterator[str]:
    from pipeline.text.lexicon import is_tag

    if show.language and not is_tag(show.language):
        yield f"$.show.language must be a tag such as en or pt-BR, not {show.language!r}"
    for voice in show.voices:
        if voice.language and not is_tag(voice.language):
            yield f"$.voices['{voice.name}'].language must be a tag such as en or pt-BR, not {voice.language!r}"
    if show.link:
        yield from _address_mistakes("$.show.link", show.link)
    if show.email and not re.fullmatch(r"[^@\s<>,]+@[^@\s<>,.]+(\.[^@\s<>,.]+)+", show.email):
        yield f"$.show.email must be an address such as desk@example.org, not {show.email!r}"
    if not is_category(show.category):
        told = near(show.category)
        hint = f" (did you mean {told!r}?)" if told else ": https://podcasters.apple.com/support/1691"
        yield f"$.show.category {show.category!r} is not in the directories' list{hint}"


def _publishing_mistakes(show: Show) -> Iterator[str]:
    there, how = show.destination, show.publishing
    if there.folder and there.store:
        yield "$.destination has a folder and a store; a show has one place: leave out one of them"
    if _is_address(there.folder):
        yield f"$.destination.folder is a folder, not an address; did you mean store? ({there.folder})"
    elif there.folder.startswith("~"):
        yield f"$.destination.folder {there.folder!r} is given relative to this file, or from / on"
    elif there.folder and there.folder.rstrip("/") == show.sources.folder.rstrip("/"):
        yield "$.destination.folder is also $.sources.folder: what is published would lie among the articles"
    if there.store and not _is_address(there.store):
        yield "$.destination.store must be an address such as s3://bucket/path; did you mean folder?"
    if there.url:
        yield from _address_mistakes("$.destination.url", there.url, query=False)
    for number, address in enumerate(show.sources.urls):
        yield from _address_mistakes(f"$.sources.urls[{number}]", address)
    if not 0 <= how.grace_days <= LONGEST_GRACE_DAYS:
        yield f"$.publish.grace_days must be 0 to {LONGEST_GRACE_DAYS}, not {how.grace_days}"
    if how.page_items and how.page_items < FEWEST_PAGE_ITEMS:
        yield f"$.publish.page_items must be 0 (all on one page) or at least {FEWEST_PAGE_ITEMS}, not {how.page_items}"


def _is_address(text: str) -> bool:
    return "://" in text


def _address_mistakes(path: str, address: str, *, query: bool = True) -> Iterator[str]:
    """What keeps ``address`` from being one on the web; a ``query`` may be allowed, a password never is."""
    try:
        parts = urlsplit(address)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        good = False
    # what a browser would quietly change is not what a feed may hold
    if not good or re.search(r"[\s<>\"\\^`{|}\x00-\x20]", address):
        hint = "" if _is_address(address) else _with_scheme(address)
        yield f"{path} must be an address that begins with https:// or http://, not {address!r}{hint}"
    elif parts.username is not None:
        yield f"{path} must not hold a user or a password"
    elif not query and (parts.query or parts.fragment or "?" in address or "#" in address):
        yield f"{path} must be without a query and a fragment: files are found below it ({address})"


def _with_scheme(text: str) -> str:
    """A hint for addresses of which the beginning was left out."""
    named = re.match(r"[\w-]+(\.[\w-]+)*\.[A-Za-z]{2,}(:\d+)?(/\S*)?$", text)
    return f" (did you mean https://{text}?)" if named else ""


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
