"""The small helpers of the readers: front matter, dates, languages, names."""

from __future__ import annotations

import pytest

from pipeline.text.markdown.front_matter import front_matter, list_in, text_in, truth_in
from pipeline.text.plain_dates import iso_date
from pipeline.text.plain_decode import clean
from pipeline.text.plain_language import guess_language
from pipeline.text.plain_names import title_from


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("title: A b", {"title": "A b"}),
        ("Title:  'It''s' # a comment", {"title": "It's"}),
        ('title: "a \\"b\\" # c"', {"title": 'a "b" # c'}),
        ("title: C# for all", {"title": "C# for all"}),
        ("link: https://example.org/a:b", {"link": "https://example.org/a:b"}),
        ("authors: [a, 'b, c', \"d\"]", {"authors": ("a", "b, c", "d")}),
        ("authors:\n- a\n  - name: b", {"authors": ("a", "b")}),
        ("text: >\n  one\n  two\nnext: 1", {"text": "one two", "next": "1"}),
        ("text: |-\n  one\n  two", {"text": "one\ntwo"}),
        ("text: one\n  two", {"text": "one two"}),
        ("map:\n  a: 1", {}),
        ("nothing: null\nempty:\n# x: y", {}),
        ("not yaml at all", {}),
    ],
)
def test_front_matter(source: str, expected: dict[str, object]) -> None:
    assert front_matter(source) == expected


def test_front_matter_values() -> None:
    values = front_matter("author: a; b\nexplicit: Yes\nother: maybe\nempty: []")
    assert list_in(values, "authors", "author") == ("a", "b")
    assert text_in(values, "no", "author") == "a; b"
    assert [truth_in(values, name) for name in ("explicit", "other", "empty")] == [True, None, None]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024-05-01", "2024-05-01"),
        ("20240501", "2024-05-01"),
        ("2024-05-01T23:59:00-08:00", "2024-05-01"),
        ("Wed, 01 May 2024 08:00:00 +0000", "2024-05-01"),
        ("2024-13-01", ""),
        ("05/01/2024", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_dates(text: str, date: str) -> None:
    assert iso_date(text) == date


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The sea is older than the land, and it was here before any of us had a name for it.", "en"),
        ("Das Meer ist älter als das Land, und es war schon da, als noch niemand einen Namen dafür hatte.", "de"),
        ("La mer est plus vieille que la terre, et elle était là avant que nous ayons un nom pour elle.", "fr"),
        ("El mar es más viejo que la tierra, y estaba aquí antes de que le diéramos un nombre.", "es"),
        ("Il mare è più vecchio della terra, ed era qui prima che gli dessimo un nome.", "it"),
        ("De zee is ouder dan het land, en zij was er al voordat wij er een naam voor hadden.", "nl"),
        ("Море старше земли, и оно было здесь до того, как мы дали ему имя, и будет после нас.", "ru"),
        (
            "海は陸よりも古く、私たちが名前をつける前からここにあった。そして私たちのあとにも、ずっとここにあるだろう。",
            "ja",
        ),
        ("Η θάλασσα είναι πιο παλιά από τη στεριά και ήταν εδώ πριν από εμάς.", "el"),
        ("Lorem ipsum dolor sit amet consectetur adipiscing elit sed eiusmod tempor", "und"),
        ("The sea", "und"),
        ("海比陆地古老", "zh"),
        ("東京タワーへ", "ja"),
        ("안녕하세요", "ko"),
        ("שלום עולם", "he"),
        ("مرحبا بالعالم", "ar"),
        ("สวัสดีครับ", "th"),
        ("नमस्ते दुनिया", "hi"),
        ("Καλημέρα", "el"),
        ("Море старше земли", "ru"),
        ("Море старше земли, горы старше моря, небо старше всего", "ru"),
        ("Море і їжак", "uk"),
        ("Српски језик", "sr"),
        ("Қазақ тілі", "und"),
        ("α + β = γδ, where x is a sum", "und"),
        ("The word こんにちは is Japanese, and it means the same as hello in the language of this text.", "en"),
        ("v1.2 " * 500, "und"),
        ("a b v z s k " * 100, "und"),
        ("na v " * 500, "und"),
        ("1234 5678 " * 20, "und"),
        ("".join(f"C{number} kg {number} H{number} m 3 % " for number in range(60)), "und"),
        ("N kg m x by a " * 30, "und"),
        ("Radar by Motor, a Tenor, Panel, Lumen, Sonar, Koran, Tabulator, Xenon", "und"),
        (
            "Cities by size. City N Share " + "".join(f"C{number} {number} " for number in range(30)) + "Next a wide.",
            "und",
        ),
        (
            "Tables. Table 1: Cities by size. City N Share "
            + "".join(f"C{number} {number}% " for number in range(30))
            + "Next a wide one. H1 H2 H3 0 1 2 End.",
            "en",
        ),
    ],
)
def test_language(text: str, language: str) -> None:
    assert guess_language(text) == language


@pytest.mark.parametrize(
    ("uri", "title"),
    [
        ("notes/how-tides_work.md", "How tides work"),
        ("C:\\a\\b c.txt", "B c"),
        ("https://example.org/a/My%20page.html?x=1", "My page"),
        ("v1.2-notes.txt", "V1 2 notes"),
        ("2024.md", "Untitled"),
        ("", "Untitled"),
    ],
)
def test_title_from_a_name(uri: str, title: str) -> None:
    assert title_from(uri) == title


def test_clean_takes_out_what_is_no_text() -> None:
    assert clean("\u202eA\u202c \u2066b\u2069\x00\r\nc") == "A b\nc"
