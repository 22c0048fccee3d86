"""Commands about the cache of spoken and encoded sentences."""

from __future__ import annotations

import json
import re
import sys
import time
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli import options

if TYPE_CHECKING:
    from pipeline.model.progress import Progress
    from pipeline.store.care import Amount

_UNITS = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9, "t": 10**12, "ki": 2**10, "mi": 2**20, "gi": 2**30, "ti": 2**40}
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([kmgt]?i?)b?", re.IGNORECASE)
_STORE = click.option("--store", default="", metavar="URL", help="Which cache [default: your cache folder].")
_SILENT_S = 2.0
"""What is done before that needs no progress."""


@click.group(invoke_without_command=True, short_help="How large the cache is; check it, and tidy it up.")
@_STORE
@options.as_json
@click.pass_context
def cache(context: click.Context, store: str, as_json: bool) -> None:
    """Show how large the cache is: what was spoken and encoded, so that it need not be again.

    All of it may be deleted at any time; that costs time only.
    """
    if context.invoked_subcommand:
        context.obj = (store, as_json)
        return
    from pipeline import api

    found = api.cache_usage(api.Options(store=store), _Told(as_json))
    if as_json:
        _print(found, total=found.total)
        return
    click.echo(found.store)
    for name, part in (
        ("episodes", found.episodes),
        ("results", found.actions),
        ("blobs", found.blobs),
        ("in all", found.total),
    ):
        click.echo(f"  {name:<10} {part.number:>9,}  {_size(part.bytes):>10}")
    if found.unused.number:
        click.echo(f"no episode uses {_size(found.unused.bytes)} of it: what of that is older than a day goes with")
        click.echo("  articlecast cache collect")


@cache.command()
@_STORE
@options.as_json
@click.pass_obj
def verify(outer: tuple[str, bool], store: str, as_json: bool) -> int:
    """Read all of the cache, and remove what is damaged.

    A render that needs what was removed makes it again. Ends with 1 if something was damaged.
    """
    from pipeline import api

    store, as_json = store or outer[0], as_json or outer[1]
    found = api.cache_verify(api.Options(store=store), _Told(as_json))
    if as_json:
        _print(found)
    else:
        for path in found.damaged:
            click.echo(f"damaged, removed: {path}")
        whole = f"{found.whole.number:,} objects, {_size(found.whole.bytes)}, are whole"
        again = f"; {len(found.damaged):,} damaged: a render that needs that makes it again"
        click.echo(whole + (again if found.damaged else ""))
    return 1 if found.damaged else 0


def _bytes(_context: click.Context, _parameter: click.Parameter, value: str) -> int | None:
    if not value:
        return None
    match = _SIZE.fullmatch(value.strip())
    if match is None:
        raise click.BadParameter(f"{value!r} is no size such as 500MB or 5GB")
    return round(float(match[1]) * _UNITS[match[2].lower()])


@cache.command()
@_STORE
@click.option(
    "--max-size", "max_bytes", default="", metavar="SIZE", callback=_bytes, help="Forget old episodes until it fits."
)
@click.option(
    "--grace",
    "grace_h",
    type=click.FloatRange(min=0),
    default=24.0,
    show_default=True,
    metavar="HOURS",
    help="Keep what is younger: a render may be at it.",
)
@click.option("--dry-run", is_flag=True, help="Remove nothing, only tell.")
@options.as_json
@click.pass_obj
def collect(
    outer: tuple[str, bool], store: str, max_bytes: int | None, grace_h: float, dry_run: bool, as_json: bool
) -> None:
    """Remove what no episode uses, such as sentences that were edited.

    Fetched pages, covers and narrations are kept for 30 days. With --max-size such as 5GB, episodes are forgotten
    until the rest fits, those that changed longest ago first; their files in output stay, but to render one of them
    anew is to speak it anew.
    """
    from pipeline import api

    store, as_json = store or outer[0], as_json or outer[1]
    found = api.cache_collect(
        api.Options(store=store),
        max_bytes=max_bytes,
        grace_s=grace_h * 3600,
        dry_run=dry_run,
        listen=_Told(as_json),
    )
    if as_json:
        _print(found, removed=found.removed, dry_run=dry_run)
    else:
        verb = "would remove" if dry_run else "removed"
        for name in found.forgotten:
            click.echo(f"{'would forget' if dry_run else 'forgot'} {name}: to render it anew is to speak it anew")
        parts = (("results", found.actions), ("blobs", found.blobs), ("half-written files", found.leftovers))
        told = ", ".join(f"{part.number:,} {name}" for name, part in parts if part.number)
        click.echo(f"{verb} {_size(found.removed.bytes)}: {told}" if told else "nothing to remove")
        click.echo(
            f"{_size(found.kept.bytes)} in {found.kept.number:,} objects {'would be' if dry_run else 'are'} kept"
        )
    if max_bytes is not None and found.kept.bytes > max_bytes:
        click.echo(f"that is more than {_size(max_bytes)}: what is left may belong to a render that runs now", err=True)


class _Told:
    """Tells how far a long reading is, a line per tenth on standard error."""

    def __init__(self, quiet: bool) -> None:
        self._quiet = quiet
        self._begun = time.monotonic()
        self._tenth = 0

    def __call__(self, event: Progress) -> None:
        """Take one event."""
        tenth = 10 * event.done // event.total if event.total else 10
        if not self._quiet and tenth > self._tenth and time.monotonic() - self._begun > _SILENT_S:
            click.echo(f"{event.stage}: {10 * tenth} % of {_size(event.total)} read", err=True)
            sys.stderr.flush()
        self._tenth = max(tenth, self._tenth)


def _print(found: Any, **more: Amount | bool) -> None:
    from pipeline.model.codec import to_plain

    plain = {name: part if isinstance(part, bool) else to_plain(part) for name, part in more.items()}
    click.echo(json.dumps({**to_plain(found), **plain}, ensure_ascii=False))


def _size(count: int) -> str:
    for limit, unit in ((1e12, "TB"), (1e9, "GB"), (1e6, "MB")):
        if count >= limit:
            return f"{count / limit:.1f} {unit}"
    return f"{count / 1e3:.0f} kB" if count >= 1e3 else f"{count} bytes"
