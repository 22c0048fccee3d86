"""Small sites, built by MkDocs with the plug-in as pyproject.toml names it."""

from __future__ import annotations

import logging
import re
import tomllib
from dataclasses import dataclass
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

mkdocs = pytest.importorskip("mkdocs")

from mkdocs import plugins  # noqa: E402
from mkdocs.commands.build import build  # noqa: E402
from mkdocs.config import load_config  # noqa: E402
from mkdocs.exceptions import Abort, ConfigurationError  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent.parent

KETTLE = """\
---
audio: true
author: Kitchen notes
date: 2026-03-01
description: How water boils.
---

# The kettle

Water boils at less than 100 °C up a mountain. See [the other page](guide/tea.md).

!!! note "Mind the steam"
    Steam burns.

The HTML is fine.

*[HTML]: Hyper Text Markup Language
"""
TEA = "# A cup of tea\n\nLet it cool first. Boiling water draws out what is bitter.\n"
PLAIN = "# Imprint\n\nNobody wants to hear this.\n"


@dataclass(slots=True, kw_only=True)
class Site:
    """A folder with ``mkdocs.yml`` and pages."""

    root: Path
    log: pytest.LogCaptureFixture

    def settings(self, **options: Any) -> None:
        """Write ``mkdocs.yml``; ``options`` are the plug-in's."""
        options = {"voice": "tone", "executor": "inline", "store": str(self.root / "store"), **options}
        lines = "".join(f"      {name}: {_yaml(value)}\n" for name, value in options.items())
        (self.root / "mkdocs.yml").write_text(
            "site_name: Notes\nsite_url: https://notes.example/site/\n"
            "markdown_extensions:\n  - admonition\n  - abbr\n  - toc:\n      permalink: true\n"
            "theme:\n  name: mkdocs\n  custom_dir: overrides\n"
            f"plugins:\n  - search\n  - articlecast:\n{lines}",
            encoding="utf-8",
        )

    def write(self, path: str, text: str) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def edit(self, path: str, old: str, new: str) -> None:
        text = (self.root / path).read_text(encoding="utf-8")
        assert text.count(old) == 1
        self.write(path, text.replace(old, new))

    def build(self, *, strict: bool = False, command: Any = "build") -> str:
        """Build the site; the answer is what the plug-in has said."""
        self.log.clear()
        config = load_config(str(self.root / "mkdocs.yml"), strict=strict)
        config.plugins.on_startup(command=command, dirty=False)
        build(config)
        return "\n".join(record.getMessage() for record in self.log.records if "articlecast" in record.getMessage())

    def page(self, path: str) -> str:
        return (self.root / "site" / path / "index.html").read_text(encoding="utf-8")

    def player(self, path: str) -> str:
        found = re.search(r'<section class="articlecast".*?</section>', self.page(path), re.DOTALL)
        return found[0] if found else ""


