"""Pages from the web, fetched safely.

Only http and https, only public machines (see `wire`). Redirects are followed here, each checked like the first
address. One deadline covers names, handshakes, headers, bodies and second attempts; bytes are counted before and after
they are unpacked.
"""

from __future__ import annotations

import contextlib
import http.client
import importlib
import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from pipeline.errors import ReadError
from pipeline.read.addresses import Target, target, without_user
from pipeline.read.charset import as_utf8
from pipeline.read.refusals import Answered, Busy, Disallowed, Gone, refusal, why
from pipeline.read.unpack import ENCODINGS, unpacked
from pipeline.read.wire import Limits, connect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Answered", "Disallowed", "Fetched", "Gone", "Limits", "Validators", "fetch"]

USER_AGENT = f"articlecast/{importlib.import_module('pipeline').__version__} (article narration)"
ACCEPT = (
    "text/html, application/xhtml+xml, application/atom+xml, application/rss+xml, application/feed+json, "
    "text/markdown;q=0.8, text/plain;q=0.8, application/epub+zip;q=0.8, */*;q=0.5"
)
_REDIRECTS = 5
_MOVED = frozenset((301, 302, 303, 307, 308))
"""Status of a redirect."""
_CHUNK = 65_536
_MEDIA = re.compile(r"(audio|font|image|model|video)/.*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server wants to hear to answer “not modified” next time: its ``ETag`` and ``Last-Modified``."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A page.

    Attributes:
        uri: The address that answered, after redirects and without a fragment.
        data: Its bytes; text is readable without the HTTP header (see `charset`).
        media_type: Lower case, without parameters; empty where the server gives none.
        validators: For the next time.
    """

    uri: str
    data: bytes
    media_type: str
    validators: Validators


def fetch(
    address: str,
    *,
    known: Validators | None = None,
    limits: Limits | None = None,
    accept: str = ACCEPT,
    allowed: Callable[[str], bool] | None = None,
) -> Fetched | None:
    """The page at ``address``; None where ``known`` tells the server that we have it and it says so too.

    Args:
        address: An http or https address; a fragment is not sent.
        known: What the last answer said.
        limits: What the page may cost.
        accept: Value of the ``Accept`` header.
        allowed: Whether robots may ask for an address; it is asked of this one and of each that a redirect leads to.

    Raises:
        Disallowed: The site does not want robots there.
        Gone: The server says that there is no such page.
        Answered: It gave any other answer than the page; ``status`` tells which.
        ReadError: The address is refused, nobody answers, or the answer breaks a limit.
    """
    limits = limits or Limits()
    job = _Job(limits=limits, until=time.monotonic() + limits.total_s, headers=_headers(known, accept))
    here = target(address)
    asked, retried = here.uri, False
    hops = 0
    while True:
        if allowed is not None and not allowed(here.uri):
            raise Disallowed("the site's robots.txt does not allow programs to read this page", here.uri)
        answer = job.get(here)
        if isinstance(answer, _Redirect):
            hops += 1
            if hops > _REDIRECTS:
                raise Answered(f"more than {_REDIRECTS} redirects: the address leads nowhere", asked, answer.status)
            here = _next(here, answer)
        elif isinstance(answer, Busy):
            if retried or time.monotonic() + answer.wait_s >= job.until:
                raise answer.error
            retried = True
            time.sleep(answer.wait_s)
        elif answer is None:
            if known is None or known == Validators():
                raise Answered("the server says “not modified” without being asked: try again later", here.uri, 304)
            return None
        else:
            data, media_type, charset, validators = answer
            data = as_utf8(data, media_type, charset)
            return Fetched(uri=here.uri, data=data, media_type=media_type, validators=validators)


_Page = tuple[bytes, str, str, Validators]
"""Bytes, media type, charset, validators."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Redirect:
    status: int
    location: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """One call of `fetch`: its limits, its deadline (of the monotonic clock), its request headers."""

    limits: Limits
    until: float
    headers: dict[str, str]

    def get(self, here: Target) -> _Page | _Redirect | Busy | None:
        """The answer to one request; None for “not modified”."""
        where = here.uri
        try:
            with contextlib.closing(connect(here, self.limits, self.until)) as connection:
                connection.request("GET", here.path, headers=self.headers)
                with connection.getresponse() as response:
                    return self._answer(response, where)
        except TimeoutError as error:
            late = f"within {self.limits.total_s:g} seconds" if time.monotonic() >= self.until else "in time"
            raise ReadError(f"{here.host} does not answer {late}: try again later, or save the page", where) from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise ReadError(why(error, here.host), where) from error

    def _answer(self, response: http.client.HTTPResponse, where: str) -> _Page | _Redirect | Busy | None:
        status = response.status
        location = response.headers.get("Location", "")
        if status == 304:
            return None
        if status in _MOVED and location:
            return _Redirect(status=status, location=location)
        if status not in (200, 203):
            return refusal(status, response.headers.get("Retry-After", ""), where)
        kind = response.headers.get("Content-Type") or ""
        media_type = kind.partition(";")[0].strip().lower()
        if _MEDIA.fullmatch(media_type):
            raise ReadError(f"this is {media_type}, not an article: give the address of a page", where)
        charset = re.search(r""";\s*charset\s*=\s*["']?([^\s"';]+)""", kind, re.IGNORECASE)
        data = b"".join(self._pieces(response, where))
        validators = Validators(
            etag=response.headers.get("ETag", ""), last_modified=response.headers.get("Last-Modified", "")
        )
        return data, media_type, charset[1] if charset else "", validators

    def _pieces(self, response: http.client.HTTPResponse, where: str) -> Iterator[bytes]:
        """The body, unpacked; refused as soon as it is too large, packed or not."""
        most = self.limits.max_bytes
        announced = response.length
        if announced is not None and announced > most:
            raise _too_large(f"{announced:,} bytes are", most, where)
        size = 0
        for piece in unpacked(self._sent(response, where), response.headers.get("Content-Encoding", ""), where):
            size += len(piece)
            if size > most:
                raise _too_large("it is", most, where)
            yield piece

    def _sent(self, response: http.client.HTTPResponse, where: str) -> Iterator[bytes]:
        announced, sent = response.length, 0
        while chunk := response.read(_CHUNK):
            sent += len(chunk)
            if sent > self.limits.max_bytes:
                raise _too_large("it is", self.limits.max_bytes, where)
            yield chunk
        if announced is not None and sent < announced:
            raise ReadError("the server broke off in the middle of the page: try again later", where)


def _headers(known: Validators | None, accept: str) -> dict[str, str]:
    headers = {
        "User-Agent": USER_AGENT,
        "Accept": accept,
        "Accept-Encoding": ENCODINGS,
        "Connection": "close",
    }
    conditions = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified} if known else {}
    return headers | {name: value for name, value in conditions.items() if re.fullmatch(r"[\x20-\x7e]{1,1000}", value)}


def _next(here: Target, answer: _Redirect) -> Target:
    """Where a redirect leads."""
    location = answer.location.strip()
    with contextlib.suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")  # what http.client takes for Latin-1 is mostly UTF-8
    try:
        there = target(urljoin(here.uri, location))
    except (ReadError, ValueError) as error:
        reason = error.message if isinstance(error, ReadError) else str(error)
        shown = without_user(location)[:200]
        raise ReadError(f"it leads to {shown!r}, which is refused: {reason}", here.uri) from error
    if here.scheme == "https" and there.scheme == "http":
        raise ReadError(f"it leads from https to http ({there.uri}): give that address if you trust it", here.uri)
    return there


def _too_large(size: str, most: int, where: str) -> ReadError:
    return ReadError(f"{size} more than the {most:,} bytes allowed: give less or raise --max-input", where)
