"""Footnotes of a page: which links are references, which elements are the notes, which links lead back."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.text.dom_source import Element, one_line, raw_text, tag, words_of

_MARK = re.compile(r"[\[(]?\s*(?:note\s*)?(\d{1,3}|[a-z]{1,2}|[ivx]{1,5}|[*†‡§]{1,4})\s*[\])]?", re.IGNORECASE)
_REF_WORDS = frozenset(
    ("footnote-ref", "footnote-reference", "fnref", "noteref", "footnote", "footnoteref", "sdfootnoteanc")
)
_BACK_WORDS = frozenset(("footnote-backref", "footnote-back", "backref", "reversefootnote", "data-footnote-backref"))
_HOLDERS = frozenset(("li", "aside", "dd", "p", "div", "section", "td"))


@dataclass(frozen=True, slots=True)
class Notes:
    """The footnotes of a page.

    Attributes:
        references: Link element → id of its note.
        labels: Element that holds a note → (id, mark as shown by the first reference).
        anchors: Ids of the references, to which notes link back.
    """

    references: dict[Element, str]
    labels: dict[Element, tuple[str, str]]
    anchors: frozenset[str]

    def leads_back(self, link: Element) -> bool:
        """Whether ``link``, which stands in a note, returns to the reference."""
        if "doc-backlink" in words_of(link, "role") or _BACK_WORDS & words_of(link, "class"):
            return True
        return fragment(link) in self.anchors


def mark_of(link: Element) -> str:
    """The mark of a reference as shown: ``3``, ``[3]``, ``*``."""
    return one_line(link)


def fragment(link: Element) -> str:
    """The id in this page that ``link`` points at; else empty."""
    target = (link.get("href") or "").strip()
    return target[1:] if target.startswith("#") else ""


def find_notes(root: Element) -> Notes:
    """Find the notes of the page that ``root`` belongs to, wherever in the page they stand.

    A link within the page is a reference when its markup says so, or when its text is a mark such as ``[3]`` or
    ``*``, raised or bracketed, and its target stands further down.
    """
    targets: dict[str, Element] = {}
    order: dict[Element, int] = {}
    for number, element in enumerate(root.getroottree().iter()):
        order[element] = number
        for name in ("id", "name"):
            key = element.get(name) if tag(element) and (name == "id" or tag(element) == "a") else None
            if key:
                targets.setdefault(key, element)
    references: dict[Element, str] = {}
    labels: dict[Element, tuple[str, str]] = {}
    anchors: set[str] = set()
    for link in root.iter("a"):
        name = fragment(link)
        target = targets.get(name)
        if target is None or order[target] <= order[link] or not _is_reference(link):
            continue
        holder = _holder(target)
        if holder is None or holder in link.iterancestors():
            continue
        known = labels.setdefault(holder, (name, mark_of(link).strip("[]() ")))
        references[link] = known[0]
        anchors.update(_ids_around(link))
    return Notes(references=references, labels=labels, anchors=frozenset(anchors))


def _is_reference(link: Element) -> bool:
    kinds = words_of(link, "epub:type") | words_of(link, "role")
    if kinds & {"noteref", "doc-noteref"}:
        return True
    text = raw_text(link).strip()
    if not _MARK.fullmatch(text):
        return False
    if _REF_WORDS & words_of(link, "class") or text[:1] in "[(*†‡§":
        return True
    around = link.getparent()
    return (around is not None and tag(around) == "sup") or any(tag(child) == "sup" for child in link)


def _holder(target: Element) -> Element | None:
    """The element that holds the whole note that ``target`` marks."""
    if tag(target) in _HOLDERS and any(text.strip() for text in target.itertext()):
        return target
    return next((up for up in target.iterancestors() if tag(up) in _HOLDERS), None)


def _ids_around(link: Element) -> set[str]:
    """Ids on the reference and on what closely wraps it."""
    near = [link, *link.iter()]
    up = link.getparent()
    for _ in range(2):
        if up is not None and tag(up) in ("sup", "span", "a", "small"):
            near.append(up)
            up = up.getparent()
    return {name for element in near for name in (element.get("id"), element.get("name")) if name}
