"""Kokoro: a neural voice for seven languages whose model and voices are files of your own; nothing is downloaded.

The model is an ``.onnx`` file with its voices (``voices-v1.0.bin``) beside it. ``model`` is its path, or that of its
folder; where it is empty, the environment's ``ARTICLECAST_KOKORO`` is. ``speaker`` is a voice of the voices' file,
whose first letter tells its language (``af_heart``: American English).

Some exports of the model draw noise of their own, so two readings may differ; the first one is kept by the store.
Texts of more phonemes than the network takes are cut at sentences, clauses or words by kokoro-onnx, which drops none.
"""

from __future__ import annotations

import importlib
import os
import re
import zipfile
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import file_digest
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.audio.trim import trimmed
from pipeline.contracts import Speech, VoiceInfo
from pipeline.errors import MissingDependency, SpeakError, UsageError
from pipeline.model.clip import Word
from pipeline.text.phoneme_words import word_phonemes
from pipeline.text.words import has_words, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from pipeline.model.show import Voice

LANGUAGES = ("en", "es", "fr", "hi", "it", "pt")

_RULES = "1"
"""Raised when this file begins to make other sound of the same text."""
_INSTALL = "the engine 'kokoro' needs a package: pip install \"articlecast[kokoro]\""
_PLACE = "ARTICLECAST_KOKORO"
_FILES = f"set {_PLACE} to a folder that has a Kokoro model (kokoro-v1.0.onnx) and its voices (voices-v1.0.bin)"
_USUAL = "af_heart"
_RATE_PERCENT = range(50, 201)
_TONGUES = {
    "a": ("en-US", "en-us"), "b": ("en-GB", "en-gb"), "e": ("es", "es"), "f": ("fr-FR", "fr-fr"), "h": ("hi", "hi"),
    "i": ("it", "it"), "p": ("pt-BR", "pt-br"),
}  # fmt: skip
"""First letter of a voice → its BCP 47 tag and espeak's name for it."""
_WITHOUT_SOUNDS = {"j": "ja", "z": "zh"}
"""Voices whose network was trained on sounds that espeak does not give."""
_NO_SOUNDS = "nothing that is installed tells the sounds of this language as the network wants them"
_MOST_SPEAKERS = 1_000
_STYLE_NUMBERS = 256
"""What a voice is to the network, for each number of phonemes."""
_TAKES = 8
"""Further takes have the style of a text that is a few phonemes longer; from here on they repeat."""
_FLAG = re.compile(r"\([a-z]{2,3}(?:-[a-z0-9]+)*\)")
"""How espeak marks a word of another language; kokoro-onnx would say it."""


def fingerprint(voice: Voice) -> str:
    """Versions of kokoro-onnx and of what works with it, the digests of both files, and the voice within them."""
    chosen = _chosen(voice)
    digests = f"model {_digest_of(chosen.model)}; voices {_digest_of(chosen.voices)}"
    return f"kokoro {_RULES}; {_versions()}; {digests}; voice {chosen.speaker} {chosen.espeak}"


def voices() -> tuple[VoiceInfo, ...]:
    """The voices beside the model that ``ARTICLECAST_KOKORO`` names, American English's usual one first."""
    try:
        _versions()
        _, file = _place("")
        listed = tuple(_info(name) for name in _speakers_of(file))
    except UsageError as error:
        needs = _INSTALL if isinstance(error, MissingDependency) else str(error)
        listed = (VoiceInfo(speaker=_USUAL, language="en-US", description="neural voice", ready=False, needs=needs),)
    return tuple(sorted(listed, key=lambda one: (not one.ready, one.speaker != _USUAL, one.speaker)))


def speak(text: str, voice: Voice, *, take: int = 1) -> Speech:
    """``text`` read by the network; another take has a slightly other style."""
    chosen = _chosen(voice)
    if voice.rate_percent not in _RATE_PERCENT:
        raise UsageError(f"kokoro speaks at {_RATE_PERCENT[0]} to {_RATE_PERCENT[-1]} %, not {voice.rate_percent} %")
    if not has_words(text):
        raise SpeakError("there is no word to speak")
    kokoro = _kokoro(chosen.model, chosen.voices, _digest_of(chosen.model), _digest_of(chosen.voices))
    styles = _styles(kokoro, chosen)
    phonemes = _phonemes(kokoro, text, chosen.espeak)
    if not any(one.isalpha() for one in phonemes):
        raise SpeakError("kokoro knows no sounds for these words")
    shift = min((take - 1) % _TAKES, len(styles) - 1)
    try:
        samples, rate_hz, told = kokoro.create_timed(
            phonemes, styles[shift:], speed=voice.rate_percent / 100, is_phonemes=True
        )
    except Exception as error:  # onnxruntime's errors have no root of their own
        raise SpeakError(f"kokoro's network failed: {_first_line(error)}") from error
    samples = np.clip(np.asarray(samples, np.float32).reshape(-1), -1.0, 1.0)
    heard = tuple(_words(kokoro, text, chosen.espeak, told, rate_hz, len(samples))) if told else ()
    samples, heard = trimmed(samples, rate_hz, heard)
    return Speech(
        samples=samples, sample_rate_hz=rate_hz, words=tuple(w for w in heard if w.end_sample > w.start_sample)
    )


