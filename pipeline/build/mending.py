"""Sentences that a listener misses are spoken again, as other takes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.build import finished as episodes
from pipeline.build import hall, narration, takes
from pipeline.build.listening import Listened, Lost, listen
from pipeline.build.session import start
from pipeline.errors import UsageError
from pipeline.model.script import Utterance

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.build.finished import Finished
    from pipeline.build.listening import Ears
    from pipeline.build.session import Options
    from pipeline.model.progress import Listener
    from pipeline.model.script import Script

MOST_TAKES = 2
"""How many further takes of a sentence are tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """What `fix` did: the episode as it is now, and which sentences (ids) other takes have mended."""

    listened: Listened
    mended: tuple[Lost, ...]


def fix(options: Options, place: Path, first: Listened, recogniser: Ears, tell: Listener = lambda _: None) -> Mended:
    """Speak lost sentences again, as other takes, until they are heard, or `MOST_TAKES` are used up.

    What a person recorded is left as it is: no voice has another take of it.

    Where the file is not the one that was rendered, it is written anew first: its clips may be good.

    Args:
        options: As for the render; formats that are not named are the episode's.
        place: The episode, as `finished.find` takes it.
        first: What `listen` gave.
        recogniser: Who listens.
        tell: Told of progress.

    Raises:
        UsageError: With these options other sentences would be spoken anew.
        PipelineError: as rendering does.
    """
    finished = episodes.find(options, place)
    options = replace(
        options,
        output=finished.session.workspace.output,
        formats=options.formats or finished.formats,
    )
    now, rounds = first, 0
    _check_same(options, finished)
    while now.lost:
        broken = {fault.path for fault in episodes.faults(finished)}
        if now.audio.name not in broken:
            by_voices = _by_voices(finished.script)
            again = {one.finding.id: one.take + 1 for one in now.lost if one.finding.id in by_voices}
            if rounds == MOST_TAKES or not again:
                break
            rounds += 1
            takes.set_takes(finished.script_path, again)
        hall.render(start(options), finished.script_path, tell)
        finished = episodes.find(options, place)
        heard = listen(finished, recogniser, tell, only={one.finding.id for one in now.lost})
        now = replace(now, lost=heard.lost)
    left = {one.finding.id for one in now.lost}
    return Mended(listened=now, mended=tuple(one for one in first.lost if one.finding.id not in left))


def _by_voices(script: Script) -> set[str]:
    """Ids of what no person recorded."""
    return {
        one.id
        for chapter in script.chapters
        if not chapter.recording
        for one in chapter.spoken_lines()
        if isinstance(one, Utterance) and not one.recording
    }


def _check_same(options: Options, finished: Finished) -> None:
    """Refuse to render with options that would speak anew what nobody complained of."""
    session = start(options)
    narrated = narration.from_source(session, finished.script_path, keep=False)
    jobs = hall.prepare(session, narrated, keep=False).plan.jobs
    if jobs:
        raise UsageError(
            f"{len(jobs)} sentences would be spoken anew for other reasons: render the script first, or give the "
            "options of its render (--voice, --formats, --show)",
            str(finished.script_path),
        )
