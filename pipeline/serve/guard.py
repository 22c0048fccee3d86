"""Who may ask, and what: stands in front of every page, and is the only place that lets a request in.

The preview listens on this machine alone, but every page of the web that its user opens can make the browser ask it,
and a name that somebody else's server gives this machine's address (DNS rebinding) even makes the browser take the
answer for that server's own. So:

* the ``Host`` must be this machine, with our port;
* a request that another site caused is refused, unless it is a link that a person follows to a page;
* a change is asked for by ``POST`` as JSON, by a page of ours (``Origin``), with the token of this process;
* no answer may be framed, read, guessed at or sent on by another site, and no script runs that is not a file of ours.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, PlainTextResponse

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY_BYTES = 65_536
TOKEN = "x-articlecast-token"  # noqa: S105 - the header's name
CHANGES = "/api/"
"""Where changes are asked for; everywhere else only ``GET`` and ``HEAD`` are known."""

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}
"""Of every answer that does not say otherwise."""


class Guard:
    """Lets requests through to ``app`` that a person at this machine makes.

    Args:
        app: What answers.
        port: Ours.
        token: What a change must bring along; pages of ours know it.
    """

    def __init__(self, app: ASGIApp, *, port: int, token: str) -> None:
        self._app = app
        self._token = token.encode()
        names = ("localhost", "127.0.0.1", "[::1]")
        self._hosts = {f"{name}:{port}" for name in names} | ({*names} if port == 80 else set())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":  # nobody has a reason to open a WebSocket
            return
        refused = self._refused(scope)
        if refused is not None:
            await refused(scope, receive, _with_headers(send))
            return
        await self._app(scope, _limited(receive), _with_headers(send))

    def _refused(self, scope: Scope) -> Response | None:
        """What a request that must not be answered is told; None for all others."""
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in self._hosts:
            return PlainTextResponse("this preview answers to localhost only", 421)
        if not _is_plain(scope):
            return PlainTextResponse("no such page", 404)
        ours = f"http://{hosts[0].lower()}"
        origins, site = headers.getlist("origin"), headers.get("sec-fetch-site", "none")
        if any(origin.lower() != ours for origin in origins):
            return PlainTextResponse("another site may not ask", 403)
        if scope["method"] in ("GET", "HEAD"):
            followed = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
            return None if site in ("none", "same-origin") or followed else _no("another site may not ask")
        if scope["method"] != "POST" or not scope["path"].startswith(CHANGES):
            return PlainTextResponse("only GET and HEAD are known here", 405, {"allow": "GET, HEAD"})
        if len(origins) != 1 or site not in ("none", "same-origin"):
            return _no("a change is asked for by a page of this preview")
        if not hmac.compare_digest(headers.get(TOKEN, "").encode(), self._token):
            return _no("this page is of an earlier run: load it again")
        if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            return JSONResponse({"error": "a change is asked for as JSON"}, 415)
        length = headers.get("content-length", "")
        if not length.isascii() or not length.isdecimal():
            return JSONResponse({"error": "say how long the request is"}, 411)
        if len(length) > 9 or int(length) > MAX_BODY_BYTES:
            return JSONResponse({"error": f"a request has at most {MAX_BODY_BYTES:,} bytes"}, 413)
        return None


def _no(why: str) -> Response:
    return JSONResponse({"error": why}, 403)


def _is_plain(scope: Scope) -> bool:
    """Whether the path leads where it seems to: no steps upwards, nothing that some system takes for a separator."""
    raw: bytes = scope.get("raw_path", b"") or b""
    path: str = scope["path"]
    if any(mark in raw.lower() for mark in (b"%2f", b"%5c", b"%00", b"\\")):
        return False
    if any(char < " " or char in "\\\x7f\ufffd" for char in path):
        return False
    return path.startswith("/") and not any(part in (".", "..") for part in path.split("/"))


def _limited(receive: Receive) -> Receive:
    """``receive`` that ends where too much comes, whatever its length was said to be."""
    seen = 0

    async def take() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        return message if seen <= MAX_BODY_BYTES else {"type": "http.disconnect"}

    return take


def _with_headers(send: Send) -> Send:
    async def give(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return give
