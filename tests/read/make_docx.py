"""Word files for the tests, made from text files that a person can read.

The text is XML in which ``<p style="Heading 1">``, ``<b>``, ``<table>``, ``<image>`` and the like stand for what Word
writes at length (`SHORT` lists them); elements with a prefix (``w:``, ``m:``, ``wp:`` …) are Word's own.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from typing import Any

from lxml import etree

SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wp15": "http://schemas.microsoft.com/office/word/2012/wordprocessingDrawing",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}
HEADER = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in SPACES.items())
SHORT = {
    "p": "paragraph: style, list, level",
    "b i s sub sup code": "looks of text",
    "lang": "text in another language: is",
    "a": "link: href",
    "note endnote": "mark of a note: id",
    "br tab": "line break, tab",
    "image": "picture: src, alt or decorative",
    "chart": "drawn from numbers: src, alt",
    "video": "film from the web: src, title",
    "box": "text box: paragraphs",
    "table row cell": "table: style, first-row, first-column; row: header; cell: columns, merge",
    "footnote": "text of a note, beside the paragraphs: id; endnote likewise, with paragraphs in it",
    "list": "beside the paragraphs: id, kind (bullet, decimal …), start, text; of: another list that it begins anew",
    "style": "beside the paragraphs: name, based-on, outline",
    "comment header": "beside the paragraphs, with paragraphs in them; comment: id",
    "properties": "beside the paragraphs: language, title, creator, created, description",
}
_LOOKS = {
    "b": "<w:b/>",
    "i": "<w:i/>",
    "s": "<w:strike/>",
    "sub": '<w:vertAlign w:val="subscript"/>',
    "sup": '<w:vertAlign w:val="superscript"/>',
    "code": '<w:rStyle w:val="VerbatimChar"/>',
}
_STYLES = (
    *(f"Heading {level}" for level in range(1, 7)),
    *("Title", "Subtitle", "Author", "Date", "Quote", "Pull Quote", "Caption", "Source Code", "Code Python"),
    *("Definition Term", "Definition", "Warning", "List Bullet", "List Number", "toc 1", "Plain Text"),
)
_CORE = {"title": "dc", "creator": "dc", "description": "dc", "created": "dcterms"}
_TYPES = f"{SPACES['r']}/"


def docx(text: str, **changed: bytes | None) -> bytes:
    """The Word file that ``text`` describes.

    Args:
        text: See above, without a root.
        changed: Parts that are put in the place of those made (``document=b"…"``), or left out (None).
    """
    root = etree.fromstring(f"<docx {HEADER}>{text}</docx>".encode())
    made = _Made()
    body = "".join(made.block(child) for child in root)
    parts: dict[str, bytes | None] = {
        "document": f"<w:document {HEADER}><w:body>{body}</w:body></w:document>".encode(),
        "styles": made.styles().encode(),
        "numbering": f"<w:numbering {HEADER}>{''.join(made.lists)}{''.join(made.nums)}</w:numbering>".encode(),
        "footnotes": f"<w:footnotes {HEADER}>{''.join(made.footnotes)}</w:footnotes>".encode(),
        "endnotes": f"<w:endnotes {HEADER}>{''.join(made.endnotes)}</w:endnotes>".encode(),
        "comments": f"<w:comments {HEADER}>{''.join(made.comments)}</w:comments>".encode(),
        "header1": f"<w:hdr {HEADER}>{''.join(made.headers)}</w:hdr>".encode(),
        **changed,
    }
    names = {name: f"word/{name}.xml" for name in parts}
    links = [(f"p{name}", name.rstrip("1"), f"{name}.xml", False) for name in parts if name != "document"]
    files: dict[str, bytes] = {
        "_rels/.rels": _rels([("d", "officeDocument", "word/document.xml", False)]),
        "word/_rels/document.xml.rels": _rels(links + made.links),
        "word/_rels/footnotes.xml.rels": _rels(made.links),
        "word/_rels/endnotes.xml.rels": _rels(made.links),
        "docProps/core.xml": _core(made.core),
        **{names[name]: data for name, data in parts.items() if data is not None},
    }
    return zipped(files)


def zipped(files: dict[str, bytes]) -> bytes:
    """A ZIP archive of ``files``, packed as Word packs it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """The files of an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


class _Made:
    """What the text asks for beside its body."""

    def __init__(self) -> None:
        self.lists: list[str] = []
        self.nums: list[str] = []
        self.footnotes: list[str] = []
        self.endnotes: list[str] = []
        self.comments: list[str] = []
        self.headers: list[str] = []
        self.links: list[tuple[str, str, str, bool]] = []
        self.more: list[str] = []
        self.language = "en-GB"
        self.core: dict[str, str] = {}

    def block(self, element: Any) -> str:
        """A child of the root, a cell or a note."""
        name, get = element.tag, element.get
        if not isinstance(name, str):
            return ""
        match name:
            case "p":
                listed = (
                    f'<w:numPr><w:ilvl w:val="{get("level", "0")}"/><w:numId w:val="{get("list")}"/></w:numPr>'
                    if get("list")
                    else ""
                )
                style = f'<w:pStyle w:val="{get("style", "").replace(" ", "")}"/>' if get("style") else ""
                return f"<w:p><w:pPr>{style}{listed}</w:pPr>{self.inside(element, '')}</w:p>"
            case "table":
                flags = f'w:firstRow="{get("first-row", "0")}" w:firstColumn="{get("first-column", "0")}"'
                style = f'<w:tblStyle w:val="{get("style", "Plain")}"/>'
                return f"<w:tbl><w:tblPr>{style}<w:tblLook {flags}/></w:tblPr>{self.blocks(element)}</w:tbl>"
            case "row":
                head = "<w:trPr><w:tblHeader/></w:trPr>" if get("header") else ""
                return f"<w:tr>{head}{self.blocks(element)}</w:tr>"
            case "cell":
                wide = f'<w:gridSpan w:val="{get("columns")}"/>' if get("columns") else ""
                down = f'<w:vMerge w:val="{get("merge")}"/>' if get("merge") else ""
                inner = self.blocks(element) if len(element) and element[0].tag == "p" else self.line(element)
                return f"<w:tc><w:tcPr>{wide}{down}</w:tcPr>{inner}</w:tc>"
            case "footnote" | "endnote":
                notes = self.footnotes if name == "footnote" else self.endnotes
                notes.append(f'<w:{name} w:id="{get("id")}">{self.blocks(element)}</w:{name}>')
            case "comment":
                self.comments.append(f'<w:comment w:id="{get("id")}">{self.blocks(element)}</w:comment>')
            case "header":
                self.headers.append(self.blocks(element))
            case "list":
                self.numbering(element)
            case "style":
                self.more.append(_style(get("name"), get("based-on"), get("outline")))
            case "properties":
                self.language = get("language", self.language)
                self.core = dict(element.attrib)
            case _:
                return etree.tostring(element, with_tail=False).decode()
        return ""

    def blocks(self, element: Any) -> str:
        return "".join(self.block(child) for child in element)

    def line(self, element: Any) -> str:
        return f"<w:p>{self.inside(element, '')}</w:p>"

    def inside(self, element: Any, look: str) -> str:
        """The runs in ``element``."""
        parts = [_run(element.text, look)]
        for child in element:
            parts.append(self.inline(child, look))
            parts.append(_run(child.tail, look))
        return "".join(parts)

    def inline(self, element: Any, look: str) -> str:
        name, get = element.tag, element.get
        match name:
            case "b" | "i" | "s" | "sub" | "sup" | "code":
                return self.inside(element, look + _LOOKS[name])
            case "lang":
                return self.inside(element, f'{look}<w:lang w:val="{get("is")}"/>')
            case "a":
                name = self.link("hyperlink", get("href"), True)
                return f'<w:hyperlink r:id="{name}">{self.inside(element, look)}</w:hyperlink>'
            case "note" | "endnote":
                kind = "footnote" if name == "note" else "endnote"
                return f'<w:r><w:{kind}Reference w:id="{get("id")}"/></w:r>'
            case "br" | "tab":
                return f"<w:r><w:{name}/></w:r>"
            case "image":
                mark = '<a:extLst><a:ext uri="d"><adec:decorative val="1"/></a:ext></a:extLst>'
                about = (
                    f'<wp:docPr id="1" name="p" descr="{get("alt", "")}">{mark if get("decorative") else ""}</wp:docPr>'
                )
                blip = f'<a:blip r:embed="{self.link("image", get("src"), False)}"/>'
                return _drawing(about, f"<pic:pic><pic:blipFill>{blip}</pic:blipFill></pic:pic>")
            case "video":
                frame = f"&lt;iframe src=&quot;{get('src')}&quot;&gt;&lt;/iframe&gt;"
                film = (
                    f'<a:extLst><a:ext uri="v"><wp15:webVideoPr embeddedHtml="{frame}" h="1" w="1"/></a:ext></a:extLst>'
                )
                return _drawing(f'<wp:docPr id="1" name="v" descr="{get("title")}">{film}</wp:docPr>', "")
            case "chart":
                link = f'r:id="{self.link("chart", get("src"), False)}"' if get("src") else ""
                about = f'<wp:docPr id="1" name="c" descr="{get("alt", "")}"/>'
                return _drawing(about, f"<c:chart {link}/>")
            case "box":
                held = f"<w:txbxContent>{self.blocks(element)}</w:txbxContent>"
                new = _drawing(
                    '<wp:docPr id="1" name="b"/>', f"<wps:wsp><wps:txbx>{held}</wps:txbx></wps:wsp>", bare=True
                )
                old = f"<w:pict><v:shape><v:textbox>{held}</v:textbox></v:shape></w:pict>"
                return (
                    f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{new}</mc:Choice>'
                    f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
                )
        return etree.tostring(element, with_tail=False).decode()

    def link(self, kind: str, target: str, external: bool) -> str:
        name = f"l{len(self.links)}"
        self.links.append((name, kind, target, external))
        return name

    def numbering(self, element: Any) -> None:
        """Nine levels of one kind, or another list that continues them from a number of its own."""
        get, name = element.get, element.get("id")
        kind, start = get("kind", "decimal"), f'<w:start w:val="{get("start", "1")}"/>'
        change = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{get("start")}"/></w:lvlOverride>'
        levels = "".join(
            f'<w:lvl w:ilvl="{at}">{start}<w:numFmt w:val="{kind}"/>'
            f'<w:lvlText w:val="{get("text", "•" if kind == "bullet" else f"%{at + 1}.")}"/>'
            f'<w:pPr><w:ind w:left="{720 * (at + 1)}"/></w:pPr></w:lvl>'
            for at in range(9)
        )
        if not get("of"):
            self.lists.append(f'<w:abstractNum w:abstractNumId="{name}">{levels}</w:abstractNum>')
        abstract = f'<w:abstractNumId w:val="{get("of", name)}"/>'
        self.nums.append(f'<w:num w:numId="{name}">{abstract}{change if get("of") else ""}</w:num>')

    def styles(self) -> str:
        styles = "".join([*(_style(name) for name in _STYLES), *self.more])
        looks = "".join(
            f'<w:tblStylePr w:type="{part}"><w:rPr><w:b/></w:rPr></w:tblStylePr>' for part in ("firstRow", "firstCol")
        )
        return (
            f"<w:styles {HEADER}><w:docDefaults><w:rPrDefault><w:rPr>"
            f'<w:lang w:val="{self.language}"/></w:rPr></w:rPrDefault></w:docDefaults>{styles}'
            '<w:style w:type="character" w:styleId="VerbatimChar"><w:name w:val="Verbatim Char"/></w:style>'
            f'<w:style w:type="table" w:styleId="Lined"><w:name w:val="Lined"/>{looks}</w:style>'
            '<w:style w:type="table" w:styleId="Plain"><w:name w:val="Plain"/></w:style></w:styles>'
        )


def _run(text: str | None, look: str) -> str:
    if not text:
        return ""
    holder = etree.Element("t")
    holder.text = text
    escaped = etree.tostring(holder).decode().removeprefix("<t>").removesuffix("</t>")
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escaped}</w:t></w:r>'


def _drawing(about: str, held: str, *, bare: bool = False) -> str:
    graphic = f'<a:graphic><a:graphicData uri="g">{held}</a:graphicData></a:graphic>'
    drawing = f"<w:drawing><wp:inline>{about}{graphic}</wp:inline></w:drawing>"
    return drawing if bare else f"<w:r>{drawing}</w:r>"


def _style(name: str, based_on: str | None = None, outline: str | None = None) -> str:
    base = f'<w:basedOn w:val="{based_on.replace(" ", "")}"/>' if based_on else ""
    level = f'<w:pPr><w:outlineLvl w:val="{outline}"/></w:pPr>' if outline else ""
    spelled = f'<w:name w:val="{name.replace("Heading", "heading")}"/>'
    return f'<w:style w:type="paragraph" w:styleId="{name.replace(" ", "")}">{spelled}{base}{level}</w:style>'


def _rels(links: Iterable[tuple[str, str, str, bool]]) -> bytes:
    root = etree.Element("Relationships", xmlns="http://schemas.openxmlformats.org/package/2006/relationships")
    for name, kind, target, external in links:
        entry = etree.SubElement(root, "Relationship", Id=name, Type=_TYPES + kind, Target=target)
        if external:
            entry.set("TargetMode", "External")
    return etree.tostring(root)


def _core(said: dict[str, str]) -> bytes:
    spaces = {
        "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
        "dc": "http://purl.org/dc/elements/1.1/",
        "dcterms": "http://purl.org/dc/terms/",
    }
    root = etree.Element(f"{{{spaces['cp']}}}coreProperties", nsmap=spaces)
    for name, space in _CORE.items():
        if name in said:
            etree.SubElement(root, f"{{{spaces[space]}}}{name}").text = said[name]
    return etree.tostring(root)
