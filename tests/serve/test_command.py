"""The command: it listens where it says, answers, and ends when it is told to."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from pipeline.cli import cli
from pipeline.cli.serving import serve
from pipeline.errors import UsageError
from pipeline.serve.hooks import sign
from tests.conftest import Workbench
from tests.serve.running import Client
from tests.serve.test_hooks import SECRET

CODE = "import sys; from pipeline.cli.serving import serve; sys.exit(serve.main(standalone_mode=False) or 0)"
needs_signals = pytest.mark.skipif(os.name == "nt", reason="Windows sends no such signals")


@contextmanager
def started(bench: Workbench, *arguments: str, **environment: str) -> Iterator[tuple[subprocess.Popen[str], Client]]:
    """The command in a process of its own, when it listens."""
    process = subprocess.Popen(
        [sys.executable, "-c", CODE, str(bench.root), "--port", "0", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1", **environment},
    )
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        port = re.search(r":(\d+)/", line)
        assert port, line
        yield process, Client(port=int(port[1]))
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def make_show(bench: Workbench) -> None:
    """A show of the one article, published into a folder."""
    (bench.root / "show.toml").write_text(
        '[show]\ntitle = "Tides"\n\n[voices.narrator]\nengine = "tone"\n\n[sources]\nfolder = "articles"\n\n'
        '[destination]\nfolder = "public"\nurl = "https://example.org/tides"\n',
        encoding="utf-8",
    )
    (bench.root / "articles").mkdir()
    bench.article.rename(bench.root / "articles" / "tides.md")


@needs_signals
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_when_it_is_told_to(bench: Workbench, stop: signal.Signals) -> None:
    bench.render()
    with started(bench, "--voice", "tone", "--store", str(bench.root / "store")) as (process, client):
        assert "How tides work" in client.ask("/").text
        process.send_signal(stop)
        _, errors = process.communicate(timeout=20)
    assert (process.returncode, errors) == (0, "stopped\n")


@needs_signals
def test_a_webhook_publishes_the_show_and_is_told_in_a_line(bench: Workbench) -> None:
    make_show(bench)
    cache = str(bench.root / "cache")
    with started(bench, "--hooks", ARTICLECAST_HOOK_SECRET=SECRET, XDG_CACHE_HOME=cache) as (process, client):
        stamp = str(int(time.time()) + 1)
        headers = {"X-Articlecast-Timestamp": stamp, "X-Articlecast-Signature": sign(SECRET, stamp, b"")}
        assert client.ask("/sync", "POST", headers=headers, body=b"").status == 202
        assert client.ask("/sync", "POST", headers=headers, body=b"").status == 401
        deadline = time.monotonic() + 60
        while not (bench.root / "public" / "feed.xml").is_file() and time.monotonic() < deadline:
            time.sleep(0.1)
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
    lines = errors.splitlines()
    assert process.returncode == 0
    assert re.fullmatch(r"\d\d:\d\d:\d\d webhook accepted: sync started", lines[0])
    assert "webhook refused: it came before" in errors
    assert re.search(r"sync done in \d+\.\d s: 1 new; 15 sentences spoken, \d+ files written$", errors, re.MULTILINE)
    assert SECRET not in errors


@pytest.mark.parametrize("secret", ["", "too short"])
def test_without_a_secret_there_are_no_webhooks(bench: Workbench, secret: str, monkeypatch: pytest.MonkeyPatch) -> None:
    make_show(bench)
    monkeypatch.setenv("ARTICLECAST_HOOK_SECRET", secret)
    with pytest.raises(UsageError, match="ARTICLECAST_HOOK_SECRET"):
        cli.main(["serve", str(bench.root), "--hooks", "--port", "0"], standalone_mode=False)


def test_a_show_that_is_not_there_is_told(bench: Workbench) -> None:
    with pytest.raises(UsageError, match="there is no such show"):
        cli.main(["serve", str(bench.root / "nothing")], standalone_mode=False)


def test_no_option_lets_others_in() -> None:
    assert not {name for option in serve.params for name in option.opts} & {"--host", "--bind", "--public"}