# ── which files, which voice ─────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chosen:
    """What a `Voice` comes to; ``espeak`` is what espeak calls its language."""

    model: Path
    voices: Path
    speaker: str
    espeak: str


def _chosen(voice: Voice) -> _Chosen:
    _versions()
    try:
        model, file = _place(voice.model)
    except UsageError as error:
        if not voice.speaker:
            raise
        said = f"{voice.speaker!r} cannot be looked up ({_USUAL} would be a voice): {error.message}"
        raise UsageError(said, error.where) from error
    names = _speakers_of(file)
    speaker = voice.speaker or _default(names, voice.language)
    if speaker not in names:
        raise UsageError(f"the engine 'kokoro' has no voice {speaker!r}; there are: {', '.join(names)}", str(file))
    if speaker[0] in _WITHOUT_SOUNDS:
        raise UsageError(f"the voice {speaker!r} of the engine 'kokoro' cannot speak: {_NO_SOUNDS}")
    espeak = _TONGUES[speaker[0]][1] if _told(speaker) else _espeak(voice.language)
    return _Chosen(model=model, voices=file, speaker=speaker, espeak=espeak)


def _place(given: str) -> tuple[Path, Path]:
    """The model's file and its voices' file.

    Raises:
        UsageError: They are not there, or there is a choice that nobody has made.
    """
    name = given or os.environ.get(_PLACE, "")
    if not name:
        raise UsageError(f"nobody says where the Kokoro model is: {_FILES}")
    model = Path(name).expanduser()
    if model.is_dir():
        model = _only(model, "kokoro-v1.0.onnx", ("*.onnx",), "model")
    if not model.is_file():
        raise UsageError("there is no Kokoro model", str(model))
    return model, _only(model.parent, "voices-v1.0.bin", ("voices*.bin", "*.npz"), "file of voices")


def _only(folder: Path, usual: str, patterns: tuple[str, ...], what: str) -> Path:
    if (folder / usual).is_file():
        return folder / usual
    found = sorted({path for pattern in patterns for path in folder.glob(pattern) if path.is_file()})
    if len(found) == 1:
        return found[0]
    some = f"more than one Kokoro {what}: {', '.join(path.name for path in found)}" if found else f"no Kokoro {what}"
    raise UsageError(f"there is {some}; expected {usual}", str(folder))


def _speakers_of(path: Path) -> tuple[str, ...]:
    known = path.stat()
    return _speakers(path, known.st_size, known.st_mtime_ns)


@lru_cache(maxsize=16)
def _speakers(path: Path, *_: int) -> tuple[str, ...]:
    """Names of the voices: a file of voices is an archive of numpy's, with an array for each."""
    try:
        with zipfile.ZipFile(path) as archive:
            found = sorted(name.removesuffix(".npy") for name in archive.namelist() if name.endswith(".npy"))
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise UsageError(f"not a file of Kokoro voices: {error}", str(path)) from error
    names = [name for name in found if re.fullmatch(r"[\w.+-]{1,80}", name)]
    if not 0 < len(names) <= _MOST_SPEAKERS:
        raise UsageError(f"not a file of Kokoro voices: it has {len(names)}", str(path))
    return tuple(names)


def _told(speaker: str) -> bool:
    """Whether the name tells the language: ``bm_george`` does."""
    return speaker[0] in _TONGUES and speaker[2:3] == "_"


def _info(speaker: str) -> VoiceInfo:
    if speaker[0] in _WITHOUT_SOUNDS and speaker[2:3] == "_":
        tag, needs = _WITHOUT_SOUNDS[speaker[0]], _NO_SOUNDS
        return VoiceInfo(speaker=speaker, language=tag, description="neural voice", ready=False, needs=needs)
    tag = _TONGUES[speaker[0]][0] if _told(speaker) else "und"
    sex = {"f": ", female", "m": ", male"}.get(speaker[1:2], "") if _told(speaker) else ""
    return VoiceInfo(speaker=speaker, language=tag, description=f"neural voice{sex}")


