"""Spans and the line that they make."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model.document import Span
from pipeline.text.lay import laid, piece, places

SPANS = st.lists(
    st.builds(
        Span,
        text=st.text(alphabet="ab \n\t2.", max_size=6),
        shift=st.sampled_from(("", "super")),
        note=st.sampled_from(("", "", "n1")),
        language=st.sampled_from(("", "fr")),
    ),
    max_size=6,
).map(tuple)


@given(SPANS)
@settings(deadline=None)
def test_the_line_is_the_folded_words_and_the_spans_make_it(text: tuple[Span, ...]) -> None:
    line, spans = laid(text)
    plain = "".join(span.text.translate({50: "²"}) if span.shift else span.text for span in text if not span.note)
    assert line == " ".join(plain.split())
    assert "".join(span.text for span in spans if not span.note) == line
    assert [span.note for span in spans if span.note] == [span.note for span in text if span.note]
    assert all(line[start:end] == ("" if span.note else span.text) for start, end, span in places(spans))


@given(SPANS, st.data())
@settings(deadline=None)
def test_two_pieces_have_everything(text: tuple[Span, ...], data: st.DataObject) -> None:
    line, spans = laid(text)
    cut = data.draw(st.integers(min_value=0, max_value=len(line)))
    first, second = piece(spans, 0, cut), piece(spans, cut, len(line))
    assert "".join(span.text for span in first + second if not span.note) == line
    if 0 < cut < len(line):
        assert sum(1 for span in first + second if span.note) == sum(1 for span in spans if span.note)


def test_a_mark_belongs_to_the_sentence_in_front_of_it() -> None:
    mark = Span(text="1", note="n1")
    line, spans = laid((Span(text="Tides rise."), mark, Span(text=" They fall.")))
    assert line == "Tides rise. They fall."
    assert mark in piece(spans, 0, 11)
    assert mark not in piece(spans, 12, 22)
