"""Webhooks: signed, of this moment, once, small, at one address; a run at a time and one more for all who came."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from pipeline.errors import PipelineError, UsageError
from pipeline.serve import hooks
from pipeline.serve.hooks import Hooks, sign
from pipeline.serve.runs import Runs
from tests.serve.running import Answer, Client, listening

SECRET = "sixteen letters or more"
NOW = 1_760_000_000


class Desk:
    """Counts what is asked for, at a time of its own."""

    def __init__(self) -> None:
        self.asked = 0
        self.now = float(NOW)

    def ask(self) -> str:
        self.asked += 1
        return "started"


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def client(desk: Desk) -> Iterator[Client]:
    receiver = Hooks(SECRET, desk.ask, clock=lambda: desk.now)
    with listening(lambda _: receiver.app()) as client:
        yield client


def send(
    client: Client,
    body: bytes = b"{}",
    *,
    at: int = NOW,
    path: str = hooks.PATH,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    signed = {
        "X-Articlecast-Timestamp": str(at),
        "X-Articlecast-Signature": sign(SECRET, str(at), body),
        **(headers or {}),
    }
    return client.ask(path, "POST", headers={key: text for key, text in signed.items() if text}, body=body)


def test_the_signature_is_the_one_of_the_documentation() -> None:
    import hashlib
    import hmac

    wanted = hmac.new(b"key of the sender", b'1760000000.{"a": 1}', hashlib.sha256).hexdigest()
    assert sign("key of the sender", "1760000000", b'{"a": 1}') == f"sha256={wanted}"


def test_a_good_one_is_heard_whatever_it_says(client: Client, desk: Desk) -> None:
    for number, body in enumerate((b"", b"{}", b'{"url": "http://evil.example/"}', bytes(range(256)), b"x" * 65_536)):
        found = send(client, body, at=NOW + number, headers={"Host": "cms.example", "Origin": "https://cms.example"})
        assert (found.status, found.text) == (202, "sync started\n")
    assert desk.asked == 5


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Articlecast-Signature": ""},
        {"X-Articlecast-Timestamp": ""},
        {"X-Articlecast-Signature": "sha256=" + "0" * 64},
        {"X-Articlecast-Signature": sign("another secret, as long", str(NOW), b"{}")},
        {"X-Articlecast-Signature": sign(SECRET, str(NOW), b"{} ")},
        {"X-Articlecast-Signature": sign(SECRET, str(NOW), b"{}").upper()},
        {"X-Articlecast-Signature": sign(SECRET, str(NOW), b"{}").removeprefix("sha256=")},
        {"X-Articlecast-Signature": "sha256=ü"},
        {"X-Articlecast-Timestamp": str(NOW + 1)},
        {"X-Articlecast-Timestamp": "soon"},
        {"X-Articlecast-Timestamp": "1e9"},
        {"X-Articlecast-Timestamp": "-1"},
        {"X-Articlecast-Timestamp": "9" * 4_000},
    ],
)
def test_what_is_not_signed_well_is_refused(client: Client, desk: Desk, headers: dict[str, str]) -> None:
    assert send(client, headers=headers).status == 401
    assert desk.asked == 0


def test_a_signature_is_good_once(client: Client, desk: Desk) -> None:
    assert send(client).status == 202
    for moment in (0, 100, 299, 300, 301, 1_000):
        desk.now = NOW + moment
        assert send(client).status == 401
    assert desk.asked == 1


def test_a_stamp_is_of_this_moment(client: Client, desk: Desk) -> None:
    desk.now = NOW + 1_000
    assert send(client, at=NOW + 1_000 - 300).status == 202
    assert send(client, at=NOW + 1_000 + 300).status == 202
    assert send(client, at=NOW + 1_000 - 301).status == 401
    assert send(client, at=NOW + 1_000 + 301).status == 401
    desk.now = NOW + 1_590  # one from the future is remembered until its own window ends
    assert send(client, at=NOW + 1_300).status == 401


def test_what_is_older_than_the_program_is_refused(client: Client, desk: Desk) -> None:
    assert send(client, at=NOW - 1).status == 401, "it may have been accepted before a restart"
    assert send(client, at=NOW).status == 202


def test_only_one_address_and_only_post(client: Client, desk: Desk) -> None:
    for method in ("GET", "HEAD", "PUT", "DELETE", "OPTIONS"):
        assert client.ask(hooks.PATH, method).status == 405
    for path in ("/", "/sync/", "/sync/more", "//sync", "/review/tides", "/episodes/tides/tides.mp3"):
        assert send(client, path=path).status in (404, 405)
    assert desk.asked == 0


def test_a_large_one_is_refused_before_it_is_read(client: Client, desk: Desk) -> None:
    assert send(client, b"x" * 65_537).status == 413
    assert send(client, headers={"Content-Length": "99999999999999999999"}).status in (400, 411)


def test_a_large_one_that_does_not_say_so_is_cut_off(client: Client, desk: Desk) -> None:
    sent = 0

    def pieces() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(100_000):
            sent += 1
            yield b"x" * 1_000

    with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it was cut off while it still sent
        assert client.ask(hooks.PATH, "POST", body=pieces()).status == 413
    assert sent < 100_000
    assert desk.asked == 0


def test_a_slow_one_is_given_up(client: Client, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hooks, "PATIENCE_S", 0.2)

    def pieces() -> Iterator[bytes]:
        yield b"x"
        time.sleep(1)
        yield b"x"

    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        assert client.ask(hooks.PATH, "POST", body=pieces()).status == 408


def test_nothing_that_a_stranger_sent_is_logged(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="articlecast.serve"):
        send(client, b"secret words", headers={"X-Articlecast-Signature": "sha256=forged"})
        send(client, b"secret words")
    assert [record.getMessage() for record in caplog.records] == [
        "webhook refused: its signature is not made as it must be",
        "webhook accepted: sync started",
    ]


@pytest.mark.parametrize("secret", ["", "short", "fifteen letters"])
def test_a_secret_is_one(secret: str, desk: Desk) -> None:
    with pytest.raises(UsageError, match="ARTICLECAST_HOOK_SECRET"):
        Hooks(secret, desk.ask)


# ── runs ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


class Work:
    """A task that goes on until it is let go."""

    def __init__(self) -> None:
        self.begun = 0
        self.most = 0
        self._now = 0
        self.go = threading.Semaphore(0)
        self.started = threading.Semaphore(0)

    def __call__(self) -> str:
        self.begun += 1
        self._now += 1
        self.most = max(self.most, self._now)
        self.started.release()
        self.go.acquire(timeout=20)
        self._now -= 1
        return "1 episode"


def test_one_run_at_a_time_and_one_more_for_all_who_came() -> None:
    work = Work()
    runs = Runs(work)
    assert runs.ask() == "started"
    assert work.started.acquire(timeout=20)
    assert [runs.ask() for _ in range(10)] == ["queued"] * 10
    work.go.release()
    assert work.started.acquire(timeout=20)
    work.go.release()
    assert runs.wait(20)
    assert (work.begun, work.most) == (2, 1)
    runs.ask()
    assert work.started.acquire(timeout=20)
    work.go.release()
    assert runs.wait(20)
    assert work.begun == 3


@pytest.mark.parametrize("error", [PipelineError("no such show", "show.toml"), RuntimeError("odd")])
def test_a_run_that_fails_is_logged_and_the_next_one_goes(error: Exception, caplog: pytest.LogCaptureFixture) -> None:
    told: list[Any] = []

    def task() -> str:
        told.append(1)
        if len(told) == 1:
            raise error
        return "2 episodes"

    runs = Runs(task)
    with caplog.at_level(logging.INFO, logger="articlecast.serve"):
        runs.ask()
        assert runs.wait(20)
        runs.ask()
        assert runs.wait(20)
    lines = [record.getMessage() for record in caplog.records]
    assert lines[0].startswith("sync failed: ")
    assert lines[1].startswith("sync done in ")
    assert lines[1].endswith(" s: 2 episodes")
