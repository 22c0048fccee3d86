"""The documentation is true: its commands do what it shows, and the reference leaves nothing out."""

from __future__ import annotations

import contextlib
import functools
import http.client
import http.server
import importlib.util
import io
import re
import shlex
import shutil
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import feedparser
import pytest

from pipeline import api, cli, config, plugins
from pipeline.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"

FENCE = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MEASURED = re.compile(r"\b\d+\.\d+\b|\b\d+:\d\d\b|\b\d+ kB\b|(?<=localhost:)\d+")
"""Figures that another machine, or another version of the voice, may give a little differently."""
COUNTED = re.compile(r"\b\d+ (?=utterances|reused|known|words)")
"""Counts that change when the example gains a sentence; "1 utterance spoken" is not among them."""

SET_UP = {"make", "git", "pip", "python3", "."}
"""What the tests have behind them already when they run: getting the project and installing it."""
SAME_AS = {"make episode": "articlecast render examples/why-bread-rises.md"}
"""The example is rendered in a folder of the test's own, not among the project's files."""


# ── what pages show is what happens ──────────────────────────────────────────────────────────────────────────────────


@dataclass(slots=True, kw_only=True)
class Reader:
    """Somebody who does what a page says, in the current folder.

    ``console`` blocks are run, and what they show must be what comes; named ``markdown``, ``toml``, ``xml`` is saved;
    ``diff NAME`` is an edit; ``text NAME`` must stand in the file; ``text`` is what the last command has said;
    ``python`` without a name is run.
    """

    capsys: pytest.CaptureFixture[str]
    monkeypatch: pytest.MonkeyPatch
    heard: str = ""

    def follow(self, page: Path) -> int:
        """Do all that the page says; the answer is how many commands were run."""
        count = 0
        for kind, name, text in FENCE.findall(page.read_text(encoding="utf-8")):
            if kind == "console":
                for command, shown in sessions(text):
                    count += self.run(SAME_AS.get(command, command), shown)
            elif name and kind in {"markdown", "toml", "xml"}:
                Path(name).parent.mkdir(parents=True, exist_ok=True)
                Path(name).write_text(text, encoding="utf-8")
            elif name and kind == "diff":
                edit(Path(name), text)
            elif name and kind == "text":
                assert text in Path(name).read_text(encoding="utf-8"), f"{page.name} shows what is not in {name}"
            elif kind == "python" and not name:
                exec(text, {})
            elif kind == "text":
                assert loosely(self.heard) == loosely(text)
        return count

    def run(self, command: str, shown: str) -> bool:
        """Run one command; False where it belongs to the set-up."""
        before, pipe, after = command.partition(" | ")
        program, *arguments = shlex.split(after if pipe else command)
        if program == "cd":
            self.monkeypatch.chdir(*arguments)
        if program in {*SET_UP, "cd"}:
            return False
        assert program == "articlecast", f"nobody knows how to run {command!r}"
        if pipe:
            _, written = shlex.split(before)
            self.monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f"{written}\n".encode())))
        if arguments[0] == "serve":
            assert loosely(served(*arguments)) == loosely(shown)
            return True
        code = cli.main(arguments)
        heard = self.capsys.readouterr()
        refused = shown.startswith("articlecast: ")
        assert bool(code) == refused, f"{command} ended with {code}: {heard.err}"
        self.heard = heard.err if refused else heard.out
        if shown:
            assert loosely(self.heard) == loosely(shown), command
        return True


