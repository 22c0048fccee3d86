"""The way into a book: its package file, unless the book is protected."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from pipeline.text.dom.source import tag

if TYPE_CHECKING:
    from pipeline.errors import ReadError
    from pipeline.text.epub.paths import Files

_FONTS = frozenset(("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"))
"""Ways to obfuscate fonts, which touch no text (EPUB 3.3, section 4.4, and Adobe's older one)."""
_RIGHTS = ("META-INF/rights.xml", "META-INF/license.lcpl", "META-INF/sinf.xml")
"""Files of Adobe's, Readium's and Apple's protection."""


def package_of(files: Files) -> str:
    """Name of the package file: the first one that ``META-INF/container.xml`` names, else the only one there is.

    Raises:
        ReadError: There is none.
    """
    container = files.find("META-INF/container.xml")
    for rootfile in files.xml(container).iter() if container else ():
        given = (rootfile.get("full-path") or "").strip() if tag(rootfile) == "rootfile" else ""
        found = files.find(given) or files.find(unquote(given))
        if found:
            return found
    others = files.ending(".opf")
    if len(others) == 1:
        return others[0]
    raise files.error("this is no EPUB: its META-INF/container.xml names no package file")


def refuse_protected(files: Files) -> None:
    """Raise `ReadError` where the book is encrypted, except for its fonts."""
    if any(files.find(name) for name in _RIGHTS):
        raise _protected(files)
    encryption = files.find("META-INF/encryption.xml")
    for data in files.xml(encryption).iter() if encryption else ():
        if tag(data).lower() == "encrypteddata":
            methods = [below.get("Algorithm") for below in data if tag(below).lower() == "encryptionmethod"]
            if not methods or not _FONTS.issuperset(methods):
                raise _protected(files)


def _protected(files: Files) -> ReadError:
    return files.error("this book is copy-protected (DRM) and cannot be read: get an edition without protection")
