"""``articlecast cache`` as people and programs meet it."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from pipeline.cli import main
from tests.conftest import Workbench


@pytest.fixture
def store(bench: Workbench, capsys: pytest.CaptureFixture[str]) -> str:
    """A store that an edited episode was rendered into."""
    bench.render()
    bench.edit("Bays make tides larger.", "Bays make most tides larger.")
    bench.render()
    capsys.readouterr()
    return bench.options.store


def test_it_tells_its_size(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cache", "--store", store]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[0] == store
    assert "episodes" in out
    assert "articlecast cache collect" in out
    assert main(["cache", "--store", store, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    files = [path for path in Path(store).rglob("*") if path.is_file()]
    assert told["total"] == {"number": len(files), "bytes": sum(path.stat().st_size for path in files)}
    assert set(told) == {"store", "episodes", "actions", "blobs", "unused", "total"}
    assert told["unused"]["number"]


def test_an_empty_cache_has_a_size_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in ([], ["verify"], ["collect"]):
        assert main(["cache", *command, "--store", str(tmp_path / "none")]) == 0
    assert "0 bytes" in capsys.readouterr().out
    assert not (tmp_path / "none").exists()


def test_verify_ends_with_1_where_something_is_damaged(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cache", "verify", "--store", store]) == 0
    path = min(Path(store).glob("blobs/*/*"))
    path.write_bytes(b"damage")
    capsys.readouterr()
    assert main(["cache", "verify", "--store", store]) == 1
    assert f"damaged, removed: {path}" in capsys.readouterr().out
    assert main(["cache", "--store", store, "--json", "verify"]) == 0
    assert json.loads(capsys.readouterr().out)["damaged"] == []


def test_collect_says_what_it_removes(store: str, bench: Workbench, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cache", "collect", "--store", store]) == 0
    assert "nothing to remove" in capsys.readouterr().out, "it is young"
    for path in Path(store).rglob("*.json"):
        os.utime(path, (time.time() - 90_000,) * 2)
    files = len(list(Path(store).rglob("*")))
    assert main(["cache", "collect", "--store", store, "--dry-run"]) == 0
    assert "would remove" in capsys.readouterr().out
    assert len(list(Path(store).rglob("*"))) == files
    assert main(["cache", "collect", "--store", store, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["removed"]["number"]
    assert (told["forgotten"], told["dry_run"]) == ([], False)
    assert bench.render().spoken == 0


def test_a_cap_forgets_episodes_and_says_so(store: str, bench: Workbench, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cache", "collect", "--store", store, "--max-size", "5GB"]) == 0
    assert "forgot" not in capsys.readouterr().out
    assert main(["cache", "collect", "--store", store, "--max-size", "0.1 kB", "--grace", "0"]) == 0
    assert "forgot tides: to render it anew is to speak it anew" in capsys.readouterr().out
    assert bench.render().spoken


@pytest.mark.parametrize("size", ["5XB", "-1", "many", "5 5"])
def test_a_size_that_is_none_is_wrong_use(size: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cache", "collect", "--store", str(tmp_path), f"--max-size={size}"]) == 2
    assert "is no size" in capsys.readouterr().err


def test_a_cap_that_cannot_be_kept_is_told(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cache", "collect", "--store", store, "--max-size", "1"]) == 0
    assert "a render that runs now" in capsys.readouterr().err


def test_long_readings_tell_how_far_they_are(
    store: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.cli import cache

    monkeypatch.setattr(cache, "_SILENT_S", -1.0)
    assert main(["cache", "verify", "--store", store]) == 0
    assert "verify: 100 % of" in capsys.readouterr().err
    assert main(["cache", "verify", "--store", store, "--json"]) == 0
    assert capsys.readouterr().err == ""
