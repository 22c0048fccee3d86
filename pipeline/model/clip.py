"""Sound of one utterance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.model.packed import Floats, Packed


@dataclass(frozen=True, slots=True, kw_only=True)
class Ref:
    """Bytes in the store: ``length`` bytes at ``offset`` of ``blob``, whose sha256 is ``digest``.

    A blob may be a pack of many such runs; alone, it starts at 0 and ``blob == digest``.
    """

    digest: str
    blob: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word of the spoken text and its place in the clip.

    Attributes:
        start: First character in the spoken text.
        end: Character after its last one.
        start_sample: First sample in the clip.
        end_sample: Sample after its last one.
    """

    start: int
    end: int
    start_sample: int
    end_sample: int


class Words(Packed[Word]):
    """Words as one text: ``start``, ``end``, ``start_sample`` and ``end_sample`` of each."""

    __slots__ = ()

    @classmethod
    def of(cls, values: Iterable[Word]) -> Words:
        """These words; they stay as they are where they are `Words`."""
        if isinstance(values, Words):
            return values
        return cls(" ".join([f"{one.start} {one.end} {one.start_sample} {one.end_sample}" for one in values]))

    def __len__(self) -> int:
        return (self.text.count(" ") + 1) // 4 if self.text else 0

    def __iter__(self) -> Iterator[Word]:
        numbers = map(int, self.text.split(" ") if self.text else ())
        for start, end, start_sample, end_sample in zip(numbers, numbers, numbers, numbers, strict=True):
            yield Word(start=start, end=end, start_sample=start_sample, end_sample=end_sample)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """Speech as the engine gave it, before levelling.

    Attributes:
        pcm: Where the samples are: int16, little-endian, mono.
        sample_rate_hz: The engine's own rate.
        length: Samples.
        words: Words in order, times at ``sample_rate_hz``; held as `Words`.
        timing: ``"engine"`` (exact) or ``"estimated"``.
    """

    pcm: Ref
    sample_rate_hz: int
    length: int
    words: Sequence[Word]
    timing: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", Words.of(self.words))


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """A clip as a run of codec frames, and what a listener's meter would make of it.

    Attributes:
        frames: Where the bytes are: whole frames, beginning and ending in encoded silence.
        count: How many frames.
        length: Samples of the levelled clip inside, at the show's rate.
        energies: K-weighted energy of each 100 ms of the *decoded* run (ITU-R BS.1770), linear, full scale 1;
            held as `Floats`.
        peak: True peak of the decoded run, linear, full scale 1.
    """

    frames: Ref
    count: int
    length: int
    energies: Sequence[float]
    peak: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "energies", Floats.of(self.energies))
