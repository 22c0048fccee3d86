"""Pages fetched before: their bytes and what a server needs to say “not modified”."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.model.action import Action
from pipeline.model.clip import Ref  # noqa: TC001 - cattrs reads it at run time
from pipeline.model.codec import to_plain

if TYPE_CHECKING:
    from pipeline.store.store import Store

_SCHEMA = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What an address gave last time.

    Attributes:
        uri: Address that answered in the end, after redirects.
        media_type: Without parameters, lower case.
        etag, last_modified: As the server sent them; empty where it sent none.
        body: The bytes in the store.
    """

    uri: str
    media_type: str
    etag: str
    last_modified: str
    body: Ref


class Pages:
    """Pages by the address that was asked for, in a store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def known(self, address: str) -> tuple[Page, bytes] | None:
        """The page and its bytes; None where it was never fetched or is lost."""
        page = self._store.value(_action(address), Page)
        data = self._store.get(page.body) if page else None
        return (page, data) if page is not None and data is not None else None

    def keep(self, address: str, data: bytes, *, uri: str, media_type: str, etag: str, last_modified: str) -> None:
        """Keep what ``address`` gave; an older page of the address is forgotten."""
        body = self._store.blobs.put(data)
        page = Page(uri=uri, media_type=media_type, etag=etag, last_modified=last_modified, body=body)
        self._store.remember(_action(address), to_plain(page))


def _action(address: str) -> Action:
    return Action(room="fetch", schema=_SCHEMA, inputs={"address": address})
