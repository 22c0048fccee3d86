"""Two cold builds and a warm one are the same, byte for byte, in every format, whoever does the work."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pipeline import plugins
from tests.build.people import furnish
from tests.conftest import make_workbench

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Workbench

FORMATS = plugins.names("encoders")
SHORT = "---\ntitle: Tides\nlanguage: en-GB\n---\n\nThe sea breathes twice a day. Most of it is the moon.\n"


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    """A cold build in one process, of speech, music and people."""
    bench = _bench(tmp_path_factory.mktemp("first") / "bench")
    report = bench.render()
    assert report.spoken > 0
    assert len(report.episode.renditions) == len(FORMATS) == 5
    return bench


def _bench(root: Path) -> Workbench:
    bench = make_workbench(root)
    furnish(bench)
    bench.options = replace(bench.options, formats=FORMATS)
    return bench


@pytest.mark.parametrize("executor", ["inline", "processes", "dask"])
def test_cold_builds_are_equal(first: Workbench, tmp_path: Path, executor: str) -> None:
    if executor == "dask":
        pytest.importorskip("distributed")
    other = _bench(tmp_path / "other")
    report = other.render(executor=executor)
    assert report.spoken == first.reports[0].spoken
    assert other.files() == first.files()


def test_a_warm_build_equals_a_cold_one(first: Workbench) -> None:
    cold = first.files()
    shutil.rmtree(first.root / "output")
    report = first.render()
    assert (report.spoken, report.encoded) == (0, 0)
    assert first.files() == cold


@pytest.mark.model
def test_so_they_are_with_the_neural_voice(tmp_path: Path) -> None:
    benches = [make_workbench(tmp_path / name, SHORT) for name in ("inline", "processes")]
    for bench in benches:
        bench.options = replace(bench.options, voice="hibari", formats=FORMATS, executor=bench.root.name)
        bench.render()
    one, other = benches
    cold = one.files()
    assert cold == other.files()
    shutil.rmtree(one.root / "output")
    assert one.render().encoded == 0
    assert one.files() == cold
