"""Connections to checked machines: the one place of this room that opens a socket.

A name is resolved once, every address that it has is checked, and the connection is made to a checked address itself,
so that no second answer of DNS can lead elsewhere; certificate and ``Host`` go by the name. Proxies of the environment
are not used: they would resolve names themselves.

The standard library's HTTP client does all that is needed of HTTP; redirects, retries, pools and unlimited unpacking
of a larger one would have to be switched off.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_address
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

from pipeline.errors import ReadError
from pipeline.model.limits import MAX_INPUT_BYTES
from pipeline.read.addresses import Target, is_public

_is_allowed = is_public
"""Which machines may be asked; the tests, and nothing else, put something else here to reach their own server."""

_Place = tuple[Any, ...]
"""What ``getaddrinfo`` answers: family, kind, protocol, canonical name, socket address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much one page may cost.

    Attributes:
        max_bytes: Size of the page, as sent and unpacked.
        connect_s: Longest wait for one connection.
        read_s: Longest silence of the server.
        total_s: Everything together: redirects, second attempts, slow bodies.
    """

    max_bytes: int = MAX_INPUT_BYTES
    connect_s: float = 10.0
    read_s: float = 15.0
    total_s: float = 30.0


def connect(here: Target, limits: Limits, until: float) -> http.client.HTTPConnection:
    """A connection to the host of ``here``, not yet open, whose reading keeps to the limits.

    Args:
        here: The address.
        limits: Of the whole fetch.
        until: Deadline, of the monotonic clock.

    Raises:
        ReadError: One of the host's addresses may not be asked.
        OSError: There is no such host.
        TimeoutError: DNS takes longer than the deadline.
    """
    kind = _Secure if here.scheme == "https" else _Plain
    return kind(here, _resolve(here, until), limits, until)


def _resolve(here: Target, until: float) -> list[_Place]:
    """What ``getaddrinfo`` says of the host, in a thread since it knows no deadline; all of it is allowed."""
    answers: SimpleQueue[list[_Place] | Exception] = SimpleQueue()

    def ask() -> None:
        try:
            answers.put(socket.getaddrinfo(here.host, here.port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    Thread(target=ask, daemon=True, name="articlecast-resolve").start()
    try:
        found = answers.get(timeout=max(0.0, until - time.monotonic()))
    except Empty:
        raise TimeoutError from None
    if isinstance(found, Exception):
        raise found
    for *_, place in found:
        if not _is_allowed(ip_address(str(place[0]).partition("%")[0])):
            text = f"{here.host} is in a private or reserved network ({place[0]}): only public pages are fetched"
            raise ReadError(text, here.uri)
    return found


class _Timed:
    """A socket's reading, so that no single wait outlasts the silence allowed or the deadline."""

    limits: Limits
    until: float

    def recv_into(self, *arguments: Any, **options: Any) -> int:
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.settimeout(min(left, self.limits.read_s))  # type: ignore[attr-defined]
        return int(super().recv_into(*arguments, **options))  # type: ignore[misc]


class _TimedSocket(_Timed, socket.socket):
    pass


class _TimedTLS(_Timed, ssl.SSLSocket):
    pass


class _Plain(http.client.HTTPConnection):
    """A connection to one of a host's addresses as they were checked."""

    def __init__(self, here: Target, places: list[_Place], limits: Limits, until: float) -> None:
        super().__init__(here.host, here.port)
        self._places, self._limits, self._until = places, limits, until

    def connect(self) -> None:
        failure: OSError | None = None
        for family, kind, protocol, _, place in self._places:
            left = self._until - time.monotonic()
            if left <= 0:
                break
            sock = _TimedSocket(family, kind, protocol)
            sock.limits, sock.until = self._limits, self._until
            try:
                sock.settimeout(min(left, self._limits.connect_s))
                sock.connect(place)
            except OSError as error:
                sock.close()
                failure = error
            else:
                self.sock = sock
                return
        raise failure or TimeoutError()


class _Secure(_Plain):
    """The same under TLS: the certificate must be the name's, whichever address was taken."""

    default_port = http.client.HTTPS_PORT

    def connect(self) -> None:
        super().connect()
        plain = self.sock
        try:
            plain.settimeout(min(max(0.001, self._until - time.monotonic()), self._limits.read_s))
            wrapped = _context().wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise
        assert isinstance(wrapped, _TimedTLS)
        wrapped.limits, wrapped.until = self._limits, self._until
        self.sock = wrapped


@cache
def _context() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.sslsocket_class = _TimedTLS
    context.set_alpn_protocols(["http/1.1"])
    return context
