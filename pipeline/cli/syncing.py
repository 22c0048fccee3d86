"""Commands that keep a published show in step with its articles."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli import options
from pipeline.cli.every import complain
from pipeline.cli.progress import Reporter
from pipeline.errors import PipelineError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipeline.shows import Changed, Show, SyncReport

_SIGNS = {"added": "+", "removed": "-", "changed": "~"}
_MOST_SENTENCES = 10
"""Of one episode in the report for people; the rest is counted."""

_SHOW = click.argument("show", type=click.Path(path_type=Path), default=".", required=False)
_STORE = click.option(
    "--store", default="", metavar="URL", help="Where results are cached [default: your cache folder]."
)
_EXECUTOR = click.option("--executor", default="auto", help="Where the work is done, as for render.")
_YES = click.option("--yes", is_flag=True, help="Retire episodes even where many articles are gone.")
_PLAIN = click.option("--plain", is_flag=True, help="No progress bar: a line for every tenth.")


def _shared(command: Callable[..., Any]) -> Callable[..., Any]:
    for one in (_STORE, _EXECUTOR, _YES, _PLAIN, options.as_json):
        command = one(command)
    return _SHOW(command)


@click.command()
@_shared
@click.option("--check", is_flag=True, help="Only tell what would be done.")
@click.option("--refresh", default="", metavar="WHAT", help="Redo episodes of an older voice, of older rules, or all.")
@click.argument("episodes", nargs=-1, metavar="[EPISODE]…")
def sync(
    show: Path,
    episodes: tuple[str, ...],
    check: bool,
    refresh: str,
    yes: bool,
    plain: bool,
    as_json: bool,
    store: str,
    executor: str,
) -> int:
    """Bring a published show into step with its articles.

    SHOW is a show.toml or its folder. What is new or changed is rendered and published, what is gone is retired, and
    everything else stays as it is; then the report tells what changed. After --refresh names of episodes may follow:
    these are redone whatever made them. Exit codes: 1 an episode failed and keeps its last version, 3 a person is
    needed.
    """
    reporter = Reporter(plain=plain, quiet=as_json)
    try:
        report = _open(show, store, executor).sync(
            check=check, refresh=refresh, only=episodes, yes=yes, listen=reporter
        )
    finally:
        reporter.close()
    _tell(report, as_json=as_json)
    return report.exit_code


@click.command()
@_shared
@click.option(
    "--every", type=click.FloatRange(min=1), default=30, show_default=True, help="Minutes between looks at the web."
)
def watch(show: Path, every: float, yes: bool, plain: bool, as_json: bool, store: str, executor: str) -> None:
    """Sync a show now, and again whenever an article, a script or the show changes; Ctrl-C ends it.

    Sources on the web are asked for every --every minutes. With --json one line for each sync that changed something.
    """
    from pipeline.shows import SyncReport

    reporter = Reporter(plain=plain, quiet=as_json)
    opened = _open(show, store, executor)
    first = True
    for report in opened.watch(every_minutes=every, yes=yes, listen=reporter):
        reporter.close()
        if not isinstance(report, SyncReport):
            complain(report)
        elif first or report.episodes or report.files:
            _tell(report, as_json=as_json)
        if first and not as_json:
            click.echo(f"watching {opened.path.parent.resolve()}; Ctrl-C ends it", err=True)
        first = False


def _open(show: Path, store: str, executor: str) -> Show:
    from pipeline.build.session import Options
    from pipeline.shows import Show

    return Show.open(show, Options(store=store, executor=executor))


def _tell(report: SyncReport, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(report.plain(), ensure_ascii=False))
        return
    for line in lines(report):
        click.echo(line)
    for warning in report.warnings:
        click.echo(f"note: {warning}", err=True)
    for one in report.episodes:
        if one.exit_code:
            where = "" if one.source in one.why else f"{one.source}: "
            complain(PipelineError(f"{where}{one.why}"))
        for problem in one.problems:
            click.echo(f"problem: {problem}", err=True)


def lines(report: SyncReport) -> Iterator[str]:
    """A report as people read it."""
    for one in report.episodes:
        yield from _episode(one, check=report.check)
    counts = ", ".join(f"{count} {kind}" for kind, count in report.counts.items()) or "nothing changed"
    would = "would be " if report.check else ""
    yield f"{report.published} published, {report.unchanged} unchanged; {would}{counts}"
    if report.drafts:
        yield f"{report.drafts} draft{'s' if report.drafts != 1 else ''} not published"
    if report.older:
        yield f"{report.older} made by older rules or voices; redo them with --refresh"
    if not report.check:
        total = f"{len(report.files)} files, {size(report.bytes)} written to {report.destination}"
        spoken = f"{report.spoken} utterance{'s' if report.spoken != 1 else ''}, {report.spoken_s:.1f} s spoken"
        yield f"{spoken}; {total}; {report.seconds:.1f} s"


def _episode(one: Changed, *, check: bool) -> Iterator[str]:
    name = one.name or one.source
    title = f" “{one.title}”" if one.title else ""
    yield f"{one.kind:9}{name}{title}" + (f": {one.why}" if one.why and not one.exit_code else "")
    shown = one.sentences[:_MOST_SENTENCES] if one.kind != "new" else ()
    for sentence in shown:
        arrow = f"{sentence.before} → {sentence.after}" if sentence.kind == "changed" else ""
        how = f" ({'; '.join(sentence.how)})" if sentence.how else ""
        yield f"  {_SIGNS.get(sentence.kind, ' ')} {arrow or sentence.after or sentence.before}{how}"
    if len(one.sentences) > len(shown) and one.kind != "new":
        yield f"  … {len(one.sentences) - len(shown)} more"
    if check and one.utterances:
        yield f"  {one.spoken} of {one.utterances} utterances to speak"
    elif one.files:
        written = size(sum(file.bytes for file in one.files))
        yield f"  {one.spoken} of {one.utterances} utterances, {one.spoken_s:.1f} s; {len(one.files)} files, {written}"


def size(count: int) -> str:
    """Bytes for people."""
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{count / 1e3:.1f} kB" if count else "0 bytes"
