"""What a person approves is what will be heard, and a show under review renders nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import api, config
from pipeline.build import approval
from pipeline.build.session import Session, start
from pipeline.errors import NeedsPerson, ScriptError, UsageError
from pipeline.model.show import Publishing, Show
from pipeline.store import lock as locking
from tests.conftest import ARTICLE, Workbench, make_workbench

FOREIGN = 'He said <i lang="fr">à demain</i> and left.\n'


@pytest.fixture
def review(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> Workbench:
    """A workbench whose show is under review."""
    monkeypatch.setattr(config, "load", lambda _: Show(publishing=Publishing(review=True)))
    (bench.root / "show.toml").write_text("", encoding="utf-8")
    bench.options = replace(bench.options, show=bench.root / "show.toml")
    return bench


def _session(bench: Workbench) -> Session:
    return start(bench.options)


def _narrated(bench: Workbench) -> Path:
    return api.narrate(bench.article, bench.options).script_path


def test_nothing_is_rendered_before_a_person_has_approved(review: Workbench) -> None:
    with pytest.raises(NeedsPerson, match="articlecast approve tides") as refused:
        review.render()
    assert refused.value.exit_code == 3
    assert review.script.exists(), "there is a script to read"
    assert not list((review.root / "store").rglob("*.pack")), "nothing was spoken"
    (done,) = approval.approve(_session(review), ["tides"])
    assert (done.approved, done.before) == (True, False)
    assert review.render().spoken > 0


def test_an_edit_of_what_is_heard_asks_again(review: Workbench) -> None:
    _narrated(review)
    approval.approve(_session(review), ["tides"])
    review.render()
    review.edit("Bays make tides larger.\n  |", "Bays make most tides larger.\n  |", review.script)
    with pytest.raises(NeedsPerson, match="has changed since it was approved"):
        review.render()
    (done,) = approval.approve(_session(review), ["tides"])
    assert done.before
    assert done.difference is not None
    assert [change.kind for change in done.difference.changes] == ["changed"]
    assert review.render().spoken == 1


def test_an_edit_of_the_article_asks_again(review: Workbench) -> None:
    _narrated(review)
    approval.approve(_session(review), [review.article])
    review.edit("A wide bay does not.", "A wide bay hardly does.")
    with pytest.raises(NeedsPerson, match="has changed"):
        review.render()
    assert [one.name for one in approval.waiting(_session(review))] == ["tides"]


@pytest.mark.parametrize(
    ("old", "new", "stays"),
    [
        ("description: Why the sea rises and falls.\n", "description: Other words.\n", True),  # heard by nobody
        ("date: 2026-03-01\n", "date: 2026-03-02\n", True),
        ("A wide bay does not.", "A wide bay, does not.", False),
        ("Bays make tides larger.", "Bays make tides smaller.", False),
        ("## The shape of the coast", "## The shape of a coast", False),
        ("- A wide bay does not.\n", "", False),
    ],
)
def test_only_what_is_heard_counts(old: str, new: str, stays: bool, tmp_path: Path) -> None:
    first = _narrated(make_workbench(tmp_path / "first", ARTICLE))
    second = _narrated(make_workbench(tmp_path / "second", ARTICLE.replace(old, new)))
    assert first.read_bytes() != second.read_bytes()
    assert (approval.digest_of(first) == approval.digest_of(second)) is stays


@pytest.mark.parametrize(
    ("note", "stays"),
    [(" take=2", True), (" rate=90", False), (" voice=guest", False), (" take=takes/a.wav", False)],
)
def test_notes_that_change_the_sound_count_but_a_take_does_not(bench: Workbench, note: str, stays: bool) -> None:
    script = _narrated(bench)
    before = approval.digest_of(script)
    lines = script.read_text(encoding="utf-8").splitlines(keepends=True)
    (at,) = [number for number, line in enumerate(lines) if line.startswith("  | u") and "Bays make" in line]
    id = lines[at].split()[1]
    lines[at] = lines[at].replace(id, id + note)
    script.write_text("".join(lines), encoding="utf-8")
    assert (approval.digest_of(script) == before) is stays


def test_a_pause_counts(bench: Workbench) -> None:
    script = _narrated(bench)
    before = approval.digest_of(script)
    script.write_text(script.read_text(encoding="utf-8") + "\n(pause 900 ms)\n", encoding="utf-8")
    assert approval.digest_of(script) != before


def test_what_is_narrated_and_what_stands_in_the_file_are_one(bench: Workbench) -> None:
    bench.article.write_text(
        f"{ARTICLE}\n{FOREIGN}\n…\n\n* * *\n\nOn 4 July, c. 1,200 people came.\n", encoding="utf-8"
    )
    narrated = api.narrate(bench.article, bench.options)
    assert any(utterance.parts for utterance in narrated.script.utterances())
    assert approval.heard(narrated.script) == approval.digest_of(narrated.script_path)


def test_conflicts_cannot_be_approved_and_one_that_cannot_stops_all(review: Workbench) -> None:
    script = _narrated(review)
    (review.root / "other.md").write_text("# Other\n\nWords of another article.\n", encoding="utf-8")
    api.narrate(review.root / "other.md", review.options)
    review.edit("Bays make tides larger.\n  |", "Bays make some tides larger.\n  |", script)
    review.edit("Bays make tides larger.", "Bays make tides much larger.")
    with pytest.raises(NeedsPerson, match="place"):
        _narrated(review)
    session = _session(review)
    with pytest.raises(NeedsPerson):
        approval.approve(session, ["other", "tides"])
    standing = {one.name: one for one in approval.standing(session)}
    assert not any(one.approved for one in standing.values())
    assert standing["tides"].problem
    assert not standing["other"].problem
    with pytest.raises(NeedsPerson):
        approval.digest_of(script)


def test_approval_gives_a_guid_and_the_render_keeps_it_with_the_approval(review: Workbench) -> None:
    _narrated(review)
    session = _session(review)
    approval.approve(session, ["tides"])
    first = locking.load(session.workspace.lock_path).episodes["tides"]
    assert first.guid
    assert (first.number, first.published) == (1, "")
    review.render()
    after = locking.load(session.workspace.lock_path).episodes["tides"]
    assert after == replace(first, published="2026-03-01")
    assert first.approved == approval.digest_of(review.script)


def test_the_guid_is_the_one_that_a_render_would_have_given(review: Workbench, bench: Workbench) -> None:
    _narrated(review)
    approval.approve(_session(review), ["tides"])
    approved = locking.load(_session(review).workspace.lock_path).episodes["tides"].guid
    free = review.elsewhere("free")
    free.render()
    assert locking.load(start(free.options).workspace.lock_path).episodes["tides"].guid == approved


def test_several_new_ones_have_numbers_of_their_own(review: Workbench) -> None:
    for name in "abc":
        path = review.root / f"{name}.md"
        path.write_text(f"# Article {name}\n\nWords.\n", encoding="utf-8")
        api.narrate(path, review.options)
    session = _session(review)
    approval.approve(session, [one.name for one in approval.waiting(session)])
    numbers = [one.number for one in locking.load(session.workspace.lock_path).episodes.values()]
    assert sorted(numbers) == [1, 2, 3]
    assert approval.waiting(session) == ()


def test_approval_is_taken_back(review: Workbench) -> None:
    script = _narrated(review)
    session = _session(review)
    approval.approve(session, [script])
    assert approval.is_approved(session, "tides", script)
    (done,) = approval.approve(session, ["tides"], undo=True)
    assert (done.approved, done.before) == (False, True)
    assert not approval.is_approved(session, "tides", script)
    assert "approved" not in session.workspace.lock_path.read_text(encoding="utf-8")
    with pytest.raises(NeedsPerson, match="nobody"):
        review.render()


def test_in_a_run_of_many_what_waits_stops_no_other(review: Workbench) -> None:
    other = review.root / "other.md"
    other.write_text("# Other\n\nWords of another article.\n", encoding="utf-8")
    api.narrate(other, review.options)
    api.approve(["other"], review.options)
    looked = api.survey([review.article, other], review.options)
    done = list(api.render_all(looked, review.options))
    (failed,) = [one for one in done if isinstance(one, api.Failed)]
    assert isinstance(failed.error, NeedsPerson)
    assert [one.name for one in done if isinstance(one, api.Report)] == ["other"]


def test_asking_what_a_render_would_do_needs_no_approval(review: Workbench) -> None:
    assert api.status(review.article, review.options).speak > 0
    assert api.say("A word.", review.root / "word.mp3", review.options).path.exists()


def test_what_is_not_there_cannot_be_approved(bench: Workbench) -> None:
    for name in ("nobody", "../tides", ""):
        with pytest.raises(UsageError):
            approval.approve(_session(bench), [name])
    broken = bench.root / "scripts" / "broken.txt"
    broken.parent.mkdir(exist_ok=True)
    broken.write_bytes(b"%script 1\n%title \xff\n")
    with pytest.raises(ScriptError, match="UTF-8"):
        approval.approve(_session(bench), ["broken"])
