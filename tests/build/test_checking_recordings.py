"""The checks on an episode in which people are heard: what the show plays, a bed, takes of a sentence and a chapter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from pipeline import api
from pipeline.build import finished as episodes
from pipeline.build.listening import listen
from pipeline.build.mending import fix
from pipeline.store.collect import collect
from pipeline.store.store import Store
from tests.build.people import CHAPTER, SENTENCE, furnish
from tests.build.test_listening import Deaf, overwrite
from tests.conftest import make_workbench

if TYPE_CHECKING:
    from tests.conftest import Workbench

FORMATS = ("wav", "mp3", "m4b", "opus", "flac")


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    bench = make_workbench(tmp_path_factory.mktemp("recorded") / "bench")
    furnish(bench)
    bench.options = replace(bench.options, formats=FORMATS)
    assert bench.render().problems == ()
    return bench


def looked(bench: Workbench, *, deep: bool = False) -> api.Checked:
    """Checked as a person does later: by the folder alone, without the show."""
    page = bench.root / "report.html"
    return api.check(bench.root / "output/tides", replace(bench.options, show=None), deep=deep, report=page)


def test_whole_files_have_no_problems(recorded: Workbench) -> None:
    quick, deep = looked(recorded), looked(recorded, deep=True)
    for found in (quick, deep):
        assert (found.problems, found.notes) == ((), ())
        assert tuple(one.format for one in found.audio) == FORMATS
    runs = len(episodes.laid(episodes.find(recorded.options, recorded.root / "output/tides")).runs.cues)
    for known, heard in zip(quick.audio, deep.audio, strict=True):
        assert (heard.clips, heard.lost_clips) == (runs, 0)
        assert heard.furthest_ms < 0.1
        assert known.loudness_lufs == pytest.approx(heard.loudness_lufs, abs=0.1)


def test_what_is_missing_of_a_recorded_chapter_or_a_bed_is_told_with_its_chapters_line(recorded: Workbench) -> None:
    path = recorded.root / "output/tides/tides.wav"
    whole = path.read_bytes()
    runs = episodes.laid(episodes.find(recorded.options, path)).runs.cues
    lines = recorded.script.read_text(encoding="utf-8").splitlines()
    try:
        for kind, title in (("take:", CHAPTER), ("bed:", "# The pull of the moon")):
            (run,) = [cue for cue in runs if cue.id.startswith(kind)]
            overwrite(path, run.start + 48_000, np.zeros(24_000, np.int16))
            found = looked(recorded, deep=True).problems
            (heard,) = [one for one in found if "missing" in one.what]
            assert lines[heard.line - 1] == title
            path.write_bytes(whole)
    finally:
        path.write_bytes(whole)


def test_a_listener_hears_the_sentences_of_people_too(recorded: Workbench) -> None:
    finished = episodes.find(recorded.options, recorded.root / "output/tides")
    heard = listen(finished, Deaf())
    assert heard.sentences == len(list(finished.script.utterances()))
    assert [one.finding.id for one in heard.lost] == []


@pytest.mark.parametrize("words", [SENTENCE, "Bays make tides larger."])
def test_what_a_person_said_badly_gets_no_other_take_of_a_voice(recorded: Workbench, words: str) -> None:
    ears, folder = Deaf(never={words: 99}), recorded.root / "output/tides"
    before = recorded.script.read_bytes()
    mended = fix(recorded.options, folder, listen(episodes.find(recorded.options, folder), ears), ears)
    assert len(mended.listened.lost) == 1
    assert recorded.script.read_bytes() == before


def test_clearing_away_leaves_all_that_a_check_looks_at(recorded: Workbench) -> None:
    before = recorded.files()
    collect(Store(recorded.options.store), grace_s=0, others_s=0)
    found = looked(recorded, deep=True)
    assert (found.problems, found.notes) == ((), ())
    assert {one.lost_clips for one in found.audio} == {0}
    report = recorded.render()
    assert (report.spoken, report.encoded, report.problems) == (0, 0, ())
    assert recorded.files() == before
