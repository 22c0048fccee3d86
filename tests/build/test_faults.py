"""Engines fail in every way they can: no utterance is lost, none is doubled, and only what was lost is done again."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import plugins
from pipeline.errors import SpeakError
from tests.conftest import Workbench, make_workbench

ARTICLE = """\
# The gauge

The first gauge stands at the mouth of the river, where the water is deep.

The second gauge stands under the old bridge, and it is read twice a day by the keeper.

The third gauge has been out of order since the last storm of the winter.
"""
SECOND = "second gauge"
UTTERANCES = 4


@pytest.fixture(autouse=True)
def _installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Make the faulty engine a stranger's plug-in, as seen from any process."""
    site = tmp_path / "site"
    info = site / "faulty_engine-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: faulty-engine\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[articlecast.engines]\nfaulty = faulty_engine\n", encoding="utf-8")
    source = Path(__file__).with_name("faulty.py").read_text(encoding="utf-8")
    (site / "faulty_engine.py").write_text(source, encoding="utf-8")
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.delitem(sys.modules, "faulty_engine", raising=False)
    monkeypatch.setenv("FAULTY_ENGINE", str(tmp_path))
    _forget()
    yield
    _forget()


def _forget() -> None:
    for found in (plugins.names, plugins.load, plugins._strangers):
        found.cache_clear()


def _faults(root: Path, **faults: list[str]) -> None:
    """Plan what befalls utterances; counts begin anew."""
    for counter in root.glob("count-*"):
        counter.unlink()
    (root / "calls.txt").unlink(missing_ok=True)
    plan = [[piece.replace("_", " "), list(of)] for piece, of in faults.items()]
    (root / "faults.json").write_text(json.dumps(plan), encoding="utf-8")


@pytest.fixture
def bench(tmp_path: Path) -> Workbench:
    _faults(tmp_path)
    made = make_workbench(tmp_path / "bench", ARTICLE)
    made.options = replace(made.options, voice="faulty", timeout_s=1.0)
    return made


@pytest.fixture
def clean(bench: Workbench) -> dict[str, bytes]:
    """What a render without faults makes."""
    other = bench.elsewhere("clean")
    other.options = replace(
        bench.options, output=other.options.output, scripts=other.options.scripts, store=other.options.store
    )
    other.render()
    return other.files()


