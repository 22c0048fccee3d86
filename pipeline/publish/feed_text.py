"""Text as feeds and pages can bear it: what XML allows, as long as directories take, moments and licences spelt out."""

from __future__ import annotations

import base64
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.model.publication import Item, Posted

DESCRIPTION_BYTES = 4000
"""Longest description that Apple takes, in UTF-8."""
NAME_CHARACTERS = 128
"""Longest name of a person, a licence or a purpose in the podcast namespace."""

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LIKE_A_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_LIKE_AN_ENTITY = re.compile(r"&(?=#?\w+;)")
_COMMONS = re.compile(r"https?://creativecommons\.org/licenses/([a-z-]+)/(\d\.\d)", re.IGNORECASE)
_ZERO = re.compile(r"https?://creativecommons\.org/publicdomain/zero/(\d\.\d)", re.IGNORECASE)
_COMMONS_NAME = re.compile(r"cc[ -](by(?:-[a-z]{2}){0,2}|zero|0)[ -](\d\.\d)", re.IGNORECASE)
_IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*")


def clean(text: str) -> str:
    """``text`` without what XML forbids: control characters, lone surrogates, non-characters; lines end in LF."""
    return _NOT_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def line(text: str) -> str:
    """``text`` on one line."""
    return " ".join(clean(text).split())


def web(address: str) -> str:
    """``address``, if it leads to the web: front matter and other people's feeds may name anything."""
    told = line(address)
    return told if told.lower().startswith(("https://", "http://")) else ""


def cut(text: str, most: int, *, in_bytes: bool = False) -> str:
    """``text``, or its beginning up to a word and an ellipsis.

    Args:
        text: On one line.
        most: Longest result, in characters, or in bytes of UTF-8.
        in_bytes: Which of both.
    """
    if len(text.encode() if in_bytes else text) <= most:
        return text
    if in_bytes:
        begun = text.encode()[: most - len("…".encode())].decode("utf-8", "ignore")
    else:
        begun = text[: most - 1]
    whole = begun if text[len(begun)].isspace() else begun.rpartition(" ")[0]
    return f"{(whole or begun).rstrip(' ,;:–—-')}…"


def described(text: str) -> str:
    """``text`` as a description: readers take it for HTML, so what would be a tag or an entity is escaped."""
    told = _LIKE_A_TAG.sub("&lt;", _LIKE_AN_ENTITY.sub("&amp;", line(text)))
    return cut(told, DESCRIPTION_BYTES, in_bytes=True)


def moment(item: Item) -> datetime | None:
    """When the episode was published first; None where nobody said.

    Raises:
        UsageError: Its date is none of ISO 8601.
    """
    if not item.published:
        return None
    try:
        known = datetime.fromisoformat(item.published)
    except ValueError as error:
        raise UsageError(f"{item.published!r} is not a date like 2026-11-23T06:00:00+01:00", item.name) from error
    return known if known.tzinfo else known.replace(tzinfo=UTC)


def newest_first(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Episodes by first publication and number; those without a date come last."""
    known = {item.name: moment(item) for item in items}
    oldest = datetime.min.replace(tzinfo=UTC)
    return tuple(
        sorted(items, key=lambda item: (known[item.name] or oldest, item.number, item.name), reverse=True),
    )


def integrity(file: Posted) -> str:
    """Digest of a file as W3C Subresource Integrity writes it: ``sha256-`` and base64."""
    return f"sha256-{base64.b64encode(bytes.fromhex(file.sha256)).decode()}"


def licence(told: str) -> tuple[str, str]:
    """Identifier and address of a licence that was told by SPDX identifier, short name or address.

    The podcast namespace wants the identifier in lower case. One of both may be empty: nobody knows the address of
    "All rights reserved", and words like these are no identifier.
    """
    told = line(told)
    if zero := _ZERO.match(told):
        return f"cc0-{zero[1]}", told
    if known := _COMMONS.match(told):
        return f"cc-{known[1].lower()}-{known[2]}", told
    if re.match("https?://", told):
        return cut(told, NAME_CHARACTERS), told
    if named := _COMMONS_NAME.fullmatch(told.replace("CC0", "CC-0")):
        kind, version = named[1].lower(), named[2]
        if kind in {"0", "zero"}:
            return f"cc0-{version}", f"https://creativecommons.org/publicdomain/zero/{version}/"
        return f"cc-{kind}-{version}", f"https://creativecommons.org/licenses/{kind}/{version}/"
    return (told.lower() if _IDENTIFIER.fullmatch(told) else ""), ""
