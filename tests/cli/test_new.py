"""``articlecast new``: what is asked, what is written, and that it can be read again."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import api, config
from pipeline.build import newshow
from pipeline.build.newshow import NewShow
from pipeline.cli import cli
from pipeline.cli.newshow import PREVIEW
from pipeline.errors import ConfigError, PipelineError, UsageError


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "desk").mkdir()
    monkeypatch.chdir(tmp_path / "desk")


def _run(*arguments: str, answers: str = "") -> Result:
    return CliRunner().invoke(cli, ["new", *arguments], input=answers)


def _told(*arguments: str) -> PipelineError:
    """The error that the command ends with; nothing is left behind."""
    before = sorted(Path().rglob("*"))
    result = _run(*arguments)
    assert isinstance(result.exception, PipelineError), result.output
    assert sorted(Path().rglob("*")) == before
    return result.exception


def test_a_title_is_enough() -> None:
    result = _run("notes", "--title", "Kitchen notes", "--yes")
    assert result.exit_code == 0, result.output
    show = config.load(Path("notes/show.toml"))
    assert (show.title, show.language, show.category, show.explicit) == ("Kitchen notes", "", "News", None)
    assert (show.sources.folder, show.destination.folder, show.destination.url) == ("articles", "public", "")
    assert show.voices == ()
    assert Path("notes/articles").is_dir()
    assert Path("notes/.gitignore").read_text(encoding="utf-8") == "/output/\n"
    for line in ("notes/show.toml is written", "cd notes", "put articles into articles", "articlecast sync --check"):
        assert line in result.output
    assert "at which url" in result.output


def test_everything_that_is_said_is_written_and_nothing_else() -> None:
    result = _run(
        *("notes", "--title", 'Notes "of" the \\ shore', "--language", "de-CH", "--link", "https://shore.example.org"),
        *("--author", "The shore desk", "--author", "Others", "--email", "desk@shore.example.org"),
        *("--category", "Science > Earth Sciences", "--no-explicit", "--description", "Tides."),
        *("--feed", "https://shore.example.org/feed.xml", "--url", "https://shore.example.org/a"),
        *("--destination", "s3://shore/podcast", "--address", "https://media.example.org/", "--voice", "tone:low"),
        "--json",
    )
    assert result.exit_code == 0, result.output
    path = Path("notes/show.toml")
    assert json.loads(result.output) == {
        "show": "notes/show.toml",
        "made": ["notes", "notes/show.toml", "notes/.gitignore"],
    }
    assert tomllib.loads(path.read_text(encoding="utf-8")) == {
        "show": {
            "title": 'Notes "of" the \\ shore',
            "language": "de-CH",
            "link": "https://shore.example.org",
            "description": "Tides.",
            "authors": ["The shore desk", "Others"],
            "email": "desk@shore.example.org",
            "category": "Science > Earth Sciences",
            "explicit": False,
        },
        "voices": {"narrator": {"engine": "tone", "speaker": "low"}},
        "sources": {"feed": "https://shore.example.org/feed.xml", "urls": ["https://shore.example.org/a"]},
        "destination": {"store": "s3://shore/podcast", "url": "https://media.example.org/"},
        "publish": {},
    }
    assert config.load(path).destination.url == "https://media.example.org"


def test_the_remarks_are_settings_that_can_be_uncommented() -> None:
    lines = newshow.text(NewShow(title="Notes")).splitlines()
    wanted = [line.removeprefix("# ") if " = " in line or line == "# [voices.narrator]" else line for line in lines]
    Path("articles").mkdir()
    Path("cover.jpg").touch()
    whole = "\n".join(line for line in wanted if not line.startswith(("feed", "sitemap", "store")))
    show = config.loads(whole, Path("show.toml"))
    assert (show.language, show.explicit, show.voices[0].speaker) == ("en-GB", False, "heart")
    assert (show.sources.folder, show.destination.folder, show.publishing.review) == ("articles", "public", False)


def test_a_person_is_asked_for_what_is_missing_and_told_what_cannot_be() -> None:
    answers = [
        *("Shore notes", "English", "en-GB", "https://shore.example.org/sitemap.xml", "media.example.org"),
        *("https://media.example.org", "", "The shore desk", "desk", "", "Documentary", "", ""),
        *("nobody:else", "tone:low"),
    ]
    result = _run("--no-preview", "--destination", "site", answers="\n".join(answers) + "\n")
    assert result.exit_code == 0, result.output
    for hint in (
        "$.show.language must be a tag",
        "did you mean https://media.example.org?",
        "$.show.email must be",
        "did you mean 'Society & Culture > Documentary'?",
        "no engine is called 'nobody'",
    ):
        assert hint in result.output
    show = config.load(Path("show.toml"))
    assert (show.title, show.language, show.authors, show.email) == ("Shore notes", "en-GB", ("The shore desk",), "")
    assert (show.category, show.explicit) == ("News", False)
    assert (show.sources.sitemap, show.sources.folder) == ("https://shore.example.org/sitemap.xml", "")
    assert (show.destination.folder, show.destination.url) == ("site", "https://media.example.org")
    assert [(voice.name, voice.engine, voice.speaker) for voice in show.voices] == [("narrator", "tone", "low")]
    assert "  cd " not in result.output


def test_the_voice_is_heard_until_it_pleases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(newshow, "suggested", lambda _: ("tone:low", "a remark about it"))
    answers = "y\ntone:high\ny\n\n"
    result = _run(
        *("notes", "--title", "Notes", "--language", "fr", "--folder", "texts", "--destination", "public"),
        *("--address", "https://media.example.org", "--link", "https://example.org", "--author", "The desk"),
        *("--email", "desk@example.org", "--category", "Arts > Food", "--explicit"),
        answers=answers,
    )
    assert result.exit_code == 0, result.output
    assert result.output.count(f"listen to notes/{PREVIEW.as_posix()}") == 2
    assert "note: a remark about it" in result.output
    assert (Path("notes") / PREVIEW).stat().st_size > 1000
    show = config.load(Path("notes/show.toml"))
    assert (show.voices[0].speaker, show.explicit, show.category) == ("high", True, "Arts > Food")


def test_the_suggested_voice_is_left_to_the_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(newshow, "suggested", lambda _: ("tone", ""))
    monkeypatch.setattr(api, "say", lambda *_: (_ for _ in ()).throw(UsageError("it cannot speak now")))
    result = _run("--title", "Notes", "--explicit", answers="\n" * 12)
    assert result.exit_code == 0, result.output
    assert "it cannot speak now" in result.output
    assert config.load(Path("show.toml")).voices == ()


def test_a_show_that_is_there_stays(tmp_path: Path) -> None:
    path = Path("show.toml")
    path.write_text("# mine\n", encoding="utf-8")
    assert "there is a show here already" in str(_told("--title", "Notes", "--yes"))
    assert path.read_text(encoding="utf-8") == "# mine\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--yes",), "a show needs a title"),
        (("--title", "x", "--yes", "--category", "Tecnology"), "did you mean 'Technology'?"),
        (("--title", "x", "--yes", "--address", "media.example.org"), "did you mean https://media.example.org?"),
        (("--title", "x", "--yes", "--voice", "nobody"), "no engine is called 'nobody'"),
        (("--title", "x", "--yes", "--folder", "../nowhere"), "$.sources.folder '../nowhere' is no folder"),
        (("--title", "x", "--yes", "--folder", "public"), "$.destination.folder is also $.sources.folder"),
        (("--title", "x", "--yes", "--email", "a", "--link", "b"), "$.show.email"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_made(arguments: tuple[str, ...], told: str) -> None:
    error = _told("deep/er/notes", *arguments)
    assert told in str(error)
    assert isinstance(error, UsageError)


def test_articles_elsewhere_are_found_from_the_show(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    assert _run("notes", "--title", "x", "--yes", "--folder", str(docs)).exit_code == 0
    assert config.load(Path("notes/show.toml")).sources.folder == "../../docs"


def test_lines_for_git_are_added_once() -> None:
    Path(".gitignore").write_bytes(b"caf\xe9")
    newshow.create(Path(), NewShow(title="x", folder="articles"))
    assert Path(".gitignore").read_bytes() == b"caf\xe9\n/output/\n"
    Path("show.toml").unlink()
    newshow.create(Path(), NewShow(title="x", folder="articles"))
    assert Path(".gitignore").read_bytes() == b"caf\xe9\n/output/\n"


@settings(deadline=None, max_examples=60)
@given(st.text().map(lambda text: " ".join(text.encode(errors="replace").decode().split())))
def test_any_title_can_be_read_again(title: str) -> None:
    assert config.loads(newshow.text(NewShow(title=title)), Path("show.toml")).title == title


def test_what_was_begun_is_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(newshow, "write_atomic", lambda *_: (_ for _ in ()).throw(OSError(28, "full")))
    with pytest.raises(PipelineError, match="no space left"):
        newshow.create(Path("a/b"), NewShow(title="x", folder="articles"))
    assert not Path("a").exists()
    with pytest.raises(ConfigError):
        newshow.create(Path("a/b"), NewShow(title="x", folder="articles", email="x"))
    assert not Path("a").exists()
