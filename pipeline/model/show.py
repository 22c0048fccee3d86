"""What stays the same from episode to episode: the show, its voices, its sound."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A voice: engine, model, speaker and settings.

    Attributes:
        name: The name scripts use; ``"narrator"`` is the one that speaks unless a line says otherwise.
        engine: Name of the engine plug-in.
        model: The engine's model; empty for its own.
        speaker: The engine's voice or speaker; empty for its own.
        language: BCP 47 tag that the voice speaks.
        rate_percent: Speed against the engine's own (100).
    """

    name: str = "narrator"
    engine: str
    model: str = ""
    speaker: str = ""
    language: str = ""
    rate_percent: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioFormat:
    """How sound is encoded; see ``docs/reference`` for what each format allows.

    Attributes:
        sample_rate_hz: Of the timeline and of every file.
        bit_rate_kbps: Constant bit rate of the MP3.
        m4b_bit_rate_kbps: Bit rate of the M4B (AAC).
        opus_bit_rate_kbps: Mean bit rate of the Opus file.
        quality: How hard the encoders try: ``"fast"``, ``"normal"`` or ``"best"``.
        target_lufs: Integrated loudness of a voice after levelling (ITU-R BS.1770, measured as one channel).
        ceiling_dbfs: Sample peak that the limiter allows; 1 dB or more below the true peak wanted.
    """

    sample_rate_hz: int = 24_000
    bit_rate_kbps: int = 64
    m4b_bit_rate_kbps: int = 64
    opus_bit_rate_kbps: int = 32
    quality: str = "normal"
    target_lufs: float = -16.0
    ceiling_dbfs: float = -2.0


QUALITIES = ("fast", "normal", "best")
"""What `AudioFormat.quality` may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pauses:
    """Silence after an utterance, in ms, at least 200: a joint of encoded frames must be silent."""

    sentence_ms: int = 350
    paragraph_ms: int = 650
    heading_ms: int = 750
    chapter_ms: int = 1300
    lead_ms: int = 300
    close_ms: int = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What is said of an article beside its running text; the values are those of the profile ``article``.

    Each construct is ``"read"``, ``"announce"`` (one sentence tells that it is there) or ``"skip"``; some know
    ``"end"`` (read after the rest of the chapter) and other ways, see `ALLOWED`.

    Attributes:
        headings: Headings too deep to begin a chapter.
        captions: Of figures and tables.
        definitions: Lists of terms and their meanings.
        abbreviations: Whether an abbreviation is explained, the first time, where the article does it out of sight.
        breaks: Thematic breaks; read as a long pause.
        opening: What is said after, or around, the article's title.
        closing: What is said at the end.
        signposts: How much is said for orientation ("a list of five items", "end of quote"): ``"all"``, ``"few"``, or
            ``"none"`` but what prevents a misunderstanding.
        opening_text: Said instead of the usual opening; may name ``{title}``, ``{authors}``, ``{date}``, ``{site}``.
        closing_text: Said instead of the usual closing, likewise.
    """

    headings: str = "read"
    lists: str = "read"
    definitions: str = "read"
    tables: str = "read"
    figures: str = "read"
    captions: str = "read"
    embeds: str = "read"
    quotes: str = "read"
    pull_quotes: str = "skip"
    code: str = "announce"
    maths: str = "read"
    links: str = "read"
    abbreviations: str = "read"
    footnotes: str = "end"
    asides: str = "read"
    breaks: str = "read"
    opening: str = "read"
    closing: str = "skip"
    signposts: str = "few"
    opening_text: str = ""
    closing_text: str = ""


ALLOWED = {
    "headings": ("read", "skip"),
    "lists": ("read", "announce", "skip"),
    "definitions": ("read", "announce", "skip", "end"),
    "tables": ("read", "announce", "skip", "end"),
    "figures": ("read", "announce", "skip", "end"),
    "captions": ("read", "skip"),
    "embeds": ("read", "announce", "skip"),
    "quotes": ("read", "voice", "announce", "skip"),
    "pull_quotes": ("read", "skip"),
    "code": ("read", "announce", "skip", "end"),
    "maths": ("read", "announce", "skip"),
    "links": ("read", "announce"),
    "abbreviations": ("read", "skip"),
    "footnotes": ("here", "end", "skip"),
    "asides": ("read", "announce", "skip", "end"),
    "breaks": ("read", "skip"),
    "opening": ("read", "skip"),
    "closing": ("read", "skip"),
}
"""By construct the ways in which it may be said."""

