"""A script as a person reviews it: every sentence with its words, and what is known of its sound."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.build import manifests, narration
from pipeline.build import plan as planning
from pipeline.build.identity import known_guid
from pipeline.build.margins import margins
from pipeline.build.session import start
from pipeline.errors import NeedsPerson, PipelineError, ReadError, ScriptError, UsageError
from pipeline.model.script import Chapter, Utterance
from pipeline.narrate import loads
from pipeline.store.blobs import digest
from pipeline.text.words import has_words
from pipeline.units import ms_from_samples

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pipeline.build.manifests import Manifest
    from pipeline.build.margins import Margin
    from pipeline.build.narration import Narrated
    from pipeline.build.plan import Step
    from pipeline.build.session import Options, Session
    from pipeline.model.script import Script


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A line of the script as a person reviews it.

    Attributes:
        id: Of the utterance, or of the chapter whose title it is.
        written: As the article has it; empty for the narrator's own words.
        spoken: The line at the margin, as a person edits it: pieces in braces stand as they are.
        machine: The machine's line, where it is another one and known; else empty.
        role: One of `pipeline.model.script.ROLES`.
        voice: Name of the voice; empty for the narrator.
        line: In the script file, from 1.
        known: Whether its sound is in the store.
        changed: Whether the last render said it otherwise, or not at all; False where nothing was rendered.
        duration_ms: Of its sound; 0 while that is not known.
        recorded: Whether a person speaks it.
        heard: Whether it can be heard alone: it has words, and is no part of a recording of its whole chapter.
    """

    id: str
    written: str
    spoken: str
    machine: str = ""
    role: str = "body"
    voice: str = ""
    line: int
    known: bool = False
    changed: bool = False
    duration_ms: int = 0
    recorded: bool = False
    heard: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A chapter: its title, and its sentences, the title among them where it is spoken."""

    id: str
    title: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """A script under review.

    Attributes:
        name: Of the episode.
        path: The script file.
        language: BCP 47 tag.
        digest: The sha256 of the file, hex.
        rendered: Whether anything is known of a last render.
        trouble: Why the script cannot be read, or its sounds cannot be looked up; empty where all is well.
        conflict: Whether a person's edits and the article wait for a decision; then there are no sections.
    """

    name: str
    path: Path
    title: str = ""
    language: str = ""
    digest: str = ""
    sections: tuple[Section, ...] = ()
    rendered: bool = False
    trouble: str = ""
    conflict: bool = False

    def sentences(self) -> Iterator[Sentence]:
        """All sentences in order."""
        for section in self.sections:
            yield from section.sentences

    def sentence(self, id: str) -> Sentence:
        """One sentence.

        Raises:
            UsageError: The script has none of this id.
        """
        for one in self.sentences():
            if one.id == id:
                return one
        raise UsageError(f"there is no sentence {id[:40]!r} in this script", str(self.path))


def names(session: Session) -> tuple[str, ...]:
    """The names of all episodes that have a script, sorted."""
    return tuple(sorted(path.stem for path in session.workspace.scripts.glob("*.txt") if _is_ours(session, path)))


def opened(options: Options, name: str) -> Reviewed:
    """The script of an episode; nothing is spoken and nothing is written.

    Raises:
        UsageError: There is no such script.
        ReadError: It cannot be read.
        ScriptError: It is not UTF-8.
    """
    return look(start(options), name)


def look(session: Session, name: str) -> Reviewed:
    """As `opened`, in a session that is there."""
    path = path_of(session, name)
    text = text_of(path)
    base = Reviewed(name=name, path=path, digest=digest(text.encode()))
    try:
        script = loads(text, name=str(path))
    except (NeedsPerson, ScriptError) as error:
        return replace(base, trouble=str(error), conflict=isinstance(error, NeedsPerson))
    manifest = manifests.known(session, known_guid(session, name), name)
    trouble, steps = "", {}
    try:
        steps = {step.id: step for step in steps_of(session, narrated_of(name, path, script))}
    except PipelineError as error:  # a voice that is not installed; the words can be reviewed all the same
        trouble = str(error)
    machine = machine_lines(session, name)
    at = {one.id: one for one in margins(text, script)}
    return replace(
        base,
        title=script.title,
        language=script.language,
        sections=tuple(_section(chapter, at, machine, steps, manifest) for chapter in script.chapters),
        rendered=bool(manifest.files),
        trouble=trouble,
    )


def _section(
    chapter: Chapter,
    at: Mapping[str, Margin],
    machine: Mapping[str, str],
    steps: Mapping[str, Step],
    manifest: Manifest,
) -> Section:
    lines = [line for line in chapter.spoken_lines() if isinstance(line, Utterance)]
    made = (_sentence(line, chapter, at[line.id], machine.get(line.id, ""), steps, manifest) for line in lines)
    return Section(id=chapter.id, title=chapter.title, sentences=tuple(made))


def _sentence(
    line: Utterance, chapter: Chapter, margin: Margin, machine: str, steps: Mapping[str, Step], manifest: Manifest
) -> Sentence:
    step = steps.get(line.id)
    clip = step.clip if step else None
    last = manifest.utterances.get(line.id)
    return Sentence(
        id=line.id,
        written=line.written,
        spoken=margin.text,
        machine=machine if machine != margin.text else "",
        role=line.role,
        voice=line.voice,
        line=margin.line,
        known=clip is not None,
        changed=bool(manifest.utterances and step and (last is None or last.speak != step.speak.inputs)),
        duration_ms=ms_from_samples(clip.length, clip.sample_rate_hz) if clip else 0,
        recorded=bool(line.recording or chapter.recording),
        heard=has_words(line.spoken) and not chapter.recording,
    )


def steps_of(session: Session, narrated: Narrated) -> tuple[Step, ...]:
    """What the store has of the sound of each line; no voice is measured for it, so nothing is known of levels."""
    voices = session.voices(narrated.script, narrated.script_path)
    show = session.show
    setting = planning.Setting(
        voices=voices,
        gains_db=dict.fromkeys(voices, 0.0),
        manners={},
        audio=show.audio,
        formats=(),
        script=narrated.script_path,
        show_folder=session.workspace.root,
        recordings=show.recordings,
        pauses=show.pauses,
    )
    return planning.make(narrated.script, setting, session.store).clips


def narrated_of(name: str, path: Path, script: Script) -> Narrated:
    """A script that was read, as `pipeline.build.narration` would give it."""
    return narration.Narrated(
        name=name,
        document=narration.document_of(script),
        script=narration.speakable(script),
        script_path=path,
        folder=path.parent,
    )


def machine_lines(session: Session, name: str) -> dict[str, str]:
    """The machine's lines by id; none where its last script is not there or cannot be read."""
    path = session.workspace.base_path(name)
    try:
        text = text_of(path)
        return {one.id: one.text for one in margins(text, loads(text, name=str(path)))}
    except PipelineError:
        return {}


def path_of(session: Session, name: str) -> Path:
    """The script of an episode, which lies in the folder of scripts and nowhere else."""
    folder = session.workspace.scripts
    path = session.workspace.script_path(name)
    there = folder.is_dir() and path.name in (one.name for one in folder.iterdir())
    if not there or not _is_ours(session, path):
        raise UsageError(f"there is no script of an episode {name[:80]!r}", str(folder))
    return path


def _is_ours(session: Session, path: Path) -> bool:
    """Whether a file in the folder of scripts is a script, and no link to somewhere else."""
    return path.resolve().is_relative_to(session.workspace.scripts.resolve()) and narration.is_script(path)


def text_of(path: Path) -> str:
    """The file as it stands, its line ends and its byte order mark included."""
    try:
        return path.read_bytes().decode()
    except OSError as error:
        raise ReadError(f"the script cannot be read ({error.strerror})", str(path)) from error
    except UnicodeDecodeError as error:
        raise ScriptError("the script is not UTF-8; save it as UTF-8", str(path)) from error
