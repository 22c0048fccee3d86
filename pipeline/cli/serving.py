"""The command that listens: a preview of the show on this machine, or the receiver of webhooks."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli import options
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.api import Options

_FOLDER = click.Path(path_type=Path)


@click.command(short_help="Preview the show, and review its scripts, in a browser on this machine.")
@click.argument("show", type=_FOLDER, required=False)
@click.option("--port", type=click.IntRange(0, 65_535), help="Where to listen; 0 for any [default: 8017; hooks: 8018].")
@click.option("--open", "opens", is_flag=True, help="Open the preview in the browser.")
@click.option("--hooks", is_flag=True, help="Receive webhooks instead, and sync the show for each.")
@click.option("--voice", default="", help="engine[:voice], or the name of a voice in show.toml.")
@click.option("--store", default="", metavar="URL", help="Where results are cached [default: your cache folder].")
@click.option("--scripts", type=_FOLDER, help="Folder of narration scripts [default: scripts beside show.toml].")
@click.option("--output", type=_FOLDER, help="Folder of episodes [default: output beside show.toml].")
def serve(show: Path | None, port: int | None, opens: bool, hooks: bool, **chosen: Any) -> int:
    """Preview the show in SHOW (its folder, or its show.toml; this folder by default) in a browser on this machine.

    Hear each sentence of a script, change its words or how a word is said, and render only that sentence. Nobody else
    can reach the preview. Ctrl-C ends it.

    With --hooks it hears webhooks of a CMS instead: POST /sync, signed with the secret in ARTICLECAST_HOOK_SECRET, and
    brings the published show up to date for each. It listens on this machine alone, too: put a reverse proxy in front.
    """
    _log()
    if hooks:
        return _hear(show or Path(), port)
    if show is not None and not show.exists():
        raise UsageError("there is no such show", str(show))
    folder = show if show is not None and show.is_dir() else None
    if folder is not None:
        toml = folder / "show.toml"
        show = toml if toml.is_file() else None
        chosen["scripts"] = chosen["scripts"] or folder / "scripts"
        chosen["output"] = chosen["output"] or folder / "output"
    return _preview(options.collect(show=show, **chosen), port, opens=opens)


def _preview(chosen: Options, port: int | None, *, opens: bool) -> int:
    from pipeline.build.session import start
    from pipeline.serve import server
    from pipeline.serve.app import Preview

    start(chosen)  # what is wrong with show.toml is told now, not on a page
    with server.listening(server.PORT if port is None else port) as heard:
        number = server.port_of(heard)
        address = f"http://localhost:{number}/"
        click.echo(f"preview: {address}  (Ctrl-C ends it)")
        if opens:
            click.launch(address)  # the socket listens already: the browser waits for the first answer
        preview = Preview(chosen, port=number)
        try:
            return _until_stopped(lambda: server.serve(preview.app(), heard))
        finally:
            preview.close()


def _hear(show: Path, port: int | None) -> int:
    from pipeline.serve import hooks, server
    from pipeline.serve.runs import Runs
    from pipeline.shows import Show

    Show.open(show)  # a show that is not there is told now, not at the first webhook
    secret = os.environ.get(hooks.SECRET, "")
    runs = Runs(lambda: _synced(show))
    receiver = hooks.Hooks(secret, runs.ask)
    with server.listening(server.HOOKS_PORT if port is None else port) as heard:
        click.echo(f"webhooks: POST http://127.0.0.1:{server.port_of(heard)}{hooks.PATH}  (Ctrl-C ends it)")
        return _until_stopped(lambda: server.serve(receiver.app(), heard))


def _synced(show: Path) -> str:
    """Bring the show up to date, and tell in one line what came of it."""
    from pipeline.shows import Show

    report = Show.open(show).sync(wait=True)  # its caller was told that it is done
    kinds = [f"{count} {kind}" for kind, count in report.counts.items()]
    wrong = [f"{one.name or one.source}: {one.why}" for one in report.episodes if one.exit_code]
    work = f"{report.spoken} sentences spoken, {len(report.files)} files written"
    return "; ".join((", ".join(kinds) or "nothing has changed", work, *wrong))


def _until_stopped(run: Callable[[], None]) -> int:
    try:
        run()
    except KeyboardInterrupt:
        click.echo("stopped", err=True)
    return 0


def _log() -> None:
    log = logging.getLogger("articlecast.serve")
    if not log.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%H:%M:%S"))
        log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False