SIGNPOSTS = ("all", "few", "none")
FIELDS = ("title", "authors", "date", "site")
"""What the texts of an opening and a closing may name."""

PROFILES = {
    "full": Profile(pull_quotes="read", closing="read", signposts="all"),
    "article": Profile(),
    "brief": Profile(
        tables="announce",
        figures="skip",
        captions="skip",
        embeds="skip",
        footnotes="skip",
        asides="skip",
        opening="skip",
        signposts="none",
    ),
}
"""By name, from the most that is said to the least."""

QUOTE_VOICE = "quote"
"""The voice that reads block quotations in a show that has one of this name."""

PROFILE = "article"
"""The profile of a show that names none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recordings:
    """What is heard in every episode; paths inside the folder of ``show.toml``, ``""`` for nothing.

    Attributes:
        intro: Before the first word.
        outro: After the last word.
        jingle: Between two chapters.
    """

    intro: str = ""
    outro: str = ""
    jingle: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """Where a recording comes from.

    Attributes:
        path: The file, relative to the folder of ``show.toml``.
        title: What it is called, and who made it.
        licence: Under which it may be heard.
        source: Address or words that tell where it was found.
    """

    path: str
    title: str = ""
    licence: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Where a show's articles come from; what is empty gives none.

    Attributes:
        folder: Path, relative to the folder of ``show.toml``: every article in it and below.
        feed: Path or address of a feed: its entries.
        sitemap: Path or address of a sitemap: the pages that it lists.
        urls: Addresses of articles.
    """

    folder: str = ""
    feed: str = ""
    sitemap: str = ""
    urls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Where a show is published.

    Attributes:
        folder: Path, relative to the folder of ``show.toml``; empty where ``store`` is given.
        store: Address that fsspec knows (``s3://bucket/path``, ``sftp://host/path``); empty where ``folder`` is given.
        url: Address at which the world finds that place, without a slash at its end.
    """

    folder: str = ""
    store: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publishing:
    """How a show is published.

    Attributes:
        review: Whether only scripts that a person has approved are rendered.
        grace_days: How long files that the feed no longer names are kept.
        page_items: Episodes on a page of the feed; 0 puts all on one.
    """

    review: bool = False
    grace_days: int = 30
    page_items: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Show:
    """A show as ``show.toml`` describes it; all of it has a default, so a show needs no file.

    Attributes:
        chapter_level: Headings down to this level make chapters; deeper ones are spoken inside them.
        profile: Name of the listening profile.
        say: What the show wants otherwise than the profile: (name of an attribute of `Profile`, value).
        email: Of whoever answers for the show; directories ask for it.
        licence: Of the episodes that name none themselves: an SPDX identifier, a name or an address.
    """

    title: str = ""
    language: str = ""
    link: str = ""
    description: str = ""
    authors: tuple[str, ...] = ()
    category: str = "News"
    cover: str = ""
    explicit: bool | None = None
    voices: tuple[Voice, ...] = ()
    audio: AudioFormat = field(default_factory=AudioFormat)
    pauses: Pauses = field(default_factory=Pauses)
    formats: tuple[str, ...] = ("mp3",)
    sidecars: tuple[str, ...] = ("vtt", "chapters_json", "readalong", "transcript", "shownotes")
    chapter_level: int = 3
    profile: str = PROFILE
    say: tuple[tuple[str, str], ...] = ()
    recordings: Recordings = field(default_factory=Recordings)
    credits: tuple[Credit, ...] = ()
    email: str = ""
    licence: str = ""
    sources: Sources = field(default_factory=Sources)
    destination: Destination = field(default_factory=Destination)
    publishing: Publishing = field(default_factory=Publishing)
