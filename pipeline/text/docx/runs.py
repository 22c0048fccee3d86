"""The inside of a Word paragraph, run by run: text and its look, links, notes, formulas, pictures, revisions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.text.docx.fields import link_of
from pipeline.text.docx.found import Note
from pipeline.text.docx.graphics import boxes, chosen, is_rule, pictures
from pipeline.text.docx.line import BARE, BOOKMARK, CODE, DISPLAY, FOREIGN, MATH, PICTURE, Dress, LineWriter
from pipeline.text.docx.math import tex_of
from pipeline.text.docx.names import W14, R, W, is_on, local, value
from pipeline.text.docx.numbering import written
from pipeline.text.docx.styles import is_monospace
from pipeline.text.docx.survey import foreign, own_look
from pipeline.text.docx.tasks import TICKED, WINGDINGS, box_of

if TYPE_CHECKING:
    from pipeline.text.docx.found import Picture
    from pipeline.text.docx.source import Source
    from pipeline.text.docx.styles import Look
    from pipeline.text.dom.source import Element

_TRANSPARENT = frozenset(
    ("ins", "moveTo", "smartTag", "customXml", "bdo", "dir", "sdtContent", "ruby", "rubyBase", "Choice", "Fallback")
)
"""Elements whose content is read as if it stood in their place."""
_LONGEST_MARK = 8
"""Characters of a note's mark that its author set."""
_MOST_LANGUAGES = 40
"""Languages beside its own that a document is believed to hold."""
_SYMBOLS = re.compile(r"symbol|wingdings|webdings", re.IGNORECASE)
_PRIVATE = re.compile("[\uf020-\uf0ff]")