def _yaml(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> Site:
    """A site of three pages, one of which asks to be heard."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]
    ours = declared["mkdocs.plugins"]["articlecast"]
    known = {**plugins.get_plugins(), "articlecast": EntryPoint("articlecast", ours, "mkdocs.plugins")}
    monkeypatch.setattr(plugins, "get_plugins", lambda: known)
    caplog.set_level(logging.INFO, logger="mkdocs")
    made = Site(root=tmp_path, log=caplog)
    (tmp_path / "overrides").mkdir()
    made.write("docs/index.md", KETTLE)
    made.write("docs/guide/tea.md", TEA)
    made.write("docs/imprint.md", PLAIN)
    made.settings()
    return made


def test_a_page_that_asks_is_heard_at_its_top(site: Site) -> None:
    said = site.build(strict=True)
    assert "1 of 1 pages have audio: " in said
    page = site.page(".")
    assert page.index("</h1>") < page.index('<section class="articlecast"') < page.index("Water boils")
    addresses = re.findall(r'(?:src|href)="([^"]+)"', site.player("."))
    assert len(addresses) == 4, "sound, a link to it, read-along page, transcript"
    for address in addresses:
        assert (site.root / "site" / unquote(address.partition("?")[0])).is_file(), address
    script = (site.root / "scripts" / "index.txt").read_text(encoding="utf-8")
    assert "%title The kettle" in script
    assert "%author Kitchen notes" in script
    assert "%published 2026-03-01" in script
    assert "%link https://notes.example/site/" in script
    assert "Steam burns." in script
    assert "!!!" not in script
    assert "¶" not in script
    assert site.player("guide/tea") == site.player("imprint") == ""


def test_what_has_not_changed_costs_nothing_and_one_sentence_is_one(site: Site) -> None:
    site.settings(include="['*']", exclude="['imprint.md']")
    first = site.build()
    assert "2 of 2 pages have audio: " in first
    assert " 0 reused" in first
    audio = {path.name: path.read_bytes() for path in (site.root / "site").rglob("*.mp3")}
    assert set(audio) == {"index.mp3", "tea.mp3"}
    player = site.player("guide/tea")
    again = site.build()
    assert " 0 utterances spoken, " in again
    assert {path.name: path.read_bytes() for path in (site.root / "site").rglob("*.mp3")} == audio
    assert site.player("guide/tea") == player
    site.edit("docs/guide/tea.md", "Let it cool first.", "Let it cool down first.")
    edited = site.build()
    assert " 1 utterance spoken, " in edited
    assert (site.root / "site/audio/index/index.mp3").read_bytes() == audio["index.mp3"]
    assert (site.root / "site/audio/tea/tea.mp3").read_bytes() != audio["tea.mp3"]
    assert site.player("guide/tea") != player, "the address is another one, so that browsers ask again"


def test_front_matter_goes_before_patterns(site: Site) -> None:
    site.edit("docs/index.md", "audio: true", "audio: false")
    site.settings(include="['*']")
    assert "2 of 2 pages" in site.build()
    assert site.player(".") == ""
    assert site.player("imprint")


@pytest.mark.parametrize(
    ("options", "command", "heard"),
    [
        ({"enabled": False}, "build", False),
        ({}, "serve", False),
        ({"on_serve": True}, "serve", True),
        ({"enabled": "!ENV [ARTICLECAST, true]"}, "build", False),
    ],
)
def test_it_can_be_turned_off(
    site: Site, monkeypatch: pytest.MonkeyPatch, options: dict[str, Any], command: str, heard: bool
) -> None:
    monkeypatch.setenv("ARTICLECAST", "false")
    site.settings(**options)
    site.build(command=command)
    assert bool(site.player(".")) is heard
    assert (site.root / "scripts").exists() is heard


def test_formats_folder_and_a_show(site: Site) -> None:
    site.write("show.toml", '[show]\ntitle = "Notes aloud"\n[voices.narrator]\nengine = "tone"\n')
    site.settings(voice="", formats="[mp3, opus]", folder="hear/it", sidecars="[transcript]")
    site.build()
    player = site.player(".")
    assert (
        re.findall(r'type="([^"]+)"', player) == ["audio/mpeg", "audio/ogg; codecs=opus"] or player.count("type=") == 2
    )
    assert "hear/it/index/index.opus?v=" in player
    assert "Transcript</a>" in player
    assert "Read along" not in player
    assert (site.root / "show.lock.toml").exists()


def test_the_player_is_yours(site: Site) -> None:
    site.write("overrides/articlecast-player.html", '<p class="mine">{{ title | e }}: {{ audio[0].url }}</p>')
    site.build()
    assert '<p class="mine">The kettle: audio/index/index.mp3?v=' in site.page(".")
    assert site.player(".") == ""


def test_a_page_that_cannot_be_made_is_a_warning_and_ends_a_strict_build(site: Site) -> None:
    site.write("docs/empty.md", "---\naudio: true\n---\n\n")
    said = site.build()
    assert "empty.md: " in said
    assert "1 of 2 pages have audio" in said
    assert site.player(".")
    with pytest.raises(Abort, match="1 warning"):
        site.build(strict=True)


def test_conflicts_are_a_warning(site: Site) -> None:
    site.build()
    script = site.root / "scripts" / "index.txt"
    text = script.read_text(encoding="utf-8")
    script.write_text(text.replace("Steam burns.\n", "Steam burns badly.\n", 1), encoding="utf-8")
    site.edit("docs/index.md", "Steam burns.", "Steam burns a lot.")
    said = site.build()
    assert "index.md: " in said
    assert "<<<<<<<" in said
    assert site.player(".") == "", "no sound is better than another one"


def test_a_wrong_show_ends_the_build(site: Site) -> None:
    site.write("show.toml", "[shwo]\n")
    with pytest.raises(Abort, match="BuildError"):
        site.build()


def test_a_wrong_setting_is_refused(site: Site) -> None:
    site.settings(voise="tone", executor="all")
    with pytest.raises((Abort, ConfigurationError)):
        site.build(strict=True)


def test_pages_in_another_language(site: Site) -> None:
    site.write("docs/index.md", "---\naudio: true\nlanguage: de\n---\n\n# Der Kessel\n\nDas Wasser kocht.\n")
    site.build()
    assert "%language de\n" in (site.root / "scripts" / "index.txt").read_text(encoding="utf-8")
