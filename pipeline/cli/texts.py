"""Commands about text: nothing is spoken."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from pipeline.cli import options
from pipeline.cli.rendering import complain, shown
from pipeline.errors import PipelineError

_ARTICLES = click.argument("articles", nargs=-1, required=True, metavar="ARTICLE…", type=click.Path(path_type=Path))


@click.command()
@_ARTICLES
@options.max_input
@options.as_json
def outline(articles: tuple[Path, ...], max_input_bytes: int, as_json: bool) -> int:
    """Show title, language, length and headings of articles."""
    from pipeline import api
    from pipeline.model.codec import to_plain

    codes = [0]
    for article in articles:
        try:
            found = api.outline(article, max_input_bytes=max_input_bytes)
        except PipelineError as error:
            complain(error)
            codes.append(error.exit_code)
            continue
        if as_json:
            click.echo(json.dumps(to_plain(found), ensure_ascii=False))
            continue
        click.echo(f"{found.title}  ({found.language}, {found.words} words)")
        for section in found.sections:
            click.echo(f"{'  ' * max(1, section.level - 1)}{section.title}")
    return max(codes)


@click.command()
@click.argument("article", type=click.Path(path_type=Path))
@options.narrating
def narrate(article: Path, **chosen: Any) -> None:
    """Write the narration script of an article, or bring it up to date; your edits stay."""
    from pipeline import api

    narrated = api.narrate(article, options.collect(**chosen))
    utterances = list(narrated.script.utterances())
    click.echo(f"{shown(narrated.script_path)}  {len(utterances)} utterances, {len(narrated.script.chapters)} chapters")
    for omission in narrated.script.omitted:
        click.echo(f"note: left out: {omission.what} ({omission.why})", err=True)


@click.command()
@click.option("--language", default="en-US", show_default=True, metavar="TAG", help="Language as a BCP 47 tag.")
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
