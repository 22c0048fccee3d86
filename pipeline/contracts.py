"""The whole plug-in API on one page.

A plug-in is a module that has these names. Ours stand on the shelves (``read/readers``, ``narrate/rules``, …) and are
found by file name; a stranger's package registers its module as an entry point of the group
``articlecast.readers``, ``.wordings``, ``.rules``, ``.engines``, ``.encoders`` or ``.sidecars``. A plug-in imports only
``pipeline.model``, ``contracts``, ``units``, ``errors``, ``audio`` and ``text``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from pipeline.model.clip import Word
    from pipeline.model.document import Block, Document, Entry, Inline, Position
    from pipeline.model.episode import Edition
    from pipeline.model.script import Pause
    from pipeline.model.show import AudioFormat, Profile, Voice
    from pipeline.model.timeline import ChapterMark


# ── readers ──────────────────────────────────────────────────────────────────────────────────────────────────────────


class Reader(Protocol):
    """Reads one input format."""

    SUFFIXES: tuple[str, ...]
    """File name endings of the format, lower case with the dot."""
    MEDIA_TYPES: tuple[str, ...]
    """IANA media types of the format."""

    def read(self, data: bytes, *, uri: str) -> Document:
        """The document in ``data``.

        Args:
            data: The whole file.
            uri: Where it came from: used for relative links and messages, never opened.

        Raises:
            ReadError: ``data`` is not of this format or holds nothing to say.
        """
        ...


class Collection(Reader, Protocol):
    """Reads a format whose files name several articles, such as a feed; its ``read`` takes a file that names one."""

    def entries(self, data: bytes, *, uri: str) -> tuple[Entry, ...]:
        """The articles that ``data`` names, in its order.

        Raises:
            ReadError: ``data`` is not of this format.
        """
        ...


# ── wordings ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One sentence that a wording wants said.

    Attributes:
        written: The article's own words; empty for the narrator's.
        before: Narrator's words in the same utterance, in front.
        after: Narrator's words in the same utterance, behind.
        role: One of `pipeline.model.script.ROLES`.
        voice: Name of the voice; empty for the narrator's.
        text: ``written`` as spans that say what its words are: formulas, links, notes, languages; may be empty.
        claims: How pieces of ``written`` are said, before any rule is asked.
        position: Place in the article.
    """

    written: str = ""
    before: str = ""
    after: str = ""
    role: str = "body"
    voice: str = ""
    text: Inline = ()
    claims: tuple[Claim, ...] = ()
    position: Position


class Teller(Protocol):
    """What a wording may ask of the narration."""

    language: str
    profile: Profile
    """What is said of each construct, and how."""
    introduced: bool
    """Whether the last sentence ends in a colon, and so says what comes."""

    def sentences(self, text: Inline, *, role: str, position: Position) -> Iterator[Said]:
        """``text`` as one `Said` a sentence."""
        ...

    def tell(self, blocks: Iterable[Block], *, role: str = "") -> Iterator[Said | Pause]:
        """``blocks`` in their own wordings, ``role`` given to what would be ``body``."""
        ...

    def omit(self, what: str, why: str, position: Position) -> None:
        """Report something that is not said."""
        ...


class Wording(Protocol):
    """Puts one or more kinds of block into words."""

    BLOCKS: tuple[type, ...]
    """The kinds of block this wording speaks for."""

    def say(self, block: Any, teller: Teller) -> Iterator[Said | Pause]:
        """What is said for ``block``, in order."""
        ...


# ── rules ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """``sentence[start:end]`` is said as ``spoken`` (empty: not said)."""

    start: int
    end: int
    spoken: str


class Rule(Protocol):
    """Says how spans of a written sentence are spoken; never sees another rule's work.

    A module may set ``LEFTOVERS = True``: it is asked last, and only where something is left that no voice should
    guess; what other rules have claimed is blotted out with U+FFFC, one for one.
    """

    def claims(self, sentence: str, *, language: str) -> Iterable[Claim]:
        """Claims in any order, none outside the sentence; those of one rule do not overlap.

        Args:
            sentence: As written, on one line.
            language: BCP 47 tag; a rule answers nothing for a language it does not speak.
        """
        ...


# ── engines ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceInfo:
    """A voice that an engine offers.

    Attributes:
        ready: Whether it can speak now, offline.
        needs: What to do where it is not ready.
    """

    speaker: str
    language: str
    description: str
    ready: bool = True
    needs: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """What an engine says.

    Attributes:
        samples: float32, shape (n,), in [−1, 1], beginning and ending within 50 ms of the speech itself.
        sample_rate_hz: Rate of the samples.
        words: Words of the text in order, times in these samples; empty where the engine cannot tell.
    """

    samples: NDArray[np.float32]
    sample_rate_hz: int
    words: tuple[Word, ...] = ()


