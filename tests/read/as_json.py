"""A document as compact JSON that a person can read: what the ``.json`` file of each reader case holds.

A block is an object with one telling key (``h2``, ``p``, ``ul``, ``ol``, ``dl``, ``quote``, ``table``, ``figure``,
``code``, ``note``, ``aside``, ``break``). Text is a string in which a run with a look of its own stands in braces:
``{strong: very}``, ``{fr: déjà vu}``, ``{link=https://example.org: here}``, ``{note=fn-1: 1}``.
"""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from pipeline.model.document import (
    Aside,
    Block,
    Break,
    Code,
    Document,
    Figure,
    Footnote,
    Heading,
    Inline,
    List,
    Paragraph,
    Quote,
    Span,
    Table,
)

Json = dict[str, Any]


def as_json(document: Document) -> Json:
    """``document`` as plain values; empty fields are left out, and so are places in the source."""
    meta = document.meta
    said = {field.name: getattr(meta, field.name) for field in fields(meta)}
    return _filled(
        title=document.title,
        language=document.language,
        authors=list(document.authors),
        published=document.published,
        meta={name: value for name, value in said.items() if value not in ("", None)},
        blocks=[_block(block) for block in document.blocks],
        omitted=[f"{omission.what}: {omission.why}" for omission in document.omitted],
    )


def pretty(value: Json) -> str:
    """``value`` as the case files hold it."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def outline(document: Document) -> list[str]:
    """The headings, each with one ``#`` a level."""
    found = [block for block in document.blocks if isinstance(block, Heading)]
    return [f"{'#' * heading.level} {_text(heading.text)}" for heading in found]


def _block(block: Block) -> Json:
    match block:
        case Heading():
            return {f"h{block.level}": _text(block.text)}
        case Paragraph():
            return {"p": _text(block.text)}
        case List():
            if any(item.terms for item in block.items):
                return {"dl": [{" | ".join(map(_text, item.terms)): _blocks(item.blocks)} for item in block.items]}
            items = [_item(item.blocks, item.checked) for item in block.items]
            return {"ol": items, "start": block.start} if block.ordered else {"ul": items}
        case Quote():
            return _filled(quote=_blocks(block.blocks), cite=_text(block.cite))
        case Table():
            rows = [" | ".join(map(_text, row)) for row in block.rows]
            header = " | ".join(map(_text, block.header))
            return _filled(table=rows, header=header, row_header=block.row_header, caption=_text(block.caption))
        case Figure():
            kind = "" if block.kind == "image" else block.kind
            caption = _text(block.caption)
            return _filled(figure=block.source, kind=kind, alt=block.alt, caption=caption, decorative=block.decorative)
        case Code():
            return _filled(code=block.text, language=block.language)
        case Footnote():
            return {"note": block.id, "label": block.label, "blocks": _blocks(block.blocks)}
        case Aside():
            return {"aside": block.role, "blocks": _blocks(block.blocks)}
        case Break():
            return {"break": True}


def _item(blocks: tuple[Block, ...], checked: bool | None) -> Any:
    inner = _blocks(blocks)
    return inner if checked is None else {"done": checked, "item": inner}


def _blocks(blocks: tuple[Block, ...]) -> Any:
    """A single paragraph as its text, else a list of blocks."""
    if len(blocks) == 1 and isinstance(blocks[0], Paragraph):
        return _text(blocks[0].text)
    return [_block(block) for block in blocks]


def _text(text: Inline) -> str:
    return "".join(map(_span, text))


def _span(span: Span) -> str:
    looks = [span.emphasis, "code" if span.code else "", "formula" if span.formula else "", span.shift, span.language]
    looks += [f"{name}={value}" for name, value in (("link", span.href), ("note", span.note)) if value]
    looks += [f"for={span.expansion}"] if span.expansion else []
    said = " ".join(filter(None, looks))
    return f"{{{said}: {span.text}}}" if said else span.text


def _filled(**values: Any) -> Json:
    return {name: value for name, value in values.items() if value not in ("", [], {}, False)}