@dataclass(slots=True, kw_only=True)
class Runs:
    """Reads one paragraph into a `LineWriter`.

    Attributes:
        base: How characters look by the paragraph's style.
        bare: Whether looks are ignored, as in a block of code.
        code: Whether all text is code.
        typed: Whether all letters so far stand in a monospaced face; None before the first.
        boxes: Contents of the text boxes that are anchored here.
        rule: Whether a horizontal rule is drawn here.
        tasks: Whether a box to tick in front makes the paragraph a task.
        ticked: Whether that box is ticked; None without one.
    """

    source: Source
    out: LineWriter
    base: Look
    bare: bool = False
    code: bool = False
    typed: bool | None = None
    boxes: list[Element] = field(default_factory=list)
    rule: bool = False
    tasks: bool = True
    ticked: bool | None = None
    deleted: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)

    def read(self, paragraph: Element) -> None:
        """Read the content of ``paragraph`` and report what of it is left out."""
        for child in paragraph:
            self._inline(child, "")
        for texts, why in ((self.deleted, "deleted revision"), (self.hidden, "hidden text")):
            self.source.found.omit(" ".join("".join(texts).split()), why)
        self.deleted, self.hidden = [], []

    def _inline(self, element: Element, href: str) -> None:
        name = local(element)
        if name == "r" and element.tag == f"{W}r":
            self._run(element, href)
        elif name == "hyperlink":
            self._children(element, self._target(element) or href)
        elif name == "fldSimple":
            self._simple_field(element, href)
        elif name == "sdt":
            self._control(element, href)
        elif name == "AlternateContent":
            choice = chosen(element)
            if choice is not None:
                self._children(choice, href)
        elif name in ("del", "moveFrom"):
            if name == "del":
                self.deleted.extend(part.text or "" for part in element.iter(f"{W}delText", f"{W}t"))
                self.deleted.append(" ")
        elif name in ("oMath", "oMathPara"):
            self._formula(element, href)
        elif name == "bookmarkStart":
            target = element.get(f"{W}name") or ""
            if target in self.source.targets:
                self.out.bookmark(BOOKMARK + target)
        elif name in _TRANSPARENT:
            self._children(element, href)

    def _children(self, element: Element, href: str) -> None:
        for child in element:
            self._inline(child, href)

    def _run(self, run: Element, href: str) -> None:
        look = self.base.under(own_look(run, self.source.styles))
        dress: Dress | None = None
        for child in run:
            name, silent = local(child), self.source.fields.silent
            if name == "fldChar":
                ended = self.source.fields.mark(child)
                if ended is not None and ended.name == "FORMCHECKBOX" and not self.source.fields.silent:
                    self._text(box_of(ended.begin), BARE, href)
                elif ended is not None and ended.name in ("TOC", "INDEX", "TOA"):
                    self.source.found.omit("table of contents", f"{ended.name} field, made from the headings")
                elif ended is not None and ended.name == "EQ" and not ended.shows:
                    self.source.found.omit(ended.told, "formula of an old kind")
            elif name == "instrText":
                self.source.fields.tell(child.text or "")
            elif silent:
                continue
            elif look.hidden:
                self.hidden.append((child.text or "") if name == "t" else " ")
            elif name == "t":
                text = child.text or ""
                dress = self._dress(run, look, text) if dress is None or dress.style.startswith(FOREIGN) else dress
                self._letters(text, look, dress, self.source.fields.href or href)
            else:
                self._sign(child, name, dress or BARE, self.source.fields.href or href)

    def _dress(self, run: Element, look: Look, text: str) -> Dress:
        style = self.source.styles.find("character", value(run.find(f"{W}rPr/{W}rStyle")))
        typed = is_monospace(look.font) and not self.source.survey.typed
        if any(map(str.isalnum, text)):
            self.typed = typed and self.typed is not False
        if self.bare:
            return BARE
        name = CODE if self.code or style.kind == "code" or typed else self._foreign(text, look)
        return Dress(
            bold=bool(look.bold), italic=bool(look.italic), struck=bool(look.struck), shift=look.shift or "", style=name
        )

    def _foreign(self, text: str, look: Look) -> str:
        """Our style for the language of ``text``; empty for the document's own."""
        known = self.source.found.languages
        language = foreign(text, look, self.source.survey.language)
        if not language or (language not in known and len(known) >= _MOST_LANGUAGES):
            return ""
        return known.setdefault(language, f"{FOREIGN}{len(known)}")

    def _letters(self, text: str, look: Look, dress: Dress, href: str) -> None:
        """Text, its characters from fonts of symbols as symbols."""
        if not (look.font and _SYMBOLS.match(look.font) and _PRIVATE.search(text)):
            self._text(text, dress, href)
            return
        for char in text:
            if _PRIVATE.match(char):
                self.out.sign("sym", dress, href, font=look.font, char=f"{ord(char):04X}")
            else:
                self._text(char, dress, href)

    def _text(self, text: str, dress: Dress, href: str) -> None:
        """Text, but a box to tick in front of the paragraph is only remembered."""
        if self.tasks and not self.out.says and self.ticked is None and not self.code:
            bare = text.lstrip()
            if bare[:1] in TICKED:
                self.ticked = TICKED[bare[0]]
                text = bare[1:].lstrip("\ufe0e\ufe0f").lstrip()
        self.out.text(text, dress, href)

    def _sign(self, element: Element, name: str, dress: Dress, href: str) -> None:
        """What stands in a run beside text."""
        if name in ("tab", "ptab"):
            self.out.sign("tab", dress, href)
        elif name in ("br", "cr"):
            self.out.sign("br", dress, href)
        elif name in ("noBreakHyphen", "softHyphen"):
            self._text("\u2011" if name == "noBreakHyphen" else "\u00ad", dress, href)
        elif name == "sym":
            self._symbol(element, dress, href)
        elif name in ("footnoteReference", "endnoteReference"):
            self._reference(element, f"{name.removesuffix('Reference')}s")
        elif name in ("drawing", "pict", "object"):
            self._graphic(element)
        elif name == "AlternateContent":
            choice = chosen(element)
            for child in choice if choice is not None else ():
                if local(child) == "t":
                    self._text(child.text or "", dress, href)
                else:
                    self._sign(child, local(child), dress, href)
        elif name == "ruby":
            for base in element.iterchildren(f"{W}rubyBase"):
                self._children(base, href)

    def _symbol(self, element: Element, dress: Dress, href: str) -> None:
        font, code = element.get(f"{W}font") or "", element.get(f"{W}char") or ""
        if not re.fullmatch("[0-9A-Fa-f]{2,5}", code):
            return
        point = int(code, 16)
        box = WINGDINGS.get(point & 0xFF) if font.lower() == "wingdings" else None
        if box is not None:
            self._text(box, dress, href)
        elif _SYMBOLS.match(font):
            self.out.sign("sym", dress, href, font=font, char=code.upper())
        elif chr(point).isprintable() and not 0xD800 <= point < 0xF900:
            self._text(chr(point), dress, href)

    def _reference(self, element: Element, kind: str) -> None:
        source, found = self.source, self.source.found
        key = (kind, element.get(f"{W}id") or "")
        if source.in_note or key not in source.bodies:
            found.omit(f"note {key[1]}", "note in a note" if source.in_note else "note without a text")
            return
        if key not in found.notes:
            found.counted[kind] += 1
            count = found.counted[kind]
            label = written(count, source.marks.get(kind, "decimal"))
            own = next((part for part in element.itersiblings() if local(part) == "t"), None)
            if (
                own is not None
                and len(own.text or "") <= _LONGEST_MARK
                and (element.get(f"{W}customMarkFollows") or "0") in ("1", "true", "on")
            ):
                label = (own.text or "*").strip() or label
                own.text = ""
            name = f"{'fn' if kind == 'footnotes' else 'en'}-{count}"
            found.notes[key] = Note(
                id=name,
                label=label,
                body=source.bodies[key],
                kind=kind,
                number=found.paragraph,
                index=len(found.notes),
            )
        self.out.note(found.notes[key].index, found.notes[key].label)

    def _formula(self, element: Element, href: str) -> None:
        if self.source.fields.silent:
            return
        text = tex_of(element)
        self.typed = False
        self.out.text(text, Dress(style=DISPLAY if local(element) == "oMathPara" else MATH), href)

    def _graphic(self, element: Element) -> None:
        found = self.source.found
        self.rule = self.rule or is_rule(element)
        self.boxes.extend(boxes(element))
        shown, untold = pictures(element, self.source.links)
        for what, why in untold:
            found.omit(what, why)
        for picture in shown:
            self._picture(picture)

    def _picture(self, picture: Picture) -> None:
        number = len(self.source.found.pictures)
        self.source.found.pictures[number] = picture
        self.out.bookmark(f"{PICTURE}{number}")

    def _simple_field(self, element: Element, href: str) -> None:
        told = element.get(f"{W}instr") or ""
        name = next(iter(told.split(None, 1)), "").upper()
        if name in ("TOC", "INDEX", "TOA"):
            self.source.found.omit("table of contents", f"{name} field, made from the headings")
        elif name not in ("PAGE", "NUMPAGES", "SECTIONPAGES"):
            self._children(element, link_of(told) or href if name == "HYPERLINK" else href)

    def _control(self, element: Element, href: str) -> None:
        """A content control: what it holds, or the state of its box; a prompt that nobody answered is left out."""
        properties = element.find(f"{W}sdtPr")
        box = properties.find(f"{W14}checkbox") if properties is not None else None
        content = element.find(f"{W}sdtContent")
        if box is not None:
            checked = box.find(f"{W14}checked")
            self._text("☒" if checked is not None and is_on(checked, W14) else "☐", BARE, href)
        elif content is not None:
            prompt = properties.find(f"{W}showingPlcHdr") if properties is not None else None
            if prompt is not None and is_on(prompt):
                self.source.found.omit("".join(map(str, content.itertext())), "prompt of an empty form field")
            else:
                self._children(content, href)

    def _target(self, element: Element) -> str:
        link = self.source.links.get(element.get(f"{R}id") or "")
        anchor = element.get(f"{W}anchor") or ""
        if link is not None and link.external:
            return f"{link.target}#{anchor}" if anchor and "#" not in link.target else link.target
        return f"#{anchor}" if anchor else ""
