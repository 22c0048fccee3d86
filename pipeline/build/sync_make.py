"""New and changed articles made into episodes and sent to the destination, one after the other."""

from __future__ import annotations

from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pipeline.build import checking, many, originals, sync_key
from pipeline.build.hall import Report
from pipeline.build.session import start
from pipeline.build.sync_decide import failed
from pipeline.build.sync_item import made
from pipeline.build.sync_look import Looked, Looker, aside, at_home, remember
from pipeline.build.sync_report import CHANGED, MOVED, NEW, RESTORED, WAITING, Changed, Sentence
from pipeline.errors import PipelineError
from pipeline.model.progress import Listener, Progress
from pipeline.units import seconds_from_samples

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.build.session import Session
    from pipeline.build.sync_decide import Decided
    from pipeline.build.sync_ground import Ground
    from pipeline.build.sync_post import Poster
    from pipeline.build.sync_sources import Seen

_NOTES = "shownotes"
"""The sidecar whose text the feed holds."""


def make(
    ground: Ground, seen: Seen, decided: Decided, poster: Poster, *, check: bool, listen: Listener
) -> tuple[str, ...]:
    """Make the candidates, and tell in ``decided`` what became of them.

    Args:
        ground: What is published.
        seen: What the sources hold.
        decided: Its candidates are made; its other fields are changed.
        poster: Where files go.
        check: Whether it is only told what would be done.
        listen: Told of progress.

    Returns:
        What a person should know.
    """
    session = start(replace(ground.options, sidecars=_sidecars(ground.show.sidecars)))
    session.today = datetime.now(UTC).date().isoformat()
    if not check:
        remember(ground)
    with closing(session.reserve):
        with ExitStack() as stack:
            here = stack.enter_context(aside(session)) if check else session
            looked = _look(here, ground, seen, decided, check=check, listen=listen)
        notes = session.take_warnings()
        if check:
            for one in looked:
                _tell(decided, one, spoken=len(one.fresh))
            return notes
        return (*notes, *_render(session, ground, decided, poster, looked, listen))


def _sidecars(wanted: tuple[str, ...]) -> tuple[str, ...]:
    """The show's sidecars, and the one that the feed needs."""
    if wanted == ("all",):
        return wanted
    return (_NOTES,) if wanted == ("none",) else tuple(dict.fromkeys((*wanted, _NOTES)))


def _look(
    session: Session, ground: Ground, seen: Seen, decided: Decided, *, check: bool, listen: Listener
) -> list[Looked]:
    """The candidates that are to be rendered."""
    looker = Looker(session, ground, seen.found, decided.candidates, keep=not check)
    needed = []
    for candidate in decided.candidates:
        source = candidate.found.source
        listen(Progress(stage="read", article=originals.label(candidate.found.place)))
        try:
            looked = looker.look(candidate)
        except PipelineError as error:
            if check:
                at_home(error, session.workspace.scripts, ground.workspace.scripts)
            decided.told.append(failed(candidate.entry.item.name if candidate.entry else "", source, error))
            continue
        if looked.draft:
            decided.drafts[source] = looked.found.digest
            if looked.entry is not None:
                decided.gone[looked.entry.item.name] = "its article is a draft"
            continue
        decided.gone.pop(looked.name, None)  # it was moved
        if candidate.moved and candidate.entry is not None and candidate.entry.item.name != looked.name:
            decided.gone[candidate.entry.item.name] = "its article is gone"  # a script by hand is named by its file
        if not looked.approved:
            _tell(
                decided, looked, kind=WAITING, why=f"its script waits for approval: articlecast approve {looked.name}"
            )
        elif looked.needed:
            needed.append(looked)
        elif looked.entry is not None:
            _keep(decided, looked)
    return needed


def _keep(decided: Decided, looked: Looked) -> None:
    """An episode that need not be made: what it was made from is noted as it is now."""
    entry, found = looked.entry, looked.found
    if entry is None:
        return
    if entry.source != found.source:
        _tell(decided, looked, kind=MOVED, why=f"it was {entry.source}")
    decided.kept[looked.name] = replace(
        entry, source=found.source, source_digest=found.digest, key=looked.key, uses=looked.uses, missed=0
    )


def _render(
    session: Session, ground: Ground, decided: Decided, poster: Poster, looked: Sequence[Looked], listen: Listener
) -> tuple[str, ...]:
    """Render, publish as each is done; what was said of them that a person should know."""
    if not looked:
        return ()
    poster.begin(one.name for one in looked)
    waiting = {one.name: one for one in looked}
    notes: list[str] = []
    survey = many.Survey(
        sources=tuple((one.found.place, one.cost) for one in looked), failed=(), estimate=_unknown(looked)
    )
    for done in many.render_all(session, survey, listen):
        if isinstance(done, Report):
            one = waiting.pop(done.name)
            notes += [f"{done.name}: {warning}" for warning in done.warnings]
            _publish(session, ground, decided, poster, one, done)
            continue
        name = next(
            (name for name, one in waiting.items() if done.source in (name, originals.label(one.found.place))), ""
        )
        one = waiting.pop(name, looked[0])
        decided.told.append(failed(one.name, one.found.source, done.error))
    return tuple(notes)


def _publish(
    session: Session, ground: Ground, decided: Decided, poster: Poster, looked: Looked, report: Report
) -> None:
    """Send the files of a finished episode, unless they are not what they should be."""
    problems = tuple(f"{one.path}: {one.what}" for one in checking.rendered(session, report))
    # another take of a sentence stands in the script by now
    key = sync_key.key(session.workspace, looked.name, sync_key.digest_of(report.script), looked.uses, ground.common)
    finished = made(session, looked, report, key)
    files = poster.episode(finished, looked.entry.item.files if looked.entry else ())
    decided.kept[looked.name] = finished.entry
    timeline = report.episode.renditions[0].timeline
    samples = sum(cue.length for cue in timeline.cues if cue.id in looked.fresh)
    _tell(
        decided,
        looked,
        spoken=report.spoken,
        spoken_s=seconds_from_samples(samples, timeline.sample_rate_hz),
        files=files,
        problems=problems,
    )


def _tell(decided: Decided, looked: Looked, kind: str = "", why: str = "", **others: Any) -> None:
    """Report an episode; its kind follows from what was there before."""
    entry = looked.entry
    if not kind:
        same = entry is not None and sync_key.same_but_lexicons(entry.key, looked.key)
        kind = NEW if entry is None else RESTORED if same else CHANGED
        if entry is not None and entry.source != looked.found.source and not looked.sentences:
            kind, why = MOVED, f"it was {entry.source}"
    sentences: tuple[Sentence, ...] = looked.sentences
    decided.told.append(
        Changed(
            name=looked.name,
            kind=kind,
            source=looked.found.source,
            title=looked.title,
            why=why,
            sentences=sentences,
            utterances=looked.utterances,
            **others,
        )
    )


def _unknown(looked: Sequence[Looked]) -> many.Estimate:
    """`many.render_all` looks only at the costs of the articles."""
    speak = sum(len(one.fresh) for one in looked)
    characters = sum(one.cost for one in looked)
    return many.Estimate(
        articles=len(looked), fresh=0, speak=speak, encode=0, characters=characters, audio_s=0.0, bytes=0, seconds=None
    )
