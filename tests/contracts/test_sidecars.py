"""Every installed sidecar keeps its contract."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from pipeline import plugins
from tests.publish.sidecars.sample import edition as sample
from tests.publish.sidecars.sounding import sounding

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.model.episode import Edition


def edition(tmp_path: Path, name: str = "why-the-sea-breathes") -> Edition:
    """The sample with its MP3, which lies beside the folder that is written into."""
    folder = tmp_path.with_name(f"{tmp_path.name}-audio")
    folder.mkdir(exist_ok=True)
    return sounding(folder, sample(name))


NAMES = plugins.names("sidecars")


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", NAMES)
def test_it_tells_all_files_that_it_wrote_and_no_others(name: str, tmp_path: Path) -> None:
    written = plugins.load("sidecars", name).write(edition(tmp_path), tmp_path)
    assert isinstance(written, tuple)
    assert sorted(one.path for one in written) == sorted(_files(tmp_path))
    assert all(_files(tmp_path).values()), "no file is empty"


@pytest.mark.parametrize("name", NAMES)
def test_its_files_bear_the_name_of_the_episode(name: str, tmp_path: Path) -> None:
    written = plugins.load("sidecars", name).write(edition(tmp_path, "2026-tides_x"), tmp_path)
    assert written
    assert all(re.match(r"2026-tides_x[./-]", one.path) for one in written)


@pytest.mark.parametrize("name", NAMES)
def test_its_media_types_are_media_types(name: str, tmp_path: Path) -> None:
    for one in plugins.load("sidecars", name).write(edition(tmp_path), tmp_path):
        assert re.fullmatch(r"(application|audio|image|text)/[a-z0-9.+-]+", one.media_type)


@pytest.mark.parametrize("name", NAMES)
def test_it_writes_the_same_bytes_twice(name: str, tmp_path: Path) -> None:
    folders = tmp_path / "one", tmp_path / "two"
    for folder in folders:
        folder.mkdir()
        plugins.load("sidecars", name).write(edition(tmp_path), folder)
    assert _files(folders[0]) == _files(folders[1])


@pytest.mark.parametrize("name", NAMES)
def test_it_replaces_what_it_wrote_before(name: str, tmp_path: Path) -> None:
    sidecar = plugins.load("sidecars", name)
    written = sidecar.write(edition(tmp_path), tmp_path)
    fresh = _files(tmp_path)
    for one in written:
        path = tmp_path / one.path
        path.write_bytes(path.read_bytes() + b"old and longer\n" * 10)
    sidecar.write(edition(tmp_path), tmp_path)
    assert _files(tmp_path) == fresh