def served(*arguments: str) -> str:
    """What ``articlecast serve`` says; its first page is looked at, then it is ended as by Ctrl-C."""
    command = [sys.executable, "-c", "import sys; from pipeline.cli import main; sys.exit(main())"]
    with subprocess.Popen(
        [*command, *arguments, "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as program:
        try:
            assert program.stdout is not None
            said = program.stdout.readline()
            address = re.search(r"http://localhost:(\d+)/", said)
            assert address, said
            connection = http.client.HTTPConnection("localhost", int(address[1]), timeout=30)
            connection.request("GET", "/")
            assert connection.getresponse().status == 200
            connection.close()
            return said
        finally:
            program.send_signal(signal.SIGINT if sys.platform != "win32" else signal.SIGTERM)
            program.wait(30)


def sessions(text: str) -> Iterator[tuple[str, str]]:
    """Each command of a console block, and what is shown below it."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        yield command.partition("  # ")[0].strip(), shown.strip("\n")


def loosely(text: str) -> str:
    text = MEASURED.sub("#", text.strip("\n"))
    return COUNTED.sub("# ", text) if "bread" in text else text


def edit(path: Path, diff: str) -> None:
    """Apply a diff without line numbers, whose old lines stand in the file once."""
    lines = diff.splitlines(keepends=True)
    old = "".join(line[1:] for line in lines if line[0] in " -")
    new = "".join(line[1:] for line in lines if line[0] in " +")
    text = path.read_text(encoding="utf-8")
    assert f"\n{text}".count(f"\n{old}") == 1, f"{old!r} is not once in {path}"
    path.write_text(f"\n{text}".replace(f"\n{old}", f"\n{new}")[1:], encoding="utf-8")


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Reader:
    """A reader in an empty folder with an empty cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    return Reader(capsys=capsys, monkeypatch=monkeypatch)


@pytest.mark.model
def test_the_readme_does_what_it_shows(reader: Reader) -> None:
    shutil.copytree(ROOT / "examples", "examples")
    assert reader.follow(ROOT / "README.md") >= 3


@pytest.mark.model
@pytest.mark.timeout(240)
def test_the_tutorial_does_what_it_shows(reader: Reader) -> None:
    shutil.copytree(ROOT / "examples", "examples")
    assert reader.follow(DOCS / "tutorial.md") >= 14
    with web(Path("public")) as port:
        assert subscribed(port, "https://kitchen.example.org/podcast") == ["The kettle"]


@contextlib.contextmanager
def web(folder: Path) -> Iterator[int]:
    """A web server of this machine for the files in ``folder``; the port at which it is."""
    handler = functools.partial(QuietHandler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """One that keeps its log to itself."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def subscribed(port: int, address: str) -> list[str]:
    """The titles that a podcast app finds in the feed at ``address``, whose files stand on this machine for now.

    Every file that the feed names must be there, the enclosures with the length that it tells.
    """

    def asked(method: str, url: str) -> tuple[http.client.HTTPResponse, bytes]:
        assert url.startswith(f"{address}/"), url
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request(method, url.removeprefix(address))
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        assert answer.status == 200, url
        return answer, content

    _, data = asked("GET", f"{address}/feed.xml")
    feed = feedparser.parse(data)
    assert not feed.bozo
    asked("HEAD", feed.feed.image.href)
    for entry in feed.entries:
        (enclosure,) = entry.enclosures
        answer, _ = asked("HEAD", enclosure.href)
        assert int(answer.headers["content-length"]) == int(enclosure.length)
        asked("HEAD", entry.link)
    return [entry.title for entry in feed.entries]


@pytest.mark.model
def test_the_page_about_publishing_does_what_it_shows(reader: Reader) -> None:
    assert reader.follow(DOCS / "publishing.md") >= 7
    with web(Path("public")) as port:
        assert subscribed(port, "https://notes.example.org/podcast") == ["The kettle"]


@pytest.mark.model
def test_the_recipes_work(reader: Reader) -> None:
    tutorial = (DOCS / "tutorial.md").read_text(encoding="utf-8")
    article = next(text for kind, name, text in FENCE.findall(tutorial) if (kind, name) == ("markdown", "tea.md"))
    Path("tea.md").write_text(article, encoding="utf-8")
    api.say("Ding dong.", "scripts/gong.wav", api.Options(voice="tone"))
    assert reader.follow(DOCS / "how-to.md") >= 8


@pytest.mark.parametrize("page", sorted(ROOT.glob("*.md")) + sorted(DOCS.rglob("*.md")), ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if "://" not in link:
            target = page.parent / link.partition("#")[0] if not link.startswith("#") else page
            assert target.exists(), f"{page.name} leads to {link}"


# ── the reference leaves nothing out ─────────────────────────────────────────────────────────────────────────────────


def generator() -> Any:
    """The module ``docs/reference.py``."""
    spec = importlib.util.spec_from_file_location("reference", DOCS / "reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_generated_pages_are_fresh(capsys: pytest.CaptureFixture[str]) -> None:
    assert generator().main([]) == 0, capsys.readouterr().out


def test_every_command_and_option_is_in_the_reference() -> None:
    page = (DOCS / "reference" / "cli.md").read_text(encoding="utf-8")
    for name, command in cli.cli.commands.items():
        section = re.search(rf"^## {name}$(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
        assert section, f"articlecast {name} is not in the reference"
        for param in command.params:
            if isinstance(param, click.Option):
                for option in (*param.opts, *param.secondary_opts):
                    assert option in section[1], f"articlecast {name} {option} is not in the reference"


@pytest.mark.parametrize("kind", plugins.SHELVES)
def test_every_plug_in_is_in_the_reference(kind: str) -> None:
    page = (DOCS / "reference" / "plugins.md").read_text(encoding="utf-8")
    section = page.partition(f"## {kind}\n")[2].partition("\n## ")[0]
    for plugin in api.plugin_list():
        if plugin.kind == kind:
            assert f"| `{plugin.name}` |" in section


def limits() -> Iterator[tuple[str, str, float, float]]:
    """Table, key, least and most of every key of ``show.toml`` for which the reference tells limits."""
    table = ""
    for line in (DOCS / "reference" / "show.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("## ["):
            table = line[4:-1]
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) > 4 and (found := re.fullmatch(r"(\S+) to (\S+)", cells[4])):
            yield table, cells[1].strip("`"), float(found[1]), float(found[2])


@pytest.mark.parametrize(("table", "key", "least", "most"), list(limits()))
def test_limits_in_the_reference_are_true(table: str, key: str, least: float, most: float, tmp_path: Path) -> None:
    def load(value: float) -> None:
        path = tmp_path / "show.toml"
        engine = 'engine = "tone"\n' if table.startswith("voices") else ""
        path.write_text(f"[{table}]\n{engine}{key} = {value:g}\n", encoding="utf-8")
        config.load(path)

    load(least)
    load(most)
    for outside in (least - 1, most + 1):
        with pytest.raises(ConfigError, match=key):
            load(outside)
