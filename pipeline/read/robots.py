"""Robots: what sites ask programs to leave alone (RFC 9309), asked for where a whole feed is fetched."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from pipeline.errors import ReadError
from pipeline.read.addresses import target
from pipeline.read.fetch import Answered, Limits, fetch

_OUR_NAME = "articlecast"
"""Our name in ``User-agent`` lines."""
_READ = 500 * 1024
"""Bytes of a robots file that count: the least that RFC 9309 lets a program read."""
_LIMITS = Limits(max_bytes=5_000_000, total_s=15.0)

_ALL = "all"
"""Rules of a site that has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Robots:
    """The robots files of the sites asked so far; each is fetched once.

    Attributes:
        limits: What one such file may cost.
    """

    limits: Limits = _LIMITS
    _sites: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def allows(self, address: str) -> bool:
        """Whether the site lets programs fetch ``address``.

        No robots file (any 4xx) allows everything; of a site that fails or does not answer, nothing may be fetched.

        Raises:
            ReadError: ``address`` is none that may be fetched at all, or the site's rules cannot be read.
        """
        here = target(address)
        site = self._site(here.origin)
        if here.path == "/robots.txt" or site is _ALL:
            return True
        if isinstance(site, str):
            raise ReadError(f"robots.txt of {here.host} cannot be read ({site}): try again later", here.uri)
        return bool(site.can_fetch(here.uri, _OUR_NAME))

    def delay_s(self, address: str) -> float:
        """Seconds that the site asks to be left between two requests (``Crawl-delay``, ``Request-rate``); 0 for none.

        Raises:
            ReadError: ``address`` is none that may be fetched at all.
        """
        site = self._site(target(address).origin)
        if isinstance(site, str):
            return 0.0
        rate = site.request_rate(_OUR_NAME)
        asked = [float(site.crawl_delay(_OUR_NAME) or 0)]
        if rate is not None and rate.requests > 0:
            asked.append(rate.seconds / rate.requests)
        return max(0.0, *(seconds for seconds in asked if math.isfinite(seconds)))

    def _site(self, origin: str) -> Any:
        """Rules of protego, or `_ALL`, or the reason why they cannot be read."""
        if origin not in self._sites:
            self._sites[origin] = self._fetched(origin)
        return self._sites[origin]

    def _fetched(self, origin: str) -> Any:
        try:
            fetched = fetch(f"{origin}/robots.txt", limits=self.limits, accept="text/plain, */*;q=0.5")
        except Answered as error:  # redirects without end count as “unavailable” too
            return _ALL if 300 <= error.status < 500 else _reason(error)
        except ReadError as error:
            return _reason(error)
        from protego import Protego  # only where a feed is fetched

        text = (fetched.data if fetched else b"")[:_READ].decode("utf-8-sig", "replace")
        return Protego.parse(text)


def _reason(error: ReadError) -> str:
    """What went wrong, without what to do about it."""
    return error.message.partition(": ")[0]
