"""The receiver of webhooks: a CMS says that something has changed, and the show is brought up to date.

One address, ``POST /sync``, with two headers::

    X-Articlecast-Timestamp: 1760000000
    X-Articlecast-Signature: sha256=HEX

where ``HEX`` is the HMAC-SHA256, with the shared secret, of the time stamp as it stands in the header (seconds since
1970), a full stop, and the body. The stamp may be five minutes off. A signature is good once; and since what was
accepted is forgotten when the program ends, one from before its start is never good. The body is only weighed: nothing
in it, no address least of all, has an influence on what is done. Answers: 202 when the run is due, else 401 (not signed
well), 404, 405, 408, 411 or 413.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
import re
import threading
import time
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from pipeline.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response
    from starlette.types import ASGIApp

PATH = "/sync"
SECRET = "ARTICLECAST_HOOK_SECRET"  # noqa: S105 - the name of the variable of the environment
TIMESTAMP = "x-articlecast-timestamp"
SIGNATURE = "x-articlecast-signature"
MAX_BODY_BYTES = 65_536
WINDOW_S = 300
PATIENCE_S = 10.0
"""How long a body may take to arrive."""
SHORTEST_SECRET = 16

_STAMP = re.compile(r"[0-9]{1,12}")
_SIGNED = re.compile(r"sha256=[0-9a-f]{64}")

log = logging.getLogger("articlecast.serve")


def sign(secret: str, timestamp: str, body: bytes) -> str:
    """The value of the signature's header."""
    message = timestamp.encode() + b"." + body
    return "sha256=" + hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


class Hooks:
    """Hears webhooks.

    Args:
        secret: Shared with the sender.
        ask: Called for each good one; must come back at once.
        clock: Seconds since 1970.

    Raises:
        UsageError: The secret is too short to be one.
    """

    def __init__(self, secret: str, ask: Callable[[], str], *, clock: Callable[[], float] = time.time) -> None:
        if len(secret) < SHORTEST_SECRET:
            raise UsageError(
                f"set {SECRET} in the environment to the secret that the sender signs with, of at least "
                f"{SHORTEST_SECRET} characters: python -c 'import secrets; print(secrets.token_hex(32))' makes one"
            )
        self._secret = secret
        self._ask = ask
        self._clock = clock
        self._started = int(clock())
        self._seen: dict[str, float] = {}
        self._lock = threading.Lock()

    def app(self) -> ASGIApp:
        """What a server is given."""
        app = Starlette(routes=[Route(PATH, self.hear, methods=["POST"])])
        app.router.redirect_slashes = False
        return app

    async def hear(self, request: Request) -> Response:
        """Take one webhook."""
        length = request.headers.get("content-length", "")
        if length and not _STAMP.fullmatch(length):
            return _refused(411, "it does not say how long it is")
        if length and int(length) > MAX_BODY_BYTES:
            return _refused(413, "it is too large")
        body = b""
        try:
            async with asyncio.timeout(PATIENCE_S):
                async for piece in request.stream():
                    body += piece
                    if len(body) > MAX_BODY_BYTES:
                        return _refused(413, "it is too large")
        except TimeoutError:
            return _refused(408, "it came too slowly")
        except ClientDisconnect:
            return _refused(400, "its sender went away")
        wrong = self._wrong(request, body)
        if wrong:
            return _refused(401, wrong)
        state = self._ask()
        log.info("webhook accepted: sync %s", state)
        return PlainTextResponse(f"sync {state}\n", 202)

    def _wrong(self, request: Request, body: bytes) -> str:
        """Why it is not believed; empty where it is, and then it is never believed again."""
        stamps, signatures = request.headers.getlist(TIMESTAMP), request.headers.getlist(SIGNATURE)
        if len(stamps) != 1 or len(signatures) != 1:
            return "it is not signed"
        stamp, signature = stamps[0], signatures[0]
        if not _STAMP.fullmatch(stamp) or not _SIGNED.fullmatch(signature):
            return "its signature is not made as it must be"
        if not hmac.compare_digest(sign(self._secret, stamp, body).encode(), signature.encode()):
            return "its signature is wrong"
        now = self._clock()
        if abs(now - int(stamp)) > WINDOW_S:
            return "its time stamp is not of this moment"
        if int(stamp) < self._started:
            return "it is from before this program was started"
        with self._lock:
            self._seen = {one: until for one, until in self._seen.items() if until >= now}
            if signature in self._seen:
                return "it came before"
            self._seen[signature] = int(stamp) + WINDOW_S
        return ""


def _refused(status: int, why: str) -> Response:
    log.warning("webhook refused: %s", why)  # what a stranger sent is not written down
    # what may still be on its way is not waited for
    return PlainTextResponse("refused\n", status, {"connection": "close"})
