"""The parts of a Word file, each found by its relationship and parsed as XML from strangers."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from lxml import etree

from pipeline.errors import ReadError
from pipeline.text.archive import Archive
from pipeline.text.docx.names import STRICT, W, local
from pipeline.text.xml_safe import parse_xml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.text.dom.source import Element

MAX_DEPTH = 150
"""Levels of XML; a table in a table in a text box takes 40."""
MAX_ELEMENTS = 3_000_000
"""Elements of one part; a long book has 500,000. It is the parser's memory that they bound, at 1 kB or so each."""

_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of an OLE file: Word before 2007, and every file under a password."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A relationship of a part: what kind of thing stands at ``target``, which is an address if ``external``."""

    kind: str
    target: str
    external: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One XML file of the archive, with the relationships that its elements name."""

    name: str
    root: Element
    links: Mapping[str, Link] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A Word file.

    Attributes:
        document: The text.
        others: Styles, numbering, notes, comments, headers …, by kind in the order of the file.
        core: What the file says about itself; None where it says nothing.
    """

    document: Part
    others: tuple[tuple[str, Part], ...]
    core: Element | None

    def of(self, kind: str) -> Element | None:
        """The root of the first part of a kind: ``styles``, ``numbering``, ``footnotes`` …; None without one."""
        return next((part.root for name, part in self.others if name == kind), None)

    def all(self, *kinds: str) -> tuple[Part, ...]:
        """All parts of these kinds."""
        return tuple(part for name, part in self.others if name in kinds)


_KINDS = ("styles", "numbering", "settings", "footnotes", "endnotes", "comments", "header", "footer")
"""Parts that are read, by the last word of their relationship's type."""


def open_package(data: bytes, where: str) -> Package:
    """The parts of the Word file ``data``.

    Raises:
        ReadError: It is an old Word file, under a password, with macros, or no Word file; it is damaged, a bomb, or
            declares a document type.
    """
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise ReadError("this document is under a password: save it without one", where)
        raise ReadError("this is an old Word document (.doc): save it as .docx", where)
    if not data.startswith(b"PK"):
        raise ReadError("this is no Word document: its first bytes are not those of a .docx", where)
    archive = Archive(data, where)
    if any(name.endswith("vbaProject.bin") for name in archive.names):
        raise ReadError("this document holds macros (.docm): save it as .docx", where)
    roots = _links(archive, "", where)
    found = [link.target for link in roots.values() if link.kind == "officeDocument" and not link.external]
    name = next((target for target in found if target in archive), "word/document.xml")
    if name not in archive:
        raise ReadError("there is no document in this archive: it is no Word file, or a damaged one", where)
    document = _part(archive, name, where)
    if document.root.tag != f"{W}document":
        raise ReadError(f"this is no Word document but holds <{local(document.root)}>: save it as .docx", where)
    parts = [
        (link.kind, _part(archive, link.target, where))
        for link in document.links.values()
        if link.kind in _KINDS and not link.external and link.target in archive
    ]
    core = next((link.target for link in roots.values() if link.kind == "core-properties"), "docProps/core.xml")
    return Package(
        document=document,
        others=tuple(parts),
        core=_parsed(archive, core, where) if core in archive else None,
    )


def _part(archive: Archive, name: str, where: str) -> Part:
    return Part(name=name, root=_parsed(archive, name, where), links=_links(archive, name, where))


def _links(archive: Archive, name: str, where: str) -> dict[str, Link]:
    """Relationships by id of the part ``name``, or of the whole package; targets are joined to the part's folder."""
    folder, base = posixpath.split(name)
    path = posixpath.join(folder, "_rels", f"{base}.rels")
    if path not in archive:
        return {}
    links: dict[str, Link] = {}
    for entry in _parsed(archive, path, where).iter(_RELATIONSHIPS):
        target = entry.get("Target") or ""
        external = (entry.get("TargetMode") or "").lower() == "external"
        if not external:
            target = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
        kind = (entry.get("Type") or "").rpartition("/")[2]
        links.setdefault(entry.get("Id") or "", Link(kind=kind, target=target, external=external))
    return links


def _parsed(archive: Archive, name: str, where: str) -> Element:
    root = parse_xml(archive.read(name), where)
    prolog: Any = root.getroottree().docinfo
    if prolog.doctype:
        raise ReadError(f"{name!r} in this document declares a document type, which Word files may not", where)
    if any(strict.decode() in root.nsmap.values() for strict, _ in STRICT):
        text = etree.tostring(root)
        for strict, usual in STRICT:
            text = text.replace(strict, usual)
        root = parse_xml(text, where)
    _check_depth(root, where)
    return root


def _check_depth(root: Element, where: str) -> None:
    depth = count = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        count += event == "start"
        if depth > MAX_DEPTH:
            raise ReadError(f"this document is nested more than {MAX_DEPTH} levels deep: simplify it", where)
        if count > MAX_ELEMENTS:
            raise ReadError(f"a part of this document has more than {MAX_ELEMENTS:,} elements: split it", where)
