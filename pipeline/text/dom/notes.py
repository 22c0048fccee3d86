"""Footnotes of a page: which links are references, which elements are the notes, which links lead back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

from pipeline.text.dom.source import Element, one_line, raw_text, tag, words_of
from pipeline.text.plain_terms import terms

_MARK = re.compile(
    r"[\[(]?\s*(?:(?:note|nb|fn|n|lower-alpha|upper-alpha|lower-roman)\s*)?(\d{1,3}|[a-z]{1,2}|[ivx]{1,5}|[*†‡§]{1,4})\s*[\])]?",
    re.IGNORECASE,
)
_REF_WORDS = terms(
    "footnote-ref footnote-reference fnref noteref footnote footnoteref sdfootnoteanc footnote-anchor footnote-link "
    "footnote-hyperlink easy-footnote-link note-ref"
)
_BACK_WORDS = terms(
    "footnote-backref footnote-back backref reversefootnote data-footnote-backref footnote-number fn-backref "
    "footnote-return easy-footnote-to-top"
)
_BACK = terms("mw-cite-backlink backrefs backlinks")
"""Classes of what holds nothing but links back from a note."""
_BESIDE = terms(
    "sidenote marginnote side-note margin-note footnote_tooltip modern-footnotes-footnote__note footnote-tooltip "
    "inline-footnote-text"
)
"""Classes of notes that stand in the line, right behind their mark."""
_HOLDERS = terms("li aside dd p div section td tr table")
_TYPES = ("epub:type", "{http://www.idpf.org/2007/ops}type", "role")


@dataclass(frozen=True, slots=True)
class Notes:
    """The footnotes of a page.

    Attributes:
        references: Link element → id of its note.
        labels: Element that holds a note → (id, mark as shown by the first reference).
        anchors: Ids of the references, to which notes link back.
        marks: Id of a note → its mark.
        lost: Links that say they are references, to notes that the page does not hold.
    """

    references: dict[Element, str]
    labels: dict[Element, tuple[str, str]]
    anchors: frozenset[str]
    marks: dict[str, str]
    lost: frozenset[Element]

    def leads_back(self, link: Element) -> bool:
        """Whether ``link``, which stands in a note, returns to the reference."""
        if "backlink" in types_of(link) or _BACK_WORDS & words_of(link, "class"):
            return True
        return fragment(link) in self.anchors


def types_of(element: Element) -> frozenset[str]:
    """What ``element`` is by ``epub:type`` or ``role``, lower case: ``noteref``, ``doc-noteref`` is the former."""
    found = frozenset[str]()
    for name in _TYPES:
        if element.get(name):
            found |= {word.removeprefix("doc-") for word in words_of(element, name)}
    return found


def is_note(element: Element) -> bool:
    """Whether ``element`` says that it is a note."""
    return bool(types_of(element) & {"footnote", "endnote", "rearnote"})


def is_note_list(element: Element | None) -> bool:
    """Whether ``element`` says that it holds the notes of a text."""
    if element is None:
        return False
    return bool(types_of(element) & {"footnotes", "endnotes", "rearnotes"}) or "footnotes" in words_of(element, "class")


def is_page_break(element: Element) -> bool:
    """Whether ``element`` only marks where a page of the printed edition begins."""
    return "pagebreak" in types_of(element)


def holds_way_back(element: Element) -> bool:
    """Whether ``element`` holds nothing but links from a note to its references, such as ``^ a b c``."""
    return bool(_BACK & words_of(element, "class"))


def mark_of(link: Element) -> str:
    """The mark of a reference as shown: ``3``, ``[3]``, ``*``; that of a note in the line is not written there."""
    return one_line(link)


def fragment(link: Element) -> str:
    """The id that ``link`` points at, in this page or in one with a whole address (it may be this); else empty."""
    page, mark, name = (link.get("href") or "").strip().partition("#")
    return unquote(name) if mark and (not page or page.startswith(("http:", "https:"))) else ""


def find_notes(root: Element) -> Notes:
    """Find the notes of the page that ``root`` belongs to, wherever in the page they stand.

    A link within the page is a reference when its markup says so, or when its text is a mark such as ``[3]`` or
    ``*``, raised or bracketed, and its target stands further down.
    """
    links = [link for link in root.iter("a") if link.get("href") or link.get("aria-describedby")]
    targets, order = _targets(root) if links else ({}, {})
    references: dict[Element, str] = {}
    labels: dict[Element, tuple[str, str]] = {}
    anchors: set[str] = set()
    lost: set[Element] = set()
    for link in links:
        name = fragment(link) or (link.get("aria-describedby") or "")
        sure = "noteref" in types_of(link)
        if not sure and not (name and _is_mark(link)):
            continue
        target = targets.get(name, targets.get(f"user-content-{name}"))
        if target is None and (sure or (link.get("href") or "").startswith("#")):
            lost.add(_whole_mark(link))
        if target is None or not (sure or order[target] > order[link]):
            continue
        holder = _holder(target)
        if holder is None or holder in link.iterancestors():
            continue
        known = labels.setdefault(holder, (name, mark_of(link).strip("[]() ")))
        references[_whole_mark(link)] = known[0]
        anchors.update(_ids_around(link))
    _find_beside(root, references, labels)
    marks = dict(labels.values())
    return Notes(references=references, labels=labels, anchors=frozenset(anchors), marks=marks, lost=frozenset(lost))


def _targets(root: Element) -> tuple[dict[str, Element], dict[Element, int]]:
    """Elements of the page by id, and the place of each element in it."""
    targets: dict[str, Element] = {}
    order: dict[Element, int] = {}
    for number, element in enumerate(root.getroottree().iter()):
        order[element] = number
        for name in ("id", "name"):
            key = element.get(name) if tag(element) and (name == "id" or tag(element) == "a") else None
            if key:
                targets.setdefault(key, element)
    return targets, order


def _find_beside(root: Element, references: dict[Element, str], labels: dict[Element, tuple[str, str]]) -> None:
    """Notes in the line: a mark (a label, a raised number) and right behind it the note, often shown in the margin."""
    for note in root.iter("span", "small", "aside", "div"):
        if not _BESIDE & words_of(note, "class") or note in labels:
            continue
        mark = note.getprevious()
        while mark is not None and tag(mark) == "input" and not (mark.tail or "").strip():
            mark = mark.getprevious()
        if mark is None or (mark.tail or "").strip() or tag(mark) not in ("label", "sup", "a", "span", "button"):
            continue
        name = note.get("id") or mark.get("for") or mark.get("id") or f"note-{len(labels) + 1}"
        labels[note] = (name, one_line(mark).strip("[]() ") or str(len(labels) + 1))
        references[mark] = name


def _is_mark(link: Element) -> bool:
    text = raw_text(link).strip()
    if not _MARK.fullmatch(text):
        return False
    if _REF_WORDS & words_of(link, "class") or text[:1] in "[(*†‡§":
        return True
    around = link.getparent()
    return (around is not None and tag(around) == "sup") or any(tag(child) == "sup" for child in link)


def _whole_mark(link: Element) -> Element:
    """``link``, or the raised text around it where that adds nothing but brackets."""
    around = link.getparent()
    if around is None or tag(around) != "sup" or len(around) != 1:
        return link
    return around if _MARK.fullmatch(raw_text(around).strip()) else link


def _holder(target: Element) -> Element | None:
    """The element that holds the whole note that ``target`` marks."""
    name = tag(target)
    if name in _HOLDERS and any(text.strip() for text in target.itertext()):
        return target
    for up in (target, *target.iterancestors()):
        if tag(up) == "dt":
            return next((later for later in up.itersiblings() if tag(later) == "dd"), None)
        if up is not target and tag(up) in _HOLDERS:
            return up
    return None


def _ids_around(link: Element) -> set[str]:
    """Ids on the reference and on what closely wraps it."""
    near = [link, *link.iter()]
    up = link.getparent()
    for _ in range(2):
        if up is not None and tag(up) in ("sup", "span", "a", "small"):
            near.append(up)
            up = up.getparent()
    return {name for element in near for name in (element.get("id"), element.get("name")) if name}
