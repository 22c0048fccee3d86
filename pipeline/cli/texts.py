"""Commands about text: nothing is spoken."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli import options
from pipeline.cli.every import each
from pipeline.cli.rendering import shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.api import Article, Options

_EXPLAIN = click.option("--explain", is_flag=True, help="Say on standard error what the reader left out, and why.")


@click.command()
@options.articles
@_EXPLAIN
@options.reading
@options.as_json
def outline(articles: tuple[Path | str, ...], explain: bool, as_json: bool, **chosen: Any) -> int:
    """Show title, language, length and headings of articles: files, addresses, books, feeds.

    With --json one line for each article.
    """
    from pipeline import api
    from pipeline.model.codec import to_plain

    def show(article: Article) -> None:
        found = api.outline(article)
        if as_json:
            click.echo(json.dumps(to_plain(found), ensure_ascii=False))
            return
        click.echo(f"{found.title}  ({found.language}, {found.words} words)")
        for section in found.sections:
            click.echo(f"{'  ' * max(1, section.level - 1)}{section.title}")

    return _read_each(articles, options.collect(**chosen), show, explain)


@click.command()
@options.articles
@_EXPLAIN
@options.reading
@options.as_json
def read(articles: tuple[Path | str, ...], explain: bool, as_json: bool, **chosen: Any) -> int:
    """Show what is read of articles: files, addresses, books, feeds.

    With --json the whole document of each article on a line of its own, with places in the source and what was left
    out.
    """
    from pipeline.cli.document_text import lines
    from pipeline.model.codec import to_plain

    def show(article: Article) -> None:
        if as_json:
            click.echo(json.dumps(to_plain(article.document), ensure_ascii=False))
            return
        for line in lines(article.document):
            click.echo(line)

    return _read_each(articles, options.collect(**chosen), show, explain)


@click.command()
@options.articles
@click.option(
    "--format",
    "form",
    type=click.Choice(["script", "ssml"]),
    default="script",
    show_default=True,
    help="ssml: also as SSML 1.1, for other synthesizers.",
)
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(path_type=Path),
    help="Folder for SSML documents [default: a single one goes to standard output].",
)
@options.narrating
def narrate(articles: tuple[Path | str, ...], form: str, folder: Path | None, **chosen: Any) -> int:
    """Write the narration scripts of articles, or bring them up to date; your edits stay."""
    from pipeline import api
    from pipeline.errors import UsageError
    from pipeline.store.files import write_atomic

    chosen_options = options.collect(**chosen)
    printed: list[str] = []
    if folder is not None and form != "ssml":
        raise UsageError("--output is for SSML; scripts go to the folder --scripts")

    def write(article: Path | Article) -> None:
        narrated = api.narrate(article, chosen_options)
        utterances = list(narrated.script.utterances())
        chapters = len(narrated.script.chapters)
        told = f"{shown(narrated.script_path)}  {len(utterances)} utterances, {chapters} chapters"
        click.echo(told, err=form == "ssml" and folder is None)
        if form == "ssml" and folder is not None:
            write_atomic(folder / f"{narrated.name}.ssml", api.ssml(narrated.script))
            click.echo(shown(folder / f"{narrated.name}.ssml"))
        elif form == "ssml":
            if printed:
                raise UsageError("only one SSML document can go to standard output: name a folder with --output")
            printed.append(narrated.name)
            click.echo(api.ssml(narrated.script).decode(), nl=False)
        for omission in narrated.script.omitted:
            click.echo(f"note: left out: {omission.what} ({omission.why})", err=True)

    return each(articles, chosen_options, write)


def _read_each(places: tuple[Path | str, ...], chosen: Options, show: Callable[[Article], None], explain: bool) -> int:
    """Show every article, whole, and where ``explain`` asks for it what was left out."""
    from pipeline import api

    def act(source: Path | Article) -> None:
        if isinstance(source, Path):
            return
        article = api.whole(source, chosen)
        show(article)
        for omission in article.document.omitted if explain else ():
            place = omission.position
            where = f"{place.part} line {place.line}".strip() if place.line else place.part
            click.echo(f"left out: {omission.what} ({omission.why}){f', {where}' if where else ''}", err=True)

    return each(places, chosen, act, scripts=False)


@click.command()
@options.language("Language as a BCP 47 tag.", "en-US", show_default=True)
@click.option("--explain", is_flag=True, help="Say on standard error which rule said what.")
def normalise(language: str, explain: bool) -> None:
    """Say written lines in words: each line of standard input gives one line on standard output."""
    from pipeline import api

    for line in sys.stdin:
        written = " ".join(line.split())
        said = api.normalise(written, language=language)
        click.echo(said.spoken)
        if explain:
            for rule, claim in said.claims:
                click.echo(f"  {rule}: “{written[claim.start : claim.end]}” → “{claim.spoken}”", err=True)
