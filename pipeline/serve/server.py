"""Listening: a socket of this machine alone, and uvicorn behind it until somebody stops it."""

from __future__ import annotations

import contextlib
import errno
import signal
import socket
from typing import TYPE_CHECKING

from pipeline.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import uvicorn
    from starlette.types import ASGIApp

HOST = "127.0.0.1"
"""Never another one: whoever wants to be heard by others puts a reverse proxy in front."""
PORT = 8017
HOOKS_PORT = 8018


@contextlib.contextmanager
def listening(port: int) -> Iterator[socket.socket]:
    """A socket that listens on this machine.

    Args:
        port: 0 for any that is free.

    Raises:
        UsageError: Somebody else has it, or it may not be had.
    """
    try:
        heard = socket.create_server((HOST, port), backlog=64)
    except OSError as error:
        taken = error.errno in (errno.EADDRINUSE, errno.EACCES)
        why = "is taken" if error.errno == errno.EADDRINUSE else f"cannot be had ({error.strerror})"
        more = "; choose another one with --port, or 0 for any" if taken else ""
        raise UsageError(f"port {port} {why}{more}") from error
    with heard:
        yield heard


def port_of(heard: socket.socket) -> int:
    """The port at which a socket listens."""
    return int(heard.getsockname()[1])


def server(app: ASGIApp) -> uvicorn.Server:
    """The server, to be given a socket; it says nothing of itself in answers, and believes no proxy."""
    import uvicorn

    return uvicorn.Server(
        uvicorn.Config(
            app,
            lifespan="off",
            ws="none",
            http="h11",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_keep_alive=5,
            timeout_graceful_shutdown=2,
            limit_concurrency=200,
            h11_max_incomplete_event_size=32_768,
        )
    )


def serve(app: ASGIApp, heard: socket.socket) -> None:
    """Answer until somebody stops the program, by Ctrl-C or as service managers do.

    Raises:
        KeyboardInterrupt: Somebody did, and all is closed.
    """

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    # uvicorn closes all, then has the signal come again: what it finds here then lets the caller clean up
    before = signal.signal(signal.SIGTERM, stop)
    try:
        server(app).run(sockets=[heard])
    finally:
        signal.signal(signal.SIGTERM, before)
