"""Addresses of entries without what counts who came from where: with it, one page has many addresses."""

from __future__ import annotations

import re

_TRACKING = re.compile(
    r"(?:utm|mtm|hsa)_\w+|pk_(?:campaign|content|kwd|keyword|medium|source)|(?:fb|g|d|ms|y|tw|ttc)cl[ki]?id|[gw]braid"
    r"|mc_[ce]id|igsh(?:id)?|_hs(?:enc|mi)|mkt_tok|oly_(?:anon|enc)_id|vero_id",
    re.IGNORECASE,
)
"""Names of parameters that web statistics, advertisements and newsletters add."""


def without_tracking(address: str) -> str:
    """``address`` without parameters that only track; all else stays as it is written."""
    page, hash_mark, fragment = address.partition("#")
    path, _, query = page.partition("?")
    if query:
        parts = query.split("&")
        kept = [part for part in parts if not _tracks(part)]
        if len(kept) < len(parts):
            page = f"{path}?{'&'.join(kept)}" if any(kept) else path
    if fragment and all(map(_tracks, fragment.split("&"))):
        return page
    return page + hash_mark + fragment


def _tracks(part: str) -> bool:
    return "=" in part and _TRACKING.fullmatch(part.partition("=")[0]) is not None
