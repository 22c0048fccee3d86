"""A script as SSML 1.1 (https://www.w3.org/TR/speech-synthesis11/), for any other synthesizer.

Chapters and pauses begin paragraphs, an utterance is a sentence with a mark of its id. A word that is said otherwise
than it is written stands in ``<sub alias="what is said">what is written</sub>``, so that nothing of the map between
the two is lost. Which take is meant, music under speech, and the usual pauses, cannot be told in SSML.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from lxml import etree

from pipeline.model.script import Bed, BedEnd, Part, Pause, Play, Utterance
from pipeline.text.parts import line_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model.script import Chapter, Script, SpanMap

NAMESPACE = "http://www.w3.org/2001/10/synthesis"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_UNTELLABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, not even as a number."""


def dumps(script: Script) -> bytes:
    """The script as an SSML document in UTF-8."""
    return etree.tostring(document(script), xml_declaration=True, encoding="UTF-8") + b"\n"


def document(script: Script) -> Any:
    """The root element of the script in SSML."""
    nsmap: Any = {None: NAMESPACE, "dc": DUBLIN_CORE}
    root = etree.Element(f"{{{NAMESPACE}}}speak", nsmap=nsmap)
    root.set("version", "1.1")
    root.set(_XML_LANG, script.language)
    facts = [("title", script.title), *(("creator", author) for author in script.authors), ("date", script.published)]
    if any(value for _, value in facts):
        metadata = _element(root, "metadata")
        for name, value in facts:
            if value:
                etree.SubElement(metadata, f"{{{DUBLIN_CORE}}}{name}").text = _clean(value)
    for chapter in script.chapters:
        _chapter(root, chapter)
    _indent(root)
    return root


def _chapter(root: Any, chapter: Chapter) -> None:
    """The chapter's mark, and its lines; a pause, a recording and a heading end a paragraph."""
    _element(root, "mark", name=chapter.id)
    paragraph = None
    for line in chapter.spoken_lines():
        if isinstance(line, Bed | BedEnd):
            continue
        if isinstance(line, Pause):
            _element(root, "break", time=f"{line.duration_ms}ms")
            paragraph = None
        elif isinstance(line, Play):
            _element(root, "audio", src=quote(line.path, safe="/~"))
            paragraph = None
        else:
            heading = line.role in {"heading", "subheading"}
            if paragraph is None or heading:
                paragraph = _element(root, "p")
            _sentence(paragraph, line, marked=line.id != chapter.id)
            paragraph = None if heading else paragraph


def _sentence(paragraph: Any, line: Utterance, *, marked: bool) -> None:
    sentence = _element(paragraph, "s")
    language = line_language(line.parts)
    if language:
        sentence.set(_XML_LANG, language)
    if marked:
        _element(sentence, "mark", name=line.id)
    inner = sentence
    if line.voice:
        inner = _element(inner, "voice", name=_clean(line.voice))
    if line.rate_percent != 100:
        inner = _element(inner, "prosody", rate=f"{line.rate_percent}%")
    place = 0
    for part in line.parts or (Part(text=line.spoken, language=language),):
        target = inner
        if part.voice and part.voice != line.voice:
            target = _element(target, "voice", name=_clean(part.voice))
        if part.language and part.language != language:
            target = _element(target, "lang")
            target.set(_XML_LANG, part.language)
        if part.ipa:
            _say(target, part.text[: len(part.text) - len(part.text.lstrip())])
            _element(target, "phoneme", alphabet="ipa", ph=_clean(part.ipa)).text = _clean(part.text.strip())
            _say(target, part.text[len(part.text.rstrip()) :])
        else:
            for text, alias in _words(line, place, place + len(part.text)):
                if alias:
                    _element(target, "sub", alias=_clean(alias)).text = _clean(text)
                else:
                    _say(target, text)
        place += len(part.text)


def _words(line: Utterance, start: int, end: int) -> Iterator[tuple[str, str]]:
    """``spoken[start:end]`` in pieces: (text, "") as it is, or (written, spoken) where the two differ."""
    place = start
    for span in line.spans:
        written, spoken = _both(line, span)
        other = bool(written) and bool(spoken) and written.casefold() != spoken.casefold()
        if other and place <= span.spoken_start and span.spoken_end <= end:
            yield line.spoken[place : span.spoken_start], ""
            yield written, spoken
            place = span.spoken_end
    yield line.spoken[place:end], ""


def _both(line: Utterance, span: SpanMap) -> tuple[str, str]:
    return line.written[span.start : span.end].strip(), line.spoken[span.spoken_start : span.spoken_end]


def _element(parent: Any, tag: str, /, **attributes: str) -> Any:
    return etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}", attributes)


def _say(element: Any, text: str) -> None:
    """Add text at the end of an element."""
    text = _clean(text)
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _clean(text: str) -> str:
    return _UNTELLABLE.sub(" ", text)


def _indent(root: Any) -> None:
    """A line for each sentence and each thing between paragraphs; nothing within a sentence."""
    root.text = "\n"
    for child in root:
        child.tail = "\n"
        if child.tag == f"{{{NAMESPACE}}}p":
            child.text = "\n"
            for sentence in child:
                sentence.tail = "\n"
