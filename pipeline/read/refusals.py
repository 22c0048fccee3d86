"""Answers that are not the page, and failures of the network, each in a line that a person can act on."""

from __future__ import annotations

import http.client
import re
import socket
import ssl
from dataclasses import dataclass

from pipeline.errors import ReadError

BACK_OFF_S = 1.0
"""Pause before a second attempt after the server failed."""
_PATIENCE_S = 5
"""Longest ``Retry-After`` that is waited for."""


@dataclass(eq=False)
class Answered(ReadError):
    """The server answered, but not with the page.

    Attributes:
        status: HTTP status code.
    """

    status: int = 0

    __str__ = ReadError.__str__


class Gone(Answered):
    """There is no such page (any more): 404 or 410."""


class Disallowed(ReadError):
    """The site's robots.txt does not want robots to read the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Busy:
    """The server may answer if asked again; else this is the error."""

    wait_s: float
    error: Answered


def refusal(status: int, retry_after: str, where: str) -> Busy:
    """What any other status means; raised at once where asking again would not help."""
    wait = int(retry_after) if re.fullmatch(r"\s*\d{1,9}\s*", retry_after) else None
    if status in (404, 410):
        raise Gone(f"there is no such page ({status}): check the address", where, status)
    if status in (401, 402, 403, 407, 451):
        text = f"the page needs a login or refuses programs ({status}): open it in a browser and save it"
        raise Answered(text, where, status)
    if status in (429, 503):
        when = f"in {wait} seconds" if wait is not None else retry_after.strip()[:40] or "later"
        error = Answered(f"the server is busy ({status}): try again {when}", where, status)
        if wait is not None and wait <= _PATIENCE_S:
            return Busy(wait_s=max(0.1, wait), error=error)
        raise error
    if status in (500, 502, 504):
        error = Answered(f"the server failed ({status}): try again later", where, status)
        return Busy(wait_s=BACK_OFF_S, error=error)
    raise Answered(f"the server answered {status} instead of the page: open it in a browser and save it", where, status)


def why(error: Exception, host: str) -> str:
    """A failure of the network in words."""
    if isinstance(error, socket.gaierror | UnicodeError):
        return f"there is no host {host}: check the address and the connection to the internet"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"the certificate of {host} is not valid ({error.verify_message}): the page cannot be trusted"
    if isinstance(error, ssl.SSLError):
        return f"no secure connection to {host} ({error.reason or 'TLS failed'}): try again later"
    if isinstance(error, http.client.LineTooLong) or "100 headers" in str(error):
        return f"{host} answers with more headers than are read: save the page and give the file"
    if isinstance(error, http.client.IncompleteRead | http.client.RemoteDisconnected):
        return f"{host} broke off in the middle of its answer: try again later"
    if isinstance(error, http.client.HTTPException | ValueError):
        return f"{host} does not answer as a web server does ({type(error).__name__}): check the address"
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return f"no connection to {host} ({reason}): check the address, or try again later"
