"""Plug-ins are found by name, ours and strangers'."""

from __future__ import annotations

import sys
from importlib import metadata
from types import ModuleType

import pytest

from pipeline import plugins
from pipeline.errors import MissingDependency, UsageError


@pytest.fixture(autouse=True)
def _fresh() -> None:
    plugins.names.cache_clear()
    plugins.load.cache_clear()
    plugins._strangers.cache_clear()


def _stranger(monkeypatch: pytest.MonkeyPatch, name: str, module: str, group: str = "articlecast.engines") -> None:
    point = metadata.EntryPoint(name=name, value=module, group=group)

    monkeypatch.setattr(metadata, "entry_points", lambda: metadata.EntryPoints([point]))


@pytest.mark.parametrize("kind", sorted(plugins.SHELVES))
def test_every_plugin_of_ours_loads_and_says_what_it_is(kind: str) -> None:
    assert plugins.names(kind)
    for name in plugins.names(kind):
        assert (plugins.load(kind, name).__doc__ or "").strip(), name


def test_an_unknown_name_lists_those_there_are() -> None:
    with pytest.raises(UsageError, match=r"no engine is called 'nobody'; there are: .*tone"):
        plugins.load("engines", "nobody")


def test_a_strangers_plugin_is_found_and_loaded_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    _stranger(monkeypatch, "mine", "a_strangers_engine")
    assert "mine" in plugins.names("engines")
    assert "a_strangers_engine" not in sys.modules
    module = ModuleType("a_strangers_engine")
    monkeypatch.setitem(sys.modules, "a_strangers_engine", module)
    assert plugins.load("engines", "mine") is module


def test_a_missing_package_is_named_with_its_install_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("stranger")
    (folder / "needs_more.py").write_text("import a_package_that_nobody_has\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(folder))
    _stranger(monkeypatch, "mine", "needs_more")
    with pytest.raises(MissingDependency, match="pip install a_package_that_nobody_has"):
        plugins.load("engines", "mine")
