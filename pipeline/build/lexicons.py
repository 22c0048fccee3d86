"""Which lexicons apply to an article: its own, the show's, and the one of everything that is rendered here."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import ConfigError, ReadError, UsageError, WriteError
from pipeline.store.exclusive import exclusive
from pipeline.store.files import write_atomic
from pipeline.text import lexicon, pls

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.build.session import Session
    from pipeline.text.lexicon import Entry

NAME = "lexicon.toml"
SCOPES = ("article", "show", "site")
"""In order of precedence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """A lexicon that applies.

    Attributes:
        scope: One of `SCOPES`.
        path: Its file.
        entries: In the order of the file.
    """

    scope: str
    path: Path
    entries: tuple[Entry, ...]


def path_of(session: Session, scope: str, name: str = "") -> Path:
    """Where the lexicon of a scope lies, whether it is there or not.

    Args:
        session: Its workspace is the show's.
        scope: One of `SCOPES`.
        name: The episode's name, for ``"article"``.

    Raises:
        UsageError: ``name`` cannot be one.
    """
    if scope == "article":
        if Path(name).name != name:
            raise UsageError(f"an episode's name is that of its script, without folder and ending, not {name!r}")
        return session.workspace.scripts / f"{name}.{NAME}"
    return session.workspace.root / NAME if scope == "show" else site_folder() / NAME


def site_folder() -> Path:
    """``$XDG_CONFIG_HOME/articlecast`` or the operating system's folder for settings."""
    from platformdirs import user_config_path

    home = os.environ.get("XDG_CONFIG_HOME", "")
    if home and Path(home).is_absolute():
        return Path(home) / "articlecast"
    return user_config_path("articlecast", appauthor=False)


def layers(session: Session, name: str = "") -> tuple[Layer, ...]:
    """The lexicons that are there, in order of precedence.

    Args:
        session: Its workspace is the show's.
        name: The episode's name; empty for no article in particular.

    Raises:
        ConfigError: One of them holds mistakes, all of which are named, or cannot be read.
    """
    found = []
    for scope in SCOPES:
        path = path_of(session, scope, name)
        if (name or scope != "article") and path.exists():
            found.append(Layer(scope=scope, path=path, entries=load(path)))
    return tuple(found)


def entries(session: Session, name: str = "") -> tuple[Entry, ...]:
    """All entries that apply, in order of precedence.

    Raises:
        ConfigError: As `layers`.
    """
    return lexicon.ranked(*(layer.entries for layer in layers(session, name)))


def load(path: Path) -> tuple[Entry, ...]:
    """The entries of one file.

    Raises:
        ConfigError: It holds mistakes, or cannot be read.
    """
    return lexicon.loads(_text(path), where=str(path))


def add(path: Path, new: Sequence[Entry]) -> tuple[Entry, ...]:
    """Write entries behind those of a lexicon, which is made where it is not there; comments in it stay.

    Returns:
        Those of ``new`` that say exactly what the lexicon says already, and are not written again.

    Raises:
        ConfigError: The lexicon holds mistakes.
        UsageError: A new entry is no entry, or the lexicon says something else of its word.
        WriteError: The lexicon cannot be written.
    """
    new = [lexicon.tidied(entry) for entry in new]
    wrong = [f"{', '.join(entry.graphemes)[:60]!r}{mistake}" for entry in new for mistake in lexicon.mistakes(entry)]
    if wrong:
        raise UsageError("; ".join(wrong))
    with exclusive(path):
        old = load(path) if path.exists() else ()
        known = {_occasion(entry, grapheme): entry for entry in reversed(old) for grapheme in entry.graphemes}
        fresh, there = [], []
        for entry in new:
            says = {known.get(_occasion(entry, grapheme)) for grapheme in entry.graphemes}
            if says == {None}:
                fresh.append(entry)
            elif all(one is not None and _said(one) == _said(entry) for one in says):
                there.append(entry)
            else:
                word = next(grapheme for grapheme in entry.graphemes if _occasion(entry, grapheme) in known)
                raise UsageError(f"{word!r} is said in another way already; change it there", str(path))
        if fresh:
            _append(path, fresh)
    return tuple(there)


def from_pls(path: Path) -> pls.Exchanged:
    """The entries of a lexicon in PLS.

    Raises:
        ReadError: It cannot be read, or is not PLS.
    """
    try:
        if not path.is_file():
            raise ReadError("there is no such file", str(path))
        with path.open("rb") as file:
            data = file.read(lexicon.MAX_BYTES + 1)
    except OSError as error:
        raise ReadError(f"cannot be read ({error.strerror})", str(path)) from error
    return pls.loads(data, where=str(path))


def to_pls(session: Session, name: str = "") -> tuple[bytes, tuple[str, ...]]:
    """All entries that apply as PLS in the session's language, and in words what PLS cannot hold."""
    language = session.options.language or session.show.language or "en"
    return pls.dumps(entries(session, name), language=language)


def _append(path: Path, fresh: Sequence[Entry]) -> None:
    text = _text(path) if path.exists() else ""
    text = f"{text.rstrip()}\n\n{lexicon.dumps(fresh)}".lstrip("\n")
    try:
        lexicon.loads(text)
    except ConfigError as error:
        raise WriteError(
            f"nothing can be added to this file ({error.message}); write the words in", str(path)
        ) from error
    write_atomic(path, text.encode())


def _occasion(entry: Entry, grapheme: str) -> tuple[object, ...]:
    """When an entry holds: two for the same occasion would be in each other's way."""
    return (grapheme, entry.language.lower(), entry.case, entry.context, entry.before, entry.after)


def _said(entry: Entry) -> tuple[object, ...]:
    return (entry.alias, entry.ipa, entry.spell)


def _text(path: Path) -> str:
    try:
        if not path.is_file():
            raise ConfigError("is no file", str(path))
        if path.stat().st_size > lexicon.MAX_BYTES:
            raise ConfigError(f"a lexicon may have {lexicon.MAX_BYTES:,} bytes", str(path))
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ConfigError(f"cannot be read ({error.strerror})", str(path)) from error
    except UnicodeDecodeError as error:
        raise ConfigError("is not UTF-8; save it as UTF-8", str(path)) from error
