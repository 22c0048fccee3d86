"""Commands that look and change nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli import options
from pipeline.cli.every import each
from pipeline.cli.rendering import shown

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.api import Article


@click.command()
@options.articles
@options.rendering
@options.as_json
def status(articles: tuple[Path | str, ...], as_json: bool, **chosen: Any) -> int:
    """Show what a render of articles would have to do."""
    from pipeline import api

    chosen_options = options.collect(**chosen)

    def show(article: Path | Article) -> None:
        found = api.status(article, chosen_options)
        if as_json:
            plain = {name: getattr(found, name) for name in found.__dataclass_fields__}
            click.echo(json.dumps({**plain, "script": shown(found.script)}, ensure_ascii=False))
            return
        fresh = found.utterances - found.speak
        click.echo(f"{found.name}: {found.utterances} utterances, {fresh} known")
        if found.speak or found.encode:
            click.echo(f"to speak: {found.speak} ({found.characters} characters); to encode: {found.encode}")
        else:
            click.echo("nothing to do: all of it is spoken and encoded")

    return each(articles, chosen_options, show)


@click.command()
@options.articles
@options.rendering
@options.as_json
def why(articles: tuple[Path | str, ...], as_json: bool, **chosen: Any) -> int:
    """Show why utterances of articles would be spoken or encoded again."""
    from pipeline import api

    chosen_options = options.collect(**chosen)

    def show(article: Path | Article) -> None:
        reasons = api.why(article, chosen_options)
        if not reasons and not as_json:
            click.echo("nothing is stale")
        for reason in reasons:
            if as_json:
                plain = {name: getattr(reason, name) for name in reason.__dataclass_fields__}
                click.echo(json.dumps(plain, ensure_ascii=False))
            else:
                click.echo(f"{reason.work} {reason.utterance}: {reason.why}\n    {reason.text}")

    return each(articles, chosen_options, show)


@click.command()
@options.as_json
def voices(as_json: bool) -> None:
    """List the voices of all engines, and what those that are not ready need."""
    from pipeline import api

    for engine, voice in api.voices():
        name = f"{engine}:{voice.speaker}" if voice.speaker else engine
        if as_json:
            plain = {field: getattr(voice, field) for field in voice.__dataclass_fields__}
            click.echo(json.dumps({"voice": name, "engine": engine, **plain}, ensure_ascii=False))
        else:
            ready = "" if voice.ready else f"  (not ready: {voice.needs})"
            click.echo(f"{name:<24} {voice.language:<10} {voice.description}{ready}")


@click.command()
@options.as_json
def plugins(as_json: bool) -> None:
    """List all plug-ins: readers, wordings, rules, engines, encoders, sidecars."""
    from pipeline import api

    for plugin in api.plugin_list():
        if as_json:
            plain = {name: getattr(plugin, name) for name in plugin.__dataclass_fields__}
            click.echo(json.dumps(plain, ensure_ascii=False))
        else:
            click.echo(f"{plugin.kind:<9} {plugin.name:<16} {plugin.summary}")
