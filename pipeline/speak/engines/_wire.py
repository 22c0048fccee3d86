"""One request and its answer, with a deadline and a size limit; not a plug-in, but what those with a network share.

Redirects are not followed here and proxies of the environment are not used. Certificates are checked. What goes wrong
is told in words of our own: those of the libraries may quote what was sent, and with it a key.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import time
from dataclasses import dataclass
from functools import cache
from ipaddress import IPv6Address, ip_address
from math import inf
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urlsplit

from pipeline.errors import UsageError, WriteError

if TYPE_CHECKING:
    from collections.abc import Callable
    from email.message import Message
    from typing import BinaryIO

_CHUNK = 1 << 16


class Unanswered(Exception):
    """There is no whole answer; the text says why.

    Attributes:
        lasting: Whether asking again would give the same.
    """

    def __init__(self, reason: str, *, lasting: bool = False) -> None:
        super().__init__(reason)
        self.lasting = lasting


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one answer may cost.

    Attributes:
        max_bytes: Size of the body.
        connect_s: Longest wait for a connection to one of the host's addresses.
        silence_s: Longest wait for the server to go on.
        read_s: Longest time from the connection to the end of the answer.
    """

    max_bytes: int
    connect_s: float = 10.0
    silence_s: float = 120.0
    read_s: float = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Status and headers of an answer; the body has been written where it was wanted."""

    status: int
    headers: Message


def parsed(address: str) -> SplitResult:
    """An http or https address taken apart.

    Raises:
        UsageError: It is none, or holds a user name; the message does not quote it, since it may hold a password.
    """
    try:
        parts = urlsplit(address.strip())
        usable = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        raise UsageError("is no address") from None
    if not usable or not address.isprintable() or not address.isascii() or " " in address.strip():
        raise UsageError("must be an address such as https://host/v1")
    if "@" in parts.netloc:
        raise UsageError("must not hold a user name or a password")
    return parts


def shown(parts: SplitResult) -> str:
    """An address for people, messages and keys: without its query, which may hold a secret."""
    return parts._replace(query="", fragment="").geturl()


def ask(
    parts: SplitResult,
    limits: Limits,
    out: BinaryIO,
    *,
    body: bytes | None = None,
    headers: dict[str, str] | None = None,
    approve: Callable[[bool], None] = lambda _: None,
) -> Answer:
    """The answer to a request: GET, or POST where there is a ``body``.

    Args:
        parts: The address.
        limits: What the answer may cost.
        out: Where the body is written.
        body: What is sent.
        headers: What is sent in front of it.
        approve: Told, before anything is sent, whether the line can be listened to in public: it is not encrypted and
            leads to a public machine. May raise.

    Raises:
        Unanswered: There is no whole answer within the limits.
        WriteError: ``out`` does not take it.
    """
    assert parts.hostname
    kind = _Secure if parts.scheme == "https" else _Plain
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        with contextlib.closing(kind(parts.hostname, parts.port, timeout=limits.connect_s)) as connection:
            connection.connect()
            sock = connection.sock
            approve(parts.scheme == "http" and _is_public(sock.getpeername()[0]))
            sock.until, sock.silence_s = time.monotonic() + limits.read_s, limits.silence_s
            connection.request("POST" if body is not None else "GET", path, body=body, headers=headers or {})
            with connection.getresponse() as response:
                return _received(response, limits, out)
    except ssl.SSLCertVerificationError:
        raise Unanswered("its certificate is not valid", lasting=True) from None
    except ssl.SSLError:
        raise Unanswered("no secure connection comes about") from None
    except TimeoutError:
        raise Unanswered("it does not answer in time") from None
    except socket.gaierror:
        raise Unanswered("its name is not known") from None
    except ConnectionRefusedError:
        raise Unanswered("it takes no connection") from None
    except (OSError, http.client.HTTPException, ValueError):
        raise Unanswered("the connection broke off") from None


def _received(response: http.client.HTTPResponse, limits: Limits, out: BinaryIO) -> Answer:
    announced, size = response.length, 0
    if announced is not None and announced > limits.max_bytes:
        raise Unanswered(f"its answer is larger than {limits.max_bytes:,} bytes", lasting=True)
    while chunk := response.read1(_CHUNK):
        size += len(chunk)
        if size > limits.max_bytes:
            raise Unanswered(f"its answer is larger than {limits.max_bytes:,} bytes", lasting=True)
        try:
            out.write(chunk)
        except OSError as error:  # not the connection's
            raise WriteError(f"the answer cannot be kept: {error.strerror}") from error
    if announced is not None and size < announced:
        raise Unanswered("the connection broke off")
    return Answer(status=response.status, headers=response.headers)


def _is_public(host: str) -> bool:
    address = ip_address(host.partition("%")[0])
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_global


class _Timed:
    """A socket's reading with a deadline, so that no drip of single bytes outlasts it."""

    until: float = inf
    silence_s: float = inf

    def recv_into(self, *arguments: Any, **options: Any) -> int:
        if self.until < inf:
            left = self.until - time.monotonic()
            if left <= 0:
                raise TimeoutError
            self.settimeout(min(left, self.silence_s))  # type: ignore[attr-defined]
        return int(super().recv_into(*arguments, **options))  # type: ignore[misc]


class _TimedSocket(_Timed, socket.socket):
    pass


class _TimedTLS(_Timed, ssl.SSLSocket):
    pass


class _Plain(http.client.HTTPConnection):
    sock: Any

    def connect(self) -> None:
        super().connect()
        timeout = self.sock.gettimeout()
        self.sock = _TimedSocket(fileno=self.sock.detach())
        self.sock.settimeout(timeout)


class _Secure(_Plain):
    default_port = http.client.HTTPS_PORT

    def connect(self) -> None:
        super().connect()
        self.sock = _context().wrap_socket(self.sock, server_hostname=self.host)


@cache
def _context() -> ssl.SSLContext:
    """Takes the system's certificates, and those that ``SSL_CERT_FILE`` names."""
    context = ssl.create_default_context()
    context.sslsocket_class = _TimedTLS
    context.set_alpn_protocols(["http/1.1"])
    return context
