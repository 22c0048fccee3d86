"""A show to be synced in tests: a folder of articles, a destination beside it, and the tone engine."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from pipeline.build.session import Options
from pipeline.build.sync import Wish, sync
from pipeline.build.sync_report import SyncReport
from pipeline.store.destination import Destination

URL = "https://example.org/tides"
SHOW = """\
[show]
title = "Tides"
language = "en-GB"

[voices.narrator]
engine = "tone"

[sources]
{sources}

[destination]
{place}
url = "https://example.org/tides"

[publish]
sidecars = ["vtt", "chapters_json"]
{publish}
"""


@dataclass(slots=True, kw_only=True)
class ShowBench:
    """A show in a folder."""

    root: Path
    address: str

    @property
    def options(self) -> Options:
        """For a sync of it."""
        return Options(show=self.root / "show.toml", store=str(self.root / "store"), executor="inline")

    def write(self, name: str, *sentences: str, front: str = "") -> Path:
        """Write an article of one paragraph."""
        path = self.root / "articles" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        title = Path(name).stem.replace("-", " ").capitalize()
        text = f"---\ntitle: {title}\n{front}---\n\n" + " ".join(sentences) + "\n"
        path.write_text(text, encoding="utf-8")
        return path

    def sync(self, **wish: Any) -> SyncReport:
        """Sync it."""
        return sync(self.options, Wish(**wish))

    def files(self) -> dict[str, str]:
        """Path → digest of all that is published."""
        there = Destination.open(self.address)
        return {path: hashlib.sha256(there.read(path) or b"").hexdigest() for path in there.listing()}

    def read(self, path: str) -> bytes:
        """A published file."""
        return Destination.open(self.address).read(path) or b""

    def catalogue(self) -> dict[str, Any]:
        """The catalogue as plain data."""
        plain: dict[str, Any] = json.loads(self.read("articlecast.json"))
        return plain

    def enclosures(self) -> dict[str, tuple[str, int]]:
        """Guid → path and length of the enclosure, as the feed tells."""
        found = {}
        for item in ElementTree.fromstring(self.read("feed.xml")).iter("item"):
            enclosure, guid = item.find("enclosure"), item.findtext("guid")
            assert enclosure is not None
            assert guid is not None
            path = enclosure.get("url", "").removeprefix(f"{URL}/")
            found[guid] = (path, int(enclosure.get("length", "")))
        return found

    def is_consistent(self) -> bool:
        """Whether each enclosure in the feed is there, as long and with the content that is told of it."""
        if not self.read("feed.xml"):
            return True
        files = [file for entry in self.catalogue()["entries"].values() for file in entry["item"]["files"]]
        told = {file["path"]: file for file in files}
        for path, length in self.enclosures().values():
            data = self.read(path)
            if len(data) != length:
                return False
            if path in told and hashlib.sha256(data).hexdigest() != told[path]["sha256"]:
                return False
        return True


def make_show(root: Path, *, sources: str = 'folder = "articles"', address: str = "", publish: str = "") -> ShowBench:
    """A show without articles in ``root``, published to ``address``, or to a folder in it."""
    (root / "articles").mkdir(parents=True)
    place = f'store = "{address}"' if address else 'folder = "public"'
    text = SHOW.format(sources=sources, place=place, publish=publish)
    (root / "show.toml").write_text(text, encoding="utf-8")
    return ShowBench(root=root, address=address or str(root / "public"))


def tides(root: Path, **how: str) -> ShowBench:
    """A show of three articles."""
    show = make_show(root, **how)
    show.write("ebb.md", "The water goes out.", "It comes back in six hours.")
    show.write("flood.md", "The water comes in.", "Boats float again.")
    show.write("slack.md", "The water stands still.", "Nobody knows for how long.")
    return show
