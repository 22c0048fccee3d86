"""A server on a thread of the test, and a client that sends exactly what it is told."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage
from typing import Any

from starlette.types import ASGIApp

from pipeline.api import Options
from pipeline.serve import server
from pipeline.serve.app import Preview

TOKEN = "the token of the test"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    status: int
    headers: HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def plain(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    port: int

    @property
    def origin(self) -> str:
        return f"http://localhost:{self.port}"

    def ask(
        self,
        path: str,
        method: str = "GET",
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | Iterator[bytes] | None = None,
    ) -> Answer:
        """Send a request; ``Host`` is localhost where the headers name none."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body=body, headers={"Host": f"localhost:{self.port}", **(headers or {})})
            response = connection.getresponse()
            return Answer(status=response.status, headers=response.headers, body=response.read())
        finally:
            connection.close()

    def post(self, path: str, value: object, **changes: str) -> Answer:
        """Ask for a change as our page does; ``changes`` of headers, an empty one leaves it out."""
        headers = {
            "Content-Type": "application/json",
            "Origin": self.origin,
            "Sec-Fetch-Site": "same-origin",
            "X-Articlecast-Token": TOKEN,
            **{name.replace("_", "-"): text for name, text in changes.items()},
        }
        kept = {name: text for name, text in headers.items() if text}
        return self.ask(path, "POST", headers=kept, body=json.dumps(value).encode())

    def rendered(self, name: str) -> dict[str, Any]:
        """Wait for a render that was asked for."""
        for _ in range(600):
            found: dict[str, Any] = self.ask(f"/api/{name}/render").plain
            if found["state"] in ("done", "failed"):
                return found
            time.sleep(0.1)
        raise AssertionError(found)


@contextmanager
def listening(make: Any) -> Iterator[Client]:
    """A server of the application that ``make`` gives for a port."""
    with server.listening(0) as heard:
        port = server.port_of(heard)
        app: ASGIApp = make(port)
        running = server.server(app)
        thread = threading.Thread(target=running.run, kwargs={"sockets": [heard]})
        thread.start()
        try:
            yield Client(port=port)
        finally:
            running.should_exit = True
            thread.join(20)
            assert not thread.is_alive()


@contextmanager
def previewing(options: Options) -> Iterator[Client]:
    """The preview of a show."""
    made: list[Preview] = []

    def make(port: int) -> ASGIApp:
        made.append(Preview(options, port=port, token=TOKEN))
        return made[0].app()

    try:
        with listening(make) as client:
            yield client
    finally:
        made[0].close()
