"""Words that a voice may get wrong: in no engine's dictionary, or looking like names where no engine has one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline import plugins
from pipeline.build import lexicons, narration
from pipeline.errors import PipelineError
from pipeline.model.show import Voice
from pipeline.text.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import ModuleType

    from pipeline.build.session import Session
    from pipeline.model.document import Article
    from pipeline.model.script import Utterance
    from pipeline.text.lexicon import Entry

NO_DICTIONARY_HAS_IT = "in no dictionary"
LOOKS_LIKE_A_NAME = "looks like a name"
MIXED = "has capitals or figures within"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownWord:
    """A word that a voice may get wrong.

    Attributes:
        word: As it is spoken.
        language: BCP 47 tag of where it stands.
        count: How often it is said.
        why: Why it is listed, in words.
        sounds: How the voice would say it, in IPA; empty where the engine cannot tell.
        engine: Whose sounds these are.
        sentence: Where it is said first, as spoken.
    """

    word: str
    language: str
    count: int
    why: str
    sounds: str
    engine: str
    sentence: str


def unknown(session: Session, source: Path | str | Article) -> tuple[UnknownWord, ...]:
    """Words of an article that no lexicon says and no engine knows, the most frequent first.

    Raises:
        PipelineError: as narrating does.
    """
    narrated = narration.from_source(session, source, keep=False)
    narrator = session.voices(narrated.script, narrated.script_path)[""]
    said = frozenset(_ours(lexicons.entries(session, narrated.name)))
    seen: dict[tuple[str, str], list[str]] = {}
    starts: dict[tuple[str, str], bool] = {}
    for utterance in narrated.script.utterances():
        for word, language, first in _words(utterance, narrated.script.language):
            seen.setdefault((word, language), []).append(utterance.spoken)
            starts[word, language] = starts.get((word, language), True) and first
    found = []
    for (word, language), sentences in seen.items():
        if word.casefold() in said or len(word) < 2 or not any(character.isalpha() for character in word):
            continue
        lower = (word.lower(), language)
        why = _why(word, language, alone=starts[word, language] or (lower in seen and lower != (word, language)))
        if why:
            found.append(
                UnknownWord(
                    word=word,
                    language=language,
                    count=len(sentences),
                    why=why,
                    sounds=_sounds(word, narrator.engine, narrator.speaker, language),
                    engine=narrator.engine,
                    sentence=sentences[0],
                )
            )
    return tuple(sorted(found, key=lambda one: (-one.count, one.word.casefold())))


def _ours(entries: tuple[Entry, ...]) -> Iterator[str]:
    """The words that lexicons speak of, in lower case: what is written and what is said for it."""
    for entry in entries:
        for text in (*entry.graphemes, entry.alias):
            yield from (text[start:end].casefold() for start, end in words(text))


def _words(utterance: Utterance, language: str) -> Iterator[tuple[str, str, bool]]:
    """(word, language, whether a sentence begins with it) of what is spoken without sounds of its own."""
    place = 0
    parts = [(part.text, part.language or language, bool(part.ipa)) for part in utterance.parts]
    for text, tongue, sounded in parts or [(utterance.spoken, language, False)]:
        for start, end in () if sounded else words(text):
            before = utterance.spoken[: place + start].rstrip(" \"'“‘(«„")
            yield _bare(text[start:end]), tongue, not before or before[-1] in ".!?:…—"
        place += len(text)


def _bare(word: str) -> str:
    """The word without a possessive ending."""
    return word[:-2] if word.endswith(("'s", "’s")) else word


def _why(word: str, language: str, *, alone: bool) -> str:
    """Why a word is listed; empty where it is known or looks like any other.

    Args:
        word: The word.
        language: Its language.
        alone: Whether its capital tells nothing: it begins sentences only, or stands there in lower case as well.
    """
    asked = [_known(word, name, language) for name in _engines("knows")]
    answers = [answer for answer in asked if answer is not None]
    if answers:
        return "" if any(answers) else NO_DICTIONARY_HAS_IT
    if any(character.isdigit() for character in word) or any(character.isupper() for character in word[1:]):
        return MIXED
    return LOOKS_LIKE_A_NAME if word[:1].isupper() and not alone and language.split("-")[0] != "de" else ""


def _engines(function: str) -> Iterator[str]:
    """Names of the engines that can do ``function`` and are installed."""
    return (name for name in plugins.names("engines") if hasattr(_engine(name), function))


def _engine(name: str) -> ModuleType | None:
    try:
        return plugins.load("engines", name)
    except PipelineError:
        return None


@lru_cache(maxsize=100_000)
def _known(word: str, engine: str, language: str) -> bool | None:
    """Whether an engine's dictionary has a word; None where it has none for the language."""
    module = plugins.load("engines", engine)
    if language.split("-")[0].lower() not in module.LANGUAGES and module.LANGUAGES != ("*",):
        return None
    try:
        return bool(module.knows(word, Voice(engine=engine, language=language)))
    except PipelineError:
        return None


@lru_cache(maxsize=100_000)
def _sounds(word: str, engine: str, speaker: str, language: str) -> str:
    module = plugins.load("engines", engine)
    if not hasattr(module, "pronounce"):
        return ""
    try:
        return str(module.pronounce(word, Voice(engine=engine, speaker=speaker, language=language)))
    except PipelineError:
        return ""
