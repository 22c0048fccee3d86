"""What stands at a show's destination: the files of its episodes, and what the feed says of them."""

from __future__ import annotations

from dataclasses import dataclass, field

ROLES = ("audio", "transcript", "chapters", "notes", "page", "book", "script", "cover", "other")
"""What a published file is for; ``audio`` in the order of the show's formats, the enclosure first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """A file at the destination.

    Attributes:
        path: Relative to the destination, with forward slashes, of letters, digits, ``-``, ``_``, ``.`` and ``/`` only.
        media_type: IANA media type.
        bytes: Size.
        sha256: Digest of the content, hex.
        role: One of `ROLES`.
        language: BCP 47 tag of a transcript; empty for what has none.
    """

    path: str
    media_type: str
    bytes: int
    sha256: str
    role: str = "other"
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An episode as the feed tells of it.

    Attributes:
        name: The episode's, as in ``scripts/NAME.txt``; stable.
        guid: Given once, never changed, whatever else does.
        number: Of the episode, from 1.
        season: From 1; None where the show has none.
        published: Moment of first publication, ISO 8601 with a zone; a date alone means midnight UTC.
        link: Address of the article on the web; empty where it has none.
        description: Plain text of one paragraph.
        notes: Show notes as a piece of HTML (what the sidecar ``shownotes`` writes); may be empty.
        narrator: The voice, said to be synthetic; empty where people speak every sentence.
        explicit: None where nobody said.
        duration_ms: Of the enclosure.
        files: All files of the episode; the first of role ``audio`` is the enclosure.
    """

    name: str
    guid: str
    title: str
    number: int
    season: int | None = None
    published: str = ""
    link: str = ""
    description: str = ""
    notes: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""
    licence: str = ""
    narrator: str = ""
    explicit: bool | None = None
    duration_ms: int = 0
    files: tuple[Posted, ...] = ()

    def of_role(self, role: str) -> tuple[Posted, ...]:
        """The episode's files of one role, in order."""
        return tuple(file for file in self.files if file.role == role)

    @property
    def enclosure(self) -> Posted:
        """The rendition in the feed.

        Raises:
            LookupError: The episode has no audio.
        """
        audio = self.of_role("audio")
        if not audio:
            raise LookupError(f"{self.name} has no audio")
        return audio[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the destination's catalogue keeps of an episode beside what the feed tells.

    Attributes:
        item: The episode as it is published.
        source: Path (relative to the folder of ``show.toml``) or address of its article.
        source_digest: The sha256 of what the article was read from, hex.
        key: Of all that people can change about the episode: script, recordings, pictures, show; behind a dash, of the
            lexicons.
        uses: Files that shape it beside article, script and lexicons: paths relative to the folder of ``show.toml``.
        made_by: What made it: ``"articlecast"``, ``"rules"`` and ``"voice NAME"`` → version or fingerprint.
        missed: Number of syncs in a row in which its address answered 404 or 410.
    """

    item: Item
    source: str
    source_digest: str
    key: str
    uses: tuple[str, ...] = ()
    made_by: dict[str, str] = field(default_factory=dict)
    missed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Retired:
    """A file that nothing names any more, kept for subscribers whose feed is older.

    Attributes:
        since: Day (ISO 8601) since which no feed names it.
    """

    path: str
    since: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """``articlecast.json`` at the destination: read before anything is spoken, written just before the feed.

    Attributes:
        schema: Of this file.
        feed_guid: The show's own ``podcast:guid``, given once; empty before the first sync.
        entries: Published episodes by name.
        drafts: Source → digest of what is known to be a draft.
        retired: Files that wait to be removed.
        pages: Files of the show itself: cover, index pages.
        pages_key: Digest of what these were made from.
    """

    schema: int = 1
    feed_guid: str = ""
    entries: dict[str, Entry] = field(default_factory=dict)
    drafts: dict[str, str] = field(default_factory=dict)
    retired: tuple[Retired, ...] = ()
    pages: tuple[Posted, ...] = ()
    pages_key: str = ""
