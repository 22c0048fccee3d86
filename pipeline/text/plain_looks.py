"""What the words of a short line look like: a title, a question, a sentence, a credit, code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.text.plain_terms import terms

if TYPE_CHECKING:
    from pipeline.text.plain_blocks import Chunk

HASHES = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
SECTION = re.compile(
    r"\s*((?:\d{1,3}(?:\.\d{1,3})*|[A-Z](?:\.\d{1,3})+|[A-Z]{1,2}\d{1,3})(?:[.):]|\s?[–—-](?=\s))?|[IVXLC]{1,6}[.):])\s+(\S.*)$"
)
CHAPTER = re.compile(
    r"\s*(chapter|part|section|appendix|book|act|scene|lesson|step|day|week|question|tip|rule|kapitel|teil|chapitre|partie"
    r"|capítulo|capitolo)\s+(?:\d+|[ivxlc]+|one|two|three|four|five|six|seven|eight|nine|ten|[a-z])\b",
    re.IGNORECASE,
)
COUNT = re.compile(
    r"\s*(?:the\s+)?(?:top\s+)?(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twelve)\s+(?:[\w-]+\s+){0,4}?"
    r"(?:tips|ways|reasons|things|steps|rules|facts|ideas|signs|lessons|mistakes|myths|questions|tricks|secrets|benefits"
    r"|types|kinds|books|places|recipes|habits|principles|points)\b",
    re.IGNORECASE,
)

SMALL = terms(
    "a an and as at but by for from in into is nor of off on onto or over per so than that the to up via vs with "
    "yet your you it its be are do does"
)
_KNOWN = terms(
    "introduction|abstract|summary|conclusion|conclusions|background|overview|preface|foreword|acknowledgements|"
    "acknowledgments|references|bibliography|appendix|notes|method|methods|results|discussion|license|licence|"
    "copyright|installation|usage|features|examples|example|faq|credits|contributing|changelog|authors|requirements|"
    "synopsis|description|options|see also|bugs|history|prologue|epilogue|afterword|postscript|ingredients|"
    "directions|instructions|preparation|further reading|sources|resources|contact|takeaways|key takeaways|"
    "final thoughts|einleitung|vorwort|nachwort|hintergrund|zusammenfassung|fazit|zutaten|zubereitung|literatur|"
    "quellen|danksagung|conclusión|conclusiones|introducción|ingredientes|preparación|bibliografía|conclusione|"
    "introduzione|ingredienti|preparazione|avant-propos|résumé|ingrédients|préparation|bibliographie|remerciements",
    "|",
)
_QUESTION = re.compile(
    r"(?:what|who|whose|why|how|when|where|which|is|are|am|can|do|does|did|should|shall|will|was|were|has|have|could|would"
    r"|must|may|isn[’']t|aren[’']t|don[’']t|doesn[’']t|can[’']t|won[’']t|shouldn[’']t"
    r"|wie|wieviele?|warum|wann|wer|wem|wen|wo|welche[rsnm]?|woher|wohin|wieso|weshalb|ist|sind|kann|können|gibt|darf|muss|soll"
    r"|comment|pourquoi|quand|qui|combien|où|quel(?:le)?s?|est-ce|faut-il|peut-on"
    r"|qué|cómo|por|quién|quiénes|dónde|cuándo|cuánt[oa]s?|cuál(?:es)?|come|perché|chi|cosa|quanto|quale|quando|dove"
    r"|wat|hoe|waarom|wanneer|welke|waar|jak|dlaczego|co|kiedy|gdzie)\b",
    re.IGNORECASE,
)
_LEANS = re.compile(
    r"(?:thus|hence|moreover|furthermore|as does|as do|as is|such as|that is|i\.e\.|e\.g\.)\b"
    r"|(?:in addition|however|therefore|similarly|likewise|for example|for instance|in summary|in conclusion|in short"
    r"|to sum up|also|then|finally|here|now|again"
    r"|außerdem|zudem|daher|zum beispiel|de plus|ainsi|par exemple),",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w[\w'’-]*")
_TECHNICAL = re.compile(r"^[<>|$%{}@\\/=~`+]|https?://|@\w+\.|^\w+\(|[{};=]$|\w=\S|\s/\w+/\S*\s+/\w")


def capital_points(core: str, end: str) -> float:
    """Points for the way a line is capitalised: all capitals and title case most, one capital word less."""
    case = case_of(core)
    if case == "upper":
        return 2.5
    if case == "title":
        return 2.5 if _capitals(core.split()) >= 0.95 else 1.5
    if case == "word":
        return 1.2
    return 0.8 if end not in ".:,;" else 0.0


def case_of(core: str) -> str:
    """How a line is capitalised: ``"upper"``, ``"title"``, one ``"word"``, ``"sentence"``, or all ``"lower"``."""
    words = core.split()
    if core.isupper() and len(core) > 3:
        return "upper"
    share = _capitals(words)
    if (share >= 0.95 and len(words) >= 2) or (share >= 0.75 and len(words) >= 3):
        return "title"
    if len(words) == 1 and core[:1].isupper():
        return "word"
    return "lower" if begins_small(core) else "sentence"


def begins_small(core: str) -> bool:
    """Whether ``core`` begins with a small letter; ``iPhone`` does not."""
    return core[:1].islower() and not core[1:2].isupper()


def body_like(block: Chunk) -> bool:
    """Whether ``block`` is running text: long, of several lines, or a whole sentence."""
    return len(block.text) >= 100 or len(block.lines) >= 2 or (len(block.text) > 45 and ends_sentence(block.text))


def is_body(block: Chunk) -> bool:
    """Whether ``block`` is running text, or sentences however short."""
    return body_like(block) or is_prose(block.text)


def count_words(text: str) -> int:
    """Words in ``text``; marks that stand alone, as French ones do, are none."""
    return len(_WORD.findall(text))


def ends_sentence(text: str) -> bool:
    """Whether ``text`` ends as a sentence does."""
    return re.search(r"[.!?…:][\"”’)»]*$", text) is not None


def is_question(core: str) -> bool:
    """Whether ``core`` begins with a word that asks."""
    return _QUESTION.match(core.lstrip('¿“"')) is not None


def is_known(core: str) -> bool:
    """Whether ``core`` is, or briefly begins with, a title that many texts have."""
    bare = core.casefold().strip(":. ")
    words = bare.split()
    return bare in _KNOWN or (0 < len(words) <= 3 and words[0].strip(":.") in _KNOWN)


def is_prose(text: str) -> bool:
    """Whether ``text`` is sentences, however short: two of them, or one of six words and more."""
    if re.search(r"[.!?…][\"”’)»]*$", text) is None or not re.match(r"[“\"‘'(«„¿¡]*[^\Wa-z_]", text):
        return False
    return len(text.split()) >= 6 or holds_two_sentences(text)


def holds_two_sentences(text: str) -> bool:
    """Whether a sentence ends within ``text``; an initial or a short abbreviation does not count."""
    return re.search(r"[^\W\d_]{3}[.!?][\"”’)»]*\s+[“\"‘'(\[«„]*[^\Wa-z_]", text) is not None


def is_lead_in(core: str) -> bool:
    """Whether ``core`` begins as a sentence that leans on the one before: “In addition, …”, “Thus …”."""
    return _LEANS.match(core) is not None and case_of(core) == "sentence"


def looks_like_a_name(core: str) -> bool:
    """Whether ``core`` may be a by-line: two words with capitals, perhaps an initial between, that are no title."""
    if is_known(core) or is_question(core) or _capitals(core.split()) < 1:
        return False
    return re.fullmatch(r"[^\W\d_a-z][\w'’-]+ (?:[^\W\d_a-z]\. )?[^\W\d_a-z][\w'’-]+", core) is not None


def is_row(line: str) -> bool:
    """Whether wide gaps part ``line`` into cells."""
    return re.search(r"[^\s.)] {3,}\S", line.strip()) is not None


def is_entry_of_index(core: str) -> bool:
    """Whether ``core`` is a source or a term with its page: “Title (2014). …”, “tides, 116–119”."""
    return re.search(r"\((?:\w+ )*(?:\w+ \d{1,2}, )?\d{4}(?:-\d\d-\d\d)?\)\.?\s|, \d+(?:[–-]\d+)?$", core) is not None


def looks_technical(text: str) -> bool:
    """Whether ``text`` is an address, code or a line of a table rather than words."""
    return _TECHNICAL.search(text) is not None


def _capitals(words: list[str]) -> float:
    """Share of the words that matter and have letters or digits that begin with a capital or a digit."""
    lettered = [word for word in words if any(map(str.isalnum, word))]
    large = [
        word for at, word in enumerate(lettered) if not at or word.strip("“”\"'’‘()?!:,.—–").casefold() not in SMALL
    ]
    bare = [word.lstrip("“\"'‘([") for word in large]
    capital = sum(1 for word in bare if word and not begins_small(word) and (word[0].isdigit() or word[0].isalpha()))
    return capital / len(large) if large else 0.0
