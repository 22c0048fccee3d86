"""A show and its sources brought into step: what is new or changed is rendered and published, and nothing else.

The catalogue at the destination tells what is published. An episode whose key is the same and whose files stand is
neither spoken nor replaced, even where nothing else is left of it on this machine.
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pipeline.build import sync_decide, sync_ground, sync_sources
from pipeline.build.calm import calm
from pipeline.build.sync_post import Poster, retired
from pipeline.build.sync_report import Put, SyncReport
from pipeline.build.versions import program
from pipeline.errors import UsageError
from pipeline.model.codec import canonical_json, to_plain
from pipeline.model.publication import Posted
from pipeline.store.exclusive import exclusive

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.build.session import Options
    from pipeline.build.sync_decide import Decided
    from pipeline.build.sync_ground import Ground
    from pipeline.build.sync_post import Content
    from pipeline.model.progress import Listener
    from pipeline.model.publication import Entry, Item
    from pipeline.model.show import Show

REFRESH = ("voice", "rules", "all")
"""What ``refresh`` may be: made by an older voice, by older rules, or whatever made it."""
_BUSY = "another sync of this show is running: wait until it has ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is wanted of a sync.

    Attributes:
        check: Whether it only tells what it would do.
        refresh: ``""``, or one of `REFRESH`: which episodes are made again.
        only: Names of episodes that are made again whatever made them; empty for all that ``refresh`` means.
        yes: Whether many episodes may be retired at once.
        wait: Whether it waits for another sync of the show that is running, rather than refuse.
    """

    check: bool = False
    refresh: str = ""
    only: tuple[str, ...] = ()
    yes: bool = False
    wait: bool = False


def sync(options: Options, wish: Wish, listen: Listener = lambda _: None) -> SyncReport:
    """Bring a show's destination into step with its sources.

    Args:
        options: ``show`` is the path of ``show.toml``.
        wish: What is wanted.
        listen: Told of progress.

    Raises:
        ConfigError: ``show.toml`` holds mistakes.
        StoreError: The destination cannot be reached or written, or another sync of the show is running.
        UsageError: What is wanted is not known.
    """
    if wish.refresh and wish.refresh not in REFRESH:
        raise UsageError(f"refresh may be {', '.join(REFRESH)}, not {wish.refresh!r}")
    if wish.only and not wish.refresh:
        raise UsageError("episodes are named only to refresh them: say --refresh voice, rules or all")
    started = time.perf_counter()
    path = sync_ground.show_file(options)
    with exclusive(path.parent / ".sync", busy="" if wish.wait else _BUSY), calm():
        ground = sync_ground.survey(options)
        with ground.destination:
            report = _synced(ground, wish, listen)
    return replace(report, seconds=round(time.perf_counter() - started, 3))


def items(options: Options) -> tuple[Item, ...]:
    """The episodes as they are published, by number.

    Raises:
        PipelineError: As `sync`.
    """
    ground = sync_ground.survey(options)
    with ground.destination:
        return _ordered(ground.catalogue.entries)


def _synced(ground: Ground, wish: Wish, listen: Listener) -> SyncReport:
    seen = sync_sources.look(ground)
    decided = sync_decide.decide(ground, seen, _redo(ground, wish))
    poster = Poster(ground)
    cover = None if wish.check else _cover(ground, poster)  # a picture that is none is told before work is begun
    notes = list(seen.notes)
    if decided.candidates:
        from pipeline.build.sync_make import make  # readers, narration, sound: only where there is something to do

        notes += make(ground, seen, decided, poster, check=wish.check, listen=listen)
    published = len(ground.catalogue.entries)
    sync_decide.retire(decided, published, yes=wish.yes)
    order = {source: number for number, source in enumerate(seen.found)}
    told = sorted(decided.told, key=lambda one: (order.get(one.source, len(order)), one.source))
    touched = {one.name for one in told if one.name}
    report = SyncReport(
        check=wish.check,
        destination=ground.destination.address,
        episodes=tuple(told),
        published=len(decided.kept),
        unchanged=len([name for name in decided.kept if name not in touched]),
        drafts=len(decided.drafts),
        older=_older(ground, decided.kept),
        warnings=tuple(dict.fromkeys(notes)),
    )
    if cover is None:
        return report
    pages, removed = _publish(ground, decided, poster, *cover)
    return replace(report, pages=pages, removed=removed)


