"""A server of web pages on loopback, whose answers a test writes down, and the allowance to reach it."""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

PEM = Path(__file__).with_name("loopback.pem")
"""Key and certificate of ``tides.example.org``, signed by itself."""

Answer = tuple[int, dict[str, str], bytes]
"""Status, headers, body; ``Content-Length`` is added where no header tells of one."""
Script = Callable[["Handler"], None]
"""Writes an answer itself, bytes and all."""


class Handler(BaseHTTPRequestHandler):
    """Answers with what the test has written down for the path."""

    web: Web

    def do_GET(self) -> None:
        self.web.asked.append((self.path, self.headers))
        found = self.web.answers.get(self.path, (404, {}, b"no such page"))
        if isinstance(found, list):
            found = found.pop(0) if len(found) > 1 else found[0]
        if callable(found):
            found(self)
            return
        status, headers, body = found
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if "Content-Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: Any) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *arguments: Any) -> None:
        """A client that leaves in the middle is what many tests are about."""


@dataclass(slots=True, kw_only=True)
class Web:
    """The server: set `answers`, ask it under `url`, see in `asked` what came."""

    port: int
    scheme: str = "http"
    answers: dict[str, Answer | Script | list[Answer | Script]] = field(default_factory=dict)
    asked: list[tuple[str, Message]] = field(default_factory=list)
    closing: Event = field(default_factory=Event)

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"

    def header(self, name: str) -> str:
        """A header of the last request."""
        return str(self.asked[-1][1].get(name, ""))


@contextmanager
def serving(*, tls: bool = False) -> Iterator[Web]:
    """A server until the block ends."""
    handler = type("_Handler", (Handler,), {})
    with _Server(("127.0.0.1", 0), handler) as server:
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(PEM)
            server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        web = Web(port=server.server_address[1], scheme="https" if tls else "http")
        handler.web = web  # type: ignore[attr-defined]
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield web
        finally:
            web.closing.set()
            server.shutdown()
            thread.join()


def drip(pieces: Iterator[bytes], pause_s: float) -> Script:
    """An answer written piece by piece, as they are, until the client or the test has enough."""

    def write(handler: Handler) -> None:
        for piece in pieces:
            handler.wfile.write(piece)
            if handler.web.closing.wait(pause_s):
                return

    return write


def allow_loopback(patch: pytest.MonkeyPatch, *more: str) -> None:
    """Let this test fetch from 127.0.0.1, and from ``more`` addresses; public ones stay allowed."""
    from pipeline.read import wire
    from pipeline.read.addresses import is_public

    allowed = {ip_address(text) for text in ("127.0.0.1", *more)}
    patch.setattr(wire, "_is_allowed", lambda ip: ip in allowed or is_public(ip))


def names(patch: pytest.MonkeyPatch, **answers: list[str] | list[list[str]]) -> list[str]:
    """Let DNS know only numbers and these names (``_`` stands for a dot).

    Args:
        patch: Of the test.
        answers: Addresses of each name; or lists of them, one for each time that it is asked for.

    Returns:
        The names that were asked for, as it grows.
    """
    asked: list[str] = []

    def getaddrinfo(host: str, port: int, *rest: Any, **options: Any) -> list[Any]:
        asked.append(host)
        number = re.fullmatch(r"[\d.]+|.*:.*", host)
        found: Any = [host] if number else answers.get(host.replace(".", "_"))
        if found is None:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        if isinstance(found[0], list):
            found = found.pop(0) if len(found) > 1 else found[0]
        kinds = [(socket.AF_INET6 if ":" in place else socket.AF_INET, place) for place in found]
        return [
            (family, socket.SOCK_STREAM, 6, "", (place, port, 0, 0) if ":" in place else (place, port))
            for family, place in kinds
        ]

    patch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked
