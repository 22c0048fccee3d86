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
        target_lufs: Integrated loudness of a voice after levelling (ITU-R BS.1770, measured as one channel).
        ceiling_dbfs: Sample peak that the limiter allows; 1 dB or more below the true peak wanted.
    """

    sample_rate_hz: int = 24_000
    bit_rate_kbps: int = 64
    target_lufs: float = -16.0
    ceiling_dbfs: float = -2.0


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
class Show:
    """A show as ``show.toml`` describes it; all of it has a default, so a show needs no file.

    Attributes:
        chapter_level: Headings down to this level make chapters; deeper ones are spoken inside them.
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
    sidecars: tuple[str, ...] = ("vtt", "chapters_json")
    chapter_level: int = 3
