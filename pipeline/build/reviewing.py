"""What a person does with a script under review: change a line, hear it, say a word differently, render.

The page that shows it (`pipeline.serve`) is one user of this; nothing here knows of it.
"""

from __future__ import annotations

import tempfile
import threading
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import plugins
from pipeline.build import checking, hall, lexicons, manifests, narration, originals
from pipeline.build.calm import calm
from pipeline.build.identity import known_guid
from pipeline.build.margins import margins, rewritten
from pipeline.build.output import LostFramesError, frames
from pipeline.build.reviewed import (
    Reviewed,
    Section,
    Sentence,
    look,
    machine_lines,
    names,
    narrated_of,
    opened,
    path_of,
    steps_of,
    text_of,
)
from pipeline.build.run import Tally
from pipeline.build.session import start
from pipeline.errors import NeedsPerson, ReadError, ScriptError, StoreError, UsageError
from pipeline.model.script import Chapter, Script, Utterance
from pipeline.model.show import Recordings
from pipeline.narrate import loads
from pipeline.read import is_address
from pipeline.store.exclusive import exclusive
from pipeline.store.files import write_atomic
from pipeline.text.words import has_words

if TYPE_CHECKING:
    from pipeline.build.hall import Report
    from pipeline.build.margins import Margin
    from pipeline.build.narration import Narrated
    from pipeline.build.session import Options, Session
    from pipeline.model.document import Article
    from pipeline.model.progress import Listener
    from pipeline.text.lexicon import Entry

__all__ = [
    "Edited",
    "Pronounced",
    "Reviewed",
    "Section",
    "Sentence",
    "edit",
    "names",
    "opened",
    "pronounce",
    "render",
    "undo",
    "wav",
]

_speaking = threading.Lock()
"""Held while an engine may speak in this process: not every engine can be asked by two threads at once."""

