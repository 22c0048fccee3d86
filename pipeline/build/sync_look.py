"""Articles that are new or changed, looked at before anything is spoken: what their episodes would say now."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.build import approval, hall, narration, originals, sync_key
from pipeline.build.sync_report import Sentence
from pipeline.errors import NeedsPerson, PipelineError, ScriptError, UsageError
from pipeline.narrate import dumps, loads
from pipeline.narrate.changes import changes
from pipeline.store import lock as locking
from pipeline.store.exclusive import exclusive
from pipeline.store.files import write_atomic
from pipeline.store.lock import LockedEpisode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pipeline.build.narration import Narrated
    from pipeline.build.session import Session
    from pipeline.build.sync_decide import Candidate
    from pipeline.build.sync_ground import Ground
    from pipeline.build.sync_sources import Found
    from pipeline.model.document import Article
    from pipeline.model.publication import Entry
    from pipeline.model.script import Script

_WAYS = "give it another file name, or restore scripts/ from version control"


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A candidate, narrated.

    Attributes:
        name: Of its episode.
        entry: What is published of the episode, which may have been made from another file that was moved.
        draft: Whether the article says that it is one; nothing below is known then.
        approved: Whether its script may be rendered.
        needed: Whether there is anything to render: False where its key is the published one.
        cost: Characters to speak.
        fresh: Ids of the utterances that would be spoken.
        utterances: How many the script holds.
        title: The episode's.
    """

    found: Found
    name: str = ""
    entry: Entry | None = None
    draft: bool = False
    approved: bool = True
    needed: bool = True
    key: str = ""
    uses: tuple[str, ...] = ()
    cost: int = 0
    fresh: frozenset[str] = frozenset()
    utterances: int = 0
    title: str = ""
    sentences: tuple[Sentence, ...] = ()


