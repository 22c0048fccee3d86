"""The command by which a person approves what will be said."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli import options
from pipeline.cli.changes import lines, plain
from pipeline.cli.every import complain
from pipeline.cli.rendering import shown
from pipeline.errors import PipelineError, UsageError

if TYPE_CHECKING:
    from pipeline.api import Approval


@click.command()
@click.argument("names", nargs=-1, metavar="[EPISODE|SCRIPT]…")
@click.option("--all", "everything", is_flag=True, help="Everything that waits; with --undo everything approved.")
@click.option("--undo", is_flag=True, help="Take approval back.")
@options.placing
@click.option("--store", default="", metavar="URL", help="Where results are cached [default: your cache folder].")
@options.as_json
def approve(names: tuple[str, ...], everything: bool, undo: bool, as_json: bool, **chosen: Any) -> int:
    """Approve what scripts say; without a name, tell which of them wait for it.

    With review = true under [publish] in show.toml, only approved scripts are rendered and published. What counts is
    what will be heard: once a line says something else, the script waits again. Each approval shows what has changed
    since the last render, as diff does. With --json one line for each script.
    """
    from pipeline import api

    if (names and everything) or (undo and not names and not everything):
        raise UsageError("name the scripts, or say --all")
    chosen_options = options.collect(**chosen)
    if not names:
        standing = api.approvals(chosen_options)
        found = [one for one in standing if (one.before if undo else not one.approved)]
        if not everything:
            return _listed(found, as_json)
        names = tuple(str(one.script) for one in found)
    codes = [0]
    for name in dict.fromkeys(names):
        try:
            (done,) = api.approve((name,), chosen_options, undo=undo)
        except PipelineError as error:
            complain(error)
            codes.append(error.exit_code)
            continue
        _told(done, as_json)
    return next((code for code in (1, 2, 3) if code in codes), 0)


def _listed(found: list[Approval], as_json: bool) -> int:
    for one in found:
        if as_json:
            click.echo(json.dumps(_plain(one), ensure_ascii=False))
            continue
        state = one.problem or ("changed since it was approved" if one.before else "never approved")
        click.echo(f"{one.name}: {state}" + ("" if one.problem else f"  ({shown(one.script)})"))
    if not found and not as_json:
        click.echo("nothing waits for approval")
    return 0


def _told(done: Approval, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(_plain(done), ensure_ascii=False))
        return
    for line in lines(done.difference) if done.difference else ():
        click.echo(line)
    click.echo(f"{done.name}: {'approved' if done.approved else 'no longer approved'}")


def _plain(one: Approval) -> dict[str, Any]:
    fields = {name: getattr(one, name) for name in one.__dataclass_fields__}
    return fields | {"script": shown(one.script), "difference": plain(one.difference) if one.difference else None}
