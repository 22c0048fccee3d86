"""``articlecast new``: asks what a show needs, lets its voice be heard, and writes ``show.toml``."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli import options
from pipeline.cli.every import complain
from pipeline.cli.rendering import shown
from pipeline.errors import PipelineError, UsageError

if TYPE_CHECKING:
    from pipeline.build.newshow import Created, NewShow

PREVIEW = Path("output") / "preview.mp3"


@click.command("new", short_help="Begin a show: asks, and writes show.toml.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=".", required=False)
@click.option("--title", default="", help="Title of the show; all else has a default.")
@options.language("Language as a BCP 47 tag, such as en-GB.")
@click.option("--link", default="", metavar="URL", help="The show's address on the web.")
@click.option("--description", default="", help="What the show is about.")
@click.option("--author", "authors", multiple=True, help="Author of the show; may be repeated.")
@click.option("--email", default="", help="Of whoever answers for the show; directories ask for it.")
@click.option("--category", default="", help="Category in podcast directories, such as 'Society & Culture'.")
@click.option("--explicit/--no-explicit", default=None, help="Whether the content is explicit.")
@click.option("--folder", "source", default="", metavar="PATH", help="Folder of the articles [default: articles].")
@click.option("--feed", default="", metavar="URL", help="Feed of the articles.")
@click.option("--sitemap", default="", metavar="URL", help="Sitemap of the articles.")
@click.option("--url", "urls", multiple=True, metavar="URL", help="Address of an article; may be repeated.")
@click.option(
    "--destination", default="", metavar="PLACE", help="Folder, s3:// or sftp:// to publish to [default: public]."
)
@click.option("--address", default="", metavar="URL", help="Address at which the world finds the destination.")
@click.option("--voice", default="", help="engine[:voice] [default: by the language of each article].")
@click.option("--preview/--no-preview", default=True, help="Whether the voice is heard when questions are asked.")
@click.option("--yes", is_flag=True, help="Ask nothing: take the defaults for what is not said.")
@options.as_json
def new(folder: Path, source: str, preview: bool, yes: bool, as_json: bool, **said: Any) -> None:
    """Begin a show in FOLDER: write its show.toml and make its folder of articles.

    What is not said is asked for; return takes what stands in brackets. A show.toml that is there stays as it is. With
    --json nothing is asked.
    """
    from pipeline.build import newshow

    newshow.place(folder)
    texts = {name: _clean(value) for name, value in said.items()}
    chosen = newshow.NewShow(**texts, folder=_relative(_clean(source), folder))
    if yes or as_json:
        chosen = _with_defaults(chosen)
    else:
        chosen = _asked(chosen, folder, preview=preview)
    created = newshow.create(folder, chosen)
    if as_json:
        plain = {"show": shown(created.path), "made": [shown(path) for path in created.made]}
        click.echo(json.dumps(plain, ensure_ascii=False))
    else:
        _tell(created, chosen, folder)


def _with_defaults(chosen: NewShow) -> NewShow:
    from pipeline.build.newshow import DESTINATION, FOLDER

    if not chosen.title:
        raise UsageError("a show needs a title: --title")
    if not _has_source(chosen):
        chosen = replace(chosen, folder=FOLDER)
    return chosen if chosen.destination else replace(chosen, destination=DESTINATION)


def _asked(chosen: NewShow, folder: Path, *, preview: bool) -> NewShow:
    """What is not said yet, from a person."""
    from pipeline.build.newshow import DESTINATION, FOLDER

    while not chosen.title:
        chosen = replace(chosen, title=_clean(click.prompt("Title of the show", type=str)))
    chosen = _ask(chosen, folder, "language", "Language of the articles", "en")
    while not _has_source(chosen):
        told = _clean(click.prompt("Where the articles are: a folder, or the address of a feed or a sitemap", FOLDER))
        key = ("sitemap" if "sitemap" in told.lower() else "feed") if "://" in told else "folder"
        chosen = _tried(chosen, folder, key, _relative(told, folder) if key == "folder" else told)
    chosen = _ask(chosen, folder, "destination", "Publish to: a folder, s3://…, sftp://…", DESTINATION)
    chosen = _ask(chosen, folder, "address", "Address at which the world will find that (return: not known yet)", "")
    chosen = _ask(chosen, folder, "link", "The show's own page on the web, if it has one", "")
    if not chosen.authors:
        told = _clean(click.prompt("Author", default="", show_default=False))
        chosen = replace(chosen, authors=(told,) if told else ())
    chosen = _ask(chosen, folder, "email", "E-mail address for directories", "")
    chosen = _ask(chosen, folder, "category", "Category", "News")
    if chosen.explicit is None:
        chosen = replace(chosen, explicit=click.confirm("Explicit content?", default=False))
    return chosen if chosen.voice else replace(chosen, voice=_voice(chosen.language, folder, preview=preview))


def _ask(chosen: NewShow, folder: Path, name: str, question: str, default: str) -> NewShow:
    """``chosen`` with one more answer; a wrong one is told and asked for again."""
    while not getattr(chosen, name):
        told = _clean(click.prompt(question, default=default, show_default=bool(default)))
        if not told:
            break
        chosen = _tried(chosen, folder, name, told)
    return chosen


def _tried(chosen: NewShow, folder: Path, name: str, told: str) -> NewShow:
    from pipeline.build import newshow

    wrong = newshow.mistake(folder, **{name: told})
    if wrong:
        click.echo(wrong, err=True)
        return chosen
    changed: NewShow = replace(chosen, **{name: told})  # type: ignore[arg-type]
    return changed


def _voice(language: str, folder: Path, *, preview: bool) -> str:
    """The voice that a person likes; empty for the one that the language gets anyway."""
    from pipeline.build import newshow

    try:
        usual, remark = newshow.suggested(language)
    except PipelineError as error:
        complain(error)
        usual, remark = "", ""
    if remark:
        click.echo(f"note: {remark}")
    voice = usual
    while True:
        if preview and voice and click.confirm(f"Hear {voice}?", default=True):
            _speak(voice, language, folder)
        told = _clean(click.prompt("Voice (articlecast voices lists them)", default=voice, show_default=bool(voice)))
        if told == voice:
            return "" if voice == usual else voice
        wrong = newshow.mistake(folder, voice=told)
        if wrong:
            click.echo(wrong, err=True)
        else:
            voice = told
            if not preview:
                return "" if voice == usual else voice


def _speak(voice: str, language: str, folder: Path) -> None:
    """Let a voice be heard; one that cannot speak now is no reason to stop."""
    from pipeline import api
    from pipeline.build import newshow

    target = folder / PREVIEW
    try:
        api.say(newshow.sample(language), target, api.Options(voice=voice, language=language))
    except PipelineError as error:
        complain(error)
    else:
        click.echo(f"listen to {shown(target)}")


def _tell(created: Created, chosen: NewShow, folder: Path) -> None:
    """What was made, and what comes next."""
    click.echo(f"{shown(created.path)} is written; it is yours to edit")
    if not chosen.address:
        click.echo("before it is published, say under [destination] at which url the world will find it")
    click.echo("next:")
    if folder.resolve() != Path.cwd():
        click.echo(f"  cd {shown(folder)}")
    if chosen.folder:
        click.echo(f"  put articles into {chosen.folder}")
    click.echo("  articlecast sync --check   what would happen")
    click.echo("  articlecast sync           render and publish")


def _has_source(chosen: NewShow) -> bool:
    return bool(chosen.folder or chosen.feed or chosen.sitemap or chosen.urls)


def _relative(source: str, folder: Path) -> str:
    """A folder of articles as seen from the show's: a path from / on is turned into one."""
    if not Path(source).is_absolute():
        return source
    try:
        return Path(os.path.relpath(source, folder)).as_posix()
    except ValueError:  # another drive on Windows
        return source


def _clean(value: Any) -> Any:
    """Texts on one line."""
    if isinstance(value, tuple):
        return tuple(_clean(one) for one in value)
    return " ".join(value.encode(errors="replace").decode().split()) if isinstance(value, str) else value
