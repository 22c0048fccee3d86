"""Reading and narrating asked once: what an article said, and the machine's script of it, come from the store.

Both are pure functions, so their results are actions like any other: the key holds everything that can change them,
our own code included. Only files of this machine are read from memory: a page on the web must be asked for anyway. What
the store cannot give or keep is a warning, and made here: a script needs no store.
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from pipeline.build.versions import fingerprint
from pipeline.errors import PipelineError, StoreError
from pipeline.model.action import Action
from pipeline.model.codec import json_pieces, to_plain
from pipeline.model.document import Article  # noqa: TC001 - the codec reads it at run time
from pipeline.model.script import Script

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from pipeline.model.document import Document
    from pipeline.model.show import Pauses, Profile
    from pipeline.read.original import Original
    from pipeline.store.store import Store
    from pipeline.text.lexicon import Entry

T = TypeVar("T")

SCHEMA = 1
"""Raised when the shape of what is kept changes other than by its dataclasses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The articles in a file."""

    articles: tuple[Article, ...]


def articles(
    store: Store, path: Path | str, *, per_chapter: bool = False, max_input_bytes: int | None = None
) -> tuple[Article, ...]:
    """As `pipeline.read.articles` for a file.

    Raises:
        ReadError: It cannot be read.
    """
    from pipeline.read.original import open_file

    original = open_file(path, max_input_bytes=max_input_bytes)

    def make() -> Contents:
        from pipeline import read
        from pipeline.text.plain_language import remembering

        uri, data = original.uri, original.data
        with _memo(store, {"article": uri, "code": fingerprint()}) as (known, used), remembering(known, used):
            found = read.articles(data, uri=uri, per_chapter=per_chapter, max_input_bytes=max_input_bytes)
            return Contents(articles=tuple(found))

    return _kept(store, _reading(original, per_chapter), Contents, make).articles


def is_known(store: Store, path: Path, *, per_chapter: bool = False, max_input_bytes: int | None = None) -> bool:
    """Whether `articles` would answer from the store; True where the file cannot be read."""
    from pipeline.read.original import open_file

    try:
        original = open_file(path, max_input_bytes=max_input_bytes)
        return store.result(_reading(original, per_chapter)) is not None
    except (PipelineError, UnicodeEncodeError):
        return True


def _reading(original: Original, per_chapter: bool) -> Action:
    inputs = {
        "bytes": hashlib.sha256(original.data).hexdigest(),
        "uri": original.uri,
        "per_chapter": per_chapter,
        "code": fingerprint(),
    }
    return Action(room="read", schema=SCHEMA, inputs=inputs)


def script(
    store: Store,
    document: Document,
    *,
    chapter_level: int,
    pauses: Pauses,
    profile: Profile,
    lexicon: Sequence[Entry] = (),
    article: str = "",
) -> Script:
    """As `pipeline.narrate.narrate`, in the document's own language.

    Args:
        store: Where the script may be.
        document: The article.
        chapter_level: As for `narrate`, and so the next three.
        pauses: The usual ones.
        profile: What is said.
        lexicon: Words that are said in their own way.
        article: What is the same for the article before and after an edit; empty for what nobody edits.
    """
    said_by = {"lexicon": to_plain(tuple(lexicon)), "code": fingerprint()}

    def make() -> Script:
        from pipeline.narrate import narrate
        from pipeline.narrate.memo import Memo

        with _memo(store, {"article": article, **said_by}) as (known, used):
            return narrate(
                document,
                language=document.language,
                chapter_level=chapter_level,
                pauses=pauses,
                profile=profile,
                lexicon=lexicon,
                memo=Memo(known, used),
            )

    inputs = {
        "document": _digest(document),
        "chapter_level": chapter_level,
        "pauses": to_plain(pauses),
        "profile": to_plain(profile),
        **said_by,
    }
    return _kept(store, Action(room="narrate", schema=SCHEMA, inputs=inputs), Script, make)


@contextmanager
def _memo(store: Store, inputs: dict[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """What was found out last time about pieces of an article, and where to put what is found out or used now.

    Another text of the article has another key, but most of its sentences are the same. Each answer in a memo is true
    for its question, whatever else the article says; so this is the one result that is written over.
    """
    used: dict[str, Any] = {}
    known: Any = None
    action = Action(room="memo", schema=SCHEMA, inputs=inputs)
    if inputs["article"]:
        with _excused(store):
            known = store.result(action)
    yield known if isinstance(known, dict) else {}, used
    if inputs["article"] and used and used != known:
        with _excused(store):
            store.remember(action, used)


def _kept(store: Store, action: Action, kind: type[T], make: Callable[[], T]) -> T:
    """What the store has for ``action``; made, and kept, where it has nothing."""
    with _excused(store):
        known = store.value(action, kind)
        if known is not None:
            return known
    made = make()
    with _excused(store):
        store.remember(action, made)
    return made


def _digest(value: object) -> str:
    """The sha256 of what ``value`` says, hex: its plain form is many times as large."""
    found = hashlib.sha256()
    for piece in json_pieces(value):
        found.update(piece.encode())
    return found.hexdigest()


@contextmanager
def _excused(store: Store) -> Iterator[None]:
    """Go on where the store is of no use; a name that is not UTF-8 can be opened, but not written down."""
    try:
        yield
    except StoreError as error:
        store.warnings.append(f"the article is read and narrated anew each time: {error}")
    except UnicodeEncodeError:
        pass
