"""A text spoken into one file: no article, no script, no episode."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline import plugins
from pipeline.build import hall, lexicons, recall
from pipeline.build.narration import Narrated
from pipeline.build.output import frames
from pipeline.build.run import Tally
from pipeline.errors import UsageError
from pipeline.model.document import Document, Paragraph, Span
from pipeline.model.episode import Tags
from pipeline.model.show import PROFILE, PROFILES, Recordings
from pipeline.publish import draft, file_at, rendition, write_audio
from pipeline.store.exclusive import exclusive
from pipeline.store.files import TEMPORARY, discard, write_error
from pipeline.store.files import replace as move

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.build.session import Session
    from pipeline.model.episode import Rendition

_TITLE_LENGTH = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """A spoken text and the file that holds it."""

    path: Path
    rendition: Rendition
    warnings: tuple[str, ...]


def say(session: Session, text: str, target: Path) -> Speech:
    """Speak ``text`` into ``target``; nothing else is written but the store.

    Raises:
        UsageError: No audio format has the ending of ``target``, or there is nothing to say.
        SpeakError: The voice does not speak.
        WriteError: ``target`` cannot be written.
    """
    name = _format(target.suffix)
    session.show = replace(session.show, formats=(name,), recordings=Recordings())
    language = session.options.language or session.show.language or "en"
    document = Document(title="", language=language, blocks=(Paragraph(text=(Span(text=text),)),))
    lexicon = lexicons.entries(session)
    script = recall.script(
        session.store,
        document,
        chapter_level=session.show.chapter_level,
        pauses=session.show.pauses,
        profile=PROFILES[PROFILE],
        lexicon=lexicon,
    )
    narrated = Narrated(name=target.stem, document=document, script=script, script_path=target, folder=target.parent)
    tally = Tally()
    prepared = hall.speak(session, narrated, tally, lambda _: None, keep=False)
    encoded = [step.encoded[name] for step in prepared.plan.steps]
    made = draft(name, target.stem, hall.lay_out(session, prepared).runs, encoded, session.show.audio)
    tags = Tags(title=" ".join(text.split())[:_TITLE_LENGTH], language=language)
    temporary = target.with_name(f"{TEMPORARY}{made.path}")
    with exclusive(target):
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            write_audio(made, frames(session, prepared, name), tags, session.show.audio, temporary)
            move(temporary, target)
        except OSError as error:
            raise write_error(error, target) from error
        finally:
            discard(temporary)
        finished = rendition(made, file_at(target, made.path, made.media_type))
    return Speech(path=target, rendition=finished, warnings=(*session.take_warnings(), *tally.warnings))


def _format(suffix: str) -> str:
    known = {plugins.load("encoders", name).SUFFIX: name for name in plugins.names("encoders")}
    if suffix.lower() not in known:
        raise UsageError(f"no audio format ends in {suffix!r}; use one of: {', '.join(sorted(known))}")
    return known[suffix.lower()]
