"""Commands about lexicons: how words are said that no voice can be expected to know."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli import options
from pipeline.cli.every import each
from pipeline.cli.rendering import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.api import Article, LexiconEntry, UnknownWord

_SCOPE = (
    click.option("--episode", default="", metavar="NAME", help="The lexicon of one episode, beside its script."),
    click.option("--site", is_flag=True, help="The lexicon of all shows, in your settings folder."),
)
_EPISODE = click.option("--episode", default="", metavar="NAME", help="With the lexicon of this episode.")


@click.group(short_help="How words are said that no voice knows.")
def lexicon() -> None:
    """Say how words are said that no voice can be expected to know.

    A lexicon lies beside show.toml, lexicon.toml; one for a single episode beside its script, NAME.lexicon.toml; and
    one for all shows in your settings folder. Where several speak of a word, the nearest to the article wins.
    """


@lexicon.command()
@options.articles
@options.rendering
@options.as_json
def check(articles: tuple[Path | str, ...], as_json: bool, **chosen: Any) -> int:
    """List words of articles that no lexicon says and no engine's dictionary has.

    With how often they are said, how the voice would say them, and where first.
    """
    from pipeline import api
    from pipeline.model.codec import to_plain

    chosen_options = options.collect(**chosen)
    found: dict[tuple[str, str], tuple[UnknownWord, int, list[str]]] = {}

    def look(article: Path | Article) -> None:
        where = shown(article) if isinstance(article, Path) else article.document.title
        for word in api.lexicon_unknown(article, chosen_options):
            key = (word.word, word.language.partition("-")[0])
            first, count, places = found.get(key, (word, 0, []))
            found[key] = (first, count + word.count, [*places, where])

    code = each(articles, chosen_options, look)
    for word, count, places in sorted(found.values(), key=lambda one: (-one[1], one[0].word.casefold())):
        if as_json:
            click.echo(json.dumps({**to_plain(word), "count": count, "articles": places}, ensure_ascii=False))
            continue
        sounds = f"  /{word.sounds}/ by {word.engine}" if word.sounds else ""
        click.echo(f"{count:>4} × {word.word}  ({word.why}){sounds}\n       {word.sentence}")
    if not found and not as_json and not code:
        click.echo("every word is known")
    return code


@lexicon.command()
@click.argument("words", nargs=-1, required=True, metavar="WORD…")
@click.option("--alias", default="", help="What is said, in ordinary letters.")
@click.option(
    "--ipa", default="", help="Its sounds in the International Phonetic Alphabet, for engines that take them."
)
@click.option("--spell", is_flag=True, help="Say it letter by letter.")
@options.language("Only where this is spoken, such as en or en-GB.")
@click.option("--case", default="", metavar="exact|any", help="Whether capitals count [default: where WORD has one].")
@click.option("--context", multiple=True, metavar="WORD", help="Only where this stands in the sentence; repeatable.")
@click.option("--before", multiple=True, metavar="WORD", help="Only where this comes directly before it; repeatable.")
@click.option("--after", multiple=True, metavar="WORD", help="Only where this comes directly after it; repeatable.")
@click.option("--note", default="", help="Where you know it from.")
@_SCOPE[0]
@_SCOPE[1]
@options.placing
def add(words: tuple[str, ...], episode: str, site: bool, show: Path | None, scripts: Path | None, **said: Any) -> None:
    """Add a word to the show's lexicon, or to another one.

    Several WORDs are written forms of one word, all said alike.
    """
    from pipeline import api

    entry = api.LexiconEntry(graphemes=words, **said)
    _add((entry,), api.Options(show=show, scripts=scripts), episode, site)


@lexicon.command(name="list")
@_EPISODE
@options.placing
@options.as_json
def list_(episode: str, as_json: bool, show: Path | None, scripts: Path | None) -> None:
    """List all words of the lexicons that apply, those that win first."""
    from pipeline import api
    from pipeline.model.codec import to_plain

    for layer in api.lexicon_layers(episode, api.Options(show=show, scripts=scripts)):
        if not as_json:
            click.echo(f"{shown(layer.path)}  ({layer.scope})")
        for entry in layer.entries:
            if as_json:
                plain = {"scope": layer.scope, "path": shown(layer.path), **to_plain(entry)}
                click.echo(json.dumps(plain, ensure_ascii=False))
            else:
                click.echo(f"  {', '.join(entry.graphemes)}: {'; '.join(_told(entry))}")


@lexicon.command(name="import")
@click.argument("file", metavar="FILE.pls", type=click.Path(path_type=Path))
@_SCOPE[0]
@_SCOPE[1]
@options.placing
def import_(file: Path, episode: str, site: bool, show: Path | None, scripts: Path | None) -> None:
    """Add the words of a lexicon in W3C PLS 1.0."""
    from pipeline import api

    read = api.lexicon_from_pls(file)
    _add(read.entries, api.Options(show=show, scripts=scripts), episode, site)
    for why in read.left_out:
        click.echo(f"note: left out: {why}", err=True)


@lexicon.command()
@click.option("--format", "form", type=click.Choice(["pls"]), default="pls", show_default=True, help="W3C PLS 1.0.")
@options.language("Language of the file [default: the show's, or en].")
@_EPISODE
@options.placing
def export(form: str, language: str, episode: str, show: Path | None, scripts: Path | None) -> None:
    """Write the words of the lexicons that apply to standard output, for other programs."""
    from pipeline import api

    assert form == "pls", "the only one"
    data, left_out = api.lexicon_to_pls(episode, api.Options(show=show, scripts=scripts, language=language))
    click.echo(data.decode(), nl=False)
    for why in left_out:
        click.echo(f"note: left out: {why}", err=True)


def _add(entries: tuple[LexiconEntry, ...], chosen: Any, episode: str, site: bool) -> None:
    from pipeline import api
    from pipeline.errors import UsageError

    if episode and site:
        raise UsageError("--episode and --site name two lexicons; choose one")
    scope = "site" if site else "article" if episode else "show"
    path, there = api.lexicon_add(entries, chosen, scope=scope, name=episode)
    added = len(entries) - len(there)
    click.echo(f"{shown(path)}: {added} added{f', {len(there)} there already' if there else ''}")


def _told(entry: LexiconEntry) -> Iterator[str]:
    """What an entry says, in words."""
    if entry.alias:
        yield f"“{entry.alias}”"
    if entry.ipa:
        yield f"/{entry.ipa}/"
    if entry.spell:
        yield "letter by letter"
    if entry.language:
        yield f"in {entry.language}"
    if entry.case:
        yield f"{entry.case} case"
    for name, place in (("context", "near"), ("before", "preceded by"), ("after", "followed by")):
        if words := getattr(entry, name):
            yield f"{place} {' or '.join(words)}"
    if entry.note:
        yield f"({entry.note})"
