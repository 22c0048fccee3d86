"""Words in another language than the article: the cases in tests/cases/foreign_words.txt, and what is behind them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import plugins
from pipeline.model.document import Document, Heading, Paragraph, Quote, Span
from pipeline.model.script import Script
from pipeline.narrate import dumps, narrate
from pipeline.narrate.languages import Tongue, believed, tongues
from pipeline.text.plain_language import is_plainly, likeliest

CASES = Path(__file__).parents[1] / "cases" / "foreign_words.txt"
PLAIN = {
    "en": "This is what the people of the town have said to me, and it was not what they meant by it.",
    "de": "Das ist es, was die Leute in der Stadt mir gesagt haben, und es ist nicht das, was sie meinen.",
    "fr": "C’est ce que les gens de la ville disent, et ce n’est pas du tout ce qu’ils pensent de nous.",
}
"""Something around the case, so that the article is plainly in its language."""


def cases() -> list[tuple[str, str, str]]:
    lines = [line for line in CASES.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    return [(one[:2], one[5:], other.strip()) for one, other in zip(lines[::2], lines[1::2], strict=True)]


def script_of(*blocks: Paragraph | Quote | Heading, language: str = "en") -> Script:
    around = Paragraph(text=(Span(text=PLAIN[language]),))
    document = Document(title="", language=language, blocks=(around, *blocks, around, around))
    return narrate(document, language=language)


@pytest.mark.parametrize(("language", "html", "expected"), cases())
def test_case(language: str, html: str, expected: str) -> None:
    page = f'<html lang="{language}"><article><p>{PLAIN[language]}</p><p>{html}</p></article></html>'
    document = plugins.load("readers", "html").read(page.encode(), uri="file:///case.html")
    (block,) = document.blocks[1:]
    text = dumps(script_of(block, language=language))
    blocks = [one.split("\n") for one in text.split("\n\n") if "  | u" in one]
    spoken, note = blocks[1][:2]
    whole = [f"{word}  " for word in note.split() if word.startswith("lang=")]
    assert "".join(whole) + spoken == expected


def test_the_narrators_words_stay_the_narrators() -> None:
    quote = Quote(blocks=(Paragraph(text=(Span(text="Der Teig ruht 12 Stunden.", language="de"),)),))
    text = dumps(script_of(quote))
    assert "\nQuote. {de: Der Teig ruht zwölf Stunden.} End quote.\n" in text


def test_a_title_in_another_language_is_said_in_it() -> None:
    heading = Heading(level=2, text=(Span(text="Déjà vu", language="fr"),))
    text = dumps(script_of(heading, Paragraph(text=(Span(text="That is it."),))))
    assert "\n# Déjà vu\n" in text
    assert "role=heading  Déjà vu" in text
    assert "lang=fr" in text


def test_the_parts_are_what_is_said_and_the_map_holds() -> None:
    spans = (Span(text="On 4 July "), Span(text="le 14 juillet", language="fr"), Span(text=" 200 people came."))
    (line,) = [one for one in script_of(Paragraph(text=spans)).utterances() if one.parts]
    assert "".join(part.text for part in line.parts) == line.spoken
    said = {line.written[one.start : one.end]: line.spoken[one.spoken_start : one.spoken_end] for one in line.spans}
    assert said["200"] == "two hundred"
    assert said["people"] == "people"
    assert "quatorze" in line.parts[1].text


def test_a_block_with_a_sentence_of_the_article_is_left_alone() -> None:
    text = "Am Ende des Tages bleibt nur der Duft von frischem Brot. That is what they say of it to this day."
    assert tongues(text, (), narration="en") == ()


def test_an_article_that_is_not_in_the_language_of_its_narration_is_read_as_somebody_wants_it() -> None:
    paragraph = Paragraph(text=(Span(text=PLAIN["en"]),))
    script = narrate(Document(title="", language="fr", blocks=(paragraph,) * 3), language="fr")
    assert not any(line.parts for line in script.utterances())
    assert not believed(PLAIN["en"], "fr")
    assert believed(PLAIN["de"], "de-AT")
    assert believed("これは海の話です。海は一日に二度息をします。", "ja")


def test_a_language_of_which_nothing_is_known_is_never_left() -> None:
    assert tongues(PLAIN["fr"], (), narration="ca") == ()


def test_what_is_declared_is_never_guessed_about() -> None:
    declared = (Tongue(start=0, end=5, language="en"),)
    assert tongues(PLAIN["de"], declared, narration="en") == ()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Å være eller ikke være, det er spørsmålet som alle kjenner.", "nb"),
        ("Być albo nie być, oto jest pytanie, które każdy dobrze zna.", "pl"),
        ("Ser o no ser, esa es la cuestión que todo el mundo conoce bien.", "es"),
        ("Быть или не быть, вот в чём вопрос, который знают все.", "ru"),
        ("生きるべきか死ぬべきか、それが問題だ。", "ja"),
        ("Қазақ тілінде сөйлейтін адамдар өте көп болды ғой.", "und"),
    ],
)
def test_likeliest(text: str, language: str) -> None:
    assert likeliest(text)[0] == language


def test_plainly() -> None:
    assert is_plainly("The sea is what it was.", "en")
    assert not is_plainly("Das Meer ist, was es war.", "en")
    assert is_plainly("Det var en gang en fisker som ikke hadde en båt.", "nb")
