"""Which sidecars are made where a show asks for all, or for one that cannot be made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline import plugins
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from tests.conftest import Workbench


def test_all_are_those_that_can_be_made(bench: Workbench) -> None:
    report = bench.render(formats=("wav",), sidecars=("all",))
    made = {file.path for file in report.episode.sidecars}
    assert {"tides.srt", "tides.vtt", "tides.transcript.html"} <= made
    assert not any(path.endswith((".epub", ".lpf")) for path in made)
    left = [warning for warning in report.warnings if "is left out" in warning]
    assert left == [f"the sidecar {name!r} is left out: it is made from 'mp3'" for name in ("daisy202", "epub3", "lpf")]


def test_with_an_mp3_all_are_all(bench: Workbench) -> None:
    report = bench.render(sidecars=("all",))
    assert not any("is left out" in warning for warning in report.warnings)
    assert {"tides.epub", "tides.lpf", "tides-daisy202.zip"} <= {file.path for file in report.episode.sidecars}


@pytest.mark.parametrize(
    "name", [one for one in plugins.names("sidecars") if hasattr(plugins.load("sidecars", one), "NEEDS")]
)
def test_one_that_is_named_must_be_possible(name: str, bench: Workbench) -> None:
    with pytest.raises(UsageError, match='add "mp3" to `formats`'):
        bench.render(formats=("wav",), sidecars=(name,))