class Engine(Protocol):
    """Turns spoken text into sound.

    A module may have more:

    * ``STABLE = True``: it is known not to hang or crash, and may work in the calling process; any other works in a
      process of its own, which is watched.
    * ``NETWORK = True``: it asks a server.
    * ``fetch(speaker) -> Path``: gets a voice that is not included; called by ``articlecast voices --get`` only.
    * ``SOUNDS = "ipa"``: `speak` also takes ``sounds``, a tuple of `pipeline.text.ipa.Sound` whose offsets count in
      the text.
    * ``load(voice)``: brings in what it needs to speak, before there is something to say.
    * ``knows(word, voice) -> bool``: whether its dictionary has the word.
    * ``pronounce(word, voice) -> str``: what it would say, in IPA.
    """

    LANGUAGES: tuple[str, ...]
    """Primary language subtags it speaks well; ``("*",)`` for any."""

    def fingerprint(self, voice: Voice) -> str:
        """Everything beside text, voice settings and take that can change the sound: versions, model digest.

        Cheap, and without loading the model: it is part of every cache key.

        Raises:
            UsageError: It has no such voice.
            MissingDependency: Its package is not installed.
        """
        ...

    def voices(self) -> tuple[VoiceInfo, ...]:
        """The voices it offers on this machine, the default one first."""
        ...

    def speak(self, text: str, voice: Voice, *, take: int = 1) -> Speech:
        """``text``, as said by ``voice``.

        Raises:
            MissingDependency: The engine's package is not installed.
            UsageError: It has no such voice.
            SpeakError: It could not speak.
        """
        ...


# ── encoders ─────────────────────────────────────────────────────────────────────────────────────────────────────────


class Codec(Protocol):
    """An encoder with its settings: encodes runs of whole frames and joins them into a file.

    Every utterance is encoded alone, by a fresh encoder, between `lead` frames of silence and at least `tail` of
    them; so its frames can stand beside any others.
    """

    fingerprint: str
    """Everything that can change the bytes: settings and versions."""
    sample_rate_hz: int
    frame: int
    """Samples in a frame."""
    delay: int
    """Samples by which a decoder that does not know better is late."""
    lead: int
    """Frames of silence encoded in front of each utterance."""
    tail: int
    """Frames of silence encoded behind it, at least."""
    trim_db: float
    """Gain applied before encoding so that the decoded sound has the level of the input."""

    def encode(self, samples: NDArray[np.int16]) -> bytes:
        """Exactly ``len(samples) // frame`` frames; ``len(samples)`` is a multiple of ``frame``."""
        ...

    def silence(self) -> bytes:
        """One frame of silence that may be repeated anywhere."""
        ...

    def decode(self, frames: bytes) -> NDArray[np.float32]:
        """The frames as a player would decode them, delay removed: float32, shape (n,)."""
        ...

    def join(
        self,
        path: Path,
        runs: Iterable[bytes | int],
        *,
        length: int,
        tags: bytes = b"",
        chapters: Sequence[ChapterMark] = (),
    ) -> None:
        """Write a finished file, in one pass.

        Args:
            path: Where; what stands there is replaced.
            runs: Runs of frames; a number stands for that many silent ones.
            length: Samples that a player shall play.
            tags: What the file says about itself, as the encoder's ``TAGS`` spell it; empty for nothing.
            chapters: On the file's own frame grid; most containers have them among the tags and take no notice.

        Raises:
            EncodeError: A run is not of this codec, or the runs are longer than ``length``.
            WriteError: The file cannot be written.
        """
        ...


class Encoder(Protocol):
    """An audio format."""

    SUFFIX: str
    MEDIA_TYPE: str
    TAGS: str
    """How its container spells tags: ``"id3"``, ``"mp4"``, ``"opus"``, ``"flac"``, or ``""`` where it holds none."""

    def codec(self, audio: AudioFormat) -> Codec:
        """The codec for these settings.

        Raises:
            UsageError: The format does not allow them; the message says what it allows.
        """
        ...


# ── sidecars ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A file that a sidecar wrote: path relative to the folder it was given, and its media type."""

    path: str
    media_type: str


class Sidecar(Protocol):
    """Writes one kind of file beside the audio.

    A module may have ``NEEDS``: the name of the format it is made from; it cannot be made of an episode without it.
    """

    def write(self, edition: Edition, out: Path) -> tuple[Written, ...]:
        """Write files named after ``edition.name`` into the folder ``out`` and tell which."""
        ...
