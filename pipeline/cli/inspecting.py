"""Commands that look and change nothing."""

from __future__ import annotations

import itertools
import json
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli import options
from pipeline.cli.every import each
from pipeline.cli.rendering import shown

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.api import Article
    from pipeline.contracts import VoiceInfo


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


_MANY = 8
"""An engine with more voices is shown by its first ones, unless it is asked for."""


@click.command()
@click.option("--get", default="", metavar="VOICE", help="Download a voice that is not included, such as hibari:emma.")
@click.option("--engine", default="", metavar="NAME", help="All voices of one engine.")
@options.language("All voices of one language, such as en or pt-BR.")
@click.option("--ready", is_flag=True, help="Only voices that can speak now.")
@options.as_json
def voices(get: str, engine: str, language: str, ready: bool, as_json: bool) -> None:
    """List the voices of all engines, and what those that are not ready need; or get one.

    The voice that is used unless you say otherwise comes first.
    """
    from pipeline import api
    from pipeline.errors import UsageError

    if get:
        path = api.fetch_voice(get)
        click.echo(json.dumps({"voice": get, "path": shown(path)}) if as_json else f"{get} is ready: {shown(path)}")
        return
    found = api.voices(engine, language, ready=ready)
    if not found and not as_json:
        what = f"speaks {language!r}" if language else "is ready"
        raise UsageError(f"no voice {what}{f' among those of {engine}' if engine else ''}")
    for name, group in itertools.groupby(found, key=itemgetter(0)):
        listed = [voice for _, voice in group]
        if as_json:
            for voice in listed:
                plain = {field: getattr(voice, field) for field in voice.__dataclass_fields__}
                click.echo(json.dumps({"voice": _asked_as(name, voice), "engine": name, **plain}, ensure_ascii=False))
        else:
            _show_engine(name, listed, whole=bool(engine or language))


def _show_engine(engine: str, listed: list[VoiceInfo], *, whole: bool) -> None:
    """An engine's voices under its name; where none is ready, what they need stands beside it once."""
    ready = sum(voice.ready for voice in listed)
    needs = {voice.needs for voice in listed}
    common = not ready and len(needs) == 1
    click.echo(f"{engine}: not ready: {needs.pop()}" if common else f"{engine}: {_counted(ready, len(listed))}")
    most = len(listed) if whole or len(listed) <= _MANY else _MANY // 2
    for voice in listed[:most]:
        if voice.speaker or not common:
            state = "" if voice.ready or common else f"  (not ready: {voice.needs})"
            click.echo(f"  {_asked_as(engine, voice):<22} {voice.language:<10} {voice.description}{state}")
    if most < len(listed):
        click.echo(f"  … and {len(listed) - most} more: articlecast voices --engine {engine}")


def _counted(ready: int, there: int) -> str:
    voices = "1 voice" if there == 1 else f"{there} voices"
    return f"{voices}, ready" if ready == there else f"{ready} of {voices} ready"


def _asked_as(engine: str, voice: VoiceInfo) -> str:
    """What ``--voice`` is given for it."""
    return f"{engine}:{voice.speaker}" if voice.speaker else engine


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
