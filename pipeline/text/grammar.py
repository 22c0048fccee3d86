"""The general normaliser's grammars (kitten-text-processing): slow and broad, so asked late, briefly and only once."""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kitten_text_processing import Normalizer

LANGUAGES = frozenset({"en", "zh", "ja", "ko", "hi", "ar", "ru", "vi", "hu", "sv", "hy"})
"""Primary subtags whose grammar is asked.

The package has six more. German, Spanish, French, Italian and Portuguese are said better, faster and in less memory by
`pipeline.text.tongue`; the grammar of Kinyarwanda rejects much and nobody here can judge it.
"""
UNSURE = frozenset({"ru"})
"""Those that guess case and gender, often wrongly: asked only where number words alone leave a sign unsaid."""
LONGEST = 80
"""Characters: what is longer is no number, date or sum, and the grammars' time grows faster than the text."""

_PATIENCE = 256
"""Questions after which a grammar is read anew: it remembers every state it has been in, some 50 MB for a thousand."""

_LOCK = threading.Lock()
_loaded: dict[str, tuple[Normalizer, list[int]]] = {}


@lru_cache(maxsize=4096)
def said(text: str, language: str) -> str | None:
    """``text`` as the grammar of ``language`` (a primary subtag) says it; None where it has no answer.

    Deterministic. The first call for a language reads its grammar from the package (0.1 to 1 s); nothing is fetched.
    """
    if language not in LANGUAGES or len(text) > LONGEST or "\x00" in text:
        return None
    grammar = _grammar(language)
    try:
        words = grammar.normalize(text, punct_post_process=True)
    except (ValueError, LookupError, AssertionError):
        return None  # no path through the grammar, or a token that its parser cannot read
    return " ".join(words.split()) or None


def _grammar(language: str) -> Normalizer:
    """The grammar of one language; one at a time is kept, because each takes 10 to 65 MB."""
    from kitten_text_processing import Normalizer

    with _LOCK:
        if language not in _loaded or _loaded[language][1][0] >= _PATIENCE:
            _loaded.clear()
            _loaded[language] = (Normalizer(lang=language), [0])
        grammar, asked = _loaded[language]
        asked[0] += 1
        return grammar
