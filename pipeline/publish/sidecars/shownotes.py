"""Show notes: what the episode is about, its chapters, what it mentions and leaves out, whose it is, who reads it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipeline.contracts import Written
from pipeline.model.document import plain, spans
from pipeline.publish.sidecars._article_html import escape
from pipeline.publish.sidecars._article_tree import safe
from pipeline.publish.sidecars._page_words import language_of, own_language, synthetic, words_of
from pipeline.text.figures import figures
from pipeline.units import clock, ms_from_samples

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pipeline.model.episode import Edition
    from pipeline.model.show import Credit

HTML = "text/html"
TEXT = "text/plain"
_COMMONS = re.compile(r"https?://creativecommons\.org/licenses/([a-z-]+)/(\d\.\d)", re.IGNORECASE)
_LONG = 20
"""Characters of a word that fits a narrow screen."""
_FEW = 3
"""Fewer chapters need no list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A line of a list: a lead, words, where they lead to, and whether they are English in any article."""

    text: str
    lead: str = ""
    address: str = ""
    english: bool = False


def write(edition: Edition, out: Path) -> tuple[Written, ...]:
    """Write ``NAME.shownotes.html``, a piece of HTML for a feed or a page, and the same as ``NAME.shownotes.txt``."""
    lists = [(title, tuple(lines)) for title, lines in _lists(edition)]
    lists = [(title, lines) for title, lines in lists if lines]
    summary = " ".join((edition.tags.comment or edition.document.meta.description).split())
    texts = {
        f"{edition.name}.shownotes.html": (_html(summary, lists, edition), HTML),
        f"{edition.name}.shownotes.txt": (_text(summary, lists, edition), TEXT),
    }
    for name, (text, _) in texts.items():
        (out / name).write_text(text, encoding="utf-8", newline="\n")
    return tuple(Written(path=name, media_type=kind) for name, (_, kind) in texts.items())


def _lists(edition: Edition) -> Iterator[tuple[str, Iterable[_Line]]]:
    words = words_of(edition)
    rate_hz = edition.timeline.sample_rate_hz
    marks = edition.timeline.chapters
    times = (_Line(lead=clock(ms_from_samples(mark.start, rate_hz)), text=mark.title) for mark in marks)
    yield words["chapters"], times if len(marks) >= _FEW else ()
    yield words["links"], _links(edition)
    yield words["pictures"], (*_figures(edition), *map(_credit, edition.credits))
    omitted = (_Line(text=f"{one.what}: {one.why}", english=True) for one in edition.script.omitted)
    yield words["left_out"], dict.fromkeys(omitted)


def _credit(credit: Credit) -> _Line:
    told = (credit.title or credit.path, credit.licence, "" if safe(credit.source) else credit.source)
    return _Line(text=", ".join(filter(None, told)), address=safe(credit.source))


def _links(edition: Edition) -> Iterator[_Line]:
    """The addresses that the article names, each once, in the words that lead there."""
    found: dict[str, str] = {}
    for span in spans(edition.document.blocks):
        if address := safe(span.href):
            found.setdefault(address, span.text)
    for address, text in found.items():
        yield _Line(text=" ".join(text.split()) or address, address=address)


def _figures(edition: Edition) -> Iterator[_Line]:
    for one in figures(edition.document.blocks):
        words = tuple(filter(None, (" ".join(one.alt.split()), plain(one.caption))))
        if words and not one.decorative:
            yield _Line(text=" – ".join(dict.fromkeys(words)), address=safe(one.source))


def _facts(edition: Edition) -> Iterator[_Line]:
    tags, words = edition.tags, words_of(edition)
    if tags.link or tags.authors:
        by = f" {words['by'].replace('{}', ', '.join(tags.authors))}" if tags.authors else ""
        yield _Line(lead=words["article"], text=f"{tags.title}{by}", address=safe(tags.link))
    if tags.licence:
        yield _Line(lead=words["licence"], text=_licence(tags.licence), address=safe(tags.licence))
    if synthetic(edition):
        narrator = tags.narrator.removesuffix("(synthetic voice)").strip()
        text = f"{words['narrated']}{f' ({narrator})' if narrator else ''}."
        yield _Line(text=text, english=bool(own_language(edition)))


def _licence(told: str) -> str:
    """A licence's short name where its address tells it: "CC BY 4.0"."""
    known = _COMMONS.match(told)
    return f"CC {known[1].upper()} {known[2]}" if known else told


def _html(summary: str, lists: Iterable[tuple[str, tuple[_Line, ...]]], edition: Edition) -> str:
    own = own_language(edition)
    foreign = "" if language_of(edition).lower().startswith("en") else ' lang="en" dir="ltr"'
    out = [f"<p>{escape(summary)}</p>"] if summary else []
    for title, lines in lists:
        items = "\n".join(f"<li{foreign if line.english else ''}>{_linked(line)}</li>" for line in lines)
        out.append(f"<h2{own}>{escape(title)}</h2>\n<ul>\n{items}\n</ul>")
    out += [f"<p{foreign if line.english else ''}>{_linked(line, own)}</p>" for line in _facts(edition)]
    return "\n".join(out) + "\n"


def _linked(line: _Line, own: str = "") -> str:
    lead = f"{escape(line.lead)} " if line.lead else ""
    lead = f"<span{own}>{lead.strip()}</span> " if lead and own else lead
    text = " ".join(map(_breakable, line.text.split(" ")))
    if not line.address:
        return lead + text
    # links below each other with nothing beside them would be too narrow to be touched
    host = "" if lead or line.text == line.address else urlsplit(line.address).hostname or ""
    there = f" ({escape(host)})" if host else ""
    return f'{lead}<a href="{escape(line.address)}">{text}</a>{there}'


def _breakable(word: str) -> str:
    """A word that may be broken where it is long, as addresses and names of files are."""
    if len(word) <= _LONG:
        return escape(word)
    return "<wbr>".join(escape(piece) for piece in re.findall("[^/._%&-]+[/._%&-]*|[/._%&-]+", word))


def _text(summary: str, lists: Iterable[tuple[str, tuple[_Line, ...]]], edition: Edition) -> str:
    out = [summary] if summary else []
    for title, lines in lists:
        out.append("\n".join((title, *(f"- {_told(line)}" for line in lines))))
    out.append("\n".join(_told(line) for line in _facts(edition)))
    return "\n\n".join(out) + "\n"


def _told(line: _Line) -> str:
    there = f" <{line.address}>" if line.address and line.address != line.text else ""
    return f"{line.lead} {line.text}{there}".strip()
