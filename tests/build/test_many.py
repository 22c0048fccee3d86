"""Many articles in one run: one plan, shared sentences spoken once, one failure stops nobody else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import api
from pipeline.api import Failed, Report
from pipeline.build import many
from tests.conftest import Workbench, make_workbench

SHARED = "This sentence stands in every article of the archive."


def _article(number: int) -> str:
    return f"# Article {number}\n\nThe tide gauge has the number {number} here.\n\n{SHARED}\n"


@pytest.fixture
def archive(tmp_path: Path) -> Workbench:
    """A folder of three articles, with a hidden file and one that nobody reads beside them."""
    bench = make_workbench(tmp_path / "archive", _article(0))
    (bench.root / "later").mkdir()
    (bench.root / "later/one.md").write_text(_article(1), encoding="utf-8")
    (bench.root / "later/two.html").write_text(
        f"<html lang=en><title>Article 2</title><article><h1>Article 2</h1><p>{SHARED}</p></article></html>",
        encoding="utf-8",
    )
    (bench.root / "later/.hidden.md").write_text("# Hidden\n\nNever.\n", encoding="utf-8")
    (bench.root / "later/photo.png").write_bytes(b"\x89PNG")
    return bench


def _all(bench: Workbench, *places: Path | str, **changes: object) -> list[Report | Failed]:
    options = replace(bench.options, **changes)  # type: ignore[arg-type]
    return list(api.render_all(api.survey(places or [bench.root], options), options))


def _reports(results: list[Report | Failed]) -> list[Report]:
    return [one for one in results if isinstance(one, Report)]


def test_a_folder_stands_for_its_articles_in_the_order_of_their_names(archive: Workbench) -> None:
    reports = _reports(_all(archive))
    assert [report.name for report in reports] == ["tides", "one", "two"]
    # the show's own folders lie below, too: nothing of them is taken for an article
    assert [report.name for report in _reports(_all(archive))] == ["tides", "one", "two"]


def test_what_articles_share_is_spoken_once(archive: Workbench) -> None:
    reports = _reports(_all(archive))
    assert [report.spoken for report in reports] == [3, 2, 1]
    assert [report.spoken for report in _reports(_all(archive))] == [0, 0, 0]


def test_the_files_are_those_of_articles_rendered_alone(archive: Workbench, tmp_path: Path) -> None:
    _all(archive)
    other = archive.elsewhere("other")
    other.render(archive.root / "later/one.md")
    one = "one/one.mp3"
    assert archive.files()[one][-1000:] == other.files()[one][-1000:]


def test_the_estimate_counts_what_is_missing(archive: Workbench) -> None:
    first = api.survey([archive.root], archive.options).estimate
    assert (first.articles, first.fresh, first.speak, first.seconds) == (3, 0, 6, None)
    assert first.characters > 150
    assert first.bytes > 0
    _all(archive)
    after = api.survey([archive.root], archive.options).estimate
    assert (after.articles, after.fresh, after.speak, after.encode) == (3, 3, 0, 0)
    archive.edit("the number 0", "the good number 0")
    edited = api.survey([archive.root], archive.options).estimate
    assert (edited.fresh, edited.speak) == (2, 1)
    assert edited.seconds is not None


def test_a_survey_that_keeps_nothing_writes_no_script(archive: Workbench) -> None:
    api.survey([archive.root], archive.options, keep=False)
    assert not (archive.root / "scripts").exists()
    assert not (archive.root / "show.lock.toml").exists()


def test_an_article_that_fails_does_not_stop_the_others(archive: Workbench) -> None:
    (archive.root / "later/broken.epub").write_bytes(b"no book")
    _all(archive)
    script = archive.root / "scripts/one.txt"
    script.write_text(script.read_text(encoding="utf-8").replace("  | u", "  | u1 voice=nobody u", 1), encoding="utf-8")
    results = _all(archive)
    failed = [one for one in results if isinstance(one, Failed)]
    assert len(failed) == 2
    assert [report.name for report in _reports(results)] == ["tides", "two"]


def test_windows_are_bounded(archive: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "WINDOW_ARTICLES", 1)
    assert [report.spoken for report in _reports(_all(archive))] == [3, 2, 1]


def test_a_list_of_articles(archive: Workbench) -> None:
    path = archive.root / "list.txt"
    path.write_text("# those of this week\ntides.md\n\nhttps://example.org/a\nlater/one.md\n", encoding="utf-8")
    assert api.listed(path) == (archive.root / "tides.md", "https://example.org/a", archive.root / "later/one.md")
