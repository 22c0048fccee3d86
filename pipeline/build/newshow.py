"""A new show: its ``show.toml``, written for people who will edit it, and its first folders."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from pipeline import config
from pipeline.errors import ConfigError, UsageError
from pipeline.model.show import Voice
from pipeline.speak import choose, text_for
from pipeline.store.files import write_atomic, write_error

if TYPE_CHECKING:
    from collections.abc import Iterator

SHOW_FILE = "show.toml"
IGNORED = "/output/"
"""What of a show's folder can be made again; scripts and locks are worth keeping."""
FOLDER = "articles"
DESTINATION = "public"
"""Where articles lie, and where the show goes, if nobody says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewShow:
    """What was chosen for a show; what is empty is left to its default.

    Attributes:
        folder: Of the articles, relative to the show's folder; made where it is missing.
        destination: A folder, relative to the show's, or an address such as ``s3://bucket/path``.
        address: At which the world finds the destination.
        voice: ``engine[:voice]``; empty leaves it to the language of each article.
    """

    title: str = ""
    language: str = ""
    link: str = ""
    description: str = ""
    authors: tuple[str, ...] = ()
    email: str = ""
    category: str = ""
    explicit: bool | None = None
    folder: str = ""
    feed: str = ""
    sitemap: str = ""
    urls: tuple[str, ...] = ()
    destination: str = ""
    address: str = ""
    voice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Created:
    """What stands now.

    Attributes:
        path: Of ``show.toml``.
        made: Files and folders that were made, in order.
    """

    path: Path
    made: tuple[Path, ...]


def place(folder: Path) -> Path:
    """Where the ``show.toml`` of a folder will lie.

    Raises:
        UsageError: There is one, which stays as it is.
    """
    path = folder / SHOW_FILE
    if os.path.lexists(path):
        raise UsageError("there is a show here already; edit this file, or choose another folder", str(path))
    return path


def create(folder: Path, chosen: NewShow) -> Created:
    """Write ``show.toml`` into ``folder``, and make the folder of the articles.

    Raises:
        ConfigError: What was chosen cannot be; all mistakes are named, and nothing is made.
        UsageError: There is a ``show.toml`` already, or no such voice.
        WriteError: The folder cannot be written.
    """
    path = place(folder)
    data = text(chosen)
    made: list[Path] = []
    try:
        # folders first: the checks of the show want that of the articles to be there
        made += _folders(folder / chosen.folder if _is_inside(chosen.folder) else folder)
        config.loads(data, path)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(data)
        made.append(path)
        made += _ignore(folder / ".gitignore")
    except BaseException as error:
        for one in reversed(made):
            with suppress(OSError):
                one.rmdir() if one.is_dir() else one.unlink()
        if isinstance(error, FileExistsError):
            place(folder)  # somebody was faster
        if isinstance(error, OSError):
            raise write_error(error, folder) from error
        raise
    return Created(path=path, made=tuple(made))


def mistake(folder: Path, /, **one: str | tuple[str, ...]) -> str:
    """What is wrong with a single choice, in words; empty where it can be."""
    chosen = NewShow(**{"title": "x", **one})  # type: ignore[arg-type]
    try:
        if chosen.folder and _is_inside(chosen.folder):
            return ""  # it will be made
        config.loads(text(chosen), folder / SHOW_FILE)
    except ConfigError as error:
        return error.message
    except UsageError as error:
        return str(error)
    return ""


def suggested(language: str) -> tuple[str, str]:
    """The voice that a language gets unasked, as ``engine[:voice]``, and a remark about it, which may be empty.

    Raises:
        UsageError: No engine speaks the language.
    """
    voice, remark = choose.default(language)
    return f"{voice.engine}:{voice.speaker}" if voice.speaker else voice.engine, remark


def sample(language: str) -> str:
    """A sentence by which a voice can be judged."""
    return text_for(language)[0]


def text(chosen: NewShow) -> str:
    """``show.toml`` with what was chosen, and in remarks how to say the rest.

    Raises:
        UsageError: There is no such voice.
    """
    return "\n".join(_lines(chosen)) + "\n"


def _lines(chosen: NewShow) -> Iterator[str]:
    yield "# A show of articlecast: `articlecast sync` brings it into step with its articles."
    yield "# Everything that may be said here: docs/reference/show.md of articlecast."
    yield ""
    yield "[show]"
    yield _key("title", chosen.title)
    for name, example in (
        ("language", "en-GB"),
        ("link", "https://www.example.org"),
        ("description", "What the show is about."),
        ("authors", ["The desk"]),
        ("email", "desk@example.org"),
        ("category", "News"),
    ):
        yield _key(name, getattr(chosen, name), example)
    yield _key("explicit", chosen.explicit, False)
    yield _key("cover", "", "cover.jpg") + "  # square, 1400 to 3000 pixels; one is drawn where there is none"
    yield ""
    if chosen.voice:
        yield from _voice(choose.parse(chosen.voice))
    else:
        yield "# The voice follows the language of each article. To choose one (`articlecast voices` lists them):"
        yield from ("# [voices.narrator]", '# engine = "hibari"', '# speaker = "heart"')
    yield ""
    yield "# Where the articles come from."
    yield "[sources]"
    yield _key("folder", PurePath(chosen.folder).as_posix() if chosen.folder else "", FOLDER)
    yield _key("feed", chosen.feed, "https://www.example.org/feed.xml")
    yield _key("sitemap", chosen.sitemap, "https://www.example.org/sitemap.xml")
    yield _key("urls", chosen.urls, ["https://www.example.org/article"])
    yield ""
    yield "# Where the show goes, and at which address the world finds that place. The feed is feed.xml there."
    yield "[destination]"
    elsewhere = "://" in chosen.destination
    if elsewhere or not chosen.destination:
        yield _key("store", chosen.destination, "s3://bucket/path")
    if not elsewhere:
        yield _key("folder", chosen.destination, DESTINATION)
    yield _key("url", chosen.address, "https://media.example.org/show")
    yield ""
    yield "[publish]"
    yield _key("formats", "", ["mp3"])
    yield _key("review", None, False) + "  # true: only scripts that a person has approved are published"


def _voice(voice: Voice) -> Iterator[str]:
    yield "[voices.narrator]"
    for one in fields(Voice):
        value = getattr(voice, one.name)
        if one.name in {"engine", "model", "speaker"} and value:
            yield _key(one.name, value)


def _key(name: str, value: object, example: object = None) -> str:
    """A line of TOML; what was not chosen is a remark with an example."""
    missing = value in ("", (), None) and example is not None
    # texts of JSON are texts of TOML, but for one character
    told = json.dumps(example if missing else value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return f"{'# ' if missing else ''}{name} = {told}"


def _is_inside(folder: str) -> bool:
    """Whether a folder of articles is one that may be made: below the show's own."""
    path = PurePath(folder)
    return not path.anchor and ".." not in path.parts and "://" not in folder


def _folders(folder: Path) -> list[Path]:
    """Make a folder and those above it; which of them were missing."""
    missing = [one for one in (*reversed(folder.parents), folder) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing


def _ignore(path: Path) -> list[Path]:
    """Tell git what can be made again."""
    there = path.is_file()
    # bytes that are not UTF-8 stay what they are
    known = path.read_text(encoding="utf-8", errors="surrogateescape") if there else ""
    if {line.strip() for line in known.splitlines()} & {"output", "output/", "/output", IGNORED}:
        return []
    gap = "" if not known or known.endswith("\n") else "\n"
    write_atomic(path, f"{known}{gap}{IGNORED}\n".encode(errors="surrogateescape"))
    return [] if there else [path]
