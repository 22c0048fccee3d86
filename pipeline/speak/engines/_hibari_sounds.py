"""The sounds that hibari knows: its alphabet and that of the IPA, and words in no dictionary; not a plug-in."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from pipeline.text.ipa import recoded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MUTE = "\ufffc"
"""Stands among the phonemes for letters that have none; the network never sees it."""
_VOWELS = "AIOQWYaiuæɑɒɔəɛɜɪʊʌᵊ"
IPA = {
    "A": "eɪ", "I": "aɪ", "O": "oʊ", "Q": "əʊ", "W": "aʊ", "Y": "ɔɪ", "ʤ": "dʒ", "ʧ": "tʃ", "ᵊ": "ə", "ᵻ": "ɪ",
    "T": "ɾ",
}  # fmt: skip
"""Letters of hibari's alphabet that are not IPA's, or have a plainer sign there."""
_FROM_IPA = {one: one for one in "bdfhijklmnpstuvwzæðŋɑɔəɛɜɡɪɹʃʊʌʒθˈˌ "} | {
    "eɪ": "A", "aɪ": "I", "ɑɪ": "I", "oʊ": "O", "əʊ": "O", "aʊ": "W", "ɑʊ": "W", "ɔɪ": "Y", "ɔi": "Y", "oɪ": "Y",
    "dʒ": "ʤ", "tʃ": "ʧ", "d͡ʒ": "ʤ", "t͡ʃ": "ʧ", "ʤ": "ʤ", "ʧ": "ʧ",
    "ɚ": "əɹ", "ɝ": "ɜɹ", "ɜː": "ɜɹ", "ɜːr": "ɜɹ", "ɜːɹ": "ɜɹ", "ɪə": "ɪɹ", "eə": "ɛɹ", "ɛə": "ɛɹ", "ʊə": "ʊɹ",
    "r": "ɹ", "ɒ": "ɑ", "a": "æ", "aː": "ɑ", "ɐ": "ʌ", "e": "ɛ", "eː": "A", "o": "O", "oː": "O", "ɨ": "ɪ", "ʉ": "u",
    "y": "u",
    "ø": "ɜ", "œ": "ɜ", "ɘ": "ə", "ɵ": "ə", "ɫ": "l", "ʍ": "w", "x": "k", "χ": "k", "ç": "h", "ɣ": "ɡ", "ɲ": "nj",
    "ʎ": "lj", "ʁ": "ɹ", "ʀ": "ɹ", "ɾ": "T", "ʔ": "t", "β": "v", "ɱ": "m", "c": "k", "q": "k", "ʋ": "v",
    "n̩": "ᵊn", "l̩": "ᵊl", "m̩": "ᵊm", "ɑ̃": "ɑn", "ɔ̃": "ɔn", "ɛ̃": "æn", "œ̃": "ɜn", "ã": "ɑn", "õ": "ɔn",
    "ː": "", "ˑ": "", ".": "", "‿": "", "(": "", ")": "", "-": "", "ʰ": "", "|": ",", "‖": ",", "͡": "",
}  # fmt: skip
_FROM_IPA = {unicodedata.normalize("NFD", sound): phonemes for sound, phonemes in _FROM_IPA.items()}
"""Sounds of IPA in hibari's alphabet: American English, and other languages' as English speakers take them over."""
_BRITISH = {
    "iː": "iː", "uː": "uː", "ɑː": "ɑː", "ɔː": "ɔː", "ɜː": "ɜː", "ɛː": "ɛː", "aː": "ɑː", "oː": "Q",
    "ɑ": "ɑː", "ɔ": "ɔː", "ɜ": "ɜː", "ɒ": "ɒ", "æ": "a", "a": "a", "o": "Q", "oʊ": "Q", "əʊ": "Q",
    "ɚ": "ə", "ɝ": "ɜː", "ɜːr": "ɜː", "ɜːɹ": "ɜː", "ɪə": "ɪə", "eə": "ɛː", "ɛə": "ɛː", "ʊə": "ʊə", "ɾ": "t",
    "ø": "ɜː", "œ": "ɜː", "ɑ̃": "ɒn", "ɔ̃": "ɒn", "ɛ̃": "an", "œ̃": "ɜːn", "ã": "ɒn", "õ": "ɒn",
}  # fmt: skip
_FROM_IPA_BRITISH = _FROM_IPA | {unicodedata.normalize("NFD", sound): said for sound, said in _BRITISH.items()}
"""The same for the British voices, whose alphabet marks length and has no r behind vowels."""


def from_ipa(ipa: str, british: bool = False) -> str:
    """Sounds of IPA in hibari's alphabet; empty where one of them is none of English.

    IPA has stress in front of the syllable, hibari in front of its vowel.
    """
    phonemes = " ".join((recoded(ipa, _FROM_IPA_BRITISH if british else _FROM_IPA) or "").split())
    return re.sub(f"([ˈˌ])([^{_VOWELS} ]+)(?=[{_VOWELS}])", r"\2\1", phonemes)


def ending(phonemes: str, british: bool) -> str:
    """How an ’s sounds behind ``phonemes``."""
    if phonemes.endswith(tuple("szʃʒʧʤ")):
        return "ɪz" if british else "ᵻz"
    return "s" if phonemes.endswith(tuple("ptkfθ")) else "z"


class Guesser:
    """Sounds of a word that is in no dictionary, from its letters, none of which goes missing.

    Hibari's own network skips letters that it was not taught, and those behind the twenty-fourth. So accents that it
    does not know are taken off and long words cut; for what is left without a sound there stands `MUTE`.
    """

    def __init__(self, network: Callable[[], Any]) -> None:
        self._network = network

    def __call__(self, word: str) -> str:
        network = self._network()
        letters = "".join(self._known(letter, network.cin) for letter in word)
        return "".join(
            MUTE if run[0] not in network.cin else "".join(network(part) or "" for part in _parts(run, network.maxlen))
            for run in re.findall(f"{MUTE}+|[^{MUTE}]+", letters)
        )

    @staticmethod
    def _known(letter: str, known: dict[str, int]) -> str:
        if letter in known or not letter.isalpha():
            return letter if letter in known else ""
        return "".join(one for one in unicodedata.normalize("NFKD", letter) if one in known) or MUTE


def _parts(word: str, longest: int) -> Iterator[str]:
    """``word`` in parts of about one length, none longer than ``longest``."""
    count = -(-len(word) // longest)
    for n in range(count):
        yield word[n * len(word) // count : (n + 1) * len(word) // count]
