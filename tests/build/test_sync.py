"""A show keeps itself in step with its articles, and touches nothing that did not change."""

from __future__ import annotations

import shutil
from pathlib import Path
from threading import Event, Thread

import pytest

from pipeline.build.sync import Wish
from pipeline.build.sync_ground import PENDING
from pipeline.build.sync_report import SyncReport
from pipeline.build.sync_watch import watch
from pipeline.errors import ConfigError, StoreError, UsageError
from tests.build.show_bench import ShowBench, make_show, tides


@pytest.fixture
def show(tmp_path: Path) -> ShowBench:
    """Three articles, published."""
    made = tides(tmp_path / "show")
    report = made.sync()
    assert (report.counts, report.published, report.exit_code) == ({"new": 3}, 3, 0)
    return made


def test_a_first_sync_publishes_every_article_with_feed_catalogue_and_pages(show: ShowBench) -> None:
    files = show.files()
    assert {"feed.xml", "articlecast.json", "index.html"} <= set(files)
    assert PENDING not in files
    assert len(show.enclosures()) == 3
    assert show.is_consistent()
    for entry in show.catalogue()["entries"].values():
        roles = [file["role"] for file in entry["item"]["files"]]
        assert roles[0] == "audio"
        assert {"transcript", "chapters", "notes", "script"} <= set(roles)
        assert entry["item"]["published"]
        assert entry["made_by"]["rules"]


def test_nothing_changed_means_nothing_spoken_and_nothing_written(show: ShowBench) -> None:
    before = show.files()
    report = show.sync()
    assert (report.spoken, report.bytes, report.episodes, report.unchanged) == (0, 0, (), 3)
    assert show.files() == before


def test_one_sentence_changed_replaces_one_episode(show: ShowBench) -> None:
    before, heard = show.files(), show.enclosures()
    show.write("flood.md", "The water comes in.", "Boats float again at noon.")
    report = show.sync()
    (one,) = report.episodes
    assert (one.name, one.kind, one.spoken, one.utterances) == ("flood", "changed", 1, 3)
    assert one.spoken_s > 0
    (sentence,) = one.sentences
    assert (sentence.before, sentence.after) == ("Boats float again.", "Boats float again at noon.")
    after = show.files()
    changed = {path for path in after if before.get(path) != after[path]}
    assert changed <= {file.path for file in report.files}
    assert all(path.startswith("episodes/flood/") or "/" not in path for path in changed), changed
    now = show.enclosures()
    assert set(now) == set(heard)
    assert [guid for guid in now if now[guid] != heard[guid]] == [
        guid for guid in now if now[guid][0].startswith("episodes/flood/")
    ]
    # subscribers whose feed is older find the old file for a while
    old = next(path for path, _ in heard.values() if path.startswith("episodes/flood/"))
    assert after[old] == before[old]
    assert old in {one["path"] for one in show.catalogue()["retired"]}


def test_an_edit_that_is_taken_back_needs_no_upload_of_sound(show: ShowBench) -> None:
    heard = show.enclosures()
    show.write("flood.md", "The water comes in.", "Boats float again at noon.")
    show.sync()
    show.write("flood.md", "The water comes in.", "Boats float again.")
    report = show.sync()
    assert report.spoken == 0
    assert not [file.path for file in report.files if file.path.endswith(".mp3")]
    assert show.enclosures() == heard
    assert next(iter(heard.values()))[0] not in {one["path"] for one in show.catalogue()["retired"]}


def test_store_and_output_may_be_deleted(show: ShowBench) -> None:
    before = show.files()
    shutil.rmtree(show.root / "store")
    shutil.rmtree(show.root / "output")
    report = show.sync()
    assert (report.spoken, report.bytes) == (0, 0)
    assert show.files() == before
    assert not (show.root / "output").exists()


def test_a_file_that_is_missing_at_the_destination_comes_back(show: ShowBench) -> None:
    before = show.files()
    path = next(path for path in before if path.endswith("ebb.mp3"))
    (show.root / "public" / path).unlink()
    report = show.sync()
    assert [(one.name, one.kind) for one in report.episodes] == [("ebb", "restored")]
    assert [file.path for file in report.files] == [path]
    assert show.files() == before