def _calls(root: Path) -> list[str]:
    return (root / "calls.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("fault", ["raise", "hang", "die", "silence", "empty", "nan", "half", "twice", "hole", "rate"])
def test_a_fault_that_clears_on_retry_gives_the_clean_bytes(
    bench: Workbench, clean: dict[str, bytes], tmp_path: Path, fault: str
) -> None:
    _faults(tmp_path, second_gauge=[fault])
    report = bench.render()
    assert report.spoken == UTTERANCES
    assert bench.files() == clean
    assert "take=" not in bench.script.read_text(encoding="utf-8")


@pytest.mark.parametrize("executor", ["processes", "dask"])
@pytest.mark.parametrize("fault", ["hang", "die", "silence"])
def test_faults_in_other_executors(
    bench: Workbench, clean: dict[str, bytes], tmp_path: Path, executor: str, fault: str
) -> None:
    _faults(tmp_path, second_gauge=[fault])
    bench.render(executor=executor)
    assert bench.files() == clean


@pytest.mark.parametrize("fault", ["raise", "hang"])
def test_an_engine_that_is_trusted_and_fails(
    bench: Workbench, clean: dict[str, bytes], tmp_path: Path, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAULTY_ENGINE_STABLE", "1")
    monkeypatch.delitem(sys.modules, "faulty_engine", raising=False)
    _forget()
    _faults(tmp_path, second_gauge=[fault])
    bench.render()
    assert bench.files() == clean


def test_another_take_is_written_into_the_script_and_kept(bench: Workbench, tmp_path: Path) -> None:
    _faults(tmp_path, second_gauge=["silence@1", "*"])
    report = bench.render()
    assert any("take 2 was good" in warning for warning in report.warnings)
    assert bench.script.read_text(encoding="utf-8").count("take=2") == 1
    _faults(tmp_path, second_gauge=["raise", "*"])
    assert bench.render().spoken == 0
    bench.edit("deep.", "very deep.")
    assert bench.render().spoken == 1
    assert bench.script.read_text(encoding="utf-8").count("take=2") == 1


def test_another_take_of_a_chapters_title(bench: Workbench, tmp_path: Path) -> None:
    bench.article.write_text(ARTICLE + "\n## The old bridge\n\nIt is low.\n", encoding="utf-8")
    _faults(tmp_path, The_old_bridge=["silence@1", "*"])
    bench.render()
    assert bench.script.read_text(encoding="utf-8").count("take=2") == 1
    assert bench.render().spoken == 0


def test_the_last_resort_is_to_speak_in_clauses(bench: Workbench, tmp_path: Path) -> None:
    _faults(tmp_path, **{"old bridge, and it": ["silence", "*"]})
    report = bench.render()
    assert any("in clauses" in warning for warning in report.warnings)
    assert "take=" not in bench.script.read_text(encoding="utf-8")
    assert bench.render().spoken == 0


def test_what_nothing_helps_is_told_and_the_rest_is_kept(
    bench: Workbench, clean: dict[str, bytes], tmp_path: Path
) -> None:
    _faults(tmp_path, third_gauge=["silence", "*"])
    with pytest.raises(SpeakError, match=r"1 utterance.*third gauge.*silent") as told:
        bench.render()
    assert told.value.exit_code == 1
    assert len(told.value.utterances) == 1
    assert not list((bench.root / "output").rglob("*.mp3"))
    _faults(tmp_path)
    assert bench.render().spoken == 1
    assert len(_calls(tmp_path)) == 1
    assert bench.files() == clean


def test_the_last_good_episode_stands_while_a_new_sentence_fails(bench: Workbench, tmp_path: Path) -> None:
    bench.render()
    before = bench.files()
    bench.edit("winter.", "winter, they say.")
    _faults(tmp_path, they_say=["nan", "*"])
    with pytest.raises(SpeakError):
        bench.render()
    assert bench.files() == before


def test_a_broken_voice_is_not_tried_for_ever(bench: Workbench, tmp_path: Path) -> None:
    lines = "\n\n".join(f"Line {number} of the log is about the river." for number in range(60))
    bench.article.write_text(f"# The log\n\n{lines}\n", encoding="utf-8")
    _faults(tmp_path, of_the_log=["raise", "*"])
    with pytest.raises(SpeakError, match="more were not tried"):
        bench.render()
    assert len(_calls(tmp_path)) < 100


def test_what_an_engine_prints_stays_out_of_the_way(bench: Workbench, clean: dict[str, bytes], tmp_path: Path) -> None:
    _faults(tmp_path, gauge=["print", "*"])
    bench.render()
    assert bench.files() == clean


def test_a_voice_that_comes_back_goes_on(bench: Workbench, tmp_path: Path) -> None:
    lines = "\n\n".join(f"Line {number} of the log is about the river." for number in range(30))
    bench.article.write_text(f"# The log\n\n{lines}\n", encoding="utf-8")
    _faults(tmp_path, of_the_log=["raise"] * 9)
    assert bench.render().spoken == 31


def test_what_a_process_knows_and_the_store_has_lost_is_told_again(bench: Workbench) -> None:
    bench.render(voice="tone")
    before = bench.files()
    for folder in ("actions", "manifests", "output"):
        shutil.rmtree(bench.root / ("output" if folder == "output" else f"store/{folder}"))
    with ThreadPoolExecutor(1) as pool:
        bench.render(voice="tone", executor=pool)
    assert bench.files() == before
