"""What many tests need: a workbench with an article, its own store, and the tone engine."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from pipeline.api import Options, Report

# On a desk hypothesis looks for new cases at every run; a verdict on a commit must be the same each time.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


@pytest.fixture(autouse=True)
def _no_lexicon_of_ones_own(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the site's lexicon of whoever runs the tests out of them."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.getbasetemp() / "config"))


@pytest.fixture(autouse=True)
def _no_voices_of_ones_own(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep fetched voices, and servers that could be asked, out of the tests."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path_factory.getbasetemp() / "data"))
    for name in ("ARTICLECAST_SPEECH_URL", "OPENAI_BASE_URL", "ARTICLECAST_KOKORO"):
        monkeypatch.delenv(name, raising=False)


ARTICLE = """\
---
title: How tides work
author: The articlecast project
date: 2026-03-01
language: en-GB
description: Why the sea rises and falls.
---

The sea breathes twice a day. Most people never ask why.

## The pull of the moon

The moon pulls at the water beneath it. The water heaps up there. On the far side it heaps up as well.

A second heap surprises many readers.

## The shape of the coast

Bays make tides larger.

- A narrow bay lifts the water.
- A wide bay does not.
- An open coast hardly notices.
"""


@dataclass(slots=True, kw_only=True)
class Workbench:
    """A folder with one article in it, rendered with the tone engine into a store of its own."""

    root: Path
    article: Path
    options: Options
    reports: list[Report] = field(default_factory=list)

    def render(self, article: Path | None = None, **changes: object) -> Report:
        """Render the article, or another file, with changed options."""
        from pipeline import api

        report = api.render(article or self.article, replace(self.options, **changes))  # type: ignore[arg-type]
        self.reports.append(report)
        return report

    def edit(self, old: str, new: str, path: Path | None = None) -> None:
        """Replace ``old``, which stands there once, in the article or another file."""
        path = path or self.article
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    @property
    def script(self) -> Path:
        """The article's narration script."""
        return self.root / "scripts" / "tides.txt"

    def files(self, output: str = "output") -> dict[str, bytes]:
        """The finished files by name."""
        folder = self.root / output
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.*"))}

    def elsewhere(self, name: str) -> Workbench:
        """The same article in a new folder, with an empty store."""
        return make_workbench(self.root.parent / name, self.article.read_text(encoding="utf-8"))


def make_workbench(root: Path, text: str = ARTICLE) -> Workbench:
    """A workbench in ``root``."""
    from pipeline.api import Options

    root.mkdir()
    article = root / "tides.md"
    article.write_text(text, encoding="utf-8")
    options = Options(
        output=root / "output",
        scripts=root / "scripts",
        store=str(root / "store"),
        voice="tone",
        executor="inline",
    )
    return Workbench(root=root, article=article, options=options)


@pytest.fixture
def bench(tmp_path: Path) -> Workbench:
    """A fresh workbench."""
    return make_workbench(tmp_path / "bench")
