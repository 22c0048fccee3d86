"""What lasts: identities, levels, and which script belongs to which article."""

from __future__ import annotations

import hashlib
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


def test_a_measurement_answers_one_that_asks_for_no_more() -> None:
    whole = LockedVoice(gain_db=1.0, fingerprint="f", target="t", syllables_per_s=5.0, sample_rate_hz=24_000)
    level = LockedVoice(gain_db=2.0, fingerprint="f", target="t")
    assert whole.answers(level)
    assert whole.answers(whole)
    assert level.answers(level)
    assert not level.answers(whole), "its pace is missing"
    assert not whole.answers(LockedVoice(gain_db=1.0, fingerprint="g", target="t", syllables_per_s=5.0))
    assert not whole.answers(LockedVoice(gain_db=1.0, fingerprint="f", target="u", syllables_per_s=5.0))


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


def _name(workspace: Workspace, article: Path) -> str:
    digest = hashlib.sha256(article.read_bytes()).hexdigest() if article.exists() else ""
    return workspace.name_of(article.stem, workspace.source_uri(str(article)), digest)


def _script(workspace: Workspace, article: Path) -> str:
    name = _name(workspace, article)
    digest = hashlib.sha256(article.read_bytes()).hexdigest()
    text = f"%script 1\n%source {workspace.source_uri(str(article))} sha256:{digest}\n"
    workspace.script_path(name).write_text(text, encoding="utf-8")
    return name


def test_an_article_keeps_its_name(workspace: Workspace) -> None:
    article = _article(workspace, "Tides.md")
    assert _script(workspace, article) == "tides"
    assert _name(workspace, article) == "tides"


def test_two_articles_of_one_name_get_two_scripts(workspace: Workspace) -> None:
    assert _script(workspace, _article(workspace, "a/tides.md")) == "tides"
    assert _script(workspace, _article(workspace, "b/TIDES.html")) == "tides-2"
    assert _name(workspace, workspace.root / "a/tides.md") == "tides"


def test_a_moved_article_keeps_its_script(workspace: Workspace) -> None:
    article = _article(workspace, "a/tides.md")
    _script(workspace, article)
    (workspace.root / "b").mkdir()
    moved = article.rename(workspace.root / "b" / "tides.md")
    assert _name(workspace, moved) == "tides"


def test_another_article_takes_no_script_over(workspace: Workspace) -> None:
    article = _article(workspace, "a/tides.md")
    _script(workspace, article)
    article.unlink()
    other = _article(workspace, "b/tides.md")
    other.write_text("quite other words", encoding="utf-8")
    assert _name(workspace, other) == "tides-2"


def test_a_script_without_an_article_is_never_taken(workspace: Workspace) -> None:
    workspace.script_path("tides").write_text("%script 1\n%title By hand\n", encoding="utf-8")
    assert _name(workspace, _article(workspace, "tides.md")) == "tides-2"


def test_a_script_from_elsewhere_gets_a_name_of_its_own(workspace: Workspace) -> None:
    _script(workspace, _article(workspace, "tides.md"))
    assert workspace.name_of_script(workspace.scripts / "tides.txt") == "tides"
    assert workspace.name_of_script(workspace.root / "elsewhere" / "tides.txt") == "tides-2"


def test_a_name_that_is_too_long_is_no_article(workspace: Workspace) -> None:
    workspace.script_path("tides").write_text(f"%script 1\n%source {'x' * 5000} sha256:00\n", encoding="utf-8")
    assert _name(workspace, _article(workspace, "tides.md")) == "tides-2"
