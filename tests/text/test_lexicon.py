"""Lexicons: their file, every mistake in it, and where their words stand."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import ConfigError
from pipeline.text import ipa
from pipeline.text.lexicon import MOST_ENTRIES, Entry, dumps, loads, mistakes, ranked, tidied
from pipeline.text.lexicon_match import Matcher

WORD = st.text(st.sampled_from("aäbcdeÉxyz’.+#- 東1"), min_size=1, max_size=12)


def entry(*graphemes: str, **said: object) -> Entry:
    return Entry(graphemes=graphemes, **({"alias": "said"} | said))  # type: ignore[arg-type]


def found(sentence: str, *entries: Entry, language: str = "en-GB") -> list[str]:
    return [sentence[one.start : one.end] for one in Matcher(entries).find(sentence, language=language)]


# ── the file ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_written_is_read_again() -> None:
    entries = (
        entry("SQL", "S.Q.L.", alias="sequel", ipa="ˈsiːkwəl", language="en", note='said "so"'),
        entry("k8s", alias="", spell=True, case="exact"),
        entry("lead", alias="led", context=("pipe",), before=("a", "the"), after=("is",)),
    )
    assert loads(dumps(entries)) == entries
    assert loads(dumps(entries[:1]) + "\n" + dumps(entries[1:])) == entries, "files can be put together"
    assert loads("") == ()
    assert dumps(()) == ""


def test_every_mistake_is_named_at_once_with_its_path() -> None:
    text = """
