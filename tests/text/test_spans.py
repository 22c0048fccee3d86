"""Claims into sentences, and the map in both directions."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.contracts import Claim
from pipeline.model.script import SpanMap
from pipeline.text.spans import align, apply


def claim(sentence: str, part: str, spoken: str) -> Claim:
    start = sentence.index(part)
    return Claim(start=start, end=start + len(part), spoken=spoken)


def pairs(written: str, spoken: str, spans: tuple[SpanMap, ...]) -> list[tuple[str, str]]:
    return [(written[s.start : s.end], spoken[s.spoken_start : s.spoken_end]) for s in spans]


def test_the_first_of_two_overlapping_claims_wins() -> None:
    text = "In May 2021 now"
    spoken, spans = apply(text, [claim(text, "May 2021", "May twenty twenty-one"), claim(text, "2021", "no")])
    assert spoken == "In May twenty twenty-one now"
    assert pairs(text, spoken, spans) == [("In", "In"), ("May 2021", "May twenty twenty-one"), ("now", "now")]


def test_a_claim_does_not_grow_together_with_its_neighbour() -> None:
    assert apply("12text", [Claim(start=0, end=2, spoken="twelve")])[0] == "twelve text"


def test_silence_leaves_no_blank_before_a_stop() -> None:
    text = "Great 😂 😂!"
    assert apply(text, [Claim(start=6, end=7, spoken=""), Claim(start=8, end=9, spoken="")])[0] == "Great!"


def test_align_maps_equal_words_and_whole_changes() -> None:
    written, spoken = "On 4 July it rained.", "On the fourth of July it rained."
    assert pairs(written, spoken, align(written, spoken)) == [
        ("On", "On"), ("4", "the fourth of"), ("July", "July"), ("it", "it"), ("rained", "rained"),
    ]  # fmt: skip


def sound(spans: tuple[SpanMap, ...], written: str, spoken: str) -> None:
    at = said = 0
    for span in spans:
        assert at <= span.start <= span.end <= len(written)
        assert said <= span.spoken_start <= span.spoken_end <= len(spoken)
        at, said = span.end, span.spoken_end


@st.composite
def sentences_with_claims(draw: st.DrawFn) -> tuple[str, list[Claim]]:
    text = draw(st.text(max_size=40))
    ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    return text, [Claim(start=a, end=b, spoken=draw(st.text(max_size=8))) for a, b in draw(st.lists(ends, max_size=6))]


@settings(deadline=None)
@given(case=sentences_with_claims())
def test_the_map_is_in_order_and_inside_both(case: tuple[str, list[Claim]]) -> None:
    text, claims = case
    spoken, spans = apply(text, claims)
    assert spoken == " ".join(spoken.split())
    sound(spans, text, spoken)


@settings(deadline=None)
@given(written=st.text(max_size=60), spoken=st.text(max_size=60))
def test_alignment_is_sound_both_ways(written: str, spoken: str) -> None:
    sound(align(written, spoken), written, spoken)
    there, back = align(written, written), [(a, b) for a, b in pairs(written, written, align(written, written))]
    assert all(s.start == s.spoken_start for s in there)
    assert all(a == b for a, b in back)
