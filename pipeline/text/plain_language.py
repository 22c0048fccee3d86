"""The language of a text that does not say it.

It is told by the script, by the little words that no text can do without, or by py3langid, which takes a second and a
half to load and is therefore asked last. A wrong language is worse than none (every sentence would be read by the wrong
voice), so a clear lead is asked for.

On 7,600 program messages of 40 letters and more in 19 languages, and 7,900 English texts, py3langid among these
languages and from 0.9 on finds 90 % and errs once (in a Spanish title); the little words alone find 55 % and err 142
times. On texts of ten messages it is 98 % without a mistake against 83 % with four.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, MutableMapping

    from py3langid.langid import LanguageIdentifier

_SCRIPTS = (
    ("ko", "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"),
    ("zh", "\u3400-\u4dbf\u4e00-\u9fff"),
    ("el", "\u0370-\u03ff\u1f00-\u1fff"),
    ("he", "\u0590-\u05ff"),
    ("ar", "\u0600-\u06ff"),
    ("hi", "\u0900-\u097f"),
    ("bn", "\u0980-\u09ff"),
    ("pa", "\u0a00-\u0a7f"),
    ("gu", "\u0a80-\u0aff"),
    ("ta", "\u0b80-\u0bff"),
    ("te", "\u0c00-\u0c7f"),
    ("kn", "\u0c80-\u0cff"),
    ("ml", "\u0d00-\u0d7f"),
    ("si", "\u0d80-\u0dff"),
    ("th", "\u0e00-\u0e7f"),
    ("lo", "\u0e80-\u0eff"),
    ("my", "\u1000-\u109f"),
    ("ka", "\u10a0-\u10ff"),
    ("hy", "\u0530-\u058f"),
    ("am", "\u1200-\u137f"),
    ("km", "\u1780-\u17ff"),
)
"""Scripts that one language uses far more than all others."""
_KANA = "\u3040-\u30ff"
_CYRILLIC = "\u0400-\u04ff"
_CYRILLIC_LETTERS = (("uk", "іїєґ"), ("be", "ў"), ("sr", "јљњћђџ"))
"""Letters that Russian does not have; any other such letter leaves the language open."""
_WORDS = {
    "en": "the and of to in is that it was for with as are this but not have they from which you by be or his at",
    "de": "der die das und ist nicht ein eine zu den mit von für auf sich dem des auch im es sind wird als werden oder",
    "fr": "le la les et des est un une dans que pour qui pas sur avec plus au par ce sont du il nous cette elle",
    "es": "el la los las y que en un una es por con para no se del como más su al pero lo son este fue",
    "it": "il di che la e è un una per non in con del della sono le si dei nel come più anche alla gli questo",
    "pt": "o a os as e que do da em um uma é não para com por se dos no na mais como foi ao são",
    "nl": "de het een en van is dat niet op te zijn voor met die in aan er ook naar maar bij wordt deze als door",
    "sv": "och att det som en är av för på med inte den till ett om har de var jag från kan men så vid också",
    "da": "og at det som en er af for på med ikke den til et om har de var fra kan men så ved også blev",
    "nb": "og at det som en er av for på med ikke den til et om har de var fra kan men så ved også ble",
    "pl": "i w na z się nie do to że jest jak o po od za przez oraz tym są ale był dla jego które już",
    "cs": "a v na se že je s z to do i o jako za by ale pro jsou po byl který jeho tak není od",
    "fi": "ja on ei että se hän oli joka mutta kun ovat myös niin kuin tai sen ole vain mukaan sekä jos nyt voi jo",
    "tr": "ve bir bu da de için ile olarak çok daha olan gibi ama en kadar sonra ne var değil ya her o ki mi olduğu",
    "ro": "și în de la a nu cu este un o că pe care din pentru au mai sunt sau prin fost lui ca se să",
    "hu": "a az és hogy nem is egy ez de van meg volt csak már mint ki el még azt vagy ha lesz között minden kell",
    "id": "yang dan di itu dengan untuk tidak ini dari dalam akan pada juga ke karena adalah ada oleh bisa mereka atau",
    "ru": "и в не на что с по как это он к но из у за то так же от для о бы был ещё мы",
    "uk": "і в не на що з у як це та до від за про його але є для був або які він ще також бо",
    "bg": "и на да в се от за не е с че по са като до това но са към или след беше който при без",
}
_TABLE = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_SHORT = 40
"""Letters, in words of `_TELLING` letters and more, below which a text in the Latin script says too little."""
_TELLING = 3
_WORD = re.compile(r"(?<!\w)[^\W\d_]+(?!\w)")
"""The v of "v1.2" is no word, nor is the cell C1: tables of such names once passed for Czech."""
_SCRIPT_LETTERS = 4
_SCRIPT_SHARES = (0.6, 0.4)
"""Share of the letters that must be of one script, in a short text and in any other."""
_SHARE = 0.12
"""Share of the words that must be little words of the language."""
_DISTINCT = (2, 5)
"""Fewest and most different little words asked for; one more for each twenty words in between."""
_LEAD = 1.2
"""How many times as many of them as in the next language there must be."""
_SAMPLE = 200_000
"""Characters looked at."""
_LONGEST = 20_000
"""Characters that py3langid is given."""
SURE = 0.9
"""Probability from which py3langid is believed about a whole text."""
_LABELS = {language: {"nb": "no"}.get(language, language) for language in _WORDS}
"""What py3langid calls the languages that it may choose from; among all that it knows it errs more often."""


def guess_language(text: str) -> str:
    """Primary BCP 47 subtag of the language of ``text``; ``"und"`` where it is not clear."""
    letters = "".join(filter(str.isalpha, text[:_SAMPLE]))
    script = _by_script(letters)
    if script:
        return script
    cyrillic = _of(letters, _CYRILLIC)
    told = " ".join(_WORD.findall(text[:_SAMPLE]))
    if _evidence(told) < _SHORT and not _enough(cyrillic, letters):
        return "und"
    words = _by_words(told)
    if _enough(cyrillic, letters):
        return words if words != "und" else _by_cyrillic(letters)
    if words == "en":
        return words
    language, probability = likeliest(told)
    return language if probability >= SURE else words


def _evidence(text: str) -> int:
    """Letters of the words that say something of the language: "N", "kg" and "x" stand in tables of all languages."""
    return sum(len(word) for word in _words(text) if len(word) >= _TELLING)


def likeliest(text: str) -> tuple[str, float]:
    """Primary subtag of the language that ``text`` is most likely in (or "und"), and how likely (0 to 1).

    Letters that only one language uses make it certain; else the languages with a list of little words are weighed.
    """
    letters = "".join(filter(str.isalpha, text[:_SAMPLE]))
    script = _by_script(letters)
    if script:
        return script, 1.0
    if _enough(_of(letters, _CYRILLIC), letters) and _by_cyrillic(letters) not in _TABLE:
        return _by_cyrillic(letters), 1.0
    label, probability = _rank(text[:_LONGEST])
    return next(language for language, name in _LABELS.items() if name == label), probability


@contextmanager
def remembering(known: Mapping[str, Any], used: MutableMapping[str, Any]) -> Iterator[None]:
    """Inside, py3langid is not asked what is known already; other threads do not notice.

    Args:
        known: What an earlier call has put into ``used``.
        used: Takes the answers that are wanted now, by the text's digest, as plain data.
    """
    token = _MEMO.set((known, used))
    try:
        yield
    finally:
        _MEMO.reset(token)


_MEMO: ContextVar[tuple[Mapping[str, Any], MutableMapping[str, Any]] | None] = ContextVar("memo", default=None)


def _rank(text: str) -> tuple[str, float]:
    """What py3langid calls the likeliest language of ``text``, and its probability."""
    known, used = _MEMO.get() or ({}, {})
    question = hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
    try:
        label, probability = known[question]
        answer = (label, float(probability))
    except (KeyError, TypeError, ValueError):
        answer = ("", 0.0)
    if answer[0] not in _LABELS.values():
        label, probability = _identifier().rank(text)[0]
        answer = (str(label), float(probability))
    used[question] = list(answer)
    return answer


def is_plainly(text: str, language: str) -> bool:
    """Whether ``text`` has more little words of ``language`` (a primary subtag) than of any other: quickly told.

    Where the language has a script of its own, that script tells.
    """
    if language not in _TABLE:
        return _by_script("".join(filter(str.isalpha, text[:_SAMPLE]))) == language
    counts = Counter(_words(text[:_SAMPLE]))
    scores = {one: sum(counts[word] for word in words) for one, words in _TABLE.items()}
    return scores[language] > max(
        score for one, score in scores.items() if one != language and not alike(one, language)
    )


def in_doubt(text: str, language: str) -> bool:
    """Whether ``text`` may be in another language than ``language`` (a primary subtag): quickly told, for most texts.

    It may be where another one has more little words of two letters and more, or as many beside letters with accents.
    """
    if language not in _TABLE:
        return not is_plainly(text, language)
    counts = Counter(word for word in _words(text[:_SAMPLE]) if len(word) > 1)
    scores = {one: sum(counts[word] for word in words) for one, words in _TABLE.items()}
    own = scores[language]
    most = max(score for one, score in scores.items() if one != language and not alike(one, language))
    accents = any(letter.isalpha() and not letter.isascii() for letter in text)
    return most > own or (most == own and accents)


def alike(one: str, other: str) -> bool:
    """Whether two languages (primary subtags) cannot be told apart in a line or two."""
    return {one, other} == {"da", "nb"}


def is_known(language: str) -> bool:
    """Whether texts in ``language`` (a primary subtag) can be told from those in others."""
    return language in _TABLE or language == "ja" or any(language == one for one, _ in _SCRIPTS)


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(_LABELS.values()))
    return identifier


def _of(letters: str, ranges: str) -> int:
    return len(re.findall(f"[{ranges}]", letters))


def _enough(part: int, letters: str) -> bool:
    return part >= _SCRIPT_LETTERS and part > _SCRIPT_SHARES[len(letters) >= _SHORT] * len(letters)


def _by_script(letters: str) -> str:
    """The language whose script most of ``letters`` are of; empty where several languages share it."""
    kana = _of(letters, _KANA)
    counts = {language: _of(letters, ranges) for language, ranges in _SCRIPTS}
    if kana > 0.05 * counts["zh"] and _enough(kana + counts["zh"], letters):
        return "ja"
    return next((language for language, part in counts.items() if _enough(part, letters)), "")


def _by_words(text: str) -> str:
    counts = Counter(_words(text))
    scores = {language: sum(counts[word] for word in words) for language, words in _TABLE.items()}
    (best, score), (_, second) = Counter(scores).most_common(2)
    # English tables hold "a" and "by", which are little words of Czech, too: single letters tell nothing alone.
    distinct = [word for word in _TABLE[best] if counts[word] and len(word) > 1]
    asked = min(_DISTINCT[1], max(_DISTINCT[0], counts.total() // 20))
    if len(distinct) < asked:
        return "und"
    return best if score >= _SHARE * counts.total() and score >= _LEAD * second else "und"


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _by_cyrillic(letters: str) -> str:
    """The language that the letters of a text in Cyrillic tell, whose words do not."""
    used = set(re.findall(f"[{_CYRILLIC}]", letters.lower()))
    strange = used - set("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")
    if not strange:
        return "ru"
    return next((language for language, own in _CYRILLIC_LETTERS if strange <= set(own) | set("іў")), "und")
