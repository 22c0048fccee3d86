"""What people can change about an episode, as one short text: while it is the same, the episode stays as it is.

Versions of articlecast, of rules and of engines have no part in it: an update of those changes no published episode.
A setting counts where it differs from its default, so that a setting that a later version brings changes nothing, too.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from pipeline.model.codec import canonical_json, to_plain
from pipeline.model.show import Show

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.build.narration import Narrated
    from pipeline.store.workspace import Workspace

_ELSEWHERE = frozenset(("sources", "destination", "publishing", "email"))
"""Settings that shape no episode: where its article comes from, and where and when its files go."""
_NOTHING = "-"
"""Stands for the content of a file that is not there."""
_MOST = 300_000_000
"""Bytes of a file that is looked at."""


def settings(show: Show) -> str:
    """The sha256, hex, of a show's settings that shape its episodes."""
    plain = {name: value for name, value in _unusual(show, Show()).items() if name not in _ELSEWHERE}
    return hashlib.sha256(canonical_json(plain).encode()).hexdigest()


def _unusual(value: Any, default: Any) -> dict[str, Any]:
    """The fields of a dataclass that differ from the default's."""
    found = {}
    for name in (one.name for one in fields(value)):
        mine, usual = getattr(value, name), getattr(default, name)
        if mine != usual:
            inside = is_dataclass(mine) and type(mine) is type(usual)
            found[name] = _unusual(mine, usual) if inside else to_plain(mine)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """What all episodes of a show have in common, digested once.

    Attributes:
        settings: As `settings` gives it.
        lexicons: Of the lexicons of the show and of everything that is rendered here.
    """

    settings: str
    lexicons: tuple[str, ...]


def common(workspace: Workspace, show: Show) -> Common:
    """What the episodes of a show have in common, as it is now."""
    shared = lexicon_paths(workspace, "")[1:]
    return Common(settings=settings(show), lexicons=tuple(digest_of(path) for path in shared))


def key(workspace: Workspace, name: str, script: str, uses: tuple[str, ...], common: Common) -> str:
    """The key of an episode; its first half is all but the lexicons, whose effect is seen in the script, too.

    Args:
        workspace: The show's.
        name: The episode's.
        script: The sha256 of its narration script, hex.
        uses: As `uses` gives it.
        common: As `common` gives it.
    """
    files = {path: digest_of(workspace.root / path) for path in uses}
    shape = {"script": script, "files": files, "settings": common.settings}
    said = [digest_of(lexicon_paths(workspace, name)[0]), *common.lexicons]
    return f"{_short(shape)}-{_short(said)}"


def same_but_lexicons(one: str, other: str) -> bool:
    """Whether two keys differ at most in the lexicons."""
    return one.partition("-")[0] == other.partition("-")[0]


def lexicon_paths(workspace: Workspace, name: str) -> tuple[Path, ...]:
    """Where the lexicons of an episode would lie, as `pipeline.build.lexicons` has it."""
    from pipeline.build.lexicons import NAME, site_folder

    return workspace.scripts / f"{name}.{NAME}", workspace.root / NAME, site_folder() / NAME


def digest_of(path: Path) -> str:
    """The sha256 of a file's bytes, hex; a dash where there is none that can be read."""
    sha256 = hashlib.sha256()
    try:
        if not path.is_file() or path.stat().st_size > _MOST:
            return _NOTHING
        with path.open("rb") as opened:
            while block := opened.read(1 << 20):
                sha256.update(block)
    except (OSError, ValueError):  # no name that a file could have
        return _NOTHING
    return sha256.hexdigest()


def uses(workspace: Workspace, show: Show, narrated: Narrated) -> tuple[str, ...]:
    """The files that shape an episode beside its article, script and lexicons, there or not: recordings and pictures.

    Paths are relative to the folder of the show; what leads out of the folder that it is named from is left out.
    """
    root = workspace.root.absolute()
    found = {os.path.relpath(path, root).replace(os.sep, "/") for path in _used(workspace, show, narrated)}
    return tuple(sorted(found))


def _used(workspace: Workspace, show: Show, narrated: Narrated) -> Iterator[Path]:
    from pipeline.build.recorded import named
    from pipeline.model.script import Chapter, Utterance
    from pipeline.text.figures import figures

    root, script = workspace.root, narrated.script
    heard = show.recordings
    for name in (show.cover, heard.intro, heard.outro, heard.jingle):
        yield from _inside(root, name)
    for chapter in script.chapters:
        for line in (chapter, *chapter.lines):
            own = isinstance(line, Chapter | Utterance)  # a person's take lies beside the script
            yield from _inside(narrated.script_path.parent if own else root, named(line))
    if narrated.folder is not None:
        shown = (one.source for one in figures(narrated.document.blocks) if one.kind == "image")
        for name in (script.meta.image, *shown):
            yield from _inside(narrated.folder, name)
            yield from _inside(narrated.folder, unquote(name.partition("?")[0]))


def _inside(folder: Path, name: str) -> Iterator[Path]:
    if not name or "://" in name or name.startswith(("data:", "/", "\\")):
        return
    try:
        path = (folder / name).resolve()
        if path.is_relative_to(folder.resolve()):
            yield folder.absolute() / name
    except (OSError, ValueError):  # no name that a file could have
        return


def _short(plain: Any) -> str:
    return hashlib.sha256(canonical_json(plain).encode()).hexdigest()[:32]
