"""The words that pages say themselves: buttons, labels, headings, in the languages of ``page_tongues/``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

Words = Mapping[str, str]
"""By key what a page says; ``{}`` in it stands for what is put there. The keys are those of ``en.toml``."""
FALLBACK = "en"


def language_for(language: str) -> str:
    """The language of the words on a page in ``language``: its own where they are known, else English.

    Args:
        language: BCP 47 tag.
    """
    primary = language.partition("-")[0].lower()
    return primary if primary in languages() else FALLBACK


@cache
def languages() -> tuple[str, ...]:
    """The languages that the words are known in."""
    files = resources.files("pipeline.text").joinpath("page_tongues").iterdir()
    return tuple(sorted(one.name.removesuffix(".toml") for one in files if one.name.endswith(".toml")))


@cache
def words(language: str) -> Words:
    """The words in one of `languages`."""
    file = resources.files("pipeline.text").joinpath("page_tongues", f"{language}.toml")
    return {key: str(said) for key, said in tomllib.loads(file.read_text(encoding="utf-8")).items()}
