"""From an article to the script that will be spoken: read, narrate, merge with what a person has edited."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.build import lexicons, originals, recall
from pipeline.config import SHORTEST_PAUSE_MS
from pipeline.errors import NeedsPerson, ReadError, ScriptError
from pipeline.model.document import Article, Document, Heading, Omission, Paragraph, Span
from pipeline.model.script import Line, Pause, Source, Utterance
from pipeline.narrate import dumps, dumps_merged, loads, merge, profile_of
from pipeline.read import is_address
from pipeline.store.exclusive import exclusive
from pipeline.store.files import write_atomic
from pipeline.text.words import has_words

if TYPE_CHECKING:
    from pipeline.build.session import Session
    from pipeline.model.script import Script

_SCRIPT_HEAD = "%script "


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrated:
    """An article on its way to being spoken.

    Attributes:
        name: The episode's name.
        folder: What the article's relative paths are relative to; None for an article from the web.
        script_path: Where the script lies.
    """

    name: str
    document: Document
    script: Script
    script_path: Path
    folder: Path | None


def is_script(path: Path) -> bool:
    """Whether the file is a narration script; False where it cannot be read."""
    try:
        if not path.is_file():  # opening a pipe would wait for somebody to write
            return False
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            return file.read(len(_SCRIPT_HEAD)) == _SCRIPT_HEAD
    except (OSError, ValueError):
        return False


def from_source(session: Session, source: Path | str | Article, *, keep: bool = True) -> Narrated:
    """The script of an article, or a script as it stands.

    Args:
        session: Show, folders and options.
        source: Path or address of an article, an article read before, or the path of a narration script.
        keep: Whether the script file and its base are written.

    Raises:
        ReadError: The article cannot be read.
        ConfigError: A lexicon holds mistakes.
        ScriptError: The script breaks its grammar.
        NeedsPerson: The script holds conflicts; they stand in the file, between marks.
        WriteError: The script cannot be written.
    """
    if isinstance(source, Path) and is_script(source):
        return _from_script(session, source)
    options = session.options
    if not isinstance(source, Article) and _is_new(session, source):
        session.reserve.begin(1)
    article = (
        originals.completed(source, options)
        if isinstance(source, Article)
        else originals.one(source, options, session.store)
    )
    document = _with_options(article.document, session)
    if session.reserve.begun:
        session.reserve.warm(session.narrator(document.language))
    uri = session.workspace.source_uri(article.uri)
    lexicon = lexicons.entries(session, originals.name_of(session, article, uri))
    machine = recall.script(
        session.store,
        document,
        chapter_level=session.show.chapter_level,
        pauses=session.show.pauses,
        profile=profile_of(session.show, options.profile),
        lexicon=lexicon,
        article=uri,
    )
    machine = replace(machine, source=Source(uri=uri, digest=article.digest))
    # one at a time in this folder: which name is free is known only once a script has its place
    with exclusive(session.workspace.scripts):
        name = originals.name_of(session, article, uri)
        script = _merged(session, name, machine, keep=keep)
    return Narrated(
        name=name,
        document=document,
        script=speakable(script),
        script_path=session.workspace.script_path(name),
        folder=originals.folder_of(article),
    )


def _is_new(session: Session, source: Path | str) -> bool:
    """Whether the words of a file are others than last time, so that a voice will probably be needed."""
    options = session.options
    if options.executor not in ("auto", "processes") or not session.store.shared:
        return False
    if not isinstance(source, Path) or not source.is_file():  # a pipe can be read only once
        return False
    per_chapter, most = options.per_chapter, options.max_input_bytes
    return not recall.is_known(session.store, source, per_chapter=per_chapter, max_input_bytes=most)


def speakable(script: Script) -> Script:
    """The script with a pause in place of each line that holds no word: a voice would make noise of it, or fail."""
    omitted: list[Omission] = []

    def line_of(line: Line) -> Line:
        if not isinstance(line, Utterance) or has_words(line.spoken):
            return line
        omitted.append(Omission(what=f"“{line.spoken}”", why="no word to speak: it is a pause", position=line.origin))
        return Pause(duration_ms=SHORTEST_PAUSE_MS)

    chapters = tuple(
        replace(
            chapter,
            title=chapter.title if has_words(chapter.title) else "",
            lines=tuple(line_of(line) for line in chapter.lines),
        )
        for chapter in script.chapters
    )
    return replace(script, chapters=chapters, omitted=(*script.omitted, *omitted))


def _from_script(session: Session, path: Path) -> Narrated:
    options = session.options
    if options.profile:
        session.warnings.append("a script is spoken as it stands: --profile is for articles")
    script = loads(_text(path), name=str(path))
    explicit = script.meta.explicit if options.explicit is None else options.explicit
    script = replace(
        script,
        title=options.title or script.title,
        authors=options.authors or script.authors,
        language=options.language or script.language,
        meta=replace(script.meta, explicit=explicit),
    )
    source = path if script.source is None else session.workspace.root / script.source.uri
    from_web = script.source is not None and is_address(script.source.uri)
    return Narrated(
        name=session.workspace.name_of_script(path),
        document=document_of(script) if from_web else _article_of(session, script, source) or document_of(script),
        script=speakable(script),
        script_path=path,
        folder=None if from_web else source.parent,
    )


def _article_of(session: Session, script: Script, path: Path) -> Document | None:
    """The article that a script was made from, where its file is still the same: it knows the structure of pages."""
    if script.source is None or not path.is_file():
        return None
    try:
        found = recall.articles(session.store, path, max_input_bytes=session.options.max_input_bytes)
    except ReadError:
        return None
    same = len(found) == 1 and found[0].digest == script.source.digest
    return replace(_with_options(found[0].document, session), title=script.title) if same else None


def document_of(script: Script) -> Document:
    """The document that a script rendered alone stands for: headings and paragraphs."""
    blocks: list[Heading | Paragraph] = []
    for number, chapter in enumerate(script.chapters):
        if chapter.title and number:
            blocks.append(Heading(level=chapter.level, text=(Span(text=chapter.title),)))
        for line in chapter.spoken_lines():
            text = getattr(line, "written", "") or getattr(line, "spoken", "")
            if text and getattr(line, "role", "") != "heading":
                blocks.append(Paragraph(text=(Span(text=text),)))
    return Document(
        title=script.title,
        language=script.language,
        authors=script.authors,
        published=script.published,
        meta=script.meta,
        blocks=tuple(blocks),
    )


def _with_options(document: Document, session: Session) -> Document:
    """The document with what the caller said instead, and with a language."""
    options = session.options
    known = document.language if document.language != "und" else ""
    explicit = document.meta.explicit if options.explicit is None else options.explicit
    language = options.language or known or session.show.language
    if not language:
        session.warnings.append("the article does not say its language: it is read as English, or as --language says")
    return replace(
        document,
        title=options.title or document.title,
        authors=options.authors or document.authors,
        language=language or "en",
        meta=replace(document.meta, explicit=explicit),
    )


def _merged(session: Session, name: str, machine: Script, *, keep: bool) -> Script:
    path, base_path = session.workspace.script_path(name), session.workspace.base_path(name)
    text = dumps(machine)
    if not path.exists():
        if keep:
            # the base first: a script without one would look as if a person had written every line of it
            write_atomic(base_path, text.encode())
            write_atomic(path, text.encode())
        return machine
    edited = _text(path)
    if base_path.exists() and edited == _text(base_path):
        if keep:
            _write_if_new(path, text)
            _write_if_new(base_path, text)
        return machine
    merged = merge(_base(base_path), loads(edited, name=str(path)), machine)
    merged_text = dumps_merged(merged) if merged.conflicts else dumps(merged.script)
    if keep:
        _write_if_new(path, merged_text)
        _write_if_new(base_path, text)
    if merged.conflicts:
        raise NeedsPerson(
            f"{len(merged.conflicts)} place(s) were changed both in the script and in the article; choose between the "
            "marks <<<<<<< and >>>>>>>, then run again",
            str(path),
        )
    return replace(merged.script, omitted=(*machine.omitted, *_deleted(merged.script, machine)))


def _deleted(script: Script, machine: Script) -> tuple[Omission, ...]:
    """A note of how much of the article a person has struck out: a script that lost its end looks the same."""
    spoken = {utterance.id for utterance in script.utterances()}
    count = sum(utterance.id not in spoken for utterance in machine.utterances())
    return (Omission(what=f"{count} of the article's utterances", why="deleted from the script"),) if count else ()


def _base(path: Path) -> Script | None:
    """The machine's last script; without a readable one every line counts as a person's."""
    if not path.exists():
        return None
    try:
        return loads(_text(path), name=str(path))
    except (ScriptError, NeedsPerson):
        return None


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ReadError(f"the script cannot be read ({error.strerror})", str(path)) from error
    except UnicodeDecodeError as error:
        raise ScriptError("the script is not UTF-8; save it as UTF-8", str(path)) from error


def _write_if_new(path: Path, text: str) -> None:
    data = text.encode()
    if not path.exists() or path.read_bytes() != data:
        write_atomic(path, data)