def test_an_edited_script_is_a_change(show: ShowBench) -> None:
    path = show.root / "scripts" / "ebb.txt"
    path.write_text(path.read_text().replace("The water goes out.\n", "Out goes the water.\n", 1))
    (one,) = show.sync().episodes
    assert (one.kind, one.spoken, one.sentences[0].after) == ("changed", 1, "Out goes the water.")


def test_a_lexicon_changes_only_the_episodes_that_it_is_heard_in(show: ShowBench) -> None:
    text = '[[word]]\ngrapheme = "Boats"\nalias = "Small ships"\n'
    (show.root / "lexicon.toml").write_text(text, encoding="utf-8")
    report = show.sync()
    assert [(one.name, one.kind) for one in report.episodes] == [("flood", "changed")]
    assert report.episodes[0].sentences[0].after == "Small ships float again."
    assert show.sync().bytes == 0


def test_a_setting_of_the_show_changes_episodes_but_speaks_nothing(show: ShowBench) -> None:
    path = show.root / "show.toml"
    path.write_text(path.read_text().replace("[destination]", "[pauses]\nsentence_ms = 500\n\n[destination]"))
    report = show.sync()
    assert (report.counts, report.spoken) == ({"changed": 3}, 0)
    assert show.is_consistent()


def test_a_check_tells_the_same_and_writes_nothing(tmp_path: Path) -> None:
    show = tides(tmp_path / "show")
    report = show.sync(check=True)
    assert (report.counts, report.spoken, report.bytes) == ({"new": 3}, 9, 0)
    assert sorted(path.name for path in show.root.iterdir()) == ["articles", "show.toml", "store"]
    show.sync()
    kept = {path: path.read_bytes() for path in show.root.rglob("*") if path.is_file() and "store" not in path.parts}
    show.write("ebb.md", "The water goes out.", "It comes back in seven hours.")
    kept[show.root / "articles" / "ebb.md"] = (show.root / "articles" / "ebb.md").read_bytes()
    (one,) = show.sync(check=True).episodes
    assert (one.kind, one.spoken, len(one.sentences)) == ("changed", 1, 1)
    assert kept == {
        path: path.read_bytes() for path in show.root.rglob("*") if path.is_file() and "store" not in path.parts
    }


def test_an_episode_that_fails_keeps_its_last_version_and_stops_no_other(show: ShowBench) -> None:
    heard = show.enclosures()
    show.write("ebb.md")
    show.write("flood.md", "The water comes in.", "Boats float again at noon.")
    report = show.sync()
    assert {one.name: one.kind for one in report.episodes} == {"ebb": "failed", "flood": "changed"}
    assert report.exit_code == 1
    assert "ebb.md" in next(one.why for one in report.episodes if one.kind == "failed")
    now = show.enclosures()
    kept = [guid for guid, (path, _) in heard.items() if path.startswith("episodes/ebb/")]
    assert [now[guid] for guid in kept] == [heard[guid] for guid in kept]


def test_an_open_conflict_needs_a_person(show: ShowBench) -> None:
    path = show.root / "scripts" / "ebb.txt"
    path.write_text(path.read_text().replace("The water goes out.\n", "Out goes the water.\n", 1))
    show.sync()
    show.write("ebb.md", "The water goes out quickly.", "It comes back in six hours.")
    report = show.sync()
    if report.exit_code:  # the sentence was edited on both sides
        assert report.exit_code == 3
    assert show.is_consistent()


