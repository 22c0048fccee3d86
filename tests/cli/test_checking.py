from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.audio import recognise
from pipeline.cli import main
from pipeline.errors import MissingDependency
from tests.build.test_listening import LOST, Deaf

if TYPE_CHECKING:
    from tests.conftest import Workbench


def run(bench: Workbench, *more: str) -> int:
    folder = bench.root / "output" / "tides"
    common = ["--scripts", str(bench.root / "scripts"), "--store", bench.options.store]
    return main(["check", str(folder), *common, *more])


@pytest.fixture
def made(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> Workbench:
    bench.render()
    monkeypatch.chdir(bench.root)
    return bench


def listening(monkeypatch: pytest.MonkeyPatch, ears: Any) -> None:
    monkeypatch.setattr(recognise, "recogniser", lambda: ears)


def test_files_that_stand_are_said_to(made: Workbench, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(made) == 0
    out = capsys.readouterr().out
    assert out.startswith("tides: 8 files as rendered (sizes and digests)\n  output/tides/tides.mp3  0:3")
    assert "3 chapters, -16." in out
    assert "decoded" not in out
    assert run(made, "--deep") == 0
    assert "decoded, 15 clips at most 0.00 ms off, pauses silent" in capsys.readouterr().out


def test_a_problem_is_told_with_time_line_and_words(made: Workbench, capsys: pytest.CaptureFixture[str]) -> None:
    transcript = made.root / "output/tides/tides.vtt"
    text = transcript.read_text(encoding="utf-8").split("\n\n")
    transcript.write_text("\n\n".join([*text[:2], *text[3:]]), encoding="utf-8")
    assert run(made) == 1
    assert "tides.vtt 00:00:0" in (out := capsys.readouterr().out)
    assert "scripts/tides.txt:" in out
    assert "does not have this sentence" in out
    assert run(made, "--deep", "--json") == 1
    told = json.loads(capsys.readouterr().out)
    (problem,) = told["problems"]
    assert (problem["path"], problem["what"]) == ("output/tides/tides.vtt", "does not have this sentence")
    assert problem["line"] > 0
    (audio,) = told["audio"]
    assert (audio["format"], audio["decoded"], audio["clips_found"], audio["furthest_ms"]) == ("mp3", True, 15, 0.0)


def test_the_report_is_of_one_episode(made: Workbench, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(made, "--report", "report.html") == 0
    assert capsys.readouterr().out.endswith("report.html\n")
    assert (made.root / "report.html").stat().st_size > 5000
    assert main(["check", "output/tides", "output/tides", "--report", "r.html"]) == 2
    assert run(made, "--report", "output") == 2


def test_a_file_that_does_not_is_named(made: Workbench, capsys: pytest.CaptureFixture[str]) -> None:
    (made.root / "output/tides/tides.vtt").unlink()
    assert run(made) == 1
    told_lines = capsys.readouterr().out.splitlines()
    assert told_lines[:2] == ["tides: 1 file of 8 not as rendered", "  output/tides/tides.vtt is not there"]
    assert run(made, "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert told["faults"] == [{"path": "output/tides/tides.vtt", "what": "is not there"}]
    assert told["listened"] is None


def test_all_heard(made: Workbench, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    listening(monkeypatch, Deaf())
    assert run(made, "--listen") == 0
    assert "0 sentences with words missing or wrong" in capsys.readouterr().out


def test_a_lost_sentence_is_shown_with_time_line_and_words(
    made: Workbench, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    listening(monkeypatch, Deaf(never={LOST: 100}))
    assert run(made, "--listen") == 1
    out = capsys.readouterr().out
    assert "1 sentence with words missing or wrong" in out
    assert "scripts/tides.txt:" in out
    assert f"    spoken:  {LOST}\n    heard:   (nothing)\n    missing: A second heap" in out
    assert run(made, "--listen", "--json") == 1
    (lost,) = json.loads(capsys.readouterr().out)["listened"]["lost"]
    assert (lost["spoken"], lost["heard"], lost["missing"][0]) == (LOST, "", "A")
    assert lost["end_s"] > lost["start_s"] > 0


def test_mended_is_said(made: Workbench, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    listening(monkeypatch, Deaf(never={LOST: 1}))
    assert run(made, "--listen", "--fix", "--voice", "tone") == 0
    assert f"(take 1) {LOST}" in capsys.readouterr().out
    assert "take=2" in made.script.read_text(encoding="utf-8")


def test_without_the_extra_the_install_line_is_printed(
    made: Workbench, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing() -> None:
        raise MissingDependency('pip install "articlecast[check]"')

    monkeypatch.setattr(recognise, "recogniser", missing)
    assert run(made, "--listen") == 2
    assert 'pip install "articlecast[check]"' in capsys.readouterr().err


def test_mending_needs_listening(made: Workbench, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(made, "--fix") == 2
    assert "--listen" in capsys.readouterr().err


def test_an_unknown_episode_is_wrong_use(made: Workbench, capsys: pytest.CaptureFixture[str]) -> None:
    (made.root / "output/other").mkdir()
    assert main(["check", str(made.root / "output/other"), "--store", made.options.store]) == 2
    assert "nothing is known" in capsys.readouterr().err
