"""What lasts: identities, levels, and which script belongs to which article."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import ConfigError
from pipeline.store import lock as locking
from pipeline.store.lock import Lock, LockedEpisode, LockedVoice
from pipeline.store.workspace import Workspace


def test_a_lock_comes_back_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / locking.NAME
    lock = Lock().with_episode("tides", LockedEpisode(guid="g", number=1, published="2026-03-01"))
    lock = lock.with_voice("tone", LockedVoice(gain_db=7.25, fingerprint="f", target="t"))
    locking.save(path, lock)
    assert locking.load(path) == lock
    before = path.stat().st_mtime_ns
    locking.save(path, lock)
    assert path.stat().st_mtime_ns == before, "an unchanged lock is not written again"


def test_a_missing_lock_is_empty(tmp_path: Path) -> None:
    assert locking.load(tmp_path / locking.NAME) == Lock()


@pytest.mark.parametrize("text", ["not toml [", '[episodes.x]\nnumber = "one"\n', "[episode.x]\n"])
def test_a_damaged_lock_is_told_and_kept(tmp_path: Path, text: str) -> None:
    path = tmp_path / locking.NAME
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match="restore it from version control"):
        locking.load(path)
    assert path.read_text(encoding="utf-8") == text


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """An empty workspace."""
    (tmp_path / "scripts").mkdir()
    return Workspace(scripts=tmp_path / "scripts", output=tmp_path / "output", root=tmp_path)


def _article(workspace: Workspace, name: str) -> Path:
    path = workspace.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("words", encoding="utf-8")
    return path


def _script(workspace: Workspace, article: Path) -> str:
    name = workspace.name_of(article)
    text = f"%script 1\n%source {workspace.source_uri(article)} sha256:00\n"
    workspace.script_path(name).write_text(text, encoding="utf-8")
    return name


def test_an_article_keeps_its_name(workspace: Workspace) -> None:
    article = _article(workspace, "Tides.md")
    assert _script(workspace, article) == "tides"
    assert workspace.name_of(article) == "tides"


def test_two_articles_of_one_name_get_two_scripts(workspace: Workspace) -> None:
    assert _script(workspace, _article(workspace, "a/tides.md")) == "tides"
    assert _script(workspace, _article(workspace, "b/TIDES.html")) == "tides-2"
    assert workspace.name_of(workspace.root / "a/tides.md") == "tides"


def test_a_moved_article_keeps_its_script(workspace: Workspace) -> None:
    article = _article(workspace, "a/tides.md")
    _script(workspace, article)
    (workspace.root / "b").mkdir()
    moved = article.rename(workspace.root / "b" / "tides.md")
    assert workspace.name_of(moved) == "tides"