def _default(names: tuple[str, ...], language: str) -> str:
    """The usual voice, or the first one of the language; where there is none, the first one."""
    wanted = language.lower()
    ranked = [*([_USUAL] if _USUAL in names else []), *names]
    tags = {name: _info(name).language.lower() for name in ranked if _info(name).ready}
    near = [name for name in tags if tags[name] == wanted]
    near += [name for name in tags if wanted and tags[name].partition("-")[0] == wanted.partition("-")[0]]
    return next(iter([*near, *tags]), names[0])


def _espeak(language: str) -> str:
    """What espeak calls a language: for voices whose name does not tell theirs."""
    wanted = language.lower()
    if wanted in {"", "und"}:
        return "en-us"
    known = {tag.lower(): espeak for tag, espeak in _TONGUES.values()}
    near = (espeak for tag, espeak in known.items() if tag.partition("-")[0] == wanted.partition("-")[0])
    found = known.get(wanted) or next(near, "")
    if not found:
        raise UsageError(f"the engine 'kokoro' does not speak {language!r}; it speaks: {', '.join(LANGUAGES)}")
    return found


def _digest_of(path: Path) -> str:
    known = path.stat()
    return _digest(path, known.st_size, known.st_mtime_ns)


@lru_cache(maxsize=64)
def _digest(path: Path, *_: int) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


@cache
def _versions() -> str:
    packages = ("kokoro-onnx", "phonemizer", "espeakng-loader", "onnxruntime")
    try:
        return "; ".join(f"{name} {metadata.version(name)}" for name in packages)
    except metadata.PackageNotFoundError as error:
        raise MissingDependency(_INSTALL) from error


# ── the network ──────────────────────────────────────────────────────────────────────────────────────────────────────


@lru_cache(maxsize=2)
def _kokoro(model: Path, file: Path, *_: str) -> Any:
    """kokoro-onnx with the model, loaded once for each content of its files."""
    try:
        import onnxruntime

        package = importlib.import_module("kokoro_onnx")
    except ImportError as error:
        raise MissingDependency(_INSTALL) from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    try:
        session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        inputs = {one.name for one in session.get_inputs()}
    except Exception as error:  # onnxruntime's errors have no root of their own
        raise UsageError(f"not a Kokoro model: {_first_line(error)}", str(model)) from error
    if inputs not in ({"tokens", "style", "speed"}, {"input_ids", "style", "speed"}):
        raise UsageError(f"not a Kokoro model: its inputs are {', '.join(sorted(inputs))}", str(model))
    try:
        return package.Kokoro.from_session(session, str(file))
    except (ValueError, OSError, AttributeError) as error:
        raise UsageError(f"not a file of Kokoro voices: {_first_line(error)}", str(file)) from error


def _styles(kokoro: Any, chosen: _Chosen) -> NDArray[np.float32]:
    """The voice: a style for each number of phonemes, float32, shape (n, 1, 256)."""
    try:
        styles = np.asarray(kokoro.get_voice_style(chosen.speaker))
    except (ValueError, OSError, KeyError, zipfile.BadZipFile) as error:  # cut short, or pickled objects
        raise UsageError(
            f"the voice {chosen.speaker!r} cannot be read: {_first_line(error)}", str(chosen.voices)
        ) from error
    if styles.dtype.kind != "f" or styles.ndim < 2 or not len(styles) or styles[0].size != _STYLE_NUMBERS:
        raise UsageError(f"the voice {chosen.speaker!r} is none of Kokoro's: {styles.shape}", str(chosen.voices))
    return np.asarray(styles, np.float32).reshape(len(styles), 1, _STYLE_NUMBERS)


def _phonemes(kokoro: Any, text: str, espeak: str) -> str:
    """The sounds of ``text``; brackets become commas, so that those that espeak writes can be told from them."""
    plain = re.sub(r"\s*[()]\s*", ", ", text.replace("\0", " ")).strip(", ")
    try:
        told: str = kokoro.tokenizer.phonemize(" ".join(plain.split()), espeak)
    except (RuntimeError, ValueError) as error:
        raise SpeakError(f"kokoro cannot tell the sounds of the text: {_first_line(error)}") from error
    return _FLAG.sub("", told)


def _words(kokoro: Any, text: str, espeak: str, told: Sequence[Any], rate_hz: int, length: int) -> Iterator[Word]:
    """The words of ``text`` whose phonemes are found among those that the model timed."""
    spans = words(text)
    alone = _phonemes(kokoro, " ; ".join(text[start:end] for start, end in spans), espeak).split(";")
    if len(alone) != len(spans):
        return
    starts = [min(round(one.start * rate_hz), length) for one in told] + [length]
    for (start, end), span in zip(spans, word_phonemes([one.phoneme for one in told], alone), strict=True):
        if span and starts[span[1]] > starts[span[0]]:
            yield Word(start=start, end=end, start_sample=starts[span[0]], end_sample=starts[span[1]])


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