[[word]]
grapheme = "a"
alais = "b"
[[word]]
grapheme = "c"
alias = 3
[[word]]
alias = "d"
[[word]]
grapheme = "e"
[[word]]
grapheme = "f"
alias = "g"
spell = true
language = "British English"
case = "upper"
before = ["two words"]
[[word]]
grapheme = "…"
ipa = "SQL"
[[word]]
grapheme = "h"
graphemes = ["i"]
alias = "j"
"""
    with pytest.raises(ConfigError) as raised:
        loads(text, where="lexicon.toml")
    message = str(raised.value)
    for wanted in (
        "lexicon.toml: ",
        "unknown key alais (did you mean alias?) @ $.word[0]",
        "must be text, not 3 @ $.word[1].alias",
        "$.word[2].grapheme is missing",
        "$.word[3] says nothing",
        "$.word[4].spell cannot stand beside alias",
        "$.word[4].language must be a tag such as en or pt-BR, not 'British English'",
        "$.word[4].case must be exact or any, not 'upper'",
        "$.word[4].before holds 'two words', which is not one word",
        "$.word[5].grapheme '…' holds no letter, digit or sign",
        "$.word[5].ipa has 'S', which is not in the International Phonetic Alphabet",
        "$.word[6] has both grapheme and graphemes",
    ):
        assert wanted in message, wanted


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[word]\n", "two brackets"),
        ("words = []", "unknown key words"),
        ("a = " + "[" * 5000, "nested too deeply"),
        ("nonsense", "is not TOML"),
        ("word = [{}, 3]", "$.word[1]"),
        ('[[word]]\ngrapheme = "' + "a" * 101 + '"\nalias = "b"', "longer than 100"),
        ('[[word]]\ngrapheme = "a\\u0000"\nalias = "b"', "cannot be seen"),
        ('[[word]]\ngrapheme = "a"\nalias = "…"', "must hold a word"),
        ('[[word]]\ngrapheme = "a"\nipa = "' + "ə" * 201 + '"', "longer than 200"),
        ("[[word]]\n" * (MOST_ENTRIES + 1), "may have 50,000"),
    ],
)
def test_what_is_no_lexicon_is_refused(text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message.replace("[", r"\[").replace("$", r"\$")):
        loads(text)


def test_a_flood_of_mistakes_is_cut() -> None:
    with pytest.raises(ConfigError, match="and 980 more"):
        loads("[[word]]\nalias = 1\n" * 1000)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("/'si:kwəl/", "ˈsiːkwəl"), ("[ ɡuːs ]", "ɡuːs"), ("gu:s", "ɡuːs"), ("e\u0301", "é"), ("a  b", "a b")],
)
def test_ipa_as_people_type_it(typed: str, meant: str) -> None:
    assert ipa.cleaned(typed) == meant
    assert not ipa.mistake(meant)


@pytest.mark.parametrize("text", ["", "SQL", "a5", "{a}", "a=b", "<b>", "ˈ", "a\\"])
def test_what_is_no_ipa(text: str) -> None:
    assert ipa.mistake(text)


def test_sounds_are_recoded_the_longest_first_or_not_at_all() -> None:
    table = {"t": "t", "ʃ": "S", "tʃ": "C", "a\u0303": "an"}
    assert ipa.recoded("tʃtã", table) == "Ctan"
    assert ipa.recoded("tx", table) is None


# ── where words stand ────────────────────────────────────────────────────────────────────────────────────────────────


def test_no_whole_word_no_match() -> None:
    assert found("NoSQL SQLite don't dont AT&T", entry("SQL"), entry("don"), entry("AT"), entry("T")) == []
    assert found("it costs 1,234.5 or 234", entry("234"), entry("5")) == ["234"]


def test_letter_case_counts_where_the_lexicon_has_a_capital() -> None:
    assert found("US us Us", entry("US")) == ["US"]
    assert found("US us Us", entry("us")) == ["US", "us", "Us"]
    assert found("US us Us", entry("US", case="any")) == ["US", "us", "Us"]
    assert found("US us Us", entry("us", case="exact")) == ["us"]


def test_apostrophes_hyphens_and_blanks_may_be_typed_in_two_ways() -> None:
    assert found("Hawai’i, co\u2011op\u00a0shop", entry("Hawai'i"), entry("co-op shop")) == [
        "Hawai’i",
        "co\u2011op\u00a0shop",
    ]


def test_the_first_lexicon_wins_and_in_it_what_has_conditions() -> None:
    article = (entry("lead", alias="a"),)
    show = (entry("lead", alias="b"), entry("lead", alias="c", context=("pipe",)))
    (one,) = Matcher(ranked(article, show)).find("lead pipe", language="en")
    assert one.entry.alias == "a"
    (one,) = Matcher(ranked(show, article)).find("lead pipe", language="en")
    assert one.entry.alias == "c"
    (one,) = Matcher(ranked(show, article)).find("lead", language="en")
    assert one.entry.alias == "b"


@pytest.mark.parametrize(
    ("wanted", "language", "holds"),
    [("", "xx", True), ("en", "en-GB", True), ("en-GB", "en", False), ("en-GB", "en-gb", True), ("en", "eng", False)],
)
def test_languages(wanted: str, language: str, holds: bool) -> None:
    assert bool(found("a router", entry("router", language=wanted), language=language)) is holds


def test_an_empty_lexicon_finds_nothing() -> None:
    assert not Matcher()
    assert Matcher().find("anything", language="en") == ()


@settings(deadline=None, max_examples=200)
@given(st.lists(WORD, max_size=6), st.lists(WORD, max_size=12))
def test_what_is_found_is_in_the_sentence_in_order_and_as_the_lexicon_has_it(
    graphemes: list[str], words: list[str]
) -> None:
    entries = [made for grapheme in graphemes if not mistakes(made := tidied(entry(grapheme)))]
    sentence = " ".join(words)
    place = 0
    for one in Matcher(entries).find(sentence, language="en"):
        assert place <= one.start < one.end <= len(sentence)
        place = one.end
        text = " ".join(unicodedata.normalize("NFC", sentence[one.start : one.end]).split()).casefold()
        assert any(text.replace("’", "'") == name.casefold().replace("’", "'") for name in one.entry.graphemes)


@settings(deadline=None, max_examples=100)
@given(WORD)
def test_a_word_alone_is_found(grapheme: str) -> None:
    one = tidied(entry(grapheme))
    if not mistakes(one) and any(character.isalnum() for character in grapheme):
        assert len(found(f"so {one.graphemes[0]} ends", one)) == 1


def test_thousands_of_entries_and_a_hostile_sentence_cost_time_in_proportion() -> None:
    matcher = Matcher([entry("a " * 40 + "b"), entry("a a"), *(entry(f"word{number} x") for number in range(5000))])

    def seconds(sentence: str) -> float:
        started = time.perf_counter()
        matcher.find(sentence, language="en")
        return time.perf_counter() - started

    for piece in ("a ", "a/", "a.", "word7 ", "://"):
        small, large = (min(seconds(piece * count) for _ in range(2)) for count in (500, 4000))
        assert large < small * 8 * 4 + 0.05, piece
