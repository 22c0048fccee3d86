"""Small books for tests, made of text: as EPUB archives."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles><rootfile full-path="package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
_TYPES = {"ncx": "application/x-dtbncx+xml", "png": "image/png", "svg": "image/svg+xml", "css": "text/css"}


def zipped(files: Mapping[str, bytes | str]) -> bytes:
    """An archive of ``files``, the first of them stored, as EPUB asks for its ``mimetype``."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, data) in enumerate(files.items()):
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED if number else zipfile.ZIP_STORED
            archive.writestr(info, data)
    return buffer.getvalue()


def zipped_folder(folder: Path) -> bytes:
    """An EPUB of the files in ``folder``, its ``mimetype`` first."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    return zipped({"mimetype": b"application/epub+zip"} | files)


def page(body: str, *, attributes: str = "", language: str = "en") -> str:
    """An XHTML file with this body."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        f'<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xml:lang="{language}">\n'
        f"<head><title>A file</title></head>\n<body{attributes}>\n{body}\n</body>\n</html>\n"
    )


def nav(entries: str, *, more: str = "") -> str:
    """A navigation document: ``entries`` are the ``<li>`` of its table of contents."""
    return page(f'<nav epub:type="toc"><ol>{entries}</ol></nav>{more}')


def ncx(points: str) -> str:
    """An EPUB 2 table of contents: ``points`` are its ``<navPoint>``."""
    return f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"><navMap>{points}</navMap></ncx>'


def point(label: str, target: str, inside: str = "") -> str:
    """One ``<navPoint>``."""
    return f'<navPoint><navLabel><text>{label}</text></navLabel><content src="{target}"/>{inside}</navPoint>'


def package(
    files: Sequence[str],
    *,
    metadata: str = "<dc:title>A book</dc:title><dc:language>en</dc:language>",
    spine: str = "",
    more: str = "",
    guide: str = "",
) -> str:
    """A package file.

    Args:
        files: Names of the files; their ids are the same, and all pages but the ``nav`` are in the reading order.
        metadata: What stands in ``<metadata>``.
        spine: The ``<itemref>`` instead.
        more: More ``<item>``.
        guide: The ``<reference>`` of the guide.
    """
    items = "".join(
        f'<item id="{name}" href="{name}" media-type="{_TYPES.get(name.rpartition(".")[2], "application/xhtml+xml")}"'
        f"{' properties=' + chr(34) + 'nav' + chr(34) if name == 'nav.xhtml' else ''}/>"
        for name in files
    )
    pages = [name for name in files if name.endswith("html") and name != "nav.xhtml"]
    toc = next((f' toc="{name}"' for name in files if name.endswith(".ncx")), "")
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">{metadata}'
        f"</metadata><manifest>{items}{more}</manifest>"
        f"<spine{toc}>{spine or ''.join(f'<itemref idref={name!r}/>' for name in pages)}</spine>"
        f"<guide>{guide}</guide></package>"
    )


def book(pages: Mapping[str, str | bytes], *, opf: str = "", files: Mapping[str, str | bytes] | None = None) -> bytes:
    """An EPUB of ``pages`` (name → content, in order), with a package file made for them.

    Args:
        pages: Pages, navigation document, NCX.
        opf: The package file instead of the one made.
        files: Whatever else is in the archive, or stands in for one of its usual files.
    """
    usual: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "package.opf": opf or package(list(pages)),
    }
    return zipped(usual | dict(pages) | dict(files or {}))