_ATTEMPTS = 2
"""What turns out to be lost in the store is made again in the second one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """A script with another line.

    Attributes:
        sentence: The line as it is now; a line without a note has another id than before.
        reviewed: The whole script.
    """

    sentence: Sentence
    reviewed: Reviewed


@dataclass(frozen=True, slots=True, kw_only=True)
class Pronounced:
    """What a new pronunciation did.

    Attributes:
        lexicon: The file that has it.
        there: Whether it had it before.
        changed: Ids of the sentences that are said otherwise now.
        reviewed: The whole script.
    """

    lexicon: Path
    there: bool
    changed: tuple[str, ...]
    reviewed: Reviewed


def edit(options: Options, name: str, id: str, *, spoken: str, expected: str) -> Edited:
    """Let a line of the script say something else; every other byte of the file stays.

    Args:
        options: Which show.
        name: Of the episode.
        id: Of the sentence.
        spoken: What its line at the margin says from now on.
        expected: What the caller believes that it says now.

    Raises:
        NeedsPerson: Somebody else changed the line meanwhile, or a conflict is open.
        ScriptError: ``spoken`` breaks the grammar, or says nothing.
        UsageError: There is no such script or sentence.
        WriteError: The script cannot be written.
    """
    session = start(options)
    path = path_of(session, name)
    with exclusive(session.workspace.scripts):  # as long as nobody narrates
        text = text_of(path)
        margin = _margin(path, text, loads(text, name=str(path)), id)
        if margin.text != expected:
            raise NeedsPerson(
                f"somebody changed this sentence meanwhile: it says “{margin.text}” now; look at it, then save again",
                f"{path}:{margin.line}",
            )
        try:
            changed = rewritten(text, margin, spoken)
            loads(changed, name=str(path))
        except ScriptError as error:
            raise ScriptError(error.message, f"{path}:{margin.line}") from error
        if changed != text:
            write_atomic(path, changed.encode())
    reviewed = look(session, name)
    return Edited(sentence=next(one for one in reviewed.sentences() if one.line == margin.line), reviewed=reviewed)


def undo(options: Options, name: str, id: str, *, expected: str) -> Edited:
    """Let a line say again what the machine wrote; as `edit`.

    Raises:
        UsageError: What the machine wrote is not known, or the line says it.
    """
    session = start(options)
    machine = machine_lines(session, name).get(id)
    if machine is None or machine == expected:
        raise UsageError("there are no other words to go back to", str(path_of(session, name)))
    return edit(options, name, id, spoken=machine, expected=expected)


def wav(options: Options, name: str, id: str) -> bytes:
    """The sound of one sentence, levelled as in the episode, as a WAV file; spoken now where it is not known.

    The script and the lock of the show stay as they are, whatever had to be tried.

    Raises:
        UsageError: There is no such script or sentence, or it cannot be heard alone.
        NeedsPerson: A conflict is open.
        SpeakError: The voice does not speak it.
        StoreError: The store loses what is written to it.
    """
    session = start(options)
    manifests.known(session, known_guid(session, name), name)
    narrated = _alone(session, name, id)
    session.show = replace(session.show, formats=("wav",), recordings=Recordings())
    for _ in range(_ATTEMPTS):
        known = all(step.clip is not None for step in steps_of(session, narrated))
        with nullcontext() if known else _speaking, calm():
            prepared = hall.speak(session, narrated, Tally(), lambda _: None, keep=False)
        try:
            runs = list(frames(session, prepared, "wav"))
        except LostFramesError:
            continue
        codec = plugins.load("encoders", "wav").codec(session.show.audio)
        with tempfile.TemporaryDirectory(prefix="articlecast-") as folder:
            path = Path(folder) / "sentence.wav"
            codec.join(path, runs, length=sum(step.encoded["wav"].length for step in prepared.plan.steps))
            return path.read_bytes()
    raise StoreError("the store loses what is written to it; choose another with --store", session.store.url)


def pronounce(options: Options, name: str, entry: Entry, *, scope: str = "show") -> Pronounced:
    """Write a pronunciation into a lexicon, and let the machine's lines of this script follow it.

    Args:
        options: Which show.
        name: Of the episode.
        entry: What to add.
        scope: ``"show"``, or ``"article"`` for this episode alone.

    Raises:
        UsageError: It is no entry, or the lexicon says something else of its word.
        NeedsPerson: The script holds conflicts.
        ReadError: The article cannot be read; the lexicon has the entry all the same.
    """
    session = start(options)
    path = path_of(session, name)
    lexicon = lexicons.path_of(session, scope, name)
    there = bool(lexicons.add(lexicon, (entry,)))
    before = {one.id: one.spoken for one in look(session, name).sentences()}
    source = _source(session, path)
    if source != path:
        with calm():
            narration.from_source(start(options), source)
    reviewed = opened(options, name)
    changed = tuple(one.id for one in reviewed.sentences() if before.get(one.id) != one.spoken)
    return Pronounced(lexicon=lexicon, there=there, changed=changed, reviewed=reviewed)


def render(options: Options, name: str, listen: Listener = lambda _: None) -> Report:
    """Render the episode from its article, or from its script alone where that names none that can be read.

    Raises:
        PipelineError: As `pipeline.build.hall.render`.
    """
    session = start(options)
    path = path_of(session, name)
    source = _source(session, path)
    with _speaking:
        try:
            report = hall.render(session, source, listen)
        except ReadError as error:
            if source == path:
                raise
            session.warnings.append(f"made from the script alone: {error}")
            report = hall.render(session, path, listen)
        return replace(report, problems=checking.rendered(session, report))


def _alone(session: Session, name: str, id: str) -> Narrated:
    """A script of one sentence, with all that its chapter does not give it."""
    path = path_of(session, name)
    script = loads(text_of(path), name=str(path))
    for chapter in script.chapters:
        for line in chapter.spoken_lines():
            if not isinstance(line, Utterance) or line.id != id:
                continue
            if chapter.recording:
                raise UsageError("this chapter is one recording: its sentences cannot be heard alone", str(path))
            if not has_words(line.spoken):
                raise UsageError("this line has no word to speak: it is a pause", str(path))
            only = replace(script, chapters=(Chapter(id="c", title="", lines=(line,)),))
            return narrated_of(name, path, only)
    raise UsageError(f"there is no sentence {id[:40]!r} in this script", str(path))


def _margin(path: Path, text: str, script: Script, id: str) -> Margin:
    for one in margins(text, script):
        if one.id == id:
            return one
    raise UsageError(f"there is no sentence {id[:40]!r} in this script", str(path))


def _source(session: Session, path: Path) -> Path | str | Article:
    """The article that a script was made from; the script itself where it names none that is there."""
    source = loads(text_of(path), name=str(path)).source
    if source is None:
        return path
    if is_address(source.uri):
        return source.uri
    try:
        place = session.workspace.root / source.uri
        if place.is_file():
            return place
        place = session.workspace.root / source.uri.rpartition("#")[0]
        every = originals.found(place, session.options, session.store) if place.is_file() else ()
        return next((one for one in every if session.workspace.source_uri(one.uri) == source.uri), path)
    except (OSError, ValueError, ReadError):  # a name that no file can have, or a book that is broken
        return path