class Looker:
    """Looks at candidates one after the other; what several of them share is counted with the first.

    Args:
        session: The show with its store.
        ground: What is published.
        sources: The sources that are there now.
        candidates: All that will be looked at.
        keep: Whether the levels of new voices are locked; scripts are written where the session has them.
    """

    def __init__(
        self,
        session: Session,
        ground: Ground,
        sources: Mapping[str, Found],
        candidates: Iterable[Candidate],
        *,
        keep: bool,
    ) -> None:
        self._session = session
        self._ground = ground
        self._sources = sources
        moved = {one.entry.source: one.found.place for one in candidates if one.entry and one.moved}
        self._places = {source: found.place for source, found in sources.items()} | moved
        self._keep = keep
        self._seen: set[str] = set()
        self._names: dict[str, str] = {}

    def look(self, candidate: Candidate) -> Looked:
        """What the episode of a candidate would be.

        Raises:
            PipelineError: It cannot be read or narrated, or a person must choose between edits.
        """
        session, found = self._session, candidate.found
        place = found.place
        given: Article | Path
        if isinstance(place, Path) and narration.is_script(place):
            given = place
        else:
            given = originals.one(place, session.options, session.store) if isinstance(place, Path | str) else place
            if given.document.draft:
                return Looked(found=found, draft=True, entry=candidate.entry)
            place = given if isinstance(place, str) else place
        if candidate.entry is None:
            self._make_room(given)
        elif not isinstance(given, Path):  # a script by hand is no script of ours
            self._restore(candidate.entry, place)
        if candidate.moved and candidate.entry is not None:
            self._follow(candidate.entry, found.source)
        elif candidate.entry is not None and self._name(given) != candidate.entry.item.name:  # before it is written
            message = f"it is published as {candidate.entry.item.name}, but its script would be {self._name(given)}.txt"
            raise UsageError(f"{message}: {_WAYS}", found.source)
        narrated = narration.from_source(session, place)
        entry = self._owner(candidate, narrated.name)
        uses = sync_key.uses(session.workspace, session.show, narrated)
        script = sync_key.digest_of(narrated.script_path)
        key = sync_key.key(session.workspace, narrated.name, script, uses, self._ground.common)
        looked = Looked(found=found, name=narrated.name, entry=entry, key=key, uses=uses, title=narrated.script.title)
        if entry and not candidate.redo and sync_key.same_but_lexicons(entry.key, key) and self._ground.stands(entry):
            return replace(looked, needed=False)
        looked = replace(
            looked,
            sentences=self._sentences(entry, narrated.script),
            utterances=sum(1 for _ in narrated.script.utterances()),
            approved=self._approved(narrated),
        )
        if not looked.approved:
            return looked
        plan = hall.prepare(session, narrated, keep=self._keep).plan
        new = [job for job in plan.jobs if job.speak.key() not in self._seen]
        fresh = {job.speak.key() for job in new if job.clip is None}
        self._seen.update(job.speak.key() for job in new)
        ids = frozenset(step.id for step in plan.clips if step.speak.inputs and step.speak.key() in fresh)
        return replace(looked, cost=sum(job.cost for job in new), fresh=ids)

    def _follow(self, entry: Entry, source: str) -> None:
        """Have the script of a moved article say where it is now, so that the episode keeps its name and its guid."""
        workspace = self._session.workspace
        for path in (workspace.base_path(entry.item.name), workspace.script_path(entry.item.name)):
            if not path.is_file():
                continue
            old, new = (f"\n%source {place} sha256:".encode() for place in (entry.source, source))
            data = path.read_bytes()
            if old in data:
                write_atomic(path, data.replace(old, new, 1))

    def _name(self, given: Article | Path) -> str:
        """The name that the episode of an article, or of a script by hand, has or would take."""
        workspace = self._session.workspace
        if isinstance(given, Path):
            return workspace.name_of_script(given)
        return originals.name_of(self._session, given, workspace.source_uri(given.uri))

    def _make_room(self, new: Article | Path) -> None:
        """Put back lost scripts of other articles whose names a new article, or script by hand, would take."""
        workspace = self._session.workspace
        for _ in self._ground.catalogue.entries:
            name = self._name(new)
            entry = self._ground.catalogue.entries.get(name)
            if entry is None or workspace.script_path(name).exists():
                return
            with suppress(PipelineError):  # an article that cannot be read is told where it is looked at itself
                self._restore(entry, self._places.get(entry.source))
            if not workspace.script_path(name).exists():
                return

    def _restore(self, entry: Entry, place: Path | str | Article | None) -> None:
        """Put a script that is lost back in its place as it was published: people's edits may stand in it.

        A line of it that the machine would say otherwise counts as a person's; where the article is not at hand, every
        line may be one's.
        """
        workspace, name = self._session.workspace, entry.item.name
        data = None if workspace.script_path(name).exists() else self._published_bytes(entry)
        if not data or not data.startswith(b"%script "):
            return
        try:
            script = loads(data.decode())
        except (ScriptError, NeedsPerson, ValueError):  # of a version with another grammar
            return
        if place is None:
            write_atomic(workspace.script_path(name), data)
            return
        with tempfile.TemporaryDirectory(prefix="articlecast-") as folder:
            apart = replace(self._session, workspace=replace(workspace, scripts=Path(folder)))
            said = {one.id: one for one in narration.from_source(apart, place).script.utterances()}
        base = replace(
            script,
            chapters=tuple(
                replace(chapter, lines=tuple(said.get(getattr(line, "id", ""), line) for line in chapter.lines))
                for chapter in script.chapters
            ),
        )
        write_atomic(workspace.base_path(name), dumps(base).encode())
        write_atomic(workspace.script_path(name), data)

    def _owner(self, candidate: Candidate, name: str) -> Entry | None:
        """What is published under a name, if it is this article's.

        Raises:
            UsageError: It is another article's, which is still there.
        """
        other = self._names.setdefault(name, candidate.found.source)
        entry = self._ground.catalogue.entries.get(name)
        if entry is not None and entry.source != candidate.found.source and entry.source in self._sources:
            other = entry.source
        if other != candidate.found.source:
            message = f"its script would be {name}.txt, which belongs to {other}"
            raise UsageError(f"{message}: {_WAYS}", candidate.found.source)
        return entry

    def _approved(self, narrated: Narrated) -> bool:
        if not self._session.show.publishing.review:
            return True
        known = locking.load(self._session.workspace.lock_path).episodes.get(narrated.name)
        return known is not None and known.approved == approval.heard(narrated.script)

    def _sentences(self, entry: Entry | None, script: Script) -> tuple[Sentence, ...]:
        """How the script is heard differently than the published one; nothing where that one is not known."""
        before = self._published(entry)
        if before is None:
            return ()
        return tuple(
            Sentence(kind=one.kind, before=one.before, after=one.after, how=one.how)
            for one in changes(before, script).changes
        )

    def _published(self, entry: Entry | None) -> Script | None:
        data = self._published_bytes(entry) if entry else None
        try:
            return narration.speakable(loads(data.decode())) if data else None
        except (ScriptError, NeedsPerson, ValueError):  # of a version with another grammar
            return None

    def _published_bytes(self, entry: Entry) -> bytes | None:
        file = next(iter(entry.item.of_role("script")), None)
        return self._ground.destination.read(file.path) if file and self._ground.has(file) else None


def remember(ground: Ground) -> None:
    """Give the lock the identities that the catalogue has and it has lost, as where nobody keeps it."""
    path = ground.workspace.lock_path
    entries = ground.catalogue.entries
    if set(entries) <= set(locking.load(path).episodes):
        return
    with exclusive(path):
        lock = locking.load(path)
        for name, entry in entries.items():
            item = entry.item
            if name not in lock.episodes:
                one = LockedEpisode(guid=item.guid, number=item.number, published=item.published)
                lock = lock.with_episode(name, one)
        locking.save(path, lock)


@contextmanager
def aside(session: Session) -> Iterator[Session]:
    """The session with a copy of its scripts, so that a check may narrate as a sync does and writes nothing."""
    scripts = session.workspace.scripts
    with tempfile.TemporaryDirectory(prefix="articlecast-") as folder:
        copy = Path(folder) / "scripts"
        if scripts.is_dir():
            shutil.copytree(scripts, copy, copy_function=_linked)
        try:
            yield replace(session, workspace=replace(session.workspace, scripts=copy))
        except PipelineError as error:
            raise at_home(error, copy, scripts) from error


def at_home(error: PipelineError, copy: Path, scripts: Path) -> PipelineError:
    """The error with the place of the script itself in place of its copy's."""
    error.where = error.where.replace(str(copy), str(scripts))
    error.message = error.message.replace(str(copy), str(scripts))
    return error


def _linked(source: str, target: str) -> None:
    """Files are replaced and never written into, so a second name of one is as good as a copy."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