def _publish(
    ground: Ground, decided: Decided, poster: Poster, cover: Posted, drawn: Sequence[Content]
) -> tuple[tuple[Put, ...], tuple[str, ...]]:
    """Write pages, catalogue and feed as far as they changed; what was written, and what was removed."""
    from pipeline.publish import feed

    entries = dict(sorted(decided.kept.items()))
    every = _ordered(entries)
    show, before = ground.show, ground.catalogue
    guid = before.feed_guid or feed.guid_of(f"{show.destination.url}/{sync_ground.FEED}")
    (_, first), *others = feed.write(show, guid=guid, items=every, cover=cover)
    key = _pages_key(show, every, cover)
    pages, written = before.pages, tuple[Put, ...]()
    if drawn or key != before.pages_key or not all(map(poster.is_known, pages)):
        pages, written = _pages(ground, every, cover, poster, [*drawn, *((*one, feed.MEDIA_TYPE) for one in others)])
    after = replace(
        before,
        feed_guid=guid,
        entries=entries,
        drafts=dict(sorted(decided.drafts.items())),
        retired=(),
        pages=pages,
        pages_key=key,
    )
    waiting, expired = retired(ground, after, _today())
    done = [*written, *poster.catalogue(replace(after, retired=waiting)), *poster.feed(first, feed.MEDIA_TYPE)]
    return tuple(done), poster.end(expired, entries)


def _pages(
    ground: Ground, every: tuple[Item, ...], cover: Posted, poster: Poster, others: Sequence[Content]
) -> tuple[tuple[Posted, ...], tuple[Put, ...]]:
    """Write what changed of the show's pages; all of them, and those that were written."""
    from pipeline.publish import show_pages

    contents = [*others, *show_pages.write(ground.show, items=every, cover=cover)]
    pages, written = poster.pages(contents)
    return (pages if cover in pages else (cover, *pages)), written


def _pages_key(show: Show, every: tuple[Item, ...], cover: Posted) -> str:
    """Of all that the pages are made from, this version of articlecast among it: making them takes longer than that."""
    plain = {"version": program(), "show": to_plain(show), "items": to_plain(every), "cover": cover.path}
    return hashlib.sha256(canonical_json(plain).encode()).hexdigest()


def _cover(ground: Ground, poster: Poster) -> tuple[Posted, Sequence[Content]]:
    """The show's picture, and its content where it has to be drawn: its path tells what it is drawn from."""
    show = ground.show
    try:
        image = (ground.workspace.root / show.cover).read_bytes() if show.cover else None
    except OSError as error:
        raise UsageError(
            f"the cover {show.cover} cannot be read ({error.strerror})", str(ground.options.show)
        ) from error
    digest = hashlib.sha256(repr((show.title, image)).encode()).hexdigest()[:12]
    path = f"cover-{digest}.jpg"
    for page in ground.catalogue.pages:
        if page.path == path and poster.is_known(page):
            return page, ()
    from pipeline.publish import show_cover

    data = show_cover.draw(image, title=show.title)
    kind = "image/jpeg"
    sha256 = hashlib.sha256(data).hexdigest()
    posted = Posted(path=path, media_type=kind, bytes=len(data), sha256=sha256, role="cover")
    return posted, ((path, data, kind),)


def _redo(ground: Ground, wish: Wish) -> Iterable[str]:
    """Names of the episodes that are made again.

    Raises:
        UsageError: One of those that are named is not published.
    """
    if not wish.refresh:
        return ()
    entries = ground.catalogue.entries
    unknown = [name for name in wish.only if name not in entries]
    if unknown:
        raise UsageError(f"no episode of this name is published: {', '.join(unknown)}")
    if wish.only or wish.refresh == "all":
        return wish.only or tuple(entries)
    from pipeline.build.sync_older import older

    return older(ground, entries, wish.refresh, ask=True)


def _older(ground: Ground, entries: dict[str, Entry]) -> int:
    from pipeline.build.sync_older import older

    return len({*older(ground, entries, "rules"), *older(ground, entries, "voice")})


def _ordered(entries: dict[str, Entry]) -> tuple[Item, ...]:
    return tuple(sorted((entry.item for entry in entries.values()), key=lambda item: item.number))


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
