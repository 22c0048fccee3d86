"""What is read is shown: outline, read, and the articles of feeds and books."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.model.codec import from_plain
from pipeline.model.document import Document, texts
from tests.conftest import Workbench

FEED = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">
  <title>The harbour notes</title><id>urn:notes</id><updated>2026-03-02T08:00:00Z</updated>
  <entry><title>High water</title><id>urn:notes:1</id><updated>2026-03-02T08:00:00Z</updated>
    <content type="html">&lt;p&gt;The sea stands higher than in any week of this winter.&lt;/p&gt;</content></entry>
  <entry><title>Low water</title><id>urn:notes:2</id><updated>2026-03-01T08:00:00Z</updated>
    <content type="html">&lt;p&gt;One can walk to the island, and back if one is quick.&lt;/p&gt;</content></entry>
</feed>
"""
BOOK = "# The sea\n\nBefore.\n\n## Tides\n\nThey rise.\n\n## Waves\n\nThey fall.\n"


@pytest.fixture
def at(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The workbench as the current folder, with a feed and a book."""
    monkeypatch.chdir(bench.root)
    monkeypatch.setenv("XDG_CACHE_HOME", str(bench.root / "cache"))
    (bench.root / "harbour.atom").write_text(FEED, encoding="utf-8")
    (bench.root / "sea.md").write_text(BOOK, encoding="utf-8")
    return bench.root


def test_read_prints_documents_that_can_be_loaded(at: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "tides.md", "harbour.atom", "--json"]) == 0
    documents = [from_plain(json.loads(line), Document) for line in capsys.readouterr().out.splitlines()]
    assert [document.title for document in documents] == ["How tides work", "High water", "Low water"]
    assert list(texts(documents[2].blocks)) == ["One can walk to the island, and back if one is quick."]


def test_read_shows_text_and_explains_what_it_left_out(at: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (at / "page.html").write_text(
        "<title>T</title><article><h1>T</h1><p>Some words to read, and then some more of them: an article "
        "usually has a few sentences, and each says something that the one before it did not.</p>\n"
        "<form><label>Your address <input type=email></label><button>Subscribe</button></form></article>",
        encoding="utf-8",
    )
    assert main(["read", "page.html", "--explain"]) == 0
    out, err = capsys.readouterr()
    assert "Some words to read," in out
    assert "Your address" not in out
    (line,) = err.splitlines()
    assert line.startswith("left out: Your address")
    assert line.endswith("line 2")


def test_an_outline_of_a_feed_is_one_line_for_each_entry(at: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["outline", "harbour.atom", "--json"]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(one["title"], one["words"]) for one in found] == [("High water", 11), ("Low water", 12)]


def test_a_file_that_fails_does_not_stop_the_others(at: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["outline", "nowhere.md", "tides.md"]) == 2
    out, err = capsys.readouterr()
    assert out.startswith("How tides work")
    assert err.startswith("articlecast: nowhere.md: ")


def test_each_entry_of_a_feed_becomes_an_episode_and_keeps_its_name(
    at: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["render", "harbour.atom", "--voice", "tone"]) == 0
    names = ["high-water", "low-water"]
    assert sorted(path.name for path in (at / "output").iterdir() if path.is_dir()) == names
    (at / "harbour.atom").write_text(FEED.replace("High water", "Higher water"), encoding="utf-8")
    capsys.readouterr()
    assert main(["render", "harbour.atom", "--voice", "tone", "--json"]) == 0
    reports = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(report["episode"], report["spoken"]) for report in reports] == [("high-water", 1), ("low-water", 0)]


def test_a_book_gives_one_episode_or_one_for_each_chapter(at: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["narrate", "sea.md"]) == 0
    assert main(["narrate", "sea.md", "--per-chapter"]) == 0
    names = ["sea-opening.txt", "sea-tides.txt", "sea-waves.txt", "sea.txt"]
    assert sorted(path.name for path in (at / "scripts").glob("*.txt")) == names
    script = (at / "scripts/sea-tides.txt").read_text(encoding="utf-8")
    assert "%title Tides\n" in script
    assert "%source sea.md#tides sha256:" in script
    assert main(["render", "scripts/sea-tides.txt", "--voice", "tone"]) == 0


def test_a_feed_is_no_single_article(at: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from pipeline import api
    from pipeline.errors import ReadError

    with pytest.raises(ReadError, match="holds 2 articles"):
        api.render("harbour.atom", api.Options(voice="tone"))