def test_a_few_articles_that_are_gone_are_retired_and_many_only_with_a_word(tmp_path: Path) -> None:
    show = make_show(tmp_path / "show")
    for number in range(11):
        show.write(f"gauge-{number}.md", f"Gauge {number} tells.")
    show.sync()
    (show.root / "articles" / "gauge-3.md").unlink()
    report = show.sync()
    assert (report.counts, report.exit_code, report.published) == ({"retired": 1}, 0, 10)
    assert len(show.enclosures()) == 10
    for number in (4, 5):
        (show.root / "articles" / f"gauge-{number}.md").unlink()
    report = show.sync()
    assert (report.counts, report.exit_code, report.published) == ({"held": 2}, 3, 10)
    assert len(show.enclosures()) == 10
    assert show.sync(yes=True).counts == {"retired": 2}
    assert len(show.enclosures()) == 8


def test_an_empty_or_missing_folder_retires_nothing(show: ShowBench) -> None:
    before = show.files()
    (show.root / "articles").rename(show.root / "elsewhere")
    with pytest.raises(ConfigError, match="no folder"):
        show.sync(yes=True)
    (show.root / "articles").mkdir()
    assert show.sync(yes=True).exit_code == 1
    assert show.files() == before


def test_drafts_are_not_published_and_go_when_they_become_drafts(tmp_path: Path) -> None:
    show = tides(tmp_path / "show")
    show.write("spring.md", "A spring tide is high.", front="draft: true\n")
    show.write("neap.md", "A neap tide is low.", front="published: false\n")
    report = show.sync()
    assert (report.published, report.drafts) == (3, 2)
    assert not (show.root / "scripts" / "spring.txt").exists()
    assert show.sync().bytes == 0
    show.write("spring.md", "A spring tide is high.")
    assert show.sync().counts == {"new": 1}
    guids = set(show.enclosures())
    show.write("spring.md", "A spring tide is high.", front="draft: true\n")
    assert show.sync(yes=True).counts == {"retired": 1}
    show.write("spring.md", "A spring tide is high.")
    assert show.sync().counts == {"new": 1}
    assert set(show.enclosures()) == guids


def test_an_article_under_another_name_stays_the_same_episode(show: ShowBench) -> None:
    heard = show.enclosures()
    (show.root / "articles" / "ebb.md").rename(show.root / "articles" / "low-water.md")
    report = show.sync()
    assert {one.kind for one in report.episodes} == {"moved"}
    assert (report.spoken, report.exit_code) == (0, 0)
    assert show.enclosures() == heard
    show.write("low-water.md", "The water goes out far.", "It comes back in six hours.")
    (show.root / "articles" / "low-water.md").write_text(
        (show.root / "articles" / "low-water.md").read_text().replace("Low water", "Ebb"), encoding="utf-8"
    )
    assert [(one.name, one.kind) for one in show.sync().episodes] == [("ebb", "changed")]
    assert set(show.enclosures()) == set(heard)


def test_without_its_lock_a_show_keeps_its_identities(show: ShowBench) -> None:
    guids, catalogue = set(show.enclosures()), show.catalogue()
    (show.root / "show.lock.toml").unlink()
    show.write("ebb.md", "The water goes out.", "It comes back in seven hours.")
    show.write("king.md", "A king tide is very high.")
    show.sync()
    assert guids < set(show.enclosures())
    numbers = {name: entry["item"]["number"] for name, entry in show.catalogue()["entries"].items()}
    assert numbers == {name: entry["item"]["number"] for name, entry in catalogue["entries"].items()} | {"king": 4}


