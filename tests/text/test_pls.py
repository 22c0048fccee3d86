"""W3C PLS 1.0, in and out."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline.errors import ReadError
from pipeline.text import pls
from pipeline.text.lexicon import Entry, mistakes, tidied

SCHEMA = Path(__file__).parent.parent / "cases" / "lexicon" / "pls.rng"
HEAD = '<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="{}" xml:lang="en-GB">'


def document(lexemes: str, alphabet: str = "ipa") -> bytes:
    return (HEAD.format(alphabet) + lexemes + "</lexicon>").encode()


def check(data: bytes) -> None:
    schema = etree.RelaxNG(etree.parse(SCHEMA))
    schema.assertValid(etree.fromstring(data))


def test_what_is_written_is_valid_and_read_again() -> None:
    entries = (
        Entry(graphemes=("SQL", "S.Q.L."), alias="sequel", ipa="ˈsiːkwəl"),
        Entry(graphemes=("A & B",), alias="<both>"),
        Entry(graphemes=("naïve",), ipa="naɪˈiːv", language="en"),
    )
    data, left_out = pls.dumps(entries, language="en-GB")
    check(data)
    assert left_out == ()
    read = pls.loads(data)
    assert read.left_out == ()
    assert [(one.graphemes, one.alias, one.ipa) for one in read.entries] == [
        (one.graphemes, one.alias, one.ipa) for one in entries
    ]
    assert [one.language for one in read.entries] == ["", "", "en-GB"]


def test_entries_for_every_language_stay_so() -> None:
    entries = (Entry(graphemes=("moon", "Moon"), alias="moooon"), Entry(graphemes=("k8s", "K8S"), spell=True))
    data, _ = pls.dumps(entries, language="de")
    check(data)
    assert [one.language for one in pls.loads(data).entries] == ["", "", ""]


@pytest.mark.parametrize("tag", ["und", "mul", "zxx"])
def test_a_file_in_no_language_holds_for_all(tag: str) -> None:
    data = document("<lexeme><grapheme>SQL</grapheme><alias>sequel</alias></lexeme>").replace(b"en-GB", tag.encode())
    check(data)
    assert [one.language for one in pls.loads(data).entries] == [""]


def test_what_cannot_be_told_is_named() -> None:
    entries = (
        Entry(graphemes=("lead",), alias="led", context=("pipe",)),
        Entry(graphemes=("oui",), alias="we", language="fr"),
        Entry(graphemes=("k8s",), spell=True),
        Entry(graphemes=("k8s",), alias="kates"),
    )
    data, left_out = pls.dumps(entries, language="en")
    check(data)
    assert left_out == (
        "lead: it holds only near certain words",
        "oui: it is for fr",
        "k8s: another entry is in front of it",
    )
    assert [one.alias for one in pls.loads(data).entries] == ["k 8 s"]


def test_no_entries_make_a_valid_file() -> None:
    check(pls.dumps((), language="en")[0])


def test_what_others_write_is_understood() -> None:
    read = pls.loads(
        document(
            """
            <meta name="author" content="someone"/>
            <metadata><x xmlns="urn:x">anything</x></metadata>
            <!-- a remark -->
            <lexeme xml:id="a"><grapheme> colour </grapheme><grapheme>color</grapheme>
              <phoneme>/ˈkʌlə/</phoneme><example>The colour.</example></lexeme>
            <lexeme><grapheme>either</grapheme><phoneme>iːðə</phoneme><phoneme prefer="true">aɪðə</phoneme></lexeme>
            <lexeme><grapheme>W3C</grapheme><alias>World Wide Web <x xmlns="urn:x">Consortium</x></alias></lexeme>
            <lexeme><grapheme>both</grapheme><phoneme alphabet="x-sampa">{</phoneme><alias>bow</alias></lexeme>
            """
        )
    )
    assert [(one.graphemes, one.alias, one.ipa) for one in read.entries] == [
        (("colour", "color"), "", "ˈkʌlə"),
        (("either",), "", "aɪðə"),
        (("W3C",), "World Wide Web Consortium", ""),
        (("both",), "bow", ""),
    ]
    assert read.left_out == ()


def test_what_is_left_out_is_told() -> None:
    lexemes = """
        <lexeme><grapheme>a</grapheme><phoneme>@</phoneme></lexeme>
        <lexeme role="x:noun" xmlns:x="urn:x"><grapheme>b</grapheme><alias>bee</alias></lexeme>
        <lexeme><grapheme/><alias>c</alias></lexeme>
        <lexeme><grapheme>d</grapheme></lexeme>
        <lexeme><grapheme>e</grapheme><phoneme alphabet="ipa">E9</phoneme><alias>ee</alias></lexeme>
    """
    read = pls.loads(document(lexemes, "x-sampa"))
    assert [(one.graphemes, one.alias) for one in read.entries] == [(("b",), "bee"), (("e",), "ee")]
    assert [why.split(":")[0] for why in read.left_out] == ["a", "b", "lexeme 3", "d", "e"]
    assert "alphabet x-sampa" in read.left_out[0]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"<lexicon/>", "no lexicon of PLS 1.0"),
        (b"nonsense", "not well-formed"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]>' + document("<lexeme/>"), "entities"),
        (document("<lexeme/>" * 50_001), "50,001 lexemes"),
        (b" " * 8_000_001, "8,000,000 bytes"),
    ],
)
def test_what_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        pls.loads(data, where="x.pls")


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=20), st.text(max_size=20), st.text("aɪəˈː ", max_size=10))
def test_every_entry_makes_a_valid_file(grapheme: str, alias: str, ipa: str) -> None:
    entry = tidied(Entry(graphemes=(grapheme,), alias=alias, ipa=ipa))
    if not mistakes(entry):
        data, _ = pls.dumps((entry,), language="en")
        check(data)
        (read,) = pls.loads(data).entries
        assert (read.graphemes, read.alias, read.ipa) == (entry.graphemes, entry.alias, entry.ipa)
