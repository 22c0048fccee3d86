"""The listening check: a recogniser hears the finished audio, and the sentences that it misses are told."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from pipeline.build import finished as episodes
from pipeline.errors import UsageError
from pipeline.model.progress import Listener, Progress
from pipeline.narrate.normalise import normalise
from pipeline.publish.listening import doubtful, finding, matched, sentence, supported, windows, words_of
from pipeline.units import seconds_from_samples

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from pipeline.build.finished import Finished
    from pipeline.model.timeline import Timeline
    from pipeline.publish.listening import Finding, Sentence

MARGIN_MS = 200
"""Heard before and after a sentence: the shortest pause, so that nothing of its neighbours is."""
_SLACK_S = 0.25
"""By so much the file may be longer than its timeline: padding of the codec."""
_BEAM = 5


class Ears(Protocol):
    """Who listens; `pipeline.audio.recognise.Recogniser` says what each answer means."""

    def knows(self, language: str) -> bool:
        """Whether speech in ``language`` is understood."""
        ...

    def hear(self, samples: NDArray[np.float32], sample_rate_hz: int, language: str, *, beam: int = 1) -> str:
        """What is said."""
        ...

    def support(
        self, samples: NDArray[np.float32], sample_rate_hz: int, language: str, text: str
    ) -> tuple[tuple[int, int, float], ...]:
        """How much the sound speaks for each piece of ``text``."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """A sentence that is not in the sound as it stands in the script.

    Attributes:
        finding: What was spoken, what was heard, and where in the file.
        start_s: Where the sentence begins in the file.
        end_s: Where it ends.
        line: Its line in the script; 0 where it is not there any more.
        take: The take that was heard.
    """

    finding: Finding
    start_s: float
    end_s: float
    line: int
    take: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Listened:
    """What the recogniser made of an episode.

    Attributes:
        audio: The file that was heard.
        script: The narration script.
        sentences: How many were listened to.
        again: How many of them were in doubt, and heard a second time.
        lost: Those with words that are missing or wrong.
        unheard: (language, sentences) that the recogniser does not know.
    """

    audio: Path
    script: Path
    sentences: int
    again: int
    lost: tuple[Lost, ...]
    unheard: tuple[tuple[str, int], ...]


def listen(
    finished: Finished,
    recogniser: Ears,
    tell: Listener = lambda _: None,
    *,
    only: Collection[str] | None = None,
) -> Listened:
    """Hear an episode's first audio file.

    Args:
        finished: The episode.
        recogniser: Who listens.
        tell: Told of progress, in samples.
        only: Ids of the sentences that are listened to, each alone; None for all.

    Raises:
        UsageError: The recogniser knows none of the languages, or the file is not as long as its render.
        ReadError: The file cannot be read.
    """
    from pipeline.audio.recognise import MODEL_VARIABLE

    format = finished.formats[0]
    path, timeline = finished.audio(format), episodes.timeline(finished, format)
    _check_length(path, timeline)
    sentences, unheard = _sentences(finished, timeline, recogniser)
    if not sentences:
        names = ", ".join(unheard) or finished.script.language
        raise UsageError(f"not heard: no model for {names}; {MODEL_VARIABLE} may name the folder of one", str(path))
    ears = _Hearing(recogniser=recogniser, path=path, rate=timeline.sample_rate_hz, language=finished.script.language)
    if only is None:
        doubts = tuple(_doubts(sentences, ears, tell, finished.name, timeline.length))
    else:
        sentences = doubts = tuple(one for one in sentences if one.cue.id in only)
    found = ears.alone(doubts)
    numbers, spoken = episodes.lines(finished), episodes.spoken(finished.script)
    lost = tuple(
        Lost(
            finding=one,
            start_s=seconds_from_samples(one.start, timeline.sample_rate_hz),
            end_s=seconds_from_samples(one.end, timeline.sample_rate_hz),
            line=numbers.get(one.id, 0),
            take=spoken[one.id].take,
        )
        for one in found
    )
    return Listened(
        audio=path,
        script=finished.script_path,
        sentences=len(sentences),
        again=len(doubts),
        lost=lost,
        unheard=tuple(unheard.items()),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hearing:
    """A recogniser at an audio file; times are in samples at ``rate``."""

    recogniser: Ears
    path: Path
    rate: int
    language: str

    def together(self, sentences: Sequence[Sentence]) -> Iterator[tuple[tuple[Sentence, ...], str]]:
        """Windows of sentences, and what was heard in each."""
        from pipeline.audio.stream import stretches

        every = tuple(windows(sentences, self.rate))
        wanted = [(one[0].cue.start - self._margin, one[-1].cue.end + self._margin) for one in every]
        for window, (samples, rate) in zip(every, stretches(self.path, wanted, self.rate), strict=True):
            yield window, self._said(self.recogniser.hear(samples, rate, self.language))

    def alone(self, sentences: Sequence[Sentence]) -> Iterator[Finding]:
        """The findings, each sentence heard by itself."""
        from pipeline.audio.stream import stretches

        wanted = [(one.cue.start - self._margin, one.cue.end + self._margin) for one in sentences]
        for one, (samples, rate) in zip(sentences, stretches(self.path, wanted, self.rate), strict=True):
            said = supported(one, self.recogniser.support(samples, rate, self.language, one.text))
            found, heard = finding(one, "", said), ""
            for beam in (1, _BEAM):
                if found is None:
                    break
                text = self.recogniser.hear(samples, rate, self.language, beam=beam)
                marks = matched(one.words, words_of(self._said(text)))
                said = tuple(before or now for before, now in zip(said, marks, strict=True))
                heard = heard or text
                found = finding(one, heard, said)
            if found is not None:
                yield found

    @property
    def _margin(self) -> int:
        return MARGIN_MS * self.rate // 1000

    def _said(self, text: str) -> str:
        """What was heard, in words: recognisers write digits."""
        return normalise(text, language=self.language).spoken


def _sentences(finished: Finished, timeline: Timeline, recogniser: Ears) -> tuple[tuple[Sentence, ...], dict[str, int]]:
    """What can be listened to, and by language how many sentences cannot."""
    script, spoken = finished.script, episodes.spoken(finished.script)
    sentences: list[Sentence] = []
    unheard: Counter[str] = Counter()
    for cue in timeline.cues:
        utterance = spoken.get(cue.id)
        if utterance is None:
            continue  # a recording
        pieces = [(part.text, part.language or script.language) for part in utterance.parts]
        pieces = pieces or [(utterance.spoken, script.language)]
        one = sentence(cue, [(text, _same(language, script.language)) for text, language in pieces])
        if recogniser.knows(script.language) and any(one.judged):
            sentences.append(one)
        elif one.words:
            unheard[pieces[0][1]] += 1
    return tuple(sentences), dict(unheard)


def _same(language: str, other: str) -> bool:
    """Whether both tags name one language, whatever the region."""
    return language.lower().split("-")[0] == other.lower().split("-")[0]


def _doubts(
    sentences: Sequence[Sentence], ears: _Hearing, tell: Listener, name: str, length: int
) -> Iterator[Sentence]:
    """The sentences that must be heard again, alone."""
    tell(Progress(stage="listen", article=name, done=0, total=length))
    for window, heard in ears.together(sentences):
        yield from doubtful(window, heard)
        tell(Progress(stage="listen", article=name, done=window[-1].cue.end, total=length))


def _check_length(path: Path, timeline: Timeline) -> None:
    """Refuse a file of another length: with its times unknown, every sentence would seem to be missing."""
    from pipeline.audio.stream import length_s

    length, expected = length_s(path), seconds_from_samples(timeline.length, timeline.sample_rate_hz)
    if abs(length - expected) > _SLACK_S:
        raise UsageError(
            f"it lasts {length:.1f} s, and with the show's pauses as they are now {expected:.1f} s: render it again",
            str(path),
        )