def test_a_new_version_changes_nothing_until_a_person_asks(show: ShowBench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.build.sync_older.fingerprint", lambda: "f" * 64)
    before = show.files()
    report = show.sync()
    assert (report.older, report.bytes, report.spoken) == (3, 0, 0)
    assert show.files() == before
    assert show.sync(refresh="rules", only=("ebb",)).counts == {"restored": 1}
    assert show.sync().older == 2
    assert show.sync(refresh="voice").counts == {}
    with pytest.raises(UsageError, match="no episode"):
        show.sync(refresh="all", only=("nothing",))
    with pytest.raises(UsageError, match="refresh"):
        show.sync(refresh="everything")


def test_files_go_when_their_grace_is_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.build import sync as syncing

    show = tides(tmp_path / "show", publish="grace_days = 7")
    show.sync()
    old = next(path for path, _ in show.enclosures().values() if "ebb" in path)
    show.write("ebb.md", "The water goes out.", "It comes back in seven hours.")
    monkeypatch.setattr(syncing, "_today", lambda: "2026-05-01")
    show.sync()
    monkeypatch.setattr(syncing, "_today", lambda: "2026-05-07")
    assert show.sync().removed == ()
    monkeypatch.setattr(syncing, "_today", lambda: "2026-05-08")
    assert old in show.sync().removed
    assert old not in show.files()
    assert show.is_consistent()
    assert show.sync().bytes == 0


def test_scripts_under_review_wait_for_a_person(tmp_path: Path) -> None:
    from pipeline.build import approval
    from pipeline.build.session import start

    show = tides(tmp_path / "show", publish="review = true")
    report = show.sync()
    assert (report.counts, report.exit_code, report.published, report.spoken) == ({"waiting": 3}, 0, 0, 0)
    assert (show.root / "scripts" / "ebb.txt").exists()
    approval.approve(start(show.options), ["ebb"])
    report = show.sync()
    assert (report.counts, report.published) == ({"new": 1, "waiting": 2}, 1)
    show.write("ebb.md", "The water goes out.", "It comes back in seven hours.")
    report = show.sync()
    assert (report.counts, report.published) == ({"waiting": 3}, 1)


def test_what_is_wrong_with_a_show_is_told_at_once(tmp_path: Path) -> None:
    show = make_show(tmp_path / "show")
    (show.root / "show.toml").write_text('[show]\ntitle = "Tides"\n', encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        show.sync()
    assert all(name in str(caught.value) for name in ("$.sources", "$.destination"))


def test_one_sync_at_a_time(show: ShowBench) -> None:
    from pipeline.store.exclusive import exclusive

    with exclusive(show.root / ".sync"), pytest.raises(StoreError, match="another sync"):
        show.sync()


def test_who_watches_waits_for_another_sync(show: ShowBench) -> None:
    from pipeline.store.exclusive import exclusive

    stop, reports = Event(), []
    show.write("ebb.md", "The water goes out.", "It comes back in seven hours.")
    watching = watch(show.options, Wish(), stop=stop)
    with exclusive(show.root / ".sync"):
        thread = Thread(target=lambda: reports.append(next(watching)))
        thread.start()
        thread.join(0.5)
        assert not reports
    thread.join(60)
    assert [one.counts for one in reports if isinstance(one, SyncReport)] == [{"changed": 1}]


def test_a_damaged_catalogue_is_not_written_over(show: ShowBench) -> None:
    (show.root / "public" / "articlecast.json").write_text("{", encoding="utf-8")
    with pytest.raises(StoreError, match="damaged"):
        show.sync()
    (show.root / "public" / "articlecast.json").write_text('{"schema": 99}', encoding="utf-8")
    with pytest.raises(StoreError, match="later version"):
        show.sync()


def test_scripts_may_be_lost_with_the_edits_in_them(show: ShowBench) -> None:
    path = show.root / "scripts" / "ebb.txt"
    path.write_text(path.read_text().replace("The water goes out.\n", "Out goes the water.\n", 1))
    show.sync()
    before = show.files()
    shutil.rmtree(show.root / "scripts")
    assert show.sync().bytes == 0
    assert show.files() == before
    show.write("ebb.md", "The water goes out.", "It comes back in seven hours.")
    (one,) = show.sync().episodes
    assert [(sentence.before, sentence.after) for sentence in one.sentences] == [
        ("It comes back in six hours.", "It comes back in seven hours.")
    ]
    assert "Out goes the water." in path.read_text()


def test_a_newer_voice_speaks_only_where_a_person_asks(show: ShowBench, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline import plugins
    from pipeline.build import actions

    tone = plugins.load("engines", "tone")
    real = tone.fingerprint
    monkeypatch.setattr(tone, "fingerprint", lambda voice: f"{real(voice)} newer")
    actions.fingerprint.cache_clear()
    assert show.sync().bytes == 0
    report = show.sync(refresh="voice")
    assert report.counts == {"restored": 3}
    assert report.spoken == 9
    actions.fingerprint.cache_clear()


def test_what_others_keep_at_the_destination_is_left_alone(show: ShowBench) -> None:
    own = show.root / "public" / "episodes" / "mine.html"
    own.write_text("mine", encoding="utf-8")
    show.sync()
    assert own.exists()
    assert not [one for one in show.catalogue()["retired"] if "mine" in one["path"]]


def test_lost_scripts_change_no_identity_of_moved_and_namesake_articles(tmp_path: Path) -> None:
    show = make_show(tmp_path / "show")
    for folder in ("a", "b", "c"):
        show.write(f"{folder}/index.md", f"This lies in {folder}.", "It stays there.")
    assert show.sync().counts == {"new": 3}
    before = {entry["source"]: name for name, entry in show.catalogue()["entries"].items()}
    shutil.rmtree(show.root / "scripts")
    show.write("0/index.md", "This is new.")
    (show.root / "articles" / "c").rename(show.root / "articles" / "d")
    report = show.sync()
    assert (report.counts, report.exit_code) == ({"new": 1, "moved": 1}, 0)
    after = {entry["source"]: name for name, entry in show.catalogue()["entries"].items()}
    assert after.pop("articles/0/index.md") == "index-4"
    assert after == {source.replace("/c/", "/d/"): name for source, name in before.items()}
    assert show.sync().bytes == 0


def test_a_script_by_hand_is_one_episode_however_often_it_is_edited(show: ShowBench) -> None:
    path = show.root / "articles" / "hand.txt"
    text = "%script 1\n%title By hand\n%language en-GB\n\n# By hand\n\nOne line.\n"
    path.write_text(text, encoding="utf-8")
    assert show.sync().counts == {"new": 1}
    path.write_text(text.replace("One", "Another"), encoding="utf-8")
    report = show.sync()
    assert (report.counts, report.published) == ({"changed": 1}, 4)
    path.rename(path.with_name("foot.txt"))
    report = show.sync(yes=True)
    assert (report.counts, report.published) == ({"new": 1, "retired": 1}, 4)


def test_a_script_that_says_no_more_whose_it_is_makes_no_second_episode(show: ShowBench) -> None:
    path = show.root / "scripts" / "ebb.txt"
    path.write_text("%script 1\n", encoding="utf-8")
    before = show.enclosures()
    report = show.sync()
    assert (report.counts, report.published, show.enclosures()) == ({"failed": 1}, 3, before)
    path.unlink()
    show.write("ebb.md", "The water goes out.", "It comes back in seven hours.")
    assert show.sync().counts == {"changed": 1}
    assert set(show.enclosures()) == set(before)


def test_articles_of_the_same_words_are_moved_each_by_itself(show: ShowBench) -> None:
    for name in ("one.md", "two.md"):
        (show.root / "articles" / name).write_text("# Same\n\nThe same words.\n", encoding="utf-8")
    show.sync()
    guids = set(show.enclosures())
    for name in ("one.md", "two.md"):
        (show.root / "articles" / name).rename(show.root / "articles" / f"new-{name}")
    assert show.sync().counts == {"moved": 2}
    assert set(show.enclosures()) == guids


def test_files_of_a_killed_sync_stay_in_doubt_until_they_are_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.build.sync_post import Poster

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    show = make_show(tmp_path / "show")
    text = "---\ntitle: Ebb\n---\n\nThe water goes out, as [others](https://example.org/{}) say.\n"
    path = show.write("ebb.md", "")
    path.write_text(text.format("one"), encoding="utf-8")
    show.sync()
    before = show.files()
    path.write_text(text.format("two"), encoding="utf-8")
    with monkeypatch.context() as patched:
        patched.setattr(Poster, "catalogue", killed)
        with pytest.raises(KeyboardInterrupt):
            show.sync()
    path.write_text("", encoding="utf-8")
    assert show.sync().exit_code == 1
    path.write_text(text.format("one"), encoding="utf-8")
    assert show.sync().counts == {"restored": 1}
    assert show.files() == before
