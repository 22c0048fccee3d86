"""The show as programs use it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from pipeline.errors import ConfigError, PipelineError
from pipeline.model.progress import Progress
from pipeline.shows import Show, SyncReport
from tests.build.show_bench import tides


def test_a_show_is_opened_by_its_file_or_folder_and_synced(tmp_path: Path) -> None:
    bench = tides(tmp_path / "show")
    show = Show.open(bench.root, bench.options)
    assert show.items() == ()
    events: list[Progress] = []
    report = show.sync(listen=events.append)
    assert report.counts == {"new": 3}
    assert {event.stage for event in events} >= {"read", "speak"}
    again = Show.open(str(bench.root / "show.toml"), bench.options)
    assert [item.name for item in again.items()] == ["ebb", "flood", "slack"]
    assert again.sync().plain()["bytes"] == 0


def test_where_there_is_no_show_it_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"show\.toml"):
        Show.open(tmp_path)


def test_a_watched_show_is_synced_after_each_edit(tmp_path: Path) -> None:
    bench, stop = tides(tmp_path / "show"), threading.Event()
    reports: list[SyncReport | PipelineError] = []
    for report in Show.open(bench.root, bench.options).watch(stop=stop):
        reports.append(report)
        if len(reports) == 1:
            threading.Timer(
                1.0, bench.write, ("ebb.md", "The water goes out.", "It comes back in seven hours.")
            ).start()
        elif isinstance(report, SyncReport) and report.episodes:
            stop.set()
        assert len(reports) < 5
    assert isinstance(reports[0], SyncReport)
    assert reports[0].counts == {"new": 3}
    assert isinstance(reports[-1], SyncReport)
    assert reports[-1].counts == {"changed": 1}
