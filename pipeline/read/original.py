"""Where an article comes from: the bytes of a file, or of a page on the web."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import ReadError
from pipeline.model.limits import MAX_ARCHIVE_BYTES, MAX_INPUT_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.store.pages import Pages

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")

_ARCHIVES = (".epub", ".docx")


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """Bytes to be read.

    Attributes:
        data: The whole file.
        uri: Path, or the address that answered.
        media_type: What the server said that it is; empty for a file.
    """

    data: bytes
    uri: str
    media_type: str = ""


def is_address(where: str) -> bool:
    """Whether ``where`` is an address on the web rather than a path."""
    return _ADDRESS.match(where) is not None


def most_bytes(where: str, max_input_bytes: int | None) -> int:
    """How large the file at a path or address may be: as the caller says, else by the format that its name tells."""
    if max_input_bytes is not None:
        return max_input_bytes
    path = re.split(r"[?#]", where)[0] if is_address(where) else where
    return MAX_ARCHIVE_BYTES if path.lower().endswith(_ARCHIVES) else MAX_INPUT_BYTES


def open_file(source: str | os.PathLike[str], *, max_input_bytes: int | None) -> Original:
    """The file at a path.

    Raises:
        ReadError: There is none, it may not be read, or it is larger than ``max_input_bytes``.
    """
    where = os.fspath(source)
    path = Path(where)
    try:
        if path.is_dir():
            raise ReadError("this is a folder: give the article's file", where)
        if not path.is_file() and path.exists():
            raise ReadError("this is not a regular file: give the article's file", where)
        check_size(path.stat().st_size, where, most_bytes(where, max_input_bytes))
        return Original(data=path.read_bytes(), uri=where)
    except FileNotFoundError as error:
        raise ReadError("there is no such file: check the name", where) from error
    except PermissionError as error:
        raise ReadError("the file may not be read: check its permissions", where) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadError(f"the file cannot be read ({reason}): check the disk and the name", where) from error


def open_address(
    address: str,
    *,
    max_input_bytes: int | None,
    pages: Pages | None = None,
    allowed: Callable[[str], bool] | None = None,
) -> Original:
    """The page at an address, fetched safely; where ``pages`` knows it, the server is asked whether it has changed.

    Args:
        address: Of the page.
        max_input_bytes: Size beyond which it is refused; None stands for the bounds of `pipeline.model.limits`.
        pages: Pages fetched before.
        allowed: As for `pipeline.read.fetch.fetch`.

    Raises:
        ReadError: The address is refused, nothing answers, or the answer is larger than ``max_input_bytes``.
    """
    from pipeline.read.fetch import Limits, Validators, fetch  # TLS and HTTP: only where there is an address

    most = most_bytes(address, max_input_bytes)
    known = pages.known(address) if pages else None
    validators = Validators(etag=known[0].etag, last_modified=known[0].last_modified) if known else Validators()
    fetched = fetch(address, known=validators, limits=Limits(max_bytes=most), allowed=allowed)
    if fetched is None:
        if known is None:
            raise ReadError("the server says “not modified” of a page that was never fetched: try again", address)
        page, data = known
        check_size(len(data), address, most)
        return Original(data=data, uri=page.uri, media_type=page.media_type)
    if pages:
        pages.keep(
            address,
            fetched.data,
            uri=fetched.uri,
            media_type=fetched.media_type,
            etag=fetched.validators.etag,
            last_modified=fetched.validators.last_modified,
        )
    return Original(data=fetched.data, uri=fetched.uri, media_type=fetched.media_type)


def check_size(size: int, where: str, max_input_bytes: int) -> None:
    """Raise `ReadError` where ``size`` (bytes) is more than allowed."""
    if size > max_input_bytes:
        raise ReadError(
            f"{size:,} bytes are more than the {max_input_bytes:,} allowed: give less or raise --max-input",
            where,
        )
