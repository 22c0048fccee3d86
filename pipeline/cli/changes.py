"""The command that tells what has changed, in words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli import options
from pipeline.cli.every import each
from pipeline.cli.rendering import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.api import Article, Difference
    from pipeline.narrate.changes import Change

_SIGNS = {"added": "+", "removed": "-", "changed": "~"}
_MARKS = {"": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}


@click.command()
@options.articles
@options.rendering
@options.as_json
def diff(articles: tuple[Path | str, ...], as_json: bool, **chosen: Any) -> int:
    """Show what the voice will say differently than in the last render.

    Words that will be gone stand between [- and -], words that will be new between {+ and +}. With --json one line
    for each article.
    """
    from pipeline import api

    chosen_options = options.collect(**chosen)

    def show(article: Path | Article) -> None:
        found = api.diff(article, chosen_options)
        if as_json:
            click.echo(json.dumps(plain(found), ensure_ascii=False))
            return
        for line in lines(found):
            click.echo(line)

    return each(articles, chosen_options, show)


def plain(found: Difference) -> dict[str, Any]:
    """A difference for programs."""
    from pipeline.model.codec import to_plain

    fields = {name: getattr(found, name) for name in found.__dataclass_fields__}
    return fields | {"script": shown(found.script), "changes": [to_plain(change) for change in found.changes]}


def lines(found: Difference) -> Iterator[str]:
    """A difference as people read it."""
    if not found.rendered and found.made:
        yield (
            f"{found.name}: rendered before, but the cache (--store) does not know what was said then: it was deleted, "
            "or is another one; render to have it known again - only what the cache lacks is spoken"
        )
        return
    if not found.rendered:
        yield f"{found.name}: nothing is known of a last render; all of it will be new"
        return
    counts = [
        *(_count([one for one in found.changes if one.kind == kind], kind) for kind in ("changed", "added", "removed")),
        f"{found.moved} moved" if found.moved else "",
        f"{found.pauses} pauses" if found.pauses else "",
    ]
    told = ", ".join(filter(None, counts)) or "the voice says the same words"
    yield f"{found.name}: {told}; {found.same} as before"
    chapter = None
    for change in found.changes:
        if change.chapter != chapter:
            chapter = change.chapter
            yield f"\n# {chapter}".rstrip()
        yield from _change(change)
    if found.sound:
        yield ""
    for why, count in found.sound:
        yield f"{count} × {why}"


def _change(change: Change) -> Iterator[str]:
    marked = change.kind == "changed"
    text = " ".join(_MARKS[words.kind if marked else ""].format(words.text) for words in change.words)
    yield f"{_SIGNS[change.kind]} {text}"
    for how in change.how:
        yield f"    {how}"


def _count(some: list[Change], kind: str) -> str:
    return f"{len(some)} {kind}" if some else ""
