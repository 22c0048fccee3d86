"""XML from strangers: what is understood, what is refused, and that no trick takes long."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import ReadError
from pipeline.text.xml_safe import parse_xml, refuse_entities

LAUGHS = "<!DOCTYPE a [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10)
)  # a thousand million times “ha”
LAUGHS += "]><a>&a9;</a>"
DECLARATION = '<?xml version="1.0" encoding="{}"?>'


def text(data: bytes | str) -> str:
    root = parse_xml(data if isinstance(data, bytes) else data.encode(), "x")
    return "".join(map(str, root.itertext()))


def test_names_of_html_are_understood() -> None:
    assert text("<a>&nbsp;&eacute;&mdash;&amp;&lt;&hellip;</a>") == "\xa0é—&<…"
    assert text('<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://x/y.dtd"><a>&copy;</a>') == "©"


def test_comments_and_instructions_are_gone() -> None:
    assert text("<?go now?><a>one<!-- two --><?three?></a>") == "one"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "iso-8859-1"])
def test_encodings_are_understood(encoding: str) -> None:
    declared = "utf-16" if encoding.startswith("utf-16") else encoding.removesuffix("-sig")
    assert text((DECLARATION.format(declared) + "<a>é&nbsp;</a>").encode(encoding)) == "é\xa0"


def test_a_byte_order_mark_wins_over_the_declaration() -> None:
    assert text(b"\xef\xbb\xbf" + (DECLARATION.format("iso-8859-1") + "<a>é</a>").encode()) == "é"


@pytest.mark.parametrize(
    "data",
    [
        LAUGHS,
        "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
        "<!DOCTYPE a [<!ENTITY % x SYSTEM 'http://127.0.0.1/x.dtd'> %x;]><a/>",
        "<!-- <!DOCTYPE --><?x <!DOCTYPE ?>\n<!DOCTYPE a SYSTEM '>' [<!-- ]> <a --><!ELEMENT a (b)><!ENTITY x 'y'>]>",
        '<!DOCTYPE a [<!ATTLIST a b CDATA "]>"><!ENTITY x "y">]><a/>',
        "<!doctype a [<!entity x 'y'>]><a/>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32-le"])
def test_declared_entities_are_refused(data: str, encoding: str) -> None:
    for refuse in (refuse_entities, parse_xml):
        with pytest.raises(ReadError, match="declares XML entities"):
            refuse(data.encode(encoding), "x")


@pytest.mark.parametrize("encoding", ["utf-7", "cp037", "punycode", "nonsense"])
def test_encodings_that_could_hide_something_are_refused(encoding: str) -> None:
    with pytest.raises(ReadError, match=f"in {encoding}"):
        parse_xml((DECLARATION.format(encoding) + "<a/>").encode(), "x")


def test_words_about_entities_are_no_entities() -> None:
    assert text("<!DOCTYPE a><a><![CDATA[<!DOCTYPE a [<!ENTITY x 'y'>]>]]></a>") == "<!DOCTYPE a [<!ENTITY x 'y'>]>"
    assert text("<a>an &lt;!ENTITY&gt; is<!-- <!ENTITY x 'y'> --></a>") == "an <!ENTITY> is"


def test_nothing_outside_is_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret.dtd"
    secret.write_text("<!ENTITY secret 'told'>")
    assert "told" not in text(f'<!DOCTYPE a SYSTEM "{secret.as_uri()}"><a>&secret;</a>')


@pytest.mark.parametrize(
    "data", [b"", b" ", b"<a>", b"words", b"<a></b>", b"<a>&nothing;</a>", b"\xff\xfe", b"<a>\xe9</a>"]
)
def test_what_is_not_well_formed_is_told(data: bytes) -> None:
    with pytest.raises(ReadError, match="not well-formed") as error:
        parse_xml(data, "x")
    assert "\n" not in str(error.value)
    assert "column" not in str(error.value)
    assert "<string>" not in str(error.value)


def test_what_is_nested_too_deeply_is_told() -> None:
    with pytest.raises(ReadError, match="not well-formed"):
        parse_xml(b"<a>" * 1000 + b"</a>" * 1000, "x")


@pytest.mark.parametrize("piece", [b"<!--", b"<?", b"'\"", b'"', b"[", b"<!ELEMENT ", b"<!-- -->", b"&a"])
def test_no_prolog_takes_long(piece: bytes) -> None:
    began = time.process_time()
    with pytest.raises(ReadError):
        parse_xml(b"<!DOCTYPE a [" + piece * 200_000, "x")
    assert time.process_time() - began < 3


@settings(deadline=None)
@given(
    st.binary(max_size=200)
    | st.lists(
        st.sampled_from(
            [
                "<a>",
                "</a>",
                "<!DOCTYPE a [",
                "<!ENTITY x 'y'>",
                "]>",
                "&x;",
                "&nbsp;",
                "<!--",
                "-->",
                "<?",
                "?>",
                "'",
                '"',
                "\0",
            ]
        )
    ).map(lambda parts: "".join(parts).encode())
)
def test_any_bytes_give_a_tree_or_a_read_error(data: bytes) -> None:
    with suppress(ReadError):
        assert parse_xml(data, "x") is not None
