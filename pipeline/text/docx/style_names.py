"""What the name of a Word style says: Word's own names, pandoc's, LibreOffice's, Google's, and localised ones."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.text.plain_terms import terms

_HEADING = re.compile(
    r"(?:heading|überschrift|ueberschrift|berschrift|titre|título|titulo|ttulo|titolo|rubrik|kop|nagłówek|nagwek|"
    r"overskrift|otsikko|encabezado|intestazione|cabeçalho|nadpis|başlık|címsor|naslov|заголовок|标题|標題|見出し|제목)"
    r" ?([1-9])"
)
_NAMES = {
    "title": "title|titel|titre|título|titolo|tittel|otsikko|tytuł|название|заголовок|标题|標題|表題|제목",
    "subtitle": (
        "subtitle|untertitel|sous-titre|subtítulo|subtitulo|sottotitolo|undertitel|ondertitel|podtytuł|подзаголовок|"
        "副标题|副標題|副題|부제"
    ),
    "author": "author|authors|autor|autoren|auteur|autore|byline",
    "date": "date|datum",
    "quote": (
        "quote|quotes|quotation|quotations|intense quote|block text|block quote|blockquote|block quotation|long quote|"
        "zitat|intensives zitat|blocktext|citation|citation intense|cita|cita destacada|citazione|citazione intensa|"
        "citat|starkt citat|citaat|duidelijk citaat|citação|citação intensa|cytat|цитата|выделенная цитата|引用|"
        "明显引用|인용"
    ),
    "pullquote": "pull quote|pullquote|pull-quote",
    "code": (
        "source code|code|code block|codeblock|code listing|code example|program listing|listing|macro text|macro|"
        "computer code|console|terminal|verbatim|quelltext|quellcode|code source|preformatted text|preformatted|"
        "vorformatierter text"
    ),
    "typed": "plain text|html preformatted|nur text|html vorformatiert|texte brut|préformaté html",
    "table caption": "table caption|tabellenbeschriftung|table title",
    "image caption": "image caption|figure caption|picture caption|bildunterschrift|figure title",
    "caption": (
        "caption|beschriftung|légende|legende|leyenda|epígrafe|didascalia|legenda|bildtext|bijschrift|podpis|"
        "название объекта|题注|図表番号|캡션"
    ),
    "term": "definition term|begriff",
    "definition": "definition|list definition|definition description",
    "table heading": "table heading|table header|tabellenüberschrift|tabellen überschrift|titre de tableau",
    "break": "horizontal line|horizontale linie|ligne horizontale|línea horizontal|linea orizzontale",
    "toc": "toc heading|table of figures|table of authorities|toa heading|contents heading|index heading",
}
"""Kind of paragraph → names of its styles, lower case."""
_KINDS = {name: kind for kind, names in _NAMES.items() for name in names.split("|")}
_IDS = {name.replace(" ", ""): kind for name, kind in _KINDS.items()}
_TOC = re.compile(r"(?:toc|contents|index|verzeichnis|table of contents) ?\d")
_BOX = re.compile(
    r"(warning|caution|danger|important|note|tip|hint|info|notice|admonition|callout|example|sidebar|aside)"
    r"(?:[ -]?(?:text|box|block|body|paragraph))?"
)
_CODE_IN = re.compile(r"(?:source )?code[ :-]+([a-z0-9+#.-]{1,20})")
_INLINE_CODE = terms(
    "verbatim char|html code|code|code char|inline code|code in text|source text|source code char|teletype|"
    "html typewriter|html keyboard|html sample|user entry|quelltext|verbatim|verbatimchar|htmlcode|inlinecode",
    "|",
)
_LIST = re.compile(r"list ?(bullet|number|continue) ?([2-9])?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a style's name says.

    Attributes:
        kind: Of a paragraph: ``"heading"``, ``"title"``, ``"quote"``, ``"code"``, ``"typed"`` (code, or a whole text
            from a typewriter), ``"box"``, ``"list bullet"`` …; of characters: ``"code"``, ``"strong"``, ``"emphasis"``.
        level: Of a heading, from 1; of a list, from 0.
        words: A programming language, or the kind of a box.
    """

    kind: str
    level: int = 0
    words: str = ""


def meaning(family: str, name: str, *, defined: bool = True) -> Meaning | None:
    """What a style called ``name`` means; None where the name says nothing.

    Args:
        family: ``"paragraph"``, ``"character"`` or another, which means nothing.
        name: Its name.
        defined: False if the file does not define the style, so that ``name`` is its id, which holds no blanks.
    """
    name = " ".join(name.lower().split())
    if family == "character":
        if name in _INLINE_CODE:
            return Meaning(kind="code")
        return Meaning(kind=name) if name in ("strong", "emphasis") and not defined else None
    if family != "paragraph":
        return None
    heading, listed, code, box = (pattern.fullmatch(name) for pattern in (_HEADING, _LIST, _CODE_IN, _BOX))
    kind = _KINDS.get(name, "" if defined else _IDS.get(name, ""))
    if heading:
        return Meaning(kind="heading", level=int(heading[1]))
    if kind or _TOC.fullmatch(name):
        return Meaning(kind=kind or "toc")
    if listed:
        return Meaning(kind=f"list {listed[1]}", level=int(listed[2] or 1) - 1)
    if code:
        return Meaning(kind="code", words=code[1])
    return Meaning(kind="box", words=box[1]) if box else None
